/** What keeps a publication from doing harm by mistake: too much taken away at once, and whatever could lock the publishers out. History and rollback beside it. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type JsonObject } from '../../shared/json.ts'
import {
  type Answer,
  AUTHORITY_URL,
  activeDigest,
  asRole,
  entriesOf,
  exchange,
  type Isolate,
  makeWorld,
  startIsolate,
  type World,
} from './harness.ts'
import { GITHUB, grantOf, withSection } from './policies.ts'

const STORE = () => env.POLICY_STORE.getByName('policy')

/** An isolate with the guard as it is deployed. */
function guarded(maxGrantsRemoved = 20): Isolate {
  const { config } = startIsolate().deps
  return startIsolate({ config: { ...config, maxGrantsRemoved } })
}

async function put(world: World, policy: JsonObject | string, query = '', isolate = guarded()): Promise<Answer> {
  const headers = { 'if-match': `"${await activeDigest()}"` }
  const body = typeof policy === 'string' ? policy : JSON.stringify(policy)
  return asRole(world, 'publisher', `/policy${query}`, { method: 'PUT', headers, body }, isolate)
}

const names = (count: number): string[] => Array.from({ length: count }, (_, n) => `bulk-${String(n).padStart(2, '0')}`)

/** The world's three grants and as many more. */
const withBulk =
  (count: number, grant: (name: string) => JsonObject = () => grantOf('api', { scopes: ['x'] })) =>
  (policy: JsonObject): JsonObject =>
    withSection(policy, 'grants', Object.fromEntries(names(count).map((name) => [name, grant(name)])))

const without = (policy: JsonObject, ...gone: readonly string[]): JsonObject => {
  const grants = Object.entries(JSON.parse(JSON.stringify(policy.grants))).filter(([name]) => !gone.includes(name))
  return { ...policy, grants: JSON.parse(JSON.stringify(Object.fromEntries(grants))) }
}

const issuerOf = (world: World, changes: JsonObject): JsonObject => {
  const before = JSON.parse(JSON.stringify(world.policy.issuers)).github
  return withSection(world.policy, 'issuers', { github: { ...before, ...changes } })
}

describe('a publication that takes grants away', () => {
  it('may take a fifth of them, and is refused one more by name and number, with nothing changed', async () => {
    const world = await makeWorld(withBulk(17))
    const before = await activeDigest()
    expect((await put(world, without(world.policy, ...names(5)))).body).toMatchObject({
      status: 409,
      title: 'The policy takes too much away',
      lost: 5,
      grants: 20,
      allowed: 4,
      errors: names(5).map((name) => ({ path: `grants.${name}`, id: 'grant-removed' })),
    })
    expect(await activeDigest()).toBe(before)
    expect((await put(world, without(world.policy, ...names(4)))).status).toBe(200)
  })

  it('may always take three, so that a small policy can change', async () => {
    const world = await makeWorld()
    expect((await put(world, { ...world.policy, grants: { other: grantOf('api', { scopes: ['x'] }) } }, '', guarded(0))).status).toBe(200)
  })

  it.each<[string, (world: World) => JsonObject, string]>([
    [
      'its rules name suspended workloads only',
      (world) => withSection(world.policy, 'workloads', { docs: suspended(world) }),
      'grant-unreachable',
    ],
    [
      'a guardrail forbids every run of it',
      (world) => withSection(world.policy, 'guardrails', { all: { why: 'tests', grants: 'all', forbid: { ref: 'refs/heads/main' } } }),
      'grant-unreachable',
    ],
    ['tokens of its issuer must have another aud', (world) => issuerOf(world, { audience: 'elsewhere' }), 'grant-unreachable'],
    [
      'no key of its issuer stayed',
      (world) => issuerOf(world, { jwks: { keys: [{ kty: 'RSA', kid: 'other', n: 'x', e: 'AQAB' }] } }),
      'grant-unreachable',
    ],
    ['no owner of the fence stayed', (world) => issuerOf(world, { owners: [{ name: world.owner.name, id: '1' }] }), 'grant-unreachable'],
    ['its issuer has another URL', (world) => issuerOf(world, { url: 'https://token.actions.elsewhere.ghe.com' }), 'grant-unreachable'],
  ])('counts a grant as gone when %s', async (_name, change, id) => {
    const world = await makeWorld(withBulk(5))
    const answer = await put(world, change(world))
    expect([answer.status, answer.body.lost, answer.body.grants]).toEqual([409, 8, 8])
    expect(JSON.stringify(answer.body.errors)).toContain(id)
  })

  it.each<[string, (world: World) => JsonObject]>([
    [
      'another issuer is added',
      (world) =>
        withSection(world.policy, 'issuers', {
          more: { platform: 'github', url: 'https://token.x.ghe.com', owners: [{ name: 'x', id: '1' }] },
        }),
    ],
    ['a key is added', (world) => issuerOf(world, { jwks: { keys: [...keysOf(world), { kty: 'RSA', kid: 'other', n: 'x', e: 'AQAB' }] } })],
    ['written keys give way to those the issuer publishes', (world) => withoutKeys(world)],
    [
      'all rules change and still fit somebody',
      (world) => withBulk(5, () => grantOf('api', { scopes: ['x'] }, { allow: [{ workload: 'site', ref: 'refs/tags/*' }] }))(world.policy),
    ],
    ['scope and lifetime shrink', (world) => withBulk(5, () => grantOf('api', { scopes: ['y'] }, { ttl: '1m' }))(world.policy)],
  ])('counts none when %s', async (_name, change) => {
    const world = await makeWorld(withBulk(5))
    expect((await put(world, change(world), '', guarded(0))).status).toBe(200)
  })

  const withoutKeys = (world: World): JsonObject => {
    const { jwks: _, ...github } = JSON.parse(JSON.stringify(world.policy.issuers)).github
    return { ...world.policy, issuers: { github } }
  }
  const keysOf = (world: World): JsonObject[] => JSON.parse(JSON.stringify(world.policy.issuers)).github.jwks.keys
  const suspended = (world: World): JsonObject => ({ ...JSON.parse(JSON.stringify(world.policy.workloads)).docs, suspended: true })

  it('does not count again what nobody could get before', async () => {
    const dead = (policy: JsonObject): JsonObject => {
      const site = JSON.parse(JSON.stringify(policy.workloads)).site
      return withBulk(9, () => grantOf('api', { scopes: ['x'] }, { allow: [{ workload: 'site', ref: 'refs/heads/main' }] }))(
        withSection(policy, 'workloads', { site: { ...site, suspended: true } }),
      )
    }
    const world = await makeWorld(dead)
    const changed = withBulk(9, () => grantOf('api', { scopes: ['y'] }, { allow: [{ workload: 'site', ref: 'refs/heads/x' }] }))(
      world.policy,
    )
    expect((await put(world, changed, '', guarded(0))).status).toBe(200)
  })

  it('is done with force, and the reason is on record, in the history and in both entries', async () => {
    const world = await makeWorld(withBulk(5))
    const head = without(world.policy, ...names(5))
    expect((await put(world, head, '?force=the%20team%20is%20gone')).status).toBe(200)
    const [used, published] = (await entriesOf('v1:authorities')).slice(-2)
    expect([used?.forced, published?.type, published?.forced]).toEqual(['the team is gone', 'published', 'the team is gone'])
    const history = JSON.parse((await asRole(world, 'auditor', '/policy/history?limit=1')).text)
    expect(history.publications).toMatchObject([{ policy: await activeDigest(), forced: 'the team is gone' }])
  })

  it.each(['?force=', '?force=%20', '?force=a%0Ab', `?force=${'x'.repeat(257)}`])('is not forced by %s', async (query) => {
    const world = await makeWorld(withBulk(5))
    const answer = await put(world, without(world.policy, ...names(5)), query)
    expect([answer.status, answer.body.title]).toEqual([400, 'The reason is not usable'])
  })

  it('costs about as much as it has rules: 4000 grants, each changed, in seconds', async () => {
    const grants = (tag: string) => (name: string) =>
      grantOf('api', { scopes: ['x'] }, { allow: [{ workload: 'docs', ref: `refs/heads/${name}-${tag}` }] })
    const bulk = (tag: string) => (policy: JsonObject) =>
      withSection(policy, 'grants', Object.fromEntries(Array.from({ length: 4000 }, (_, n) => [`b${n}`, grants(tag)(`b${n}`)])))
    const world = await makeWorld(bulk('old'))
    const began = performance.now()
    expect((await put(world, bulk('new')(world.policy))).status).toBe(200)
    expect(performance.now() - began).toBeLessThan(15_000)
  })
})

describe('the publishers’ own path', () => {
  const stray = (world: World, changes: JsonObject): JsonObject =>
    withSection(world.policy, 'issuers', {
      authorities: { platform: 'github', url: AUTHORITY_URL, owners: [{ name: 'x', id: '1' }], ...changes },
    })

  it.each<[string, JsonObject]>([
    ['keys that are not the issuer’s', { jwks: { keys: [{ kty: 'RSA', kid: 'authority-1', n: 'x'.repeat(342), e: 'AQAB' }] } }],
    ['another aud', { audience: 'elsewhere' }],
    ['another fence', {}],
  ])('is not cut by a policy that names their issuer with %s', async (_name, changes) => {
    const world = await makeWorld()
    const isolate = guarded()
    expect((await put(world, stray(world, changes), '', isolate)).status).toBe(200)
    await exchange(world, { isolate })
    for (const other of [isolate, guarded()]) expect((await put(world, world.policy, '', other)).status).toBe(200)
  })

  it('is not cut by a policy that distrusts every issuer they have, nor by freezing everything', async () => {
    const world = await makeWorld()
    await asRole(world, 'operator', '/freezes', { method: 'PUT', body: '{"target":"all","reason":"drill"}' })
    expect((await put(world, { jobpass: 1 }, '?force=drill')).status).toBe(200)
    expect((await put(world, world.policy)).status).toBe(200)
    await asRole(world, 'operator', '/freezes', { method: 'DELETE', body: '{"target":"all"}' })
  })

  it('is not cut by an active policy that cannot be read: healthz still names it, and force replaces it', async () => {
    const world = await makeWorld()
    const broken = await activeDigest()
    await runInDurableObject(STORE(), (_instance, { storage }) => storage.sql.exec("UPDATE piece SET text = '{}' WHERE digest = ?", broken))
    const health = await startIsolate().fetch('/healthz')
    expect(await health.json()).toMatchObject({ policy: broken, reasons: ['the active policy cannot be read'] })
    const next = { ...world.policy, settings: { max_ttl: '7m' } }
    const refused = await put(world, next)
    expect([refused.status, refused.body.title]).toEqual([503, 'The active policy cannot be read'])
    expect((await put(world, next, '?force=the%20store%20is%20damaged')).status).toBe(200)
    expect((await exchange(world)).status).toBe(200)
  })
})

describe('GET /policy/history', () => {
  it('tells what was published, newest first, by whom and what it replaced, a page at a time', async () => {
    const world = await makeWorld()
    const first = await activeDigest()
    await put(world, { ...world.policy, settings: { max_ttl: '11m' } })
    const second = await activeDigest()
    const by = 'acme-admin/publisher@refs/heads/main'
    const page = JSON.parse((await asRole(world, 'auditor', '/policy/history?limit=1')).text)
    expect(page.publications).toEqual([{ number: page.next, policy: second, at: expect.stringMatching(/^20.*Z$/), by, replaced: first }])
    const next = JSON.parse((await asRole(world, 'auditor', `/policy/history?before=${page.next}&limit=1`)).text)
    expect(next.publications).toMatchObject([{ policy: first, by }])
    const whole = JSON.parse((await asRole(world, 'auditor', '/policy/history?limit=1000')).text)
    expect([whole.next, whole.publications.at(-1).replaced]).toEqual([null, null])
  })

  it.each(['limit=0', 'limit=1001', 'limit=x', 'before=0', 'before=', 'before=-1'])('refuses the page %s', async (query) => {
    const world = await makeWorld()
    expect((await asRole(world, 'auditor', `/policy/history?${query}`)).status).toBe(400)
  })

  it('reads rows of a version that knew no force', async () => {
    const world = await makeWorld()
    await runInDurableObject(STORE(), (_instance, { storage }) => {
      for (const column of ['forced', 'confirmed_by']) storage.sql.exec(`ALTER TABLE publication DROP COLUMN ${column}`)
      storage.sql.exec('DROP TABLE proposal')
    })
    await evictDurableObject(STORE())
    const { publications } = JSON.parse((await asRole(world, 'auditor', '/policy/history')).text)
    expect(publications[0]).toMatchObject({ policy: await activeDigest() })
    expect((await put(world, { ...world.policy, settings: { max_ttl: '12m' } }, '?force=x')).status).toBe(200)
  })
})

describe('a policy that was published before', () => {
  it('is read and published again by its digest alone', async () => {
    const world = await makeWorld()
    const first = await activeDigest()
    await put(world, { ...world.policy, settings: { max_ttl: '13m' } })
    expect((await asRole(world, 'auditor', `/policy?digest=${first}`)).text).toBe(canonicalJson(world.policy))
    const back = await put(world, '', `?digest=${first}`)
    expect([back.status, back.body.policy, await activeDigest()]).toEqual([200, first, first])
  })

  it('passes the same guard', async () => {
    const world = await makeWorld()
    const first = await activeDigest()
    await put(world, withBulk(20)(world.policy))
    expect((await put(world, '', `?digest=${first}`)).body).toMatchObject({ status: 409, lost: 20, grants: 23, allowed: 4 })
    expect((await put(world, '', `?digest=${first}&force=back`)).status).toBe(200)
  })

  it('is judged again: what this broker accepts no more is not published again', async () => {
    const world = await makeWorld()
    const first = await activeDigest()
    await put(world, { ...world.policy, settings: { max_ttl: '14m' } })
    const { config } = startIsolate().deps
    const [publisher] = config.authorities.publisher
    if (publisher === undefined) throw new Error('no publisher')
    const is = [{ attribute: 'repository', patterns: [{ text: `${world.owner.name}/docs`, foldCase: true }] }]
    const operator = [...config.authorities.operator, { ...publisher, issuerUrl: GITHUB, is }]
    const stricter = startIsolate({ config: { ...config, authorities: { ...config.authorities, operator } } })
    const answer = await put(world, '', `?digest=${first}`, stricter)
    expect([answer.status, JSON.stringify(answer.body.errors)]).toEqual([422, expect.stringContaining('authority-as-workload')])
  })

  it('is not one that was only sent, or never', async () => {
    const world = await makeWorld()
    const candidate = { ...world.policy, settings: { max_ttl: '15m' } }
    const wrong = { 'if-match': `"sha256:${'0'.repeat(64)}"` }
    await asRole(world, 'publisher', '/policy', { method: 'PUT', headers: wrong, body: JSON.stringify(candidate) })
    for (const digest of [`sha256:${'1'.repeat(64)}`]) {
      expect((await put(world, '', `?digest=${digest}`)).status).toBe(404)
      expect((await asRole(world, 'auditor', `/policy?digest=${digest}`)).status).toBe(404)
    }
    for (const digest of ['', 'latest', 'sha256:x']) {
      expect((await put(world, '', `?digest=${digest}`)).status).toBe(400)
      expect((await asRole(world, 'auditor', `/policy?digest=${digest}`)).status).toBe(400)
    }
  })
})
