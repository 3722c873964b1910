/** The keys of issuers that must be fetched: how often strangers can make the broker fetch, and what a set must be to be believed. */
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { type Answer, claimsOf, exchange, github, type Isolate, makeWorld, startIsolate, type World } from '../harness.ts'
import { makeIssuer, sign, type TestIssuer } from '../issuer.ts'
import type { Handler } from '../outside.ts'
import { GITHUB, type Owner, policyOf } from '../policies.ts'

const rotated = await makeIssuer(GITHUB, 'github-2')
const weak = await makeIssuer(GITHUB, 'weak', 1024)

let world: World
let isolate: Isolate
let clockMs: number
let served: Handler
let fetches: string[]

const keySet =
  (...issuers: readonly TestIssuer[]): Handler =>
  () =>
    Response.json({ keys: issuers.map(({ jwk }) => jwk) })

/** The same policy, whose issuer has no inline keys. */
function withoutKeys(policy: JsonObject, owner: Owner): JsonObject {
  return { ...policy, issuers: policyOf(owner).issuers ?? {} }
}

beforeAll(async () => {
  world = await makeWorld(withoutKeys)
  world.outside.answer(GITHUB, (request) => {
    fetches.push(new URL(request.url).pathname)
    return served(request)
  })
})

beforeEach(() => {
  clockMs = Date.now()
  isolate = startIsolate({ nowMs: () => clockMs })
  fetches = []
  served = keySet(github)
  world.outside.calls.length = 0
})

const pass = (bySeconds: number): void => {
  clockMs += bySeconds * 1000
}

/** A token of the issuer, fresh by the isolate's clock. */
async function tokenBy(issuer: TestIssuer, kid = issuer.kid): Promise<string> {
  const now = Math.floor(clockMs / 1000)
  return sign(issuer, claimsOf(world, { iat: now, nbf: now - 10, exp: now + 300 }), { kid })
}

const ask = async (issuer: TestIssuer, kid?: string): Promise<Answer> => exchange(world, { token: await tokenBy(issuer, kid), isolate })
const code = (): string | undefined => isolate.log.findLast(({ event }) => event === 'exchange')?.code

describe('a key set', () => {
  it('is fetched once for 64 requests that come at once, and all are served', async () => {
    served = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      return keySet(github)(new Request(GITHUB))
    }
    const tokens = await Promise.all(Array.from({ length: 64 }, () => tokenBy(github)))
    const ticking = setInterval(() => pass(0.02), 20)
    const answers = await Promise.all(tokens.map((token) => exchange(world, { token, isolate })))
    clearInterval(ticking)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(fetches).toHaveLength(1)
  })

  it('is fetched again after ten minutes, and not before', async () => {
    await ask(github)
    pass(599)
    await ask(github)
    expect(fetches).toHaveLength(1)
    pass(2)
    await ask(github)
    expect(fetches).toHaveLength(2)
  })

  it('serves for a day while no fetch succeeds, and no longer', async () => {
    await ask(github)
    served = () => new Response('', { status: 500 })
    pass(86_000)
    expect((await ask(github)).status).toBe(200)
    pass(500)
    const late = await ask(github)
    expect([late.status, late.body.code, late.headers.get('retry-after')]).toEqual([503, 'keys_unavailable', '5'])
    expect(Object.keys(late.body).sort()).toEqual(['code', 'decision_id', 'error', 'error_description'])
  })

  it('drops a key that its issuer has dropped', async () => {
    served = keySet(github, rotated)
    expect((await ask(github)).status).toBe(200)
    served = keySet(rotated)
    pass(601)
    expect((await ask(github)).status).toBe(400)
    expect(code()).toBe('key_unknown')
  })
})

describe('an unknown kid', () => {
  it('costs one fetch in thirty seconds, however many strangers come', async () => {
    await ask(github)
    const strangers = await Promise.all(Array.from({ length: 50 }, (_, n) => ask(rotated, `stranger-${n}`)))
    expect(new Set(strangers.map(({ status }) => status))).toEqual(new Set([400]))
    expect(fetches).toHaveLength(2)
    pass(29)
    await ask(rotated, 'stranger-x')
    expect(fetches).toHaveLength(2)
    pass(2)
    await ask(rotated, 'stranger-y')
    expect(fetches).toHaveLength(3)
  })

  it('is remembered: the same one does not cost a second fetch', async () => {
    await ask(github)
    await ask(rotated, 'stranger')
    for (let n = 0; n < 5; n++) {
      pass(31)
      await ask(rotated, 'stranger')
    }
    expect(fetches).toHaveLength(2)
    expect(isolate.deps.keySets.fetched.get(`${GITHUB}/.well-known/jwks`)?.unknown.size).toBe(1)
  })

  it('is remembered for no more than 256 strangers', async () => {
    await ask(github)
    for (let n = 0; n < 300; n++) {
      pass(31)
      await ask(rotated, `stranger-${n}`)
    }
    expect(isolate.deps.keySets.fetched.get(`${GITHUB}/.well-known/jwks`)?.unknown.size).toBeLessThanOrEqual(256)
  })

  it('of a rotation is served to everybody who comes while the new set is fetched', async () => {
    await ask(github)
    served = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      return keySet(github, rotated)(new Request(GITHUB))
    }
    const answers = await Promise.all(Array.from({ length: 16 }, () => ask(rotated)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200))
    expect(fetches).toHaveLength(2)
  })

  it('is not remembered as unknown when the fetch failed', async () => {
    await ask(github)
    served = () => new Response('', { status: 500 })
    expect((await ask(rotated)).status).toBe(400)
    served = keySet(github, rotated)
    pass(31)
    expect((await ask(rotated)).status).toBe(200)
  })
})

describe('a set that must not be believed', () => {
  const bodies: readonly [string, Handler][] = [
    ['empty', () => Response.json({ keys: [] })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/jwks' } })],
    [
      'a permanent redirect with keys in its body',
      () => Response.json({ keys: [github.jwk] }, { status: 301, headers: { location: 'https://evil.example/' } }),
    ],
    ['more than 256 KiB', () => Response.json({ keys: [github.jwk], padding: 'x'.repeat(300_000) })],
    ['no JSON', () => new Response('<html>')],
    ['JSON of another shape', () => Response.json([github.jwk])],
    ['keys that are no list', () => Response.json({ keys: { 0: github.jwk } })],
    ['status 204', () => new Response(null, { status: 204 })],
    ['status 206 with keys', () => Response.json({ keys: [github.jwk] }, { status: 206 })],
    ['status 500 with keys', () => Response.json({ keys: [github.jwk] }, { status: 500 })],
    ['a broken connection', () => Promise.reject(new TypeError('reset'))],
    ['keys without kid', () => Response.json({ keys: [{ ...github.jwk, kid: undefined }] })],
    ['keys for encryption', () => Response.json({ keys: [{ ...github.jwk, use: 'enc' }] })],
    ['keys for another algorithm', () => Response.json({ keys: [{ ...github.jwk, alg: 'PS256' }] })],
    ['symmetric keys', () => Response.json({ keys: [{ kty: 'oct', kid: github.kid, alg: 'HS256', k: 'AAAA' }] })],
    ['half a key', () => Response.json({ keys: [{ ...github.jwk, n: undefined }] })],
    ['a key that is no number', () => Response.json({ keys: [{ ...github.jwk, n: '*'.repeat(400) }] })],
    ['a body without end', () => new Response(endless())],
  ]

  it.each(bodies)('%s is neither used nor kept, and the next good one is', async (_name, handler) => {
    served = handler
    const answer = await ask(github)
    expect([answer.status, answer.body.code]).toEqual([503, 'keys_unavailable'])
    expect(isolate.deps.keySets.fetched.get(`${GITHUB}/.well-known/jwks`)?.keys).toBeUndefined()
    expect(world.outside.calls.filter((call) => call.includes('evil'))).toEqual([])
    served = keySet(github)
    pass(6)
    expect((await ask(github)).status).toBe(200)
  })

  it.each(bodies)('%s does not take the place of a good one', async (_name, handler) => {
    await ask(github)
    served = handler
    pass(601)
    expect((await ask(github)).status).toBe(200)
  })

  function endless(): ReadableStream {
    return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) })
  }

  it('is given up after its deadline when it never comes', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    const deadlines: number[] = []
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      deadlines.push(ms)
      return timeout(50)
    })
    served = () => new Promise(() => undefined)
    expect((await ask(github)).body.code).toBe('keys_unavailable')
    expect(deadlines).toEqual([5000])
    vi.mocked(AbortSignal.timeout).mockRestore()
  })

  it('with an RSA key of 1 024 bits is used without that key', async () => {
    served = keySet(weak, github)
    expect((await ask(github)).status).toBe(200)
    expect((await ask(weak)).status).toBe(400)
    expect(code()).toBe('key_unknown')
  })

  it('with a short key behind zeros is used without that key', async () => {
    const padded = Buffer.concat([Buffer.alloc(128), Buffer.from(String(weak.jwk.n), 'base64url')]).toString('base64url')
    served = () => Response.json({ keys: [{ ...weak.jwk, n: padded }, github.jwk] })
    expect((await ask(weak)).status).toBe(400)
    expect((await ask(github)).status).toBe(200)
  })

  it('with the same kid twice is used with the first', async () => {
    served = () => Response.json({ keys: [github.jwk, { ...rotated.jwk, kid: github.kid }] })
    expect((await ask(github)).status).toBe(200)
    expect((await ask(rotated, github.kid)).status).toBe(400)
  })
})

describe('discovery', () => {
  const document =
    (jwksUri: string, issuer = GITHUB): Handler =>
    (request) => {
      const { pathname } = new URL(request.url)
      if (pathname === '/.well-known/openid-configuration') return Response.json({ issuer, jwks_uri: jwksUri })
      return pathname === '/.well-known/jwks' ? new Response('', { status: 404 }) : Response.json({ keys: [github.jwk] })
    }

  it('is asked when there is nothing at the usual place', async () => {
    served = document(`${GITHUB}/keys/all`)
    expect((await ask(github)).status).toBe(200)
    expect(fetches).toEqual(['/.well-known/jwks', '/.well-known/openid-configuration', '/keys/all'])
  })

  it.each([401, 403, 410, 500])('is not asked after status %i', async (status) => {
    served = () => new Response('', { status })
    await ask(github)
    expect(fetches).toEqual(['/.well-known/jwks'])
  })

  it.each([
    ['on another origin', 'https://evil.example/keys', GITHUB],
    ['on another port', `${GITHUB}:8443/keys`, GITHUB],
    ['over http', `${GITHUB.replace('https', 'http')}/keys`, GITHUB],
    ['of another issuer', `${GITHUB}/keys`, 'https://evil.example'],
    ['that is no address', 'keys', GITHUB],
  ])('is not followed to a set %s', async (_name, jwksUri, issuer) => {
    served = document(jwksUri, issuer)
    expect((await ask(github)).body.code).toBe('keys_unavailable')
    expect(fetches).toEqual(['/.well-known/jwks', '/.well-known/openid-configuration'])
    expect(world.outside.unanswered).toEqual([])
  })
})

describe('a clock that was hours ahead and is right again', () => {
  it('keeps nobody from looking for a new key', async () => {
    pass(10_800)
    served = keySet(github)
    expect((await ask(github)).status).toBe(200)
    expect((await ask(rotated)).status).toBe(400)
    pass(-10_800)
    served = keySet(github, rotated)
    expect((await ask(rotated)).status).toBe(200)
  })

  it('leaves no set that failed to be fetched unfetched', async () => {
    pass(10_800)
    served = () => new Response('', { status: 500 })
    expect((await ask(github)).status).toBe(503)
    pass(-10_800)
    served = keySet(github)
    expect((await ask(github)).status).toBe(200)
  })
})
