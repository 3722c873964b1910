/** The provider of `cloudflare-token` against an upstream on loopback that lies, forgets and breaks. The vendor's SDK judges its requests in `test/interop`. */
import { describe, expect, it } from 'vitest'
import type { CloudflareTokenScope } from '../../shared/kinds/cloudflare-token.ts'
import { cloudflareTokenProvider } from '../../worker/providers/cloudflare-token.ts'
import { LEASE_ID, NOW, orderOf, providerDeps } from '../fakes/provider-order.ts'
import { type Answer, json, type RecordedRequest, startUpstream } from '../fakes/upstream.ts'

const PARENT = 'cfat_planted_parent_token'
const VALUE = 'cfat_planted_minted_token'
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const GROUP = 'c8fed203ed3043cba015a93ad1616f1f'
const OTHER = '82e64a83756745bbbb1c9c2701bf816b'
const ZONE = 'a'.repeat(32)
const SCOPE: CloudflareTokenScope = { permissions: [GROUP], resources: { zones: [ZONE] } }
const deps = providerDeps({ UPSTREAM_CLOUDFLARE: `${PARENT}\n` })

let accounts = 0
/** The isolate remembers permission groups by account, so every test that names groups has an account of its own. */
function connectionTo(url: string) {
  accounts += 1
  return { account_id: accounts.toString(16).padStart(32, '0'), token: { secret: 'UPSTREAM_CLOUDFLARE' }, api_url: url }
}

const success = (result: unknown) => ({ success: true, errors: [], messages: [], result })
const failure = (message: string) => ({ success: false, errors: [{ code: 1000, message }], messages: [], result: null })

/** What an honest Cloudflare makes of a mint: it says again what was ordered. */
const echo = (request: RecordedRequest, changes: object = {}) => ({
  id: TOKEN_ID,
  value: VALUE,
  status: 'active',
  ...JSON.parse(request.body),
  ...changes,
})
const echoing =
  (changes: object = {}): Answer =>
  (request, response) =>
    json(response, 200, success(echo(request, changes)))

const revokes = (requests: readonly RecordedRequest[]) => requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)

/** One mint at an upstream whose mint endpoint answers so; deleting works there unless said otherwise. */
async function mintAt(mint: Answer, scope: CloudflareTokenScope = SCOPE, callerAddress?: string) {
  await using upstream = await startUpstream((request, response) => {
    if (request.method === 'DELETE') json(response, 200, success({ id: TOKEN_ID }))
    else mint(request, response)
  })
  const order = orderOf(connectionTo(upstream.url), scope, callerAddress === undefined ? {} : { callerAddress })
  const result = await cloudflareTokenProvider.mint(order, deps)
  if (!result.ok) for (const secret of [PARENT, VALUE]) expect(JSON.stringify(result)).not.toContain(secret)
  return { result, requests: upstream.requests }
}

describe('a mint', () => {
  it('is one call, named after the lease and ended by Cloudflare with it', async () => {
    const { result, requests } = await mintAt(echoing())
    expect(result).toEqual({ ok: true, value: { credential: { token: VALUE }, expiresAt: NOW + 600, handle: { token_id: TOKEN_ID } } })
    expect(requests).toHaveLength(1)
    expect(requests[0]?.headers).toMatchObject({ authorization: `Bearer ${PARENT}`, 'user-agent': 'jobpass' })
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      name: `jobpass ${LEASE_ID} deploy-docs`,
      policies: [{ effect: 'allow', permission_groups: [{ id: GROUP }], resources: { [`com.cloudflare.api.account.zone.${ZONE}`]: '*' } }],
      expires_on: new Date((NOW + 600) * 1000).toISOString().replace('.000Z', 'Z'),
    })
  })

  it('keeps the name of the token within what Cloudflare takes, the lease id whole', async () => {
    await using upstream = await startUpstream(echoing())
    await cloudflareTokenProvider.mint(orderOf(connectionTo(upstream.url), SCOPE, { grant: 'g'.repeat(200) }), deps)
    const { name } = JSON.parse(upstream.requests[0]?.body ?? '')
    expect(name).toHaveLength(120)
    expect(name.startsWith(`jobpass ${LEASE_ID} `)).toBe(true)
  })

  it('is not tried without the parent token', async () => {
    await using upstream = await startUpstream(echoing())
    const error = { code: 'upstream_unavailable', detail: 'secret UPSTREAM_CLOUDFLARE is not set' }
    expect(await cloudflareTokenProvider.mint(orderOf(connectionTo(upstream.url), SCOPE), providerDeps({}))).toEqual({ ok: false, error })
    expect(upstream.requests).toEqual([])
  })

  it.each([
    [401, 'Invalid API Token', 'parent token not accepted'],
    [403, 'Unauthorized to access requested resource', 'parent token not permitted'],
    [400, 'Invalid permission group', 'call refused'],
    [400, 'You have reached the maximum number of API tokens for this account', 'token quota of the account reached'],
    [403, 'API token limit exceeded', 'token quota of the account reached'],
  ])('refused with %i "%s" says: %3$s', async (status, message, detail) => {
    const { result } = await mintAt((_request, response) => json(response, status, failure(`${message} ${VALUE}`)))
    expect(result).toEqual({ ok: false, error: { code: 'upstream_refused', status, detail } })
  })

  it('is not retried when the upstream fails or asks for patience', async () => {
    const { result, requests } = await mintAt((_request, response) => json(response, 429, failure('slow'), { 'retry-after': '12' }))
    expect(result).toEqual({ ok: false, error: { code: 'upstream_unavailable', status: 429, detail: 'rate limited', retryAfter: 12 } })
    expect(requests).toHaveLength(1)
  })

  it.each([
    ['a failure called 200', failure('no')],
    ['no result', { success: true }],
    ['a result without id', success({ value: VALUE })],
    ['an id that would be a path', success({ id: '../tokens', value: VALUE })],
    ['a list', []],
  ])('is refused when it answers %s', async (_what, body) => {
    const { result, requests } = await mintAt((_request, response) => json(response, 200, body))
    expect(result).toEqual({
      ok: false,
      error: { code: 'upstream_unavailable', status: 200, detail: 'unexpected shape', mayHaveActed: true },
    })
    expect(revokes(requests)).toEqual([])
  })
})

describe('a token that is not what was ordered', () => {
  const zone = `com.cloudflare.api.account.zone.${ZONE}`
  const statement = { effect: 'allow', permission_groups: [{ id: GROUP }], resources: { [zone]: '*' } }

  it.each([
    ['another permission group', { policies: [{ ...statement, permission_groups: [{ id: GROUP }, { id: OTHER }] }] }, 'wider than ordered'],
    [
      'another resource',
      { policies: [{ ...statement, resources: { ...statement.resources, 'com.cloudflare.api.account.x': '*' } }] },
      'wider than ordered',
    ],
    ['a resource every object has', { policies: [{ ...statement, resources: { constructor: '*' } }] }, 'wider than ordered'],
    ['a second statement', { policies: [statement, { ...statement, permission_groups: [{ id: OTHER }] }] }, 'wider than ordered'],
    ['a later end', { expires_on: new Date((NOW + 601) * 1000).toISOString() }, 'longer than ordered'],
    ['an end gone by', { expires_on: new Date(NOW * 1000).toISOString() }, 'not active at birth'],
    ['a token switched off', { status: 'disabled' }, 'not active at birth'],
  ])('is deleted at once and refused: %s', async (_what, changes, detail) => {
    const { result, requests } = await mintAt(echoing(changes))
    expect(result).toEqual({ ok: false, error: { code: 'upstream_refused', status: 200, detail: `${detail}; revoked at once` } })
    expect(revokes(requests)).toEqual([expect.stringMatching(new RegExp(`/tokens/${TOKEN_ID}$`))])
  })

  it.each([
    ['no end: such a token never dies', { expires_on: undefined }],
    ['an end that is no time', { expires_on: 'never' }],
    ['no value', { value: undefined }],
    ['a value with a line break', { value: 'a\nb' }],
    ['statements that are none', { policies: 'all' }],
  ])('is deleted at once and refused as unexpected: %s', async (_what, changes) => {
    const { result, requests } = await mintAt(echoing(changes))
    expect(result).toEqual({ ok: false, error: { code: 'upstream_unavailable', status: 200, detail: 'unexpected shape; revoked at once' } })
    expect(revokes(requests)).toHaveLength(1)
  })

  it('says so when it could not be deleted', async () => {
    await using upstream = await startUpstream((request, response) => {
      if (request.method === 'DELETE') json(response, 500, failure('later'))
      else echoing({ status: 'disabled' })(request, response)
    })
    expect(await cloudflareTokenProvider.mint(orderOf(connectionTo(upstream.url), SCOPE), deps)).toMatchObject({
      error: { detail: 'not active at birth; could not be revoked' },
    })
  })

  it('may have less: a denying statement on top', async () => {
    const { result } = await mintAt(
      echoing({ policies: [statement, { effect: 'deny', permission_groups: [{ id: OTHER }], resources: { x: '*' } }] }),
    )
    expect(result.ok).toBe(true)
  })
})

describe('a pinned token', () => {
  const pinned: CloudflareTokenScope = { ...SCOPE, pin_address: true }
  const inside = (addresses: readonly string[]) => ({ condition: { request_ip: { in: addresses } } })

  it.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.7'],
    ['203.0.113.7', '203.0.113.7', '203.0.113.7/32'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.7'],
    ['2001:DB8::7', '2001:DB8::7', '2001:db8:0:0:0:0:0:7/128'],
  ])('is bound to %s, whichever way Cloudflare writes it back', async (caller, sent, answered) => {
    const { result, requests } = await mintAt(echoing(inside([answered])), pinned, caller)
    expect(result.ok).toBe(true)
    expect(JSON.parse(requests[0]?.body ?? '').condition).toEqual({ request_ip: { in: [sent] } })
  })

  it.each([
    ['no condition', { condition: undefined }],
    ['an empty list, which is everywhere', inside([])],
    ['another address besides', inside(['203.0.113.7', '198.51.100.1'])],
    ['a range', inside(['203.0.113.0/24'])],
    ['what is no address', inside(['everywhere'])],
  ])('is deleted when it came back with %s', async (_what, changes) => {
    const { result } = await mintAt(echoing(changes), pinned, '203.0.113.7')
    expect(result).toMatchObject({ ok: false, error: { code: 'upstream_refused', detail: 'wider than ordered; revoked at once' } })
  })

  it('is taken from an answer that restates nothing but its end', async () => {
    const terse: Answer = (request, response) => {
      const { expires_on } = JSON.parse(request.body)
      json(response, 200, success({ id: TOKEN_ID, value: VALUE, expires_on }))
    }
    expect((await mintAt(terse, pinned, '203.0.113.7')).result).toMatchObject({ ok: true, value: { credential: { token: VALUE } } })
  })

  it.each([undefined, '', 'unknown', '203.0.113.0/24', '203.0.113.7, 10.0.0.1', '::/0'])(
    'is not minted for the caller address %j',
    async (caller) => {
      const { result, requests } = await mintAt(echoing(), pinned, caller)
      expect(result).toMatchObject({ ok: false, error: { code: 'request_malformed', parameter: 'pin_address', problem: 'missing' } })
      expect(requests).toEqual([])
    },
  )
})

describe('permission groups by name', () => {
  const groups = [
    { id: GROUP, name: 'Workers Scripts Read', scopes: ['com.cloudflare.api.account'] },
    { id: OTHER, name: 'Logs Read', scopes: ['com.cloudflare.api.account'] },
    { id: 'f'.repeat(32), name: 'Logs Read', scopes: ['com.cloudflare.api.account.zone'] },
    { id: '1'.repeat(32), name: 'Twice', scopes: ['com.cloudflare.api.account.zone'] },
    { id: '2'.repeat(32), name: 'Twice', scopes: ['com.cloudflare.api.account.zone'] },
  ]
  const cloudflare =
    (known: () => readonly object[]): Answer =>
    (request, response) => {
      if (request.method === 'GET') json(response, 200, success(known()))
      else echoing()(request, response)
    }
  const named = (...permissions: string[]): CloudflareTokenScope => ({ permissions, resources: { zones: [ZONE] } })

  it('are looked up once and remembered, and the sort of resource tells namesakes apart', async () => {
    await using upstream = await startUpstream(cloudflare(() => groups))
    const order = orderOf(connectionTo(upstream.url), named('Logs Read', GROUP))
    for (const _attempt of [1, 2]) expect(await cloudflareTokenProvider.mint(order, deps)).toMatchObject({ ok: true })
    expect(upstream.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST'])
    expect(JSON.parse(upstream.requests[2]?.body ?? '').policies[0].permission_groups).toEqual([{ id: 'f'.repeat(32) }, { id: GROUP }])
  })

  it.each([
    ['Unknown Write', 'no permission group "Unknown Write" for these resources'],
    ['Workers Scripts Read', 'no permission group "Workers Scripts Read" for these resources'],
    ['logs read', 'no permission group "logs read" for these resources'],
    ['Twice', 'more than one permission group "Twice": name it by id'],
  ])('are never guessed: %s', async (name, detail) => {
    const { result, requests } = await mintAt(
      cloudflare(() => groups),
      named(name),
    )
    expect(result).toEqual({ ok: false, error: { code: 'upstream_refused', detail } })
    expect(requests.map(({ method }) => method)).toEqual(['GET'])
  })

  it('are looked up anew for a name that is missing, but not more than once a minute', async () => {
    let known: readonly object[] = []
    await using upstream = await startUpstream(cloudflare(() => known))
    const order = orderOf(connectionTo(upstream.url), named('Logs Read'))
    for (const later of [0, 30])
      expect(await cloudflareTokenProvider.mint(order, { ...deps, now: () => NOW + later })).toMatchObject({ ok: false })
    expect(upstream.requests).toHaveLength(1)
    known = groups
    expect(await cloudflareTokenProvider.mint(order, { ...deps, now: () => NOW + 61 })).toMatchObject({ ok: true })
    expect(upstream.requests).toHaveLength(3)
  })

  it('cannot be answered with ids that are none', async () => {
    const { result } = await mintAt(
      cloudflare(() => [{ id: '../x', name: 'Logs Read' }]),
      named('Logs Read'),
    )
    expect(result).toMatchObject({ ok: false, error: { code: 'upstream_unavailable', detail: 'unexpected shape' } })
  })
})

describe('a probe', () => {
  async function probeAt(count: number) {
    await using upstream = await startUpstream((_request, response) =>
      json(response, 200, { ...success([]), result_info: { total_count: count } }),
    )
    return await cloudflareTokenProvider.probe('acme', { ...connectionTo(upstream.url), account_id: 'a'.repeat(32) }, deps)
  }

  it('counts the account tokens and warns near the quota', async () => {
    const account = `account ${'a'.repeat(32)} has`
    expect(await probeAt(12)).toEqual({ ok: true, value: { summary: `${account} 12 of 500 account tokens` } })
    expect(await probeAt(450)).toEqual({ ok: true, value: { summary: `${account} 450 of 500 account tokens: near the quota` } })
  })

  it('says that the connection does not work when the quota is used up', async () => {
    expect(await probeAt(500)).toMatchObject({
      ok: false,
      error: { code: 'upstream_refused', detail: 'token quota of the account reached' },
    })
  })
})

describe('revoking', () => {
  async function revokeAt(answer: Answer, handle = { token_id: TOKEN_ID }) {
    await using upstream = await startUpstream(answer)
    const result = await cloudflareTokenProvider.revoke(handle, connectionTo(upstream.url), deps)
    expect(JSON.stringify(result)).not.toContain(PARENT)
    return { result, requests: upstream.requests }
  }

  it('deletes the token by its id', async () => {
    const { result, requests } = await revokeAt((_request, response) => json(response, 200, success({ id: TOKEN_ID })))
    expect(result).toEqual({ ok: true, value: 'revoked' })
    expect(requests).toMatchObject([{ method: 'DELETE', path: expect.stringMatching(new RegExp(`/tokens/${TOKEN_ID}$`)) }])
  })

  it('finds it already gone with 404', async () => {
    expect((await revokeAt((_request, response) => json(response, 404, failure('gone')))).result).toEqual({
      ok: true,
      value: 'already_gone',
    })
  })

  it.each([
    [403, 'upstream_refused'],
    [500, 'upstream_unavailable'],
  ])('is not taken for done with %i', async (status, code) => {
    expect((await revokeAt((_request, response) => json(response, status, failure('no')))).result).toMatchObject({
      ok: false,
      error: { code, status },
    })
  })

  it('does nothing with a handle it cannot read', async () => {
    const { result, requests } = await revokeAt((_request, response) => json(response, 200, success({})), { token_id: '../../x' })
    expect(result).toMatchObject({ ok: false, error: { detail: 'handle not readable' } })
    expect(requests).toEqual([])
  })
})
