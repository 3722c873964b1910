/** What is published is in force when the call returns: for isolates that hold the old policy, for rights taken away and rights given. And what is not accepted. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type JsonObject } from '../../shared/json.ts'
import {
  type Answer,
  activeDigest,
  asRole,
  claimsOf,
  entriesOf,
  exchange,
  github,
  makeWorld,
  publish,
  startIsolate,
  type World,
} from './harness.ts'
import { makeIssuer, sign } from './issuer.ts'
import { GITHUB, grantOf, withSection } from './policies.ts'

const put = (world: World, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
  asRole(world, 'publisher', '/policy', { method: 'PUT', body, headers })

const onlySite = (policy: JsonObject): JsonObject =>
  withSection(policy, 'grants', {
    'call-api': grantOf('api', { scopes: ['read'] }, { allow: [{ workload: 'site', ref: 'refs/heads/main' }] }),
  })

describe('an isolate that holds the old policy', () => {
  it('loses a right the moment the publication returns', async () => {
    const world = await makeWorld()
    const old = startIsolate()
    expect((await exchange(world, { isolate: old })).status).toBe(200)
    expect((await publish(world, onlySite(world.policy))).status).toBe(200)
    expect((await exchange(world, { isolate: old })).body).toMatchObject({ code: 'grant_refused' })
  })

  it('has a new grant, a changed scope and a new fence at once', async () => {
    const world = await makeWorld()
    const old = startIsolate()
    await exchange(world, { isolate: old })
    await publish(world, withSection(world.policy, 'grants', { fresh: grantOf('api', { scopes: ['fresh'] }) }))
    const answer = await exchange(world, { grant: 'fresh', isolate: old })
    expect([answer.status, answer.body.policy]).toEqual([200, await activeDigest()])
  })

  it.each<[string, (world: World) => Promise<{ policy: JsonObject; token: string }>]>([
    [
      'an issuer that is new',
      async (world) => {
        const url = 'https://token.actions.new.ghe.com'
        const issuer = await makeIssuer(url, 'new')
        const record = { platform: 'github', url, owners: [{ name: world.owner.name, id: world.owner.id }], jwks: { keys: [issuer.jwk] } }
        const workload = { issuer: 'fresh', is: { repository: `${world.owner.name}/docs` }, owner: 'x' }
        const policy = withSection(withSection(world.policy, 'issuers', { fresh: record }), 'workloads', { docs: workload })
        return { policy, token: await sign(issuer, { ...claimsOf(world), iss: url }) }
      },
    ],
    [
      'an inline key that is new',
      async (world) => {
        const issuer = await makeIssuer(GITHUB, 'github-2')
        return { policy: withIssuer(world, { jwks: { keys: [github.jwk, issuer.jwk] } }), token: await sign(issuer, claimsOf(world)) }
      },
    ],
    [
      'an audience that is new',
      async (world) => ({
        policy: withIssuer(world, { audience: 'jobpass' }),
        token: await sign(github, claimsOf(world, { aud: 'jobpass' })),
      }),
    ],
    [
      'a longer token_max_age',
      async (world) => {
        const now = Math.floor(Date.now() / 1000)
        return {
          policy: { ...world.policy, settings: { token_max_age: '1h' } },
          token: await sign(github, claimsOf(world, { iat: now - 1000, exp: now + 1000 })),
        }
      },
    ],
  ])('takes a token by %s', async (_name, change) => {
    const world = await makeWorld()
    const old = startIsolate()
    await exchange(world, { isolate: old })
    const { policy, token } = await change(world)
    old.deps.policies.lookedAt = 0
    expect((await exchange(world, { token, isolate: old })).status).toBe(400)
    old.deps.policies.lookedAt = 0
    expect((await publish(world, policy)).status).toBe(200)
    expect((await exchange(world, { token, isolate: old })).status).toBe(200)
  })

  function withIssuer(world: World, changes: JsonObject): JsonObject {
    const record = {
      platform: 'github',
      url: GITHUB,
      owners: [{ name: world.owner.name, id: world.owner.id }],
      jwks: { keys: [github.jwk] },
    }
    return withSection(world.policy, 'issuers', { github: { ...record, ...changes } })
  }

  it('does not refuse under it: what the old policy forbade and the new one allows is given', async () => {
    const world = await makeWorld(onlySite)
    const old = startIsolate()
    expect((await exchange(world, { isolate: old })).body.code).toBe('grant_refused')
    await publish(world, withSection(world.policy, 'grants', { 'call-api': grantOf('api', { scopes: ['read'] }) }))
    expect((await exchange(world, { isolate: old })).status).toBe(200)
  })

  it('follows a rollback to an older policy', async () => {
    const world = await makeWorld()
    const first = { policy: world.policy, digest: await activeDigest() }
    await publish(world, onlySite(world.policy))
    const old = startIsolate()
    expect((await exchange(world, { isolate: old })).status).toBe(400)
    await publish(world, first.policy)
    expect(await activeDigest()).toBe(first.digest)
    expect((await exchange(world, { isolate: old })).body.policy).toBe(first.digest)
  })

  it('ends up under the active policy when many publish and many exchange at once', async () => {
    const world = await makeWorld()
    const isolates = Array.from({ length: 4 }, () => startIsolate())
    const publishing = (async () => {
      for (let n = 0; n < 6; n++) await publish(world, { ...world.policy, settings: { max_ttl: `${50 + n}m` } })
    })()
    const asks = Array.from({ length: 24 }, (_, n) => exchange(world, { isolate: isolates[n % 4] ?? world.isolate }))
    const answers = await Promise.all(asks)
    await publishing
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const after = await Promise.all(isolates.map((isolate) => exchange(world, { isolate })))
    expect(new Set(after.map(({ body }) => body.policy))).toEqual(new Set([await activeDigest()]))
  })
})

describe('PUT /policy', () => {
  it('needs If-Match, and the digest that is active', async () => {
    const world = await makeWorld()
    const body = JSON.stringify(onlySite(world.policy))
    expect((await put(world, body, {})).status).toBe(428)
    expect((await put(world, body, { 'if-match': '"sha256:x"' })).status).toBe(428)
    const wrong = await put(world, body, { 'if-match': `"sha256:${'0'.repeat(64)}"` })
    expect([wrong.status, wrong.body.active]).toEqual([412, await activeDigest()])
    expect((await put(world, body, { 'if-match': '*' })).status).toBe(412)
    const right = await put(world, body, { 'if-match': `"${await activeDigest()}"` })
    expect([right.status, right.headers.get('etag')]).toEqual([200, `"${await activeDigest()}"`])
  })

  it('takes the policy that is active already as done', async () => {
    const world = await makeWorld()
    const before = await activeDigest()
    expect((await put(world, JSON.stringify(world.policy), { 'if-match': `"${before}"` })).status).toBe(200)
    expect(await activeDigest()).toBe(before)
  })

  it('lets exactly one of two publishers replace the same policy', async () => {
    const world = await makeWorld()
    const ifMatch = { 'if-match': `"${await activeDigest()}"` }
    const bodies = [1, 2, 3, 4].map((n) => JSON.stringify({ ...world.policy, settings: { max_ttl: `${n}h` } }))
    const answers = await Promise.all(bodies.map((body) => put(world, body, ifMatch)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412])
  })

  it.each<[string, string | ((policy: JsonObject) => string), string]>([
    ['nothing', '', 'JSON'],
    ['text', 'hello', 'JSON'],
    ['a member named twice', (policy) => JSON.stringify(policy).replace('{', '{"jobpass":1,'), 'duplicate'],
    ['a list', '[]', ''],
    ['null', 'null', ''],
    ['depth without end', '['.repeat(100_000), 'JSON'],
    ['YAML', 'jobpass: 1\n', 'JSON'],
  ])('answers 422 to %s', async (_name, body, word) => {
    const world = await makeWorld()
    const before = await activeDigest()
    const answer = await put(world, typeof body === 'string' ? body : body(world.policy), { 'if-match': `"${before}"` })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json'])
    expect(String(answer.body.detail)).toContain(word)
    expect(await activeDigest()).toBe(before)
  })

  it('names all errors of a policy, not only the first', async () => {
    const world = await makeWorld()
    const broken = withSection(
      withSection(world.policy, 'grants', { a: grantOf('nowhere', {}), b: { ...grantOf('api', { scopes: ['x'] }), ttl: 'soon' } }),
      'workloads',
      {
        c: { issuer: 'nobody', is: {}, owner: '' },
      },
    )
    const answer = await put(world, JSON.stringify(broken), { 'if-match': `"${await activeDigest()}"` })
    expect(answer.status).toBe(422)
    const errors = JSON.stringify(answer.body.errors)
    for (const path of ['grants.a', 'grants.b', 'workloads.c']) expect(errors).toContain(path)
  })

  it('refuses a policy that fails its own scenarios', async () => {
    const world = await makeWorld()
    const scenario = { name: 'a branch gets it', ask: 'call-api', as: { workload: 'docs', ref: 'refs/heads/feature' }, expect: 'allow' }
    const answer = await put(world, JSON.stringify({ ...world.policy, scenarios: [scenario] }), { 'if-match': `"${await activeDigest()}"` })
    expect([answer.status, answer.body.detail]).toEqual([422, 'The policy fails its own scenarios.'])
    expect(JSON.stringify(answer.body.errors)).toContain('a branch gets it')
  })

  it('refuses an authority as a workload, and an http issuer', async () => {
    const world = await makeWorld()
    const authority = { issuer: 'admin', is: { repository: 'Acme-Admin/Publisher' }, owner: 'x' }
    const record = { platform: 'github', url: 'https://ci.authorities.example', owners: [{ name: 'acme-admin', id: '9' }] }
    const asWorkload = withSection(withSection(world.policy, 'issuers', { admin: record }), 'workloads', { admin: authority })
    const http = withSection(world.policy, 'issuers', {
      local: { platform: 'github', url: 'http://127.0.0.1:8788', owners: [{ name: 'a', id: '1' }] },
    })
    for (const [policy, id] of [
      [asWorkload, 'authority-as-workload'],
      [http, 'loopback-issuer'],
    ] as const) {
      const answer = await put(world, JSON.stringify(policy), { 'if-match': `"${await activeDigest()}"` })
      expect(answer.status).toBe(422)
      expect(JSON.stringify(answer.body.errors)).toContain(id)
    }
  })

  it('stores a policy of several pieces whole, also when a piece would end inside a character', async () => {
    const world = await makeWorld()
    const bulk = (shift: number): JsonObject => {
      const grants: Record<string, JsonObject> = {}
      for (let n = 0; n < 800; n++)
        grants[`bulk-${String(n).padStart(5, '0')}`] = { ...grantOf('api', { scopes: ['x'] }), purpose: '😀'.repeat(250) }
      return withSection(world.policy, 'grants', {
        ...grants,
        'bulk-00000': { ...grantOf('api', { scopes: ['x'] }), purpose: 'x'.repeat(shift + 1) },
      })
    }
    const cutAt = (policy: JsonObject): string => canonicalJson(policy)[499_999] ?? ''
    // one more character in front moves every pair by one, so that one of a few shifts cuts one apart
    const policy = [0, 1, 2, 120, 121].map(bulk).find((candidate) => /[\ud800-\udbff]/.test(cutAt(candidate)))
    if (policy === undefined) throw new Error('no policy is cut inside a character')
    expect((await publish(world, policy)).status).toBe(200)
    const answer = await exchange(world, { isolate: startIsolate() })
    expect([answer.status, answer.body.code]).toEqual([200, undefined])
    expect((await asRole(world, 'auditor', '/policy')).text).toBe(canonicalJson(policy))
  })

  it('puts the publication on record, with who did it and what it replaced', async () => {
    const world = await makeWorld()
    const replaces = await activeDigest()
    await publish(world, onlySite(world.policy))
    const [used, published] = (await entriesOf('v1:authorities')).slice(-2)
    expect(used).toMatchObject({ type: 'authority_used', role: 'publisher', action: 'publish', by: 'acme-admin/publisher@refs/heads/main' })
    expect(published).toMatchObject({ type: 'published', replaces, policy: await activeDigest() })
  })
})

describe('a ledger that registers while a policy is published', () => {
  it('never keeps the policy before', async () => {
    const world = await makeWorld()
    for (let n = 0; n < 5; n++) {
      const names = Array.from({ length: 5 }, (_, index) => `v1:race:${n}-${index}`)
      const head = names.map((name) => env.LEDGER.getByName(name).append(name, { type: 'authority_used' }))
      await Promise.all([...head, publish(world, { ...world.policy, settings: { max_ttl: `${30 + n}m` } })])
      const digest = await activeDigest()
      for (const ledger of names) {
        const refused = await env.LEDGER.getByName(ledger).refuse({
          ledger,
          policy: `sha256:${'0'.repeat(64)}`,
          subject: { issuer: 'x', grant: 'x' },
          counted: 'x',
          code: 'x',
          decision: 'x',
          runId: '1',
          ask: '{}',
        })
        expect(refused).toEqual({ outcome: 'stale', policy: digest })
      }
    }
  })
})
