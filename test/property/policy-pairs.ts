/** Pairs of small policies that differ in ways a semantic diff could get wrong, and tokens GitHub could sign to put to both. */
import fc from 'fast-check'
import { github } from '../../shared/platforms/github.ts'
import type { PlatformFacts } from '../../shared/platforms/platform.ts'
import { decide } from '../../shared/policy/decide.ts'
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

export const policy = fc.record({
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

interface Drawn {
  readonly owners: readonly object[]
  readonly workloads: readonly object[]
  readonly rules: readonly object[]
  readonly guardrails: readonly object[]
}

export function made({ owners, workloads, rules, guardrails }: Drawn): Policy {
  return policyOf({
    issuers: { github: { platform: 'github', url: GITHUB, owners } },
    workloads: Object.fromEntries(workloads.map((one, index) => [`w${index}`, one])),
    connections: { c: { kind: 'jwt', owner: 'team', audience: 'https://a.example' } },
    grants: { g: { purpose: 'p', owner: 'team', connection: 'c', scope: { scopes: ['s'] }, ttl: '10m', allow: rules } },
    guardrails: Object.fromEntries(guardrails.map((one, index) => [`no-${index}`, one])),
  })
}

/** Half of the pairs differ in one place only, where a search is most easily wrong. */
export const pair = fc.oneof(
  fc.tuple(policy, policy),
  fc
    .tuple(policy, policy, fc.constantFrom('owners', 'workloads', 'rules', 'guardrails'))
    .map(([a, b, part]): [typeof a, typeof b] => [a, { ...a, [part]: b[part as keyof typeof b] }]),
)

const RUNS = [
  ...['push', 'workflow_dispatch', 'schedule', 'pull_request_target', 'issue_comment', 'deployment'].flatMap((event) =>
    ['refs/heads/main', 'refs/heads/dev', 'refs/heads/release/1', 'refs/heads/a/b/main'].map((ref) => [event, ref] as const),
  ),
  ...['push', 'workflow_dispatch', 'release', 'deployment'].flatMap((event) =>
    ['refs/tags/v1', 'refs/tags/a/main'].map((ref) => [event, ref] as const),
  ),
  ['pull_request', 'refs/pull/27/merge'],
  ['deployment', ''],
] as const
const REPOSITORIES = ['acme/docs', 'acme/web', 'acme/other', 'Acme/Docs', 'beta/docs', 'gone/docs', 'new/docs']
const CALLED_WORKFLOWS = [
  '',
  'acme/shared/.github/workflows/deploy.yml@refs/heads/main',
  'acme/shared/.github/workflows/deploy.yml@refs/tags/v1',
]
const COMMIT = 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4'

type Token = Readonly<Record<string, string>>

/** Facts that depend on no others, a few combinations of them. */
const OTHERS: readonly Token[] = ['', 'production', 'staging', 'prod-eu'].flatMap((environment, turn) =>
  [turn, turn + 1].map((number) => ({
    environment,
    repository_visibility: ['private', 'public', 'internal'][number % 3] ?? '',
    runner_environment: number === 3 ? 'self-hosted' : 'github-hosted',
    actor: ['octocat', 'robot', 'else'][number % 3] ?? '',
    ref_protected: String(number % 2 === 0),
    run_id: '1',
  })),
)

function refFacts(event: string, ref: string, number: number): Token {
  const branches = event.startsWith('pull_request') ? { head_ref: 'feature', base_ref: number % 2 === 0 ? 'main' : 'release/1' } : {}
  const type = ref.startsWith('refs/tags/') ? 'tag' : 'branch'
  return { event_name: event, ref, ref_type: ref === '' ? '' : type, ...branches }
}

function repositoryFacts(repository: string, ref: string, number: number): Token {
  const workflow = `${repository}/.github/workflows/${number % 2 === 0 ? 'ci.yml' : 'release.yaml'}@${ref === '' ? COMMIT : ref}`
  return {
    repository,
    repository_owner: repository.split('/')[0] ?? '',
    workflow_ref: workflow,
    job_workflow_ref: CALLED_WORKFLOWS[number % 3] || workflow,
  }
}

const IDS = ['1', '2', '3'].flatMap((id) => ['10', '20'].map((owner): Token => ({ repository_id: id, repository_owner_id: owner })))

/** Tokens GitHub could sign: the facts that must agree do. */
export const TOKENS = RUNS.flatMap(([event, ref], at) =>
  REPOSITORIES.flatMap((repository, index) =>
    IDS.flatMap((ids) =>
      OTHERS.map((others, turn): { token: Token; facts: PlatformFacts } => {
        const token = { ...refFacts(event, ref, turn), ...repositoryFacts(repository, ref, at + index + turn), ...ids, ...others }
        const facts = github.readFacts(GITHUB, token)
        if (!facts.ok) throw new Error(JSON.stringify([token, facts.error]))
        return { token, facts: facts.value }
      }),
    ),
  ),
)

export function isAllowed(policyUnder: Policy, { owner, attributes }: PlatformFacts): boolean {
  const issuer = policyUnder.issuers.get(GITHUB)
  if (issuer === undefined) throw new Error('no issuer')
  return decide(policyUnder, { issuer, owner, attributes }, 'g').outcome === 'allow'
}
