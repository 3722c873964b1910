import { describe, expect, test } from 'vitest'
import { type GrantChange, widens } from '../../../shared/policy/plan.ts'
import { planJson } from '../../../shared/policy/plan-json.ts'
import { API, BY_NAME, DOCS, facts, grant, MAIN, onlyChange, plan, type Records, ruled, rules, type Written } from './plan-policies.ts'
import { GITHUB } from './policies.ts'

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
      'longer because max_ttl is',
      { settings: { max_ttl: '1h' }, grants: { deploy: grant([MAIN], { ttl: '2h' }) } },
      { settings: { max_ttl: '90m' }, grants: { deploy: grant([MAIN], { ttl: '2h' }) } },
      { scope: 'same', ttl: 'longer' },
      ['ttl'],
    ],
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

describe('keys written in the policy', () => {
  test('are the same keys in another order of their members', () => {
    const side = (key: Records): Written => ({
      issuers: { github: { platform: 'github', url: GITHUB, owners: [{ name: 'acme', id: '10' }], jwks: { keys: [key] } } },
    })
    expect(plan(side({ kty: 'RSA', kid: 'a', n: 'x', e: 'AQAB' }), side({ e: 'AQAB', n: 'x', kid: 'a', kty: 'RSA' })).issuers).toEqual([])
  })
})
