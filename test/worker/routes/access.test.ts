/** People as authorities, by Cloudflare Access: whose assertion is believed, what a session may do, and what a page of somebody else cannot make a browser do. */
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../shared/json.ts'
import { type Answer, answerOf, entriesOf, exchange, makeWorld, ORIGIN, roleToken, seconds, startIsolate, type World } from '../harness.ts'
import { makeIssuer, sign } from '../issuer.ts'
import { withSection } from '../policies.ts'

const TEAM = 'https://acme.cloudflareaccess.com'
const AUDIENCE = 'a1'.repeat(32)

const access = await makeIssuer(TEAM, '9338abe1baf2fe492f646a736f25afbf7b025e35c627be4f60c414d4c73069b8')

/** An application token as Access writes it. */
function claimsFor(email: string, changes: JsonObject = {}): JsonObject {
  const now = seconds()
  const claims = { aud: [AUDIENCE], email, iat: now - 60, nbf: now - 60, exp: now + 3_600, iss: TEAM, type: 'app' }
  return { ...claims, identity_nonce: '6ei69kawdKzMIAPF', sub: '7335d417-61da-459d-899c-0a01c76a2f94', country: 'US', ...changes }
}

const without = (claims: JsonObject, name: string): JsonObject => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))
const assertionFor = (email: string, changes: JsonObject = {}) => sign(access, claimsFor(email, changes))

async function makeTeam(change?: (policy: JsonObject) => JsonObject): Promise<World> {
  const world = await makeWorld(change)
  world.outside.answer(TEAM, (request) =>
    new URL(request.url).pathname === '/cdn-cgi/access/certs'
      ? Response.json({ keys: [access.jwk], public_certs: [] })
      : new Response('', { status: 404 }),
  )
  return world
}

interface Call {
  readonly method?: string
  readonly path?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What the edge hands on: the assertion in its header. */
async function call(world: World, assertion: string, { method = 'GET', path = '/leases', body, headers = {} }: Call = {}): Promise<Answer> {
  const all = { 'cf-access-jwt-assertion': assertion, 'jobpass-intent': '1', ...headers }
  return answerOf(await world.isolate.fetch(path, { method, headers: all, ...(body === undefined ? {} : { body }) }))
}

const FREEZE = { method: 'PUT', path: '/freezes', body: '{"target":"grant","name":"nobody-has-it","reason":"drill"}' }
const THAW = { method: 'DELETE', path: '/freezes', body: '{"target":"grant","name":"nobody-has-it"}' }

describe('a person', () => {
  it('has the roles of the configuration and no other', async () => {
    const world = await makeTeam()
    const statusOf = async (email: string, what: Call) => (await call(world, await assertionFor(email), what)).status
    expect(await statusOf('auditor@acme.example', { path: '/leases' })).toBe(200)
    expect(await statusOf('operator@acme.example', { path: '/leases' })).toBe(403)
    expect(await statusOf('auditor@acme.example', FREEZE)).toBe(403)
    expect(await statusOf('operator@acme.example', FREEZE)).toBe(200)
    expect(await statusOf('operator@acme.example', THAW)).toBe(200)
    expect(await statusOf('publisher@acme.example', { path: '/ledger' })).toBe(403)
    expect(await statusOf('somebody@acme.example', { path: '/leases' })).toBe(403)
    expect(await statusOf('all@acme.example', { path: '/leases' })).toBe(200)
    expect(await statusOf('Auditor@ACME.example', { path: '/leases' })).toBe(200)
  })

  it('may act again with the same session, and every act is on record under the address', async () => {
    const world = await makeTeam()
    const assertion = await assertionFor('operator@acme.example')
    expect((await call(world, assertion, FREEZE)).status).toBe(200)
    expect((await call(world, assertion, THAW)).status).toBe(200)
    const acts = (await entriesOf('v1:authorities')).slice(-4)
    expect(acts).toMatchObject([
      {
        type: 'authority_used',
        role: 'operator',
        by: 'operator@acme.example',
        action: 'freeze',
        via: 'access',
        session: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      { type: 'froze', by: 'operator@acme.example' },
      { type: 'authority_used', action: 'thaw', session: acts[0]?.session ?? '', subject: '7335d417-61da-459d-899c-0a01c76a2f94' },
      { type: 'thawed' },
    ])
    expect(JSON.stringify(acts)).not.toContain(assertion.split('.')[2])
  })

  it('may send the assertion as Bearer, where no browser can be made to', async () => {
    const world = await makeTeam()
    const headers = { authorization: `Bearer ${await assertionFor('auditor@acme.example')}` }
    expect((await world.isolate.fetch('/leases', { headers })).status).toBe(200)
  })

  it('draws no credential with an assertion, also when the policy trusts the team as an issuer', async () => {
    const issuer = { platform: 'github', url: TEAM, owners: [{ name: 'acme', id: '1' }] }
    const world = await makeTeam((policy) => withSection(policy, 'issuers', { people: issuer }))
    world.outside.answer(TEAM, () => Response.json({ keys: [access.jwk] }))
    expect((await exchange(world, { token: await assertionFor('all@acme.example') })).status).toBe(400)
  })
})

const other = await makeIssuer(TEAM, access.kid)

describe('an assertion', () => {
  const now = seconds()
  it.each<[string, JsonObject]>([
    ['for another application', { aud: ['b2'.repeat(32)] }],
    ['for no application', { aud: [] }],
    ['that is over', { iat: now - 7_200, nbf: now - 7_200, exp: now - 31 }],
    ['that is not valid yet', { nbf: now + 300 }],
    ['made in the future', { iat: now + 300, exp: now + 600 }],
    ['of a session longer than a day', { exp: now + 90_000 }],
    ['that ends before it begins', { exp: now - 120, iat: now - 60 }],
    ['of the whole team rather than an application', { type: 'org' }],
    ['of a service token', { email: '', sub: '', common_name: 'e367826f93b8d71185e03fe518aff3b4.access' }],
    ['with a number as address', { email: 7 }],
    ['with a list of addresses', { email: ['auditor@acme.example'] }],
    ['with a line break in the address', { email: 'auditor@acme.example\n' }],
    ['with times as text', { exp: String(now + 3_600) }],
    ['of another team', { iss: 'https://evil.cloudflareaccess.com' }],
    ['of the team by another spelling', { iss: `${TEAM}/` }],
  ])('%s is not believed', async (_name, changes) => {
    const world = await makeTeam()
    expect([401, 403]).toContain((await call(world, await assertionFor('auditor@acme.example', changes))).status)
  })

  it.each(['aud', 'email', 'sub', 'iat', 'exp', 'type', 'iss'])('without %s is not believed', async (name) => {
    const world = await makeTeam()
    expect((await call(world, await sign(access, without(claimsFor('auditor@acme.example'), name)))).status).toBe(401)
  })

  it.each<[string, Readonly<Record<string, Json | undefined>>]>([
    ['no algorithm', { alg: 'none' }],
    ['an algorithm of a shared secret', { alg: 'HS256' }],
    ['a key of its own', { jwk: access.jwk }],
    ['another kid', { kid: 'f'.repeat(64) }],
    ['no kid', { kid: undefined }],
  ])('with %s is not believed', async (_name, header) => {
    const world = await makeTeam()
    expect((await call(world, await sign(access, claimsFor('auditor@acme.example'), header))).status).toBe(401)
  })

  it('signed by somebody else is not believed, nor an ID token of a pipeline in its place, nor text', async () => {
    const world = await makeTeam()
    for (const text of [await sign(other, claimsFor('auditor@acme.example')), 'hello', '', 'a.b.c'])
      expect((await call(world, text)).status).toBe(401)
    // a token is what it is, whichever header brings it
    const token = await roleToken('auditor')
    expect([(await call(world, token)).status, (await call(world, token)).status]).toEqual([200, 401])
  })

  it('is 503 while the keys of the team cannot be had, and they are fetched from the team alone', async () => {
    const world = await makeTeam()
    world.outside.answer(TEAM, () => new Response('', { status: 500 }))
    const headers = { 'cf-access-jwt-assertion': await assertionFor('auditor@acme.example'), 'jobpass-intent': '1' }
    expect((await startIsolate().fetch('/leases', { headers })).status).toBe(503)
    expect(world.outside.calls.filter((called) => called.includes('cloudflareaccess') && !called.includes(TEAM))).toEqual([])
  })
})

describe('a page of another origin', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['without the header that needs a preflight', { 'jobpass-intent': '' }],
    ['from a form', { 'jobpass-intent': '', 'content-type': 'text/plain', origin: 'https://evil.example' }],
    ['that says where it is', { origin: 'https://evil.example' }],
    ['of no origin', { origin: 'null' }],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['of a sibling host', { 'sec-fetch-site': 'same-site' }],
  ])('makes the browser of an operator stop nothing: %s', async (_name, headers) => {
    const world = await makeTeam()
    const before = (await entriesOf('v1:authorities')).length
    expect((await call(world, await assertionFor('operator@acme.example'), { ...FREEZE, headers })).status).toBe(403)
    expect((await entriesOf('v1:authorities')).length).toBe(before)
  })

  it('is told nothing by a preflight', async () => {
    const world = await makeTeam()
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'jobpass-intent',
    }
    const answer = await world.isolate.fetch('/freezes', { method: 'OPTIONS', headers })
    expect([answer.status, [...answer.headers.keys()].filter((name) => name.startsWith('access-control'))]).toEqual([404, []])
  })

  it('of this origin may', async () => {
    const world = await makeTeam()
    const headers = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }
    expect((await call(world, await assertionFor('auditor@acme.example'), { headers })).status).toBe(200)
  })
})
