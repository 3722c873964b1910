/** What a plan says of jobs of GitLab, and of policies over two platforms: the words a reviewer reads, and the tokens that prove them. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { type GrantChange, planPolicies } from '../../../shared/policy/plan.ts'
import { planText } from '../../../shared/policy/plan-text.ts'
import { scaffold, scenariosYaml } from '../../../shared/policy/scaffold.ts'
import { GITHUB, policyOf } from './policies.ts'

const FORGE = 'https://git.acme.example'
const NAMED = { project_path: 'acme/web/shop', project_id: '4012345' }

interface Parts {
  readonly is?: object
  readonly rule?: object
  readonly guardrails?: object
}

const made = ({ is = NAMED, rule = { ref: 'refs/heads/main' }, guardrails = {} }: Parts = {}) =>
  policyOf({
    issuers: {
      hub: { platform: 'github', url: GITHUB, owners: [{ name: 'acme', id: '65000001' }] },
      forge: { platform: 'gitlab', url: FORGE, owners: [{ name: 'acme/web', id: '84329880' }] },
    },
    workloads: { shop: { issuer: 'forge', is, owner: 'team-web' } },
    connections: { c: { kind: 'jwt', owner: 'team', audience: 'https://a.example' } },
    grants: {
      g: { purpose: 'p', owner: 'team', connection: 'c', scope: { scopes: ['s'] }, ttl: '10m', allow: [{ workload: 'shop', ...rule }] },
    },
    guardrails,
  })

function planOf(base: Parts, head: Parts) {
  const plan = planPolicies(made(base), made(head))
  if (!plan.ok) throw new Error('undecided')
  return plan.value
}

const witnessOf = (change: GrantChange | undefined): JsonObject => change?.newly[0]?.payload ?? expect.fail('no witness')

describe('the plan of a grant for GitLab', () => {
  test('proves a wider ref with a token that says it in all three places', () => {
    const plan = planOf({}, { rule: { ref: ['refs/heads/main', 'refs/tags/v*'] } })
    expect(witnessOf(plan.grants[0])).toMatchObject({
      iss: FORGE,
      sub: expect.stringMatching(/^project_path:acme\/web\/shop:ref_type:tag:ref:v/),
      ref_type: 'tag',
      ref_path: expect.stringMatching(/^refs\/tags\/v/),
      namespace_path: 'acme/web',
      namespace_id: '84329880',
      runner_id: 12270835,
      ci_config_ref_uri: expect.stringMatching(/^git\.acme\.example\/acme\/web\/shop\/\/\.gitlab-ci\.yml@refs\/tags\/v/),
    })
    expect(planText(plan)).toMatch(/push on refs\/tags\/v\S* in acme\/web\/shop \(id 4012345\)/)
  })

  test('puts a merge request first, because a rule must ask for it by name', () => {
    const plan = planOf({}, { rule: { ref: 'refs/heads/main', pipeline_source: ['push', 'merge_request_event'] } })
    expect(planText(plan)).toContain('can newly be had by merge_request_event on refs/heads/main in acme/web/shop')
  })

  test.each([
    ['ref_protected', 'true', 'false'],
    ['user_access_level', 'maintainer', 'maintainer-1'],
    ['user_id', '1234', '1235'],
    ['runner_id', '12270835', 12270836],
  ])('proves a rule without %s with a token whose own is not %s', (attribute, usual, other) => {
    const plan = planOf({ rule: { ref: 'refs/heads/main', [attribute]: usual } }, {})
    expect(witnessOf(plan.grants[0])).toMatchObject({ [attribute]: other })
  })

  test.each<[string, Parts, Parts]>([
    [
      'a default written out',
      {},
      { rule: { ref: 'refs/heads/main', pipeline_source: ['schedule', 'push', 'web'], runner_environment: 'gitlab-hosted' } },
    ],
    ['a ref_type that follows from the ref', {}, { rule: { ref: 'refs/heads/main', ref_type: 'branch' } }],
    [
      'a namespace that follows from the path',
      { is: { project_path: 'acme/web/shop' } },
      { is: { project_path: 'acme/web/shop', namespace_path: 'ACME/web' } },
    ],
    [
      'a pattern that only the namespace of the fence fills',
      {},
      { rule: { ref: 'refs/heads/main', ci_config_ref_uri: '**@refs/heads/main' } },
    ],
  ])('shows nothing for %s', (_name, base, head) => {
    expect(planOf(base, head).grants).toEqual([])
  })

  test('shows nothing for a tag of a merge request, which has none', () => {
    const none = { is: { project_path: 'acme/web/none' } }
    const tag = { is: { project_path: 'acme/web/shop' }, rule: { ref: 'refs/tags/*', pipeline_source: 'merge_request_event' } }
    expect(planOf(none, tag).grants[0]?.newly ?? []).toEqual([])
  })

  test('shows nothing for a pipeline file of another project, unless the run may be a fork’s', () => {
    const file = 'git.acme.example/acme/web/other//.gitlab-ci.yml@refs/heads/main'
    const none = { is: { project_path: 'acme/web/none' } }
    const other = { is: { project_path: 'acme/web/shop' }, rule: { ci_config_ref_uri: file } }
    expect(planOf(none, other).grants[0]?.newly ?? []).toEqual([])
    const fork = { ...other, rule: { ...other.rule, pipeline_source: 'merge_request_event' } }
    expect(witnessOf(planOf(none, fork).grants[0])).toMatchObject({ project_path: 'acme/web/shop', ci_config_ref_uri: file })
  })
})

describe('a guardrail over two platforms', () => {
  const guard = (forbid: object): Parts => ({ guardrails: { no: { why: 'w', grants: 'all', forbid } } })

  test('holds nowhere on a platform that does not have its attribute', () => {
    expect(planOf({}, guard({ event_name: 'push' })).grants).toEqual([])
    expect(planOf(guard({ event_name: 'push' }), {}).grants).toEqual([])
    expect(planOf({}, guard({ repository_owner: 'acme' })).grants).toEqual([])
    expect(planOf(guard({ repository_owner: 'acme' }), {}).grants).toEqual([])
  })

  test('takes the values of either, and holds for both where both have the attribute', () => {
    expect(planOf({}, guard({ runner_environment: 'gitlab-hosted' })).grants[0]?.noLonger).toHaveLength(1)
    expect(planOf({}, guard({ ref: 'refs/heads/*' })).grants[0]?.noLonger).toHaveLength(1)
    expect(planOf({}, guard({ namespace_path: 'Acme/Web' })).grants[0]?.noLonger).toHaveLength(1)
    // a pinned project may be renamed into another namespace; one known by name alone may not
    expect(planOf({}, guard({ namespace_path: 'acme' })).grants[0]?.noLonger[0]?.notes).toMatchObject([{ about: 'owner_renamed' }, {}])
    const byName = { is: { project_path: 'acme/web/shop' } }
    expect(planOf(byName, { ...byName, ...guard({ namespace_path: 'acme' }) }).grants).toEqual([])
  })
})

test('scaffold writes scenarios in the words of GitLab', () => {
  const pair = scaffold(made({ rule: { ref: 'refs/heads/main', pipeline_source: 'schedule' } }), 'g')
  expect(pair.ok && scenariosYaml(pair.value)).toContain('workload: shop, ref: refs/heads/main, pipeline_source: schedule')
})
