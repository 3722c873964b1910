/** The corpus: hand-written pairs of policies and what the plan must say of each. */
import { describe, expect, test } from 'vitest'
import { checkDocument } from '../../../shared/policy/check-document.ts'
import { type GrantChange, type Plan, planPolicies, widens } from '../../../shared/policy/plan.ts'
import { planJson } from '../../../shared/policy/plan-json.ts'
import { unchangedGrants } from '../../../shared/policy/plan-unchanged.ts'
import type { Policy } from '../../../shared/policy/policy.ts'
import type { PolicyDocument } from '../../../shared/policy/schema.ts'
import { GITHUB, policyOf } from './policies.ts'

type Records = Readonly<Record<string, unknown>>

interface Written {
  readonly owners?: readonly { readonly name: string; readonly id: string }[]
  readonly workloads?: Records
  readonly connections?: Records
  readonly grants?: Records
  readonly guardrails?: Records
  readonly settings?: Records
  readonly issuers?: Records
}

const DOCS = { issuer: 'github', is: { repository: 'acme/docs', repository_id: '1' }, owner: 'team' }
const BY_NAME = { issuer: 'github', is: { repository: 'acme/docs' }, owner: 'team' }
const API = { kind: 'jwt', owner: 'team', audience: 'https://api.acme.example' }
const MAIN = { workload: 'docs', ref: 'refs/heads/main' }

function grant(allow: readonly Records[], more: Records = {}): Records {
  return { purpose: 'Deploy', owner: 'team', connection: 'api', scope: { scopes: ['read'] }, ttl: '10m', allow, ...more }
}

function recordsOf({
  owners = [{ name: 'acme', id: '10' }],
  workloads,
  connections,
  grants,
  guardrails = {},
  settings = {},
  issuers,
}: Written): Records {
  return {
    settings,
    issuers: issuers ?? { github: { platform: 'github', url: GITHUB, owners } },
    workloads: workloads ?? { docs: DOCS },
    connections: connections ?? { api: API },
    grants: grants ?? { deploy: grant([MAIN]) },
    guardrails,
  }
}

function written(side: Written): Policy {
  return policyOf(recordsOf(side))
}

function documentOf(side: Written): PolicyDocument {
  const checked = checkDocument({ jobpass: 1, ...recordsOf(side) })
  if (!checked.ok) throw new Error(checked.problems[0].message)
  return checked.document
}

/** A policy whose one grant has these rules. */
function rules(...allow: readonly Records[]): Written {
  return { grants: { deploy: grant(allow) } }
}

function ruled(conditions: Records): Written {
  return rules({ workload: 'docs', ...conditions })
}

function plan(base: Written, head: Written): Plan {
  const result = planPolicies(written(base), written(head))
  // what saves work never changes the answer
  expect(planPolicies(written(base), written(head), unchangedGrants(documentOf(base), documentOf(head)))).toEqual(result)
  if (!result.ok) throw new Error(`undecided: ${result.error.grant}`)
  return result.value
}

function onlyChange(base: Written, head: Written): GrantChange | undefined {
  const { grants } = plan(base, head)
  expect(grants.length).toBeLessThanOrEqual(1)
  return grants[0]
}

/** What a witness shows of some facts. */
function facts(witness: GrantChange['newly'][number] | undefined, ...names: readonly string[]): readonly unknown[] {
  return names.map((name) => witness?.payload[name])
}

const noPullRequests = { why: 'unreviewed', grants: 'all', forbid: { event_name: ['pull_request', 'pull_request_target'] } }

describe('pure rewriting shows nothing', () => {
  test.each<[string, Written, Written]>([
    ['the same policy', {}, {}],
    [
      'rules in another order',
      rules(MAIN, { workload: 'docs', ref: 'refs/heads/dev' }),
      rules({ workload: 'docs', ref: 'refs/heads/dev' }, MAIN),
    ],
    [
      'a list as two rules',
      ruled({ ref: ['refs/heads/main', 'refs/heads/dev'] }),
      rules(MAIN, { workload: 'docs', ref: 'refs/heads/dev' }),
    ],
    [
      'two rules as a list',
      rules(MAIN, { workload: 'docs', ref: 'refs/heads/dev' }),
      ruled({ ref: ['refs/heads/main', 'refs/heads/dev'] }),
    ],
    [
      'a grid of two lists as its four rules',
      ruled({ ref: ['refs/heads/a', 'refs/heads/b'], environment: ['x', 'y'] }),
      rules(...['a', 'b'].flatMap((ref) => ['x', 'y'].map((environment) => ({ workload: 'docs', ref: `refs/heads/${ref}`, environment })))),
    ],
    [
      'a list in another order, with a repetition',
      ruled({ ref: ['refs/heads/a', 'refs/heads/b'] }),
      ruled({ ref: ['refs/heads/b', 'refs/heads/a', 'refs/heads/b'] }),
    ],
    ['a workload renamed', {}, { workloads: { site: DOCS }, ...rules({ workload: 'site', ref: 'refs/heads/main' }) }],
    [
      'a default event list written out',
      {},
      ruled({ ref: 'refs/heads/main', event_name: ['push', 'workflow_dispatch', 'schedule', 'release'] }),
    ],
    ['the default runner written out', {}, ruled({ ref: 'refs/heads/main', runner_environment: 'github-hosted' })],
    ['a rule twice', {}, rules(MAIN, MAIN)],
    ['a rule that another covers', ruled({ ref: 'refs/heads/*' }), rules({ workload: 'docs', ref: 'refs/heads/*' }, MAIN)],
    [
      'a pattern in other letter case where case is ignored',
      {},
      { workloads: { docs: { ...DOCS, is: { repository: 'Acme/Docs', repository_id: '1' } } } },
    ],
    [
      'a condition moved from the rule into the workload',
      ruled({ ref: 'refs/heads/main', environment: 'p' }),
      { workloads: { docs: { ...DOCS, is: { ...DOCS.is, environment: 'p' } } }, ...rules(MAIN) },
    ],
    [
      'another purpose, owner and review date',
      {},
      { grants: { deploy: grant([MAIN], { purpose: 'Other', owner: 'other', review: '2027-05-01' }) } },
    ],
    [
      'a rule for a suspended workload',
      {},
      { workloads: { docs: DOCS, old: { ...BY_NAME, suspended: true } }, ...rules(MAIN, { workload: 'old', ref: 'refs/heads/**' }) },
    ],
    [
      'a rule for an owner outside the fence',
      {},
      {
        workloads: { docs: DOCS, far: { issuer: 'github', is: { repository_owner_id: '99' }, owner: 't' } },
        ...rules(MAIN, { workload: 'far', ref: 'refs/heads/**' }),
      },
    ],
    [
      'a widening that a guardrail voids',
      { guardrails: { no: noPullRequests } },
      { guardrails: { no: noPullRequests }, ...rules(MAIN, { workload: 'docs', event_name: 'pull_request', environment: 'p' }) },
    ],
    ['a guardrail for what nobody may do anyway', {}, { guardrails: { no: noPullRequests } }],
    [
      'a guardrail split in two',
      { guardrails: { no: noPullRequests } },
      {
        guardrails: {
          a: { ...noPullRequests, forbid: { event_name: 'pull_request' } },
          b: { ...noPullRequests, forbid: { event_name: 'pull_request_target' } },
        },
      },
    ],
    [
      '* for ** where no text could hold a slash',
      ruled({ environment: 'p-*', ref: 'refs/tags/v1' }),
      ruled({ environment: ['p-*', 'p-x*'], ref: 'refs/tags/v1' }),
    ],
    ['a ref type that follows from the ref', {}, ruled({ ref: 'refs/heads/main', ref_type: 'branch' })],
    [
      'a ref that follows from the workflow file',
      ruled({ workflow_ref: 'acme/docs/.github/workflows/ci.yml@refs/heads/main' }),
      ruled({ ref: 'refs/heads/main', workflow_ref: 'acme/docs/.github/workflows/ci.yml@refs/heads/main' }),
    ],
    [
      'an owner that follows from the repository',
      { workloads: { docs: BY_NAME } },
      { workloads: { docs: { ...BY_NAME, is: { repository: 'acme/docs', repository_owner: 'acme' } } } },
    ],
    ['the fence written into the workload', {}, { workloads: { docs: { ...DOCS, is: { ...DOCS.is, repository_owner_id: '10' } } } }],
    [
      'both runners for a rule that asked for both already',
      ruled({ ref: 'refs/heads/main', runner_environment: ['github-hosted', 'self-hosted'] }),
      rules({ ...MAIN, runner_environment: 'self-hosted' }, MAIN),
    ],
  ])('%s', (_, base, head) => {
    expect(plan(base, head)).toMatchObject({ grants: [] })
    expect(plan(head, base)).toMatchObject({ grants: [] })
  })
})

describe('a rule that only a token GitHub never signs could meet shows nothing', () => {
  test.each<[string, Records]>([
    ['a pull request on main', { event_name: 'pull_request', ref: 'refs/heads/main' }],
    ['a tag with the ref of a branch', { ref: 'refs/heads/other', ref_type: 'tag' }],
    ['a branch with the ref of a tag', { ref: 'refs/tags/v1', ref_type: 'branch' }],
    ['a push to the merge of a pull request', { event_name: 'push', ref: 'refs/pull/*/merge' }],
    ['a release on a branch', { event_name: 'release', ref: 'refs/heads/other' }],
    ['a schedule on a tag', { event_name: 'schedule', ref: 'refs/tags/v1' }],
    ['a push from another branch of a pull request', { event_name: 'push', ref: 'refs/heads/other', head_ref: 'feature' }],
    ['a workflow file of another ref', { ref: 'refs/heads/other', workflow_ref: 'acme/docs/.github/workflows/ci.yml@refs/heads/third' }],
    ['a workflow file outside the workflow folder', { workflow_ref: 'acme/docs/ci.yml@refs/heads/other' }],
    ['a ref git does not allow', { ref: 'refs/heads/a..b' }],
    ['a ref with a space', { ref: 'refs/heads/a b*' }],
    ['a pull request that is not a number', { event_name: 'pull_request', ref: 'refs/pull/x/merge' }],
  ])('%s', (_, conditions) => {
    expect(plan({}, rules(MAIN, { workload: 'docs', ...conditions }))).toMatchObject({ grants: [] })
  })

  test('a workflow file of a repository the workload cannot be', () => {
    const other = { workload: 'docs', workflow_ref: 'acme/other/.github/workflows/ci.yml@refs/heads/other' }
    expect(plan({ workloads: { docs: BY_NAME } }, { workloads: { docs: BY_NAME }, ...rules(MAIN, other) })).toMatchObject({ grants: [] })
  })
})

describe('who gains and who loses', () => {
  type Verdict = 'gains' | 'loses' | 'both'
  const event = (...names: readonly string[]): Written => ruled({ ref: 'refs/heads/main', event_name: names })
  test.each<[string, Written, Written, Verdict, Records]>([
    [
      'a rule added',
      {},
      rules(MAIN, { workload: 'docs', ref: 'refs/heads/dev' }),
      'gains',
      { ref: 'refs/heads/dev', repository: 'acme/docs', event_name: 'push' },
    ],
    [
      'a rule for another workload',
      {},
      {
        workloads: { docs: DOCS, web: { ...DOCS, is: { repository: 'acme/web', repository_id: '2' } } },
        ...rules(MAIN, { workload: 'web', ref: 'refs/heads/main' }),
      },
      'gains',
      { repository: 'acme/web', repository_id: '2' },
    ],
    ['a branch for another', {}, ruled({ ref: 'refs/heads/dev' }), 'both', { ref: 'refs/heads/dev' }],
    ['a pattern for a branch', {}, ruled({ ref: 'refs/heads/*' }), 'gains', { ref: 'refs/heads/feature', ref_type: 'branch' }],
    [
      'a deep pattern for a shallow one',
      ruled({ ref: 'refs/heads/*' }),
      ruled({ ref: 'refs/heads/**' }),
      'gains',
      { ref: 'refs/heads/x/x' },
    ],
    ['a pattern that holds slightly more', ruled({ ref: 'refs/heads/release/v*' }), ruled({ ref: 'refs/heads/release/*' }), 'gains', {}],
    ['any ref that ends in main', {}, ruled({ ref: '**/main' }), 'gains', { ref_type: 'branch' }],
    ['tags beside a branch', {}, ruled({ ref: ['refs/heads/main', 'refs/tags/*'] }), 'gains', { ref: 'refs/tags/v1.0.0', ref_type: 'tag' }],
    [
      'the environment no longer asked for',
      ruled({ ref: 'refs/heads/main', environment: 'production' }),
      {},
      'gains',
      { environment: undefined, ref: 'refs/heads/main' },
    ],
    ['the environment asked for', {}, ruled({ ref: 'refs/heads/main', environment: 'production' }), 'loses', {}],
    [
      'another environment',
      ruled({ environment: 'staging' }),
      ruled({ environment: ['staging', 'production'] }),
      'gains',
      { environment: 'production' },
    ],
    [
      'an event that must be asked for',
      event('push'),
      event('push', 'pull_request_target'),
      'gains',
      { event_name: 'pull_request_target', ref: 'refs/heads/main' },
    ],
    [
      'a pull request where no ref is asked for',
      ruled({ environment: 'p' }),
      ruled({ environment: 'p', event_name: ['push', 'workflow_dispatch', 'schedule', 'release', 'pull_request'] }),
      'gains',
      { event_name: 'pull_request', ref: 'refs/pull/7/merge', ref_type: 'branch', head_ref: 'feature' },
    ],
    ['one of the default events alone', {}, event('push'), 'loses', { event_name: 'workflow_dispatch' }],
    [
      'self-hosted runners',
      {},
      ruled({ ref: 'refs/heads/main', runner_environment: ['github-hosted', 'self-hosted'] }),
      'gains',
      { runner_environment: 'self-hosted' },
    ],
    [
      'public repositories no longer excluded',
      ruled({ ref: 'refs/heads/main', repository_visibility: ['private', 'internal'] }),
      {},
      'gains',
      { repository_visibility: 'public' },
    ],
    [
      'unprotected branches',
      ruled({ ref: 'refs/heads/*', ref_protected: true }),
      ruled({ ref: 'refs/heads/*' }),
      'gains',
      { ref_protected: 'false' },
    ],
    [
      'any workflow file',
      ruled({ ref: 'refs/heads/main', workflow_ref: 'acme/docs/.github/workflows/deploy.yml@refs/heads/main' }),
      {},
      'gains',
      { workflow_ref: 'acme/docs/.github/workflows/ci.yml@refs/heads/main' },
    ],
    [
      'a pattern of workflow files',
      ruled({ workflow_ref: 'acme/docs/.github/workflows/deploy.yml@refs/heads/main' }),
      ruled({ workflow_ref: 'acme/docs/.github/workflows/*@refs/heads/main' }),
      'gains',
      { ref: 'refs/heads/main' },
    ],
    [
      'the called workflow no longer pinned',
      ruled({ ref: 'refs/heads/main', job_workflow_ref: 'acme/shared/.github/workflows/deploy.yml@refs/heads/main' }),
      {},
      'gains',
      { job_workflow_ref: 'acme/docs/.github/workflows/ci.yml@refs/heads/main' },
    ],
    [
      'the called workflow at any tag',
      ruled({ ref: 'refs/heads/main', job_workflow_ref: 'acme/shared/.github/workflows/deploy.yml@refs/tags/v1' }),
      ruled({ ref: 'refs/heads/main', job_workflow_ref: 'acme/shared/.github/workflows/deploy.yml@refs/tags/*' }),
      'gains',
      {},
    ],
    ['a workload no longer suspended', { workloads: { docs: { ...DOCS, suspended: true } } }, {}, 'gains', { repository: 'acme/docs' }],
    ['a workload suspended', {}, { workloads: { docs: { ...DOCS, suspended: true } } }, 'loses', { repository: 'acme/docs' }],
    [
      'a guardrail lifted',
      { guardrails: { no: noPullRequests }, ...event('push', 'pull_request_target') },
      event('push', 'pull_request_target'),
      'gains',
      { event_name: 'pull_request_target' },
    ],
    [
      'a guardrail put up',
      event('push', 'pull_request_target'),
      { guardrails: { no: noPullRequests }, ...event('push', 'pull_request_target') },
      'loses',
      { event_name: 'pull_request_target' },
    ],
    [
      'a guardrail narrowed to one environment',
      { guardrails: { no: { why: 'w', grants: 'all', forbid: { ref: 'refs/heads/dev' } } }, ...ruled({ ref: 'refs/heads/*' }) },
      {
        guardrails: { no: { why: 'w', grants: 'all', forbid: { ref: 'refs/heads/dev', environment: 'p' } } },
        ...ruled({ ref: 'refs/heads/*' }),
      },
      'gains',
      { ref: 'refs/heads/dev', environment: undefined },
    ],
    ['an id pinned', { workloads: { docs: BY_NAME } }, {}, 'both', { repository_id: '1', repository_owner_id: '10' }],
    [
      'another id pinned',
      {},
      { workloads: { docs: { ...DOCS, is: { repository: 'acme/docs', repository_id: '2' } } } },
      'both',
      { repository: 'acme/docs', repository_id: '2' },
    ],
    [
      'a second id pinned',
      {},
      { workloads: { docs: { ...DOCS, is: { repository: 'acme/docs', repository_id: ['1', '2'] } } } },
      'gains',
      { repository: 'acme/docs', repository_id: '2' },
    ],
    [
      'every repository of the owner',
      { workloads: { docs: BY_NAME } },
      { workloads: { docs: { ...BY_NAME, is: { repository: 'acme/*' } } } },
      'gains',
      { repository_owner: 'acme' },
    ],
    [
      'an owner let into the fence',
      { workloads: { docs: { ...BY_NAME, is: { repository: ['acme/docs', 'beta/docs'] } } } },
      {
        owners: [
          { name: 'acme', id: '10' },
          { name: 'beta', id: '20' },
        ],
        workloads: { docs: { ...BY_NAME, is: { repository: ['acme/docs', 'beta/docs'] } } },
      },
      'gains',
      { repository: 'beta/docs', repository_owner: 'beta', repository_owner_id: '20' },
    ],
    [
      'an owner put out of the fence',
      {
        owners: [
          { name: 'acme', id: '10' },
          { name: 'beta', id: '20' },
        ],
        workloads: { docs: { ...BY_NAME, is: { repository: 'beta/docs' } } },
      },
      { workloads: { docs: { ...BY_NAME, is: { repository: 'beta/docs' } } } },
      'loses',
      { repository_owner_id: '20', repository: 'beta/docs' },
    ],
    [
      'a custom property no longer asked for',
      ruled({ ref: 'refs/heads/main', repo_property_tier: 'prod' }),
      {},
      'gains',
      { repo_property_tier: undefined },
    ],
    [
      'another actor',
      ruled({ ref: 'refs/heads/main', actor: 'octocat' }),
      ruled({ ref: 'refs/heads/main', actor: ['octocat', 'robot'] }),
      'gains',
      { actor: 'robot' },
    ],
    [
      'the commit no longer pinned',
      ruled({ sha: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4' }),
      ruled({ ref: 'refs/heads/main' }),
      'both',
      {},
    ],
    ['re-runs', ruled({ ref: 'refs/heads/main', run_attempt: '1' }), {}, 'gains', { run_attempt: '2' }],
    [
      'a deployment of a bare commit',
      ruled({ event_name: 'deployment', environment: 'p', ref: ['refs/heads/**', 'refs/tags/**'] }),
      ruled({ event_name: 'deployment', environment: 'p' }),
      'gains',
      { ref: '', environment: 'p' },
    ],
    [
      'the target of a pull request',
      ruled({ event_name: 'pull_request', base_ref: 'main' }),
      ruled({ event_name: 'pull_request', base_ref: ['main', 'release/*'] }),
      'gains',
      { event_name: 'pull_request', head_ref: 'feature' },
    ],
  ])('%s', (_, base, head, verdict, shown) => {
    const change = onlyChange(base, head)
    expect(change).toMatchObject({ grant: 'deploy', change: 'changed', scope: 'same', ttl: 'same', isCut: false })
    expect([(change?.newly.length ?? 0) > 0, (change?.noLonger.length ?? 0) > 0]).toEqual([verdict !== 'loses', verdict !== 'gains'])
    const [witness] = (verdict === 'loses' ? change?.noLonger : change?.newly) ?? []
    expect(facts(witness, ...Object.keys(shown))).toEqual(Object.values(shown))
    // the other way round says the opposite
    const back = onlyChange(head, base)
    expect([back?.newly.length, back?.noLonger.length]).toEqual([change?.noLonger.length, change?.newly.length])
  })
})

describe('witnesses', () => {
  test('every event that must be asked for by name has one of its own', () => {
    const change = onlyChange(
      {},
      ruled({ ref: 'refs/heads/*', event_name: ['push', 'pull_request_target', 'issue_comment', 'workflow_dispatch'] }),
    )
    expect(change?.newly.map(({ payload, isUnusualEvent }) => [payload.event_name, isUnusualEvent])).toEqual([
      ['push', false],
      ['pull_request_target', true],
      ['issue_comment', true],
    ])
  })

  test('an id that widens by renames alone says so, with the new name', () => {
    const change = onlyChange({ workloads: { docs: BY_NAME } }, {})
    const [witness] = change?.newly ?? []
    expect(witness?.notes).toMatchObject([{ about: 'repository_renamed', policyName: 'acme/docs' }])
    expect(String(witness?.payload.repository).startsWith('acme/')).toBe(true)
    expect(facts(change?.noLonger[0], 'repository')).toEqual(['acme/docs'])
    expect(change?.noLonger[0]?.payload.repository_id).not.toBe('1')
  })

  test('they name the rule that lets the run in and the reason the other policy has against it', () => {
    const change = onlyChange({}, rules(MAIN, { workload: 'docs', ref: 'refs/heads/dev' }))
    expect(change?.newly[0]).toMatchObject({ rule: 'deploy/1', workload: 'docs', because: 'deploy/0: ref is "refs/heads/dev"' })
  })

  test('several rules have one each, and a rule another stands for has none', () => {
    const change = onlyChange(
      {},
      rules(
        MAIN,
        { workload: 'docs', ref: 'refs/heads/*' },
        { workload: 'docs', ref: 'refs/heads/dev' },
        { workload: 'docs', ref: 'refs/tags/v1' },
      ),
    )
    expect(change?.newly.map(({ payload }) => payload.ref)).toEqual(['refs/heads/feature', 'refs/tags/v1'])
  })

  test('a very long list is cut and says so', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ workload: 'docs', ref: `refs/heads/b${index}` }))
    const change = onlyChange({}, rules(MAIN, ...many))
    expect(change).toMatchObject({ isCut: true })
    expect(change?.newly).toHaveLength(20)
  })

  test('a claim is never longer than a token may hold', () => {
    const long = `refs/heads/${'a'.repeat(500)}`
    const change = onlyChange({}, rules(MAIN, { workload: 'docs', ref: `${long}*`, environment: 'e'.repeat(512) }))
    for (const value of Object.values(change?.newly[0]?.payload ?? {})) expect(String(value).length).toBeLessThanOrEqual(1024)
    expect(change?.newly).toHaveLength(1)
  })
})

describe('what a grant gives', () => {
  const github = { kind: 'github-app', owner: 't', app_id: '1', account: 'acme', private_key: { secret: 'UPSTREAM_A' } }
  const app = (permissions: Records, more: Records = {}): Written => ({
    connections: { api: github },
    grants: { deploy: grant([MAIN], { scope: { repositories: ['docs'], permissions }, ...more }) },
  })

  test.each<[string, Written, Written, Partial<GrantChange>, readonly string[]]>([
    ['a permission more', app({ contents: 'read' }), app({ contents: 'write' }), { scope: 'wider', ttl: 'same' }, ['scope']],
    ['a permission less', app({ contents: 'write' }), app({ contents: 'read' }), { scope: 'narrower', ttl: 'same' }, ['scope']],
    [
      'one more and one less',
      app({ contents: 'write' }),
      app({ contents: 'read', pages: 'write' }),
      { scope: 'other', ttl: 'same' },
      ['scope'],
    ],
    ['longer', {}, { grants: { deploy: grant([MAIN], { ttl: '30m' }) } }, { scope: 'same', ttl: 'longer' }, ['ttl']],
    ['shorter', {}, { grants: { deploy: grant([MAIN], { ttl: '5m' }) } }, { scope: 'same', ttl: 'shorter' }, ['ttl']],
    [
      'the same time in another unit, limits put on',
      {},
      { grants: { deploy: grant([MAIN], { ttl: '600s', limits: { per_job: 1 } }) } },
      { scope: 'same', ttl: 'same' },
      ['limits'],
    ],
    [
      'another upstream',
      {},
      { connections: { api: { ...API, audience: 'https://other.acme.example' } } },
      { scope: 'other', ttl: 'same' },
      ['connection'],
    ],
    [
      'another root secret',
      app({ contents: 'read' }),
      { ...app({ contents: 'read' }), connections: { api: { ...github, private_key: { secret: 'UPSTREAM_B' } } } },
      { scope: 'same', ttl: 'same' },
      ['connection'],
    ],
  ])('%s', (_, base, head, expected, about) => {
    const change = onlyChange(base, head)
    expect(change).toMatchObject({ change: 'changed', newly: [], noLonger: [], ...expected })
    expect(change?.terms.words.map((word) => word.about)).toEqual(about)
  })

  test('a secret reference and rotation dates that do not reach the credential show nothing', () => {
    const rotated = { ...app({ contents: 'read' }), connections: { api: { ...github, rotation: { every: '90d', last: '2026-10-01' } } } }
    expect(plan(app({ contents: 'read' }), rotated).grants).toEqual([])
  })

  test('wider scope and longer life widen, and so does a scope that is another', () => {
    const widening = (base: Written, head: Written): boolean => plan(base, head).grants.some(widens)
    expect(widening(app({ contents: 'read' }), app({ contents: 'write' }))).toBe(true)
    expect(widening(app({ contents: 'write' }), app({ contents: 'read' }))).toBe(false)
    expect(widening(app({ contents: 'write' }), app({ contents: 'read', pages: 'write' }))).toBe(true)
    expect(widening({}, { grants: { deploy: grant([MAIN], { ttl: '30m' }) } })).toBe(true)
    expect(widening({}, { grants: { deploy: grant([MAIN], { ttl: '5m' }) } })).toBe(false)
  })
})

describe('grants that come and go', () => {
  const two = { deploy: grant([MAIN]), other: grant([{ workload: 'docs', ref: 'refs/heads/dev' }]) }

  test('an added grant names who can get it', () => {
    expect(onlyChange({}, { grants: two })).toMatchObject({ grant: 'other', change: 'added', scope: 'same', ttl: 'same', noLonger: [] })
    expect(facts(onlyChange({}, { grants: two })?.newly[0], 'ref')).toEqual(['refs/heads/dev'])
  })

  test('a removed grant names who could', () => {
    expect(onlyChange({ grants: two }, {})).toMatchObject({ grant: 'other', change: 'removed', newly: [] })
    expect(onlyChange({ grants: two }, {})?.noLonger).toHaveLength(1)
  })

  test('an added grant that nobody can get is listed and widens nothing', () => {
    const head = { workloads: { docs: { ...DOCS, suspended: true } }, grants: two }
    const change = onlyChange({ workloads: head.workloads }, head)
    expect(change).toMatchObject({ change: 'added', newly: [] })
    expect(change !== undefined && widens(change)).toBe(false)
  })

  test('a renamed grant is one removed and one added', () => {
    expect(plan({}, { grants: { publish: grant([MAIN]) } }).grants.map(({ grant: name, change }) => [name, change])).toEqual([
      ['deploy', 'removed'],
      ['publish', 'added'],
    ])
  })
})

describe('issuers', () => {
  const issuer = { platform: 'github', url: GITHUB, owners: [{ name: 'acme', id: '10' }] }

  test('another issuer lets its own runs in', () => {
    const enterprise = { ...issuer, url: 'https://ghes.acme.example/_services/token' }
    const workloads = { docs: DOCS, inner: { ...DOCS, issuer: 'enterprise' } }
    const head = { issuers: { github: issuer, enterprise }, workloads, ...rules(MAIN, { workload: 'inner', ref: 'refs/heads/main' }) }
    expect(onlyChange({}, head)?.newly.map(({ payload, because }) => [payload.iss, because])).toEqual([
      [enterprise.url, 'its issuer is not trusted'],
    ])
  })

  test('keys, aud and the age of tokens are no part of a witness and are told on their own', () => {
    const jwks = { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }] }
    const head = { issuers: { github: { ...issuer, jwks, audience: 'other' } }, settings: { token_max_age: '10m' } }
    expect(plan({}, head)).toMatchObject({
      grants: [],
      issuers: [
        { issuer: GITHUB, widens: true },
        { issuer: GITHUB, widens: true },
        { issuer: '*', widens: true },
      ],
    })
    expect(plan(head, {}).issuers.map((change) => change.widens)).toEqual([true, true, false])
  })
})

describe('the JSON form', () => {
  test('is the one of the contract', () => {
    const result = plan({}, ruled({ ref: 'refs/heads/dev' }))
    const json: unknown = JSON.parse(planJson(result))
    expect(json).toEqual({
      base: result.base,
      head: result.head,
      grants: [
        {
          grant: 'deploy',
          change: 'changed',
          newly: [{ witness: expect.objectContaining({ iss: GITHUB, ref: 'refs/heads/dev' }) }],
          no_longer: [{ witness: expect.objectContaining({ iss: GITHUB, ref: 'refs/heads/main' }) }],
          scope: 'same',
          ttl: 'same',
        },
      ],
    })
  })
})
