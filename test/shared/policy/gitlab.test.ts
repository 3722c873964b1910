/** A policy over GitLab: what its author is told, who is which workload, what the lints find. GitHub's own rules are in the tests beside this one. */
import { describe, expect, test } from 'vitest'
import { decide } from '../../../shared/policy/decide.ts'
import { explainDecision } from '../../../shared/policy/explain.ts'
import type { Caller, Decision } from '../../../shared/policy/policy.ts'
import { judged } from './judged.ts'
import { GITHUB, policyOf } from './policies.ts'

const FORGE = 'https://git.acme.example'

describe('the check', () => {
  const HEAD = 'hub: { platform: github, url: "https://a.example", owners: [{ name: acme, id: "1" }] }'
  const errorsOf = (yaml: string): readonly string[] =>
    judged(yaml)
      .findings.filter(({ severity }) => severity === 'error')
      .map(({ id, message }) => `${id} ${message}`)
  const owners = (platform: string, name: string) =>
    errorsOf(`issuers: { i: { platform: ${platform}, url: "https://x.example", owners: [{ name: "${name}", id: "7" }] } }`)
  const workload = (is: string) =>
    errorsOf(`issuers: { forge: { platform: gitlab, url: "${FORGE}", owners: [{ name: acme/web, id: "7" }] }, ${HEAD} }
workloads: { w: { issuer: forge, owner: t, is: ${is} } }`)
  const guardrail = (forbid: string) =>
    errorsOf(`issuers: { forge: { platform: gitlab, url: "${FORGE}", owners: [{ name: acme/web, id: "7" }] }, ${HEAD} }
guardrails: { g: { why: w, grants: all, forbid: ${forbid} } }`)

  test('takes a path as the owner on GitLab, and a plain name on GitHub', () => {
    expect(owners('gitlab', 'acme/web/deep')).toEqual([])
    expect(owners('gitlab', 'acme')).toEqual([])
    expect(owners('github', 'acme')).toEqual([])
    expect(owners('github', 'acme/web')).toEqual([
      'wrong-value expected the name of an owner, with no slash and no wildcard, found "acme/web"',
    ])
    for (const name of ['/acme', 'acme/', 'acme//web', 'acme/*']) expect(owners('gitlab', name)).toHaveLength(1)
  })

  test.each<[string, string]>([
    ['{ project_path: "acme/web/*" }', ''],
    ['{ project_path: acme/web/shop, project_id: "1" }', ''],
    [
      '{ project_path: "acme/**" }',
      'wildcard-not-allowed project_path: expected * at most, found "acme/**": ** would reach into subgroups',
    ],
    ['{ project_path: "acme/*/shop" }', 'wildcard-not-allowed project_path: expected the owner written out before the last /'],
    ['{ project_path: shop }', 'invalid-pattern project_path: expected owner/name'],
    ['{ namespace_path: "acme/*" }', 'wildcard-not-allowed namespace_path'],
    ['{ repository: acme/docs }', 'unknown-attribute unknown attribute "repository"'],
    ['{ pipeline_source: push }', 'forbidden-attribute pipeline_source is never a condition here: it is no identity'],
    ['{ sub: "project_path:x" }', 'forbidden-attribute sub is never a condition here: a project chooses what it is made of'],
    ['{ ref_path: refs/heads/main }', 'forbidden-attribute ref_path is never a condition here: the attribute ref holds it'],
    ['{ ref: main }', 'invalid-pattern ref: expected refs/… in full (refs/heads/main?)'],
    ['{ project_id: "1", pipeline_sourc: push }', 'unknown-attribute unknown attribute "pipeline_sourc" (did you mean "pipeline_source"?)'],
  ])('of the identity %s says %j', (is, told) => {
    const errors = workload(is)
    if (told === '') expect(errors).toEqual([])
    else expect(errors.join('\n')).toContain(told)
  })

  test('takes in a guardrail what either platform knows, and what neither knows it does not', () => {
    expect(guardrail('{ runner_environment: [github-hosted, gitlab-hosted] }')).toEqual([])
    expect(guardrail('{ pipeline_source: merge_request_event }')).toEqual([])
    expect(guardrail('{ runner_environment: circle-hosted }').join()).toContain('wrong-value')
    expect(guardrail('{ pipeline_source: pull_request }').join()).toContain('wrong-value')
  })
})

describe('the workload of a project', () => {
  const made = (is: object) =>
    policyOf({
      issuers: {
        hub: { platform: 'github', url: GITHUB, owners: [{ name: 'acme', id: '65000001' }] },
        forge: {
          platform: 'gitlab',
          url: FORGE,
          owners: [
            { name: 'acme', id: '72' },
            { name: 'acme/web', id: '73' },
          ],
        },
      },
      workloads: { shop: { issuer: 'forge', is, owner: 'team' } },
      connections: { c: { kind: 'jwt', owner: 'team', audience: 'https://a.example' } },
      grants: {
        g: {
          purpose: 'p',
          owner: 'team',
          connection: 'c',
          scope: { scopes: ['s'] },
          ttl: '10m',
          allow: [{ workload: 'shop', ref: 'refs/heads/main' }],
        },
      },
    })
  const callerOf = (policy: ReturnType<typeof made>, path: string, id: string, namespace: string): Caller => {
    const issuer = policy.issuers.get(FORGE) ?? expect.fail('no issuer')
    const facts = {
      project_path: path,
      project_id: id,
      namespace_id: namespace,
      pipeline_source: 'push',
      runner_environment: 'gitlab-hosted',
      ref: 'refs/heads/main',
    }
    const attributes = issuer.platform.complete(new Map(Object.entries(facts)), FORGE)
    return { issuer, owner: { id: namespace, name: attributes.get('namespace_path') ?? '' }, attributes }
  }
  const decisionOn = (is: object, path: string, id: string, namespace: string): Decision => {
    const policy = made(is)
    return decide(policy, callerOf(policy, path, id, namespace), 'g')
  }
  const PINNED = { project_path: 'acme/web/shop', project_id: '9' }

  test.each<[string, object, [string, string, string], string]>([
    ['the same path and id', PINNED, ['acme/web/shop', '9', '73'], 'allow'],
    ['the same path in other letters', PINNED, ['Acme/Web/Shop', '9', '73'], 'allow'],
    ['a new path in the same namespace', PINNED, ['acme/web/store', '9', '73'], 'allow'],
    ['a new path of the namespace itself', PINNED, ['acme/site/shop', '9', '73'], 'allow'],
    ['the same id, moved to the group above', PINNED, ['acme/shop', '9', '72'], 'refuse'],
    ['the same path under another id', PINNED, ['acme/web/shop', '10', '73'], 'refuse'],
    ['the same path in another namespace that took the name', PINNED, ['acme/web/shop', '9', '72'], 'refuse'],
    ['the id alone, anywhere in the fence', { project_id: '9' }, ['acme/shop', '9', '72'], 'allow'],
    ['a path that only begins so', { project_path: 'acme/web/*' }, ['acme/web/deep/shop', '9', '73'], 'refuse'],
    ['a pattern’s own project', { project_path: 'acme/web/*' }, ['acme/web/anything', '1', '73'], 'allow'],
    ['a namespace by name', { project_id: '9', namespace_path: 'acme/web' }, ['acme/web/shop', '9', '73'], 'allow'],
    [
      'a namespace by name, that the fence knows under another id',
      { project_id: '9', namespace_path: 'acme/web' },
      ['acme/web/shop', '9', '72'],
      'refuse',
    ],
  ])('%s', (_name, is, [path, id, namespace], outcome) => {
    expect(decisionOn(is, path, id, namespace).outcome).toBe(outcome)
  })

  test('reports a rename, and says of a moved project that it was transferred', () => {
    expect(decisionOn(PINNED, 'acme/web/store', '9', '73')).toMatchObject({
      notes: [{ about: 'repository_renamed', tokenName: 'acme/web/store' }],
    })
    const moved = decisionOn(PINNED, 'acme/shop', '9', '72')
    expect(moved).toMatchObject({
      reasons: expect.arrayContaining([
        expect.objectContaining({ attribute: 'namespace_id', hint: expect.stringContaining('transferred') }),
      ]),
    })
  })

  test('outside the fence is explained by the namespace', () => {
    const policy = made(PINNED)
    const told = explainDecision(policy, callerOf(policy, 'acme/web/shop', '9', '666'), 'g')
    expect(told.reasons).toEqual([{ rule: 'fence', attribute: 'namespace_id', seen: '666' }])
  })
})

describe('the lints', () => {
  const found = (id: string, rule: string, is = '{ project_path: acme/web/shop, project_id: "9" }'): readonly string[] =>
    judged(`issuers: { forge: { platform: gitlab, url: "${FORGE}", owners: [{ name: acme/web, id: "7" }] } }
workloads: { w: { issuer: forge, owner: t, is: ${is} } }
connections: { prod: { kind: ssh-cert, owner: t, ca: ed25519 } }
grants: { g: { purpose: p, owner: t, connection: prod, scope: { principals: [deploy] }, ttl: 10m, allow: [{ workload: w, ${rule} }] } }`)
      .findings.filter((finding) => finding.id === id)
      .map(({ message }) => message)

  test('know GitLab’s names', () => {
    expect(found('id-not-pinned', 'ref: refs/heads/main', '{ project_path: acme/web/shop }')).toEqual([
      '"acme/web/shop" is a name without its id (project_id)',
    ])
    expect(found('id-not-pinned', 'ref: refs/heads/main')).toEqual([])
    expect(found('dangerous-event', 'ref: refs/heads/main, pipeline_source: merge_request_event')[0]).toContain(
      'merge_request_event reaches this grant, for example merge_request_event on refs/heads/main of acme/web/shop',
    )
    expect(found('dangerous-event', 'ref: refs/tags/v1, pipeline_source: merge_request_event')).toEqual([])
    expect(found('unreachable-rule', 'ref: refs/tags/v1, pipeline_source: merge_request_event')).toHaveLength(1)
    expect(found('branch-pattern-on-production', 'ref: "refs/heads/*"')).toHaveLength(1)
    expect(found('environment-not-pinned', 'ref: refs/heads/main')).toHaveLength(1)
    expect(found('environment-not-pinned', 'ref: refs/heads/main, environment: production')).toEqual([])
    expect(found('self-service', 'ref: refs/heads/main', '{ project_path: acme/web/jobpass-policy, project_id: "9" }')).toHaveLength(1)
  })
})
