/** The corpus: hand-written pairs of policies, and what the plan must say of each. */
import { describe, expect, test } from 'vitest'
import {
  BY_NAME,
  DOCS,
  facts,
  grant,
  MAIN,
  noPullRequests,
  onlyChange,
  plan,
  type Records,
  ruled,
  rules,
  type Written,
} from './plan-policies.ts'

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
