/** Who may do what to the broker itself: every authority endpoint against every role, and what becomes of a token once it was used. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import {
  type Answer,
  AUTHORITY_URL,
  activeDigest,
  answerOf,
  asRole,
  claimsOf,
  entriesOf,
  exchange,
  makeWorld,
  roleToken,
  seconds,
  startIsolate,
  tokenOf,
  type World,
} from '../harness.ts'
import { makeIssuer, sign } from '../issuer.ts'
import { withSection } from '../policies.ts'

const freeze = JSON.stringify({ target: 'grant', name: 'nobody-has-it', reason: 'drill' })
const thaw = JSON.stringify({ target: 'grant', name: 'nobody-has-it' })
const report = JSON.stringify({
  envelope: 'a'.repeat(32),
  name: 'x',
  people: ['jane', 'joe'],
  opened_at: '2026-11-22T01:44:32Z',
  reason: 'drill',
})
const ROLES = ['publisher', 'operator', 'auditor'] as const

const endpoints: readonly [string, string, (world: World) => Promise<RequestInit>, (typeof ROLES)[number]][] = [
  [
    'PUT',
    '/policy',
    async (world) => ({ headers: { 'if-match': `"${await activeDigest()}"` }, body: JSON.stringify(world.policy) }),
    'publisher',
  ],
  ['GET', '/policy', async () => ({}), 'auditor'],
  ['GET', '/policy/history', async () => ({}), 'auditor'],
  ['GET', '/ledger', async () => ({}), 'auditor'],
  ['GET', '/ledger/checkpoint', async () => ({}), 'auditor'],
  ['GET', '/inventory', async () => ({}), 'auditor'],
  ['GET', '/leases', async () => ({}), 'auditor'],
  ['POST', '/leases/revoke', async () => ({ body: '{"grant":"nobody-has-it"}' }), 'operator'],
  ['POST', '/keys/rotate', async () => ({ body: '{"key":"signing:RS256","reason":"drill"}' }), 'operator'],
  ['POST', '/keys/reseal', async () => ({}), 'operator'],
  ['POST', '/break-glass', async () => ({ body: report }), 'operator'],
  ['PUT', '/freezes', async () => ({ body: freeze }), 'operator'],
  ['GET', '/freezes', async () => ({}), 'operator'],
  ['DELETE', '/freezes', async () => ({ body: thaw }), 'operator'],
]

describe.each(endpoints)('%s %s', (method, path, init, role) => {
  const call = async (world: World, bearer: string | undefined): Promise<Answer> => {
    const given = await init(world)
    const headers = new Headers(given.headers)
    if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`)
    return answerOf(await world.isolate.fetch(path, { ...given, method, headers }))
  }

  it(`is the ${role}'s alone: 200 for that role, 403 for the others, 401 for the rest`, async () => {
    const world = await makeWorld()
    expect((await call(world, await roleToken(role))).status).toBe(200)
    for (const other of [...ROLES.filter((name) => name !== role), 'stranger'] as const) {
      const refused = await call(world, await roleToken(other))
      expect([other, refused.status, refused.headers.get('content-type')]).toEqual([other, 403, 'application/problem+json'])
    }
    const strangers = [
      undefined,
      '',
      'hello',
      'a.b.c',
      await tokenOf(world),
      `${await roleToken(role)}=`,
      await roleToken(role, { aud: 'https://x' }),
    ]
    for (const bearer of strangers) {
      const refused = await call(world, bearer)
      expect([bearer, refused.status, refused.headers.get('www-authenticate')]).toEqual([bearer, 401, 'Bearer'])
      expect(refused.headers.get('cache-control')).toBe('no-store')
    }
  })

  it('takes a token once', async () => {
    const world = await makeWorld()
    if (method === 'DELETE') await asRole(world, 'operator', '/freezes', { method: 'PUT', body: freeze })
    const token = await roleToken(role)
    const answers = await Promise.all(Array.from({ length: 8 }, () => call(world, token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 401)])
    expect((await call(world, token)).status).toBe(401)
  })
})

describe('an authority', () => {
  it.each<[string, JsonObject]>([
    ['expired', { iat: seconds() - 1000, exp: seconds() - 500 }],
    ['older than five minutes', { iat: seconds() - 400, exp: seconds() + 500 }],
    ['from a repository of that name under another owner', { repository_owner_id: '10', sub: 'x' }],
    [
      'from a repository whose name only begins alike',
      { repository: 'acme-admin/auditors', workflow_ref: 'acme-admin/auditors/.github/workflows/x@y', sub: 'x' },
    ],
  ])('is not one by a token %s', async (_name, claims) => {
    const world = await makeWorld()
    const answer = answerOf(
      await world.isolate.fetch('/policy', { headers: { authorization: `Bearer ${await roleToken('auditor', claims)}` } }),
    )
    expect([401, 403]).toContain((await answer).status)
  })

  it('is not one by the key of an issuer that the policy trusts, nor by its own key under that issuer', async () => {
    const world = await makeWorld()
    const impostor = await makeIssuer(AUTHORITY_URL, 'authority-1')
    const forged = await sign(impostor, claimsOf(world, { iss: AUTHORITY_URL, repository: 'acme-admin/auditor', repository_owner_id: '9' }))
    expect((await answerOf(await world.isolate.fetch('/ledger', { headers: { authorization: `Bearer ${forged}` } }))).status).toBe(401)
  })

  it('draws no credential, even when a policy of long ago would give it one', async () => {
    const record = { platform: 'github', url: 'https://ci.authorities.example', owners: [{ name: 'acme-admin', id: '9' }] }
    const world = await makeWorld((policy) =>
      withSection(withSection(policy, 'issuers', { admin: record }), 'workloads', {
        docs: { issuer: 'admin', is: { repository: 'acme-admin/*' }, owner: 'x' },
      }),
    )
    for (const role of ROLES) {
      const answer = await exchange(world, { token: await roleToken(role) })
      expect([answer.status, answer.body.code, answer.body.reasons]).toEqual([400, 'grant_refused', []])
    }
    expect((await exchange(world, { token: await roleToken('stranger') })).status).toBe(200)
  })

  it('cannot act while its act cannot be recorded', async () => {
    const world = await makeWorld()
    const isolate = startIsolate({
      ledger: (name) => new Proxy(world.isolate.deps.ledger(name), { get: () => () => Promise.reject(new Error('the ledger is down')) }),
    })
    const answer = await asRole(world, 'operator', '/freezes', { method: 'PUT', body: freeze }, isolate)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await asRole(world, 'operator', '/freezes')).text).not.toContain('nobody-has-it')
  })

  it('is told 503 while the keys of its issuer cannot be had', async () => {
    const world = await makeWorld()
    world.outside.answer('https://ci.authorities.example', () => new Response('', { status: 500 }))
    const answer = await asRole(world, 'auditor', '/ledger', {}, startIsolate())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  })

  it('has every act on record, before it has effect', async () => {
    const world = await makeWorld()
    await asRole(world, 'auditor', '/ledger')
    await asRole(world, 'operator', '/freezes', { method: 'PUT', body: freeze })
    await asRole(world, 'operator', '/freezes', { method: 'DELETE', body: thaw })
    const acts = (await entriesOf('v1:authorities')).slice(-5).map(({ type, role, action, by }) => [type, role ?? by, action])
    expect(acts).toEqual([
      ['authority_used', 'auditor', 'read_ledger'],
      ['authority_used', 'operator', 'freeze'],
      ['froze', 'acme-admin/operator@refs/heads/main', undefined],
      ['authority_used', 'operator', 'thaw'],
      ['thawed', 'acme-admin/operator@refs/heads/main', undefined],
    ])
  })
})

describe('other paths and methods', () => {
  it.each(['/', '/policies', '/policy/', '/token/x', '/.well-known/', '/.well-known/jwks', '/../token', '//ledger'])(
    'answer 404 at %s',
    async (path) => {
      const world = await makeWorld()
      expect((await world.isolate.fetch(path)).status).toBe(404)
    },
  )

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('answer no 200 to %s /token', async (method) => {
    const world = await makeWorld()
    expect((await world.isolate.fetch('/token', { method })).status).toBe(404)
  })
})
