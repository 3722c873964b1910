import fc from 'fast-check'
import { expect, test } from 'vitest'
import { github } from '../../shared/platforms/github.ts'
import { decide } from '../../shared/policy/decide.ts'
import { planPolicies } from '../../shared/policy/plan.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { GITHUB, policyOf } from '../shared/policy/policies.ts'

const maybe = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.option(value, { nil: undefined }).map((v) => (v === undefined ? {} : { [key]: v }))
const merged = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> => fc.tuple(...parts).map((all) => Object.assign({}, ...all))
const listOf = (...values: string[]): fc.Arbitrary<string | string[]> =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }))

const REFS = [
  'refs/heads/main',
  'refs/heads/*',
  'refs/heads/**',
  'refs/tags/v*',
  'refs/heads/release/*',
  '**/main',
  'refs/pull/*/merge',
  'refs/tags/**',
  'refs/**',
]
const ENVIRONMENTS = ['production', 'staging', 'prod*', '*-eu', 'p*']
const EVENTS = ['push', 'pull_request', 'pull_request_target', 'workflow_dispatch', 'release', 'schedule', 'deployment', 'issue_comment']
const WORKFLOWS = [
  'acme/docs/.github/workflows/ci.yml@refs/heads/main',
  'acme/docs/.github/workflows/*@refs/heads/*',
  'acme/**',
  '**@refs/heads/main',
  '**/ci.yml@**',
  'acme/docs/**',
]
const CALLED = ['acme/shared/.github/workflows/deploy.yml@refs/heads/main', 'acme/shared/**', '**@refs/tags/v*', 'acme/docs/**']

const conditions = merged(
  maybe('ref', listOf(...REFS)),
  maybe('environment', listOf(...ENVIRONMENTS)),
  maybe('event_name', listOf(...EVENTS)),
  maybe('workflow_ref', listOf(...WORKFLOWS)),
  maybe('ref_type', fc.constantFrom('branch', 'tag')),
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: merged(
        maybe('job_workflow_ref', listOf(...CALLED)),
        maybe('base_ref', listOf('main', 'release/*', '**')),
        maybe('repository_visibility', listOf('private', 'public')),
        maybe('repository_owner', listOf('acme', 'Beta')),
        maybe('runner_environment', listOf('self-hosted', 'github-hosted')),
        maybe('actor', listOf('octocat', 'robot')),
        maybe('ref_protected', fc.boolean()),
      ),
    },
  ),
).map((given) => {
  // a pattern of wildcards alone is no condition
  const { base_ref: baseRef, ...rest } = given as { base_ref?: unknown }
  return baseRef === undefined || baseRef === '**' || (Array.isArray(baseRef) && baseRef.includes('**')) ? rest : given
})

const rule = fc.record({ workload: fc.constantFrom('w0', 'w1', 'w2'), conditions }).map(({ workload, conditions: given }) => {
  const isWeak = Object.keys(given).every((name) => name === 'event_name' || name === 'runner_environment')
  return { workload, ...given, ...(isWeak ? { ref: 'refs/heads/main' } : {}) }
})

const workload = fc
  .record({
    is: merged(
      maybe('repository', listOf('acme/docs', 'acme/web', 'acme/*', 'Acme/Docs', 'beta/*', 'gone/docs')),
      maybe('repository_id', listOf('1', '2', '3')),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant({}) },
        {
          weight: 1,
          arbitrary: merged(
            maybe('repository_owner_id', listOf('10', '20')),
            maybe('repository_owner', listOf('acme', 'beta', 'gone')),
            maybe('environment', listOf('production', 'p*')),
          ),
        },
      ),
    ),
    isSuspended: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  })
  .map(({ is, isSuspended }) => ({
    issuer: 'github',
    is: Object.keys(is).length === 0 ? { repository: 'acme/docs' } : is,
    owner: 'team',
    ...(isSuspended ? { suspended: true } : {}),
  }))

const guardrail = fc.record({
  why: fc.constant('because'),
  grants: fc.constant('all'),
  forbid: merged(
    maybe('event_name', listOf(...EVENTS)),
    maybe('ref', listOf(...REFS)),
    maybe('environment', listOf(...ENVIRONMENTS)),
    maybe('repository_owner', listOf('beta')),
  ).map((given) => (Object.keys(given).length === 0 ? { event_name: 'pull_request' } : given)),
})

const policy = fc.record({
  owners: fc.constantFrom(
    [{ name: 'acme', id: '10' }],
    [
      { name: 'acme', id: '10' },
      { name: 'beta', id: '20' },
    ],
    [{ name: 'beta', id: '20' }],
  ),
  workloads: fc.tuple(workload, workload, workload),
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
  guardrails: fc.array(guardrail, { maxLength: 2 }),
})

type Drawn = { owners: object[]; workloads: object[]; rules: object[]; guardrails: object[] }

function made({ owners, workloads, rules, guardrails }: Drawn): Policy {
  return policyOf({
    issuers: { github: { platform: 'github', url: GITHUB, owners } },
    workloads: Object.fromEntries(workloads.map((one, index) => [`w${index}`, one])),
    connections: { c: { kind: 'jwt', owner: 'team', audience: 'https://a.example' } },
    grants: { g: { purpose: 'p', owner: 'team', connection: 'c', scope: { scopes: ['s'] }, ttl: '10m', allow: rules } },
    guardrails: Object.fromEntries(guardrails.map((one, index) => [`no-${index}`, one])),
  })
}

/** Half of the pairs differ in one place only, where a search is most easily wrong. */
const pair = fc.oneof(
  fc.tuple(policy, policy),
  fc
    .tuple(policy, policy, fc.constantFrom('owners', 'workloads', 'rules', 'guardrails'))
    .map(([a, b, part]): [typeof a, typeof b] => [a, { ...a, [part]: b[part as keyof typeof b] }]),
)

/** A token GitHub could sign: the facts that must agree do. */
const claims = fc
  .record({
    run: fc.oneof(
      fc.record({
        event_name: fc.constantFrom('push', 'workflow_dispatch', 'schedule', 'pull_request_target', 'issue_comment', 'deployment'),
        ref: fc.constantFrom('refs/heads/main', 'refs/heads/dev', 'refs/heads/release/1', 'refs/heads/a/b/c'),
      }),
      fc.record({
        event_name: fc.constantFrom('push', 'workflow_dispatch', 'release', 'deployment'),
        ref: fc.constantFrom('refs/tags/v1', 'refs/tags/x', 'refs/tags/a/main'),
      }),
      fc.record({ event_name: fc.constant('pull_request'), ref: fc.constantFrom('refs/pull/1/merge', 'refs/pull/27/merge') }),
      fc.record({ event_name: fc.constant('deployment'), ref: fc.constant('') }),
    ),
    repository: fc.constantFrom('acme/docs', 'acme/web', 'acme/other', 'Acme/Docs', 'beta/docs', 'gone/docs', 'new/docs'),
    repository_id: fc.constantFrom('1', '2', '3', '4'),
    repository_owner_id: fc.constantFrom('10', '20', '30'),
    environment: fc.constantFrom('', 'production', 'staging', 'prod-eu', 'x-eu'),
    file: fc.constantFrom('/.github/workflows/ci.yml', '/.github/workflows/release.yaml'),
    called: fc.constantFrom(
      '',
      'acme/shared/.github/workflows/deploy.yml@refs/heads/main',
      'acme/shared/.github/workflows/deploy.yml@refs/tags/v1',
      'other/x/.github/workflows/a.yml@refs/heads/main',
    ),
    base_ref: fc.constantFrom('main', 'release/1'),
    repository_visibility: fc.constantFrom('private', 'public', 'internal'),
    runner_environment: fc.constantFrom('github-hosted', 'self-hosted'),
    actor: fc.constantFrom('octocat', 'robot', 'else'),
    ref_protected: fc.constantFrom('true', 'false'),
  })
  .map(({ run, file, called, base_ref, ...rest }) => {
    const workflow = `${rest.repository}${file}@${run.ref === '' ? 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4' : run.ref}`
    const hasBranches = run.event_name.startsWith('pull_request')
    return {
      ...rest,
      ...run,
      repository_owner: rest.repository.split('/')[0] ?? '',
      ref_type: run.ref === '' ? '' : run.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
      workflow_ref: workflow,
      job_workflow_ref: called === '' ? workflow : called,
      head_ref: hasBranches ? 'feature' : '',
      base_ref: hasBranches ? base_ref : '',
      run_id: '1',
    }
  })

function isAllowed(policyUnder: Policy, payload: Readonly<Record<string, string>>): boolean {
  const issuer = policyUnder.issuers.get(GITHUB)
  const facts = github.readFacts(GITHUB, payload)
  if (issuer === undefined || !facts.ok) throw new Error(JSON.stringify(facts))
  const { owner, attributes } = facts.value
  return decide(policyUnder, { issuer, owner, attributes }, 'g').outcome === 'allow'
}

/** `PLAN_RUNS` for a longer hunt. */
const runs = Number(process.env.PLAN_RUNS ?? 400)

test('whenever two policies decide a possible token differently, the plan reports that grant, in that direction; and no witness fails its proof', () => {
  let differing = 0
  fc.assert(
    fc.property(pair, fc.array(claims, { minLength: 40, maxLength: 40 }), ([a, b], tokens) => {
      const [base, head] = [made(a), made(b)]
      const plan = planPolicies(base, head)
      if (!plan.ok) throw new Error('undecided')
      const [change] = plan.value.grants
      for (const token of tokens) {
        const [before, after] = [isAllowed(base, token), isAllowed(head, token)]
        if (before === after) continue
        differing++
        const witnesses = after ? change?.newly : change?.noLonger
        expect(witnesses?.length ?? 0, `${after ? 'newly' : 'no longer'} ${JSON.stringify(token)}`).toBeGreaterThan(0)
      }
    }),
    { numRuns: runs },
  )
  expect(differing).toBeGreaterThan(runs / 10)
}, 600_000)

test('a policy against itself, or against itself in another order, shows nothing', () => {
  fc.assert(
    fc.property(policy, (drawn) => {
      const turned = {
        ...drawn,
        rules: [...drawn.rules].reverse(),
        owners: [...drawn.owners].reverse(),
        guardrails: [...drawn.guardrails].reverse(),
      }
      for (const other of [drawn, turned]) expect(planPolicies(made(drawn), made(other))).toMatchObject({ ok: true, value: { grants: [] } })
    }),
    { numRuns: runs / 4 },
  )
}, 600_000)
