/** Anything at all at the doors of the broker: never a fault, never a hang, and never an answer without its promised form. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Answer, activeDigest, answerOf, claimsOf, github, makeWorld, roleToken, tokenOf, type World } from './harness.ts'
import { sign, signText } from './issuer.ts'

let world: World

beforeAll(async () => {
  world = await makeWorld()
})

const RUNS = 300
const HANG_MS = 5_000

async function answered(path: string, init: RequestInit): Promise<Answer> {
  const hang = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error(`${path} hangs`)), HANG_MS).unref?.())
  return answerOf(await Promise.race([world.isolate.fetch(path, init), hang]))
}

function expectNoFault({ status, headers }: Answer, allowed: readonly number[]): void {
  expect(allowed).toContain(status)
  expect(headers.get('cache-control')).toContain('no-store')
}

const json = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.json({ maxDepth: 4 }).map((text) => text.replace('{', '{"__proto__":{"x":1},')),
  fc.string(),
  fc.constantFrom('{"a":1,"a":2}', '[[[[', '1e999', '"\\ud800"', '\ufeff{}'),
)
const part = json.map((text) => Buffer.from(text).toString('base64url'))
const jwtLike = fc.oneof(
  fc.tuple(part, part, part).map((parts) => parts.join('.')),
  fc
    .tuple(fc.constantFrom('eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImdpdGh1Yi0xIn0'), part, fc.base64String())
    .map((parts) => parts.join('.')),
  fc.string({ unit: 'binary' }),
  fc.base64String({ maxLength: 400 }),
)
const names = fc.oneof(
  fc.constantFrom(
    'grant_type',
    'subject_token',
    'subject_token_type',
    'audience',
    'ttl',
    'reason',
    'authorization_details',
    'public_key',
    'token',
    'lease_id',
    '__proto__',
  ),
  fc.string(),
)
const form = fc
  .array(fc.tuple(names, fc.oneof(jwtLike, json, fc.string({ unit: 'binary' }))), { maxLength: 8 })
  .map((pairs) => new URLSearchParams(pairs).toString())
const body = fc.oneof(form, fc.uint8Array({ maxLength: 2000 }), json)
const contentType = fc.constantFrom(
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-16',
  'application/json',
  'text/plain',
  'multipart/form-data',
)

const complete = (extra: Readonly<Record<string, string>>, token: string): string =>
  new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience: 'call-api',
    subject_token: token,
    ...extra,
  }).toString()

const post = (path: string, text: string | Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  answered(path, { method: 'POST', body: text, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } })

describe('random bytes, JSON, forms and tokens', () => {
  it.each(['/token', '/revoke', '/introspect'])('at %s are refused or ignored', async (path) => {
    await fc.assert(
      fc.asyncProperty(body, contentType, fc.option(jwtLike), async (bytes, type, bearer) => {
        const headers = new Headers({ 'content-type': type })
        if (bearer !== null && /^[\x21-\x7e]+$/.test(bearer)) headers.set('authorization', `Bearer ${bearer}`)
        const text = typeof bytes === 'string' ? bytes : new Uint8Array(bytes)
        expectNoFault(await answered(path, { method: 'POST', body: text, headers }), [200, 400, 401, 413, 415])
      }),
      { numRuns: RUNS },
    )
  })

  it('in a token of /token never give a credential', async () => {
    await fc.assert(
      fc.asyncProperty(jwtLike, async (token) => {
        const answer = await post('/token', complete({}, token))
        expectNoFault(answer, [400])
        expect(Object.keys(answer.body).sort()).toEqual(['decision_id', 'error', 'error_description'])
      }),
      { numRuns: RUNS },
    )
  })

  it('in the payload of a genuine signature never give a credential', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          json,
          fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
        ),
        async (payload) => {
          const token = await signText(github, payload, JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: github.kid }))
          expectNoFault(await post('/token', complete({}, token)), [400])
        },
      ),
      { numRuns: 150 },
    )
  })

  it('in one claim of an honest token are accepted or refused by name', async () => {
    const claimNames = Object.keys(claimsOf(world))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...claimNames),
        fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' })),
        async (name, value) => {
          const token = await sign(github, { ...claimsOf(world), [name]: JSON.parse(JSON.stringify(value)) })
          expectNoFault(await post('/token', complete({}, token)), [200, 400])
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('in the parameters of an honest ask are served, ignored or refused', async () => {
    const parameters = fc.record(
      {
        audience: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'toString')),
        ttl: fc.string(),
        reason: fc.string({ unit: 'binary' }),
        authorization_details: json,
        public_key: fc.string(),
        requested_token_type: fc.string(),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(parameters, async (extra) => {
        expectNoFault(await post('/token', complete(extra, await tokenOf(world))), [200, 400])
      }),
      { numRuns: RUNS },
    )
  })

  it('in the body of a valid publisher are no policy', async () => {
    const almost = fc
      .tuple(fc.constantFrom(...Object.keys(world.policy)), fc.jsonValue({ maxDepth: 3 }))
      .map(([key, value]) => JSON.stringify({ ...world.policy, [key]: value }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(json, almost), async (text) => {
        const before = await activeDigest()
        const headers = { authorization: `Bearer ${await roleToken('publisher')}`, 'if-match': `"${before}"` }
        const answer = await answered('/policy', { method: 'PUT', body: text, headers })
        expectNoFault(answer, [200, 422])
      }),
      { numRuns: 200 },
    )
  })

  it('in headers, queries and paths find nothing', async () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc/.%:"*-_ 0123=&?;'), maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(word, word, word, async (path, query, header) => {
        for (const target of [`/${path}`, `/ledger?after=${query}&limit=${query}`, `/leases?${query}`, `/.well-known/ssh-ca/${path}`]) {
          const answer = await answerOf(await world.isolate.fetch(target, { headers: { authorization: header, 'if-match': header } }))
          expect([200, 401, 404]).toContain(answer.status)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('in the query of an auditor are a page or a 400', async () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('v1:authorities:1', '-1', '0', '1e9', '10001', ':1', 'x:', '99999999999999999'),
    )
    await fc.assert(
      fc.asyncProperty(word, word, async (after, limit) => {
        const headers = { authorization: `Bearer ${await roleToken('auditor')}` }
        const answer = await answerOf(await world.isolate.fetch(`/ledger?${new URLSearchParams({ after, limit })}`, { headers }))
        expect([200, 400]).toContain(answer.status)
      }),
      { numRuns: 60 },
    )
  })
})

it('the log has no fault of all this', () => {
  expect(world.isolate.log.filter(({ event }) => event === 'fault')).toEqual([])
})
