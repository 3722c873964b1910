/** How often a grant may be drawn, and the kill switch. */
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { type Answer, asRole, entriesOf, exchange, makeWorld, publish, startIsolate, tokenOf, type World } from './harness.ts'
import { DOCS, grantOf, type Owner, SITE, withSection } from './policies.ts'

const ledgerOf = (world: World) => env.LEDGER.getByName(world.ledger)

const limited =
  (limits: JsonObject) =>
  (policy: JsonObject): JsonObject =>
    withSection(policy, 'grants', {
      'call-api': grantOf(
        'api',
        { scopes: ['read'] },
        {
          limits,
          allow: [
            { workload: 'docs', ref: 'refs/heads/main' },
            { workload: 'site', ref: 'refs/heads/main' },
          ],
        },
      ),
    })

const siteClaims = (world: World): JsonObject => {
  const repository = `${world.owner.name}/site`
  return { repository, repository_id: SITE.id, workflow_ref: `${repository}/.github/workflows/ci.yml@refs/heads/main`, sub: 'x' }
}

afterEach(() => vi.useRealTimers())

describe('a limit per job', () => {
  it('counts the job, not the run and not the workload', async () => {
    const world = await makeWorld(limited({ per_job: 2 }))
    const draw = (claims: JsonObject = {}) => exchange(world, { claims })
    expect([(await draw()).status, (await draw()).status]).toEqual([200, 200])
    const third = await draw()
    expect([third.status, third.body.code, third.headers.has('retry-after')]).toEqual([429, 'limit_reached', true])
    expect((await draw({ check_run_id: '1' })).status).toBe(200)
    await evictDurableObject(ledgerOf(world))
    expect((await draw()).status).toBe(429)
  })

  it('holds for 20 that come at once', async () => {
    const world = await makeWorld(limited({ per_job: 3 }))
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(world)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
  })

  it('counts run and attempt where the platform names no job', async () => {
    const world = await makeWorld(limited({ per_job: 1 }))
    const draw = (claims: JsonObject) => exchange(world, { claims: { check_run_id: '', ...claims } })
    expect((await draw({})).status).toBe(200)
    expect((await draw({})).status).toBe(429)
    expect((await draw({ run_attempt: '2' })).status).toBe(200)
  })
})

describe('a limit per hour', () => {
  it('counts each workload by itself and slides', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const world = await makeWorld(limited({ per_hour: 2 }))
    expect((await exchange(world)).status).toBe(200)
    vi.setSystemTime(Date.now() + 1_000_000)
    expect((await exchange(world)).status).toBe(200)
    const third = await exchange(world)
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '2600'])
    expect((await exchange(world, { claims: siteClaims(world) })).status).toBe(200)
    vi.setSystemTime(Date.now() + 2_600_000)
    expect((await exchange(world)).status).toBe(200)
    expect((await exchange(world)).status).toBe(429)
  })

  it('is not used up by refusals and replays', async () => {
    const world = await makeWorld(limited({ per_hour: 1 }))
    for (let n = 0; n < 3; n++) await exchange(world, { claims: { ref: 'refs/heads/other' } })
    const token = await tokenOf(world)
    expect((await exchange(world, { token })).status).toBe(200)
    expect((await exchange(world, { token })).body.code).toBe('token_replayed')
  })
})

const withWorkloadLimits =
  (limits: JsonObject) =>
  (policy: JsonObject, owner: Owner): JsonObject =>
    withSection(
      withSection(limited({ per_job: 100 })(policy), 'grants', { 'call-more': grantOf('api', { scopes: ['read'] }) }),
      'workloads',
      {
        docs: { issuer: 'github', is: { repository: `${owner.name}/docs`, repository_id: DOCS.id }, owner: 'team-docs', limits },
      },
    )

describe('a limit per hour in total', () => {
  it('counts all workloads together, beside what each may', async () => {
    const world = await makeWorld(limited({ per_hour: 2, per_hour_total: 3 }))
    const site = () => exchange(world, { claims: siteClaims(world) })
    const draws = [await exchange(world), await exchange(world), await exchange(world), await site(), await site()]
    expect(draws.map(({ status }) => status)).toEqual([200, 200, 429, 200, 429])
    expect(draws[4]?.body.error_description).toContain('all its workloads together')
    expect((await entriesOf(world.ledger)).filter(({ code }) => code === 'limit_reached')).toHaveLength(2)
  })
})

describe('a limit of a workload', () => {
  it('per hour holds over all of its grants, slides, and is nobody else’s', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const world = await makeWorld(withWorkloadLimits({ per_hour: 2 }))
    expect((await exchange(world)).status).toBe(200)
    expect((await exchange(world, { grant: 'call-more' })).status).toBe(200)
    const third = await exchange(world, { grant: 'call-more' })
    expect([third.status, third.body.code, third.headers.get('retry-after')]).toEqual([429, 'limit_reached', '3600'])
    expect(third.body.error_description).toContain('This workload')
    expect((await exchange(world, { claims: siteClaims(world) })).status).toBe(200)
    vi.setSystemTime(Date.now() + 3_600_001)
    expect((await exchange(world)).status).toBe(200)
  })

  it('per job counts each of its jobs, over all grants, also when 20 come at once', async () => {
    const world = await makeWorld(withWorkloadLimits({ per_job: 3 }))
    const asks = Array.from({ length: 20 }, (_, n) => exchange(world, n % 2 === 0 ? {} : { grant: 'call-more' }))
    expect((await Promise.all(asks)).filter(({ status }) => status === 200)).toHaveLength(3)
    expect((await exchange(world, { claims: { check_run_id: '1' } })).status).toBe(200)
  })
})

const targets: readonly JsonObject[] = [
  { target: 'all' },
  { target: 'issuer', name: 'github' },
  { target: 'workload', name: 'docs' },
  { target: 'grant', name: 'call-api' },
  { target: 'connection', name: 'api' },
  { target: 'kind', name: 'jwt' },
]

const freeze = (world: World, target: JsonObject): Promise<Answer> =>
  asRole(world, 'operator', '/freezes', { method: 'PUT', body: JSON.stringify({ ...target, reason: 'drill' }) })
const thaw = (world: World, target: JsonObject): Promise<Answer> =>
  asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify(target) })

describe('a freeze', () => {
  it.each(['issuer', 'workload', 'grant', 'connection', 'kind'])('of a %s says when the active policy has no such name', async (target) => {
    const known = targets.find((one) => one.target === target) ?? {}
    const world = await makeWorld()
    expect((await freeze(world, { ...known, target })).body).not.toHaveProperty('unknown')
    const slip = { target, name: 'constructor' }
    expect((await freeze(world, slip)).body).toEqual({ froze: slip, unknown: true })
    await thaw(world, { ...known, target })
    await thaw(world, slip)
  })

  it.each(targets)('of %j stops the very next exchange on every isolate, and a thaw lets it go on', async (target) => {
    const world = await makeWorld()
    const isolates = [world.isolate, startIsolate(), startIsolate()]
    for (const isolate of isolates) await exchange(world, { isolate })
    expect(await freeze(world, target)).toMatchObject({ status: 200, body: { froze: target } })
    for (const isolate of isolates) {
      const answer = await exchange(world, { isolate })
      expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'frozen', '60'])
    }
    const listed = await asRole(world, 'operator', '/freezes')
    expect(listed.body.freezes).toEqual([
      expect.objectContaining({ ...target, reason: 'drill', by: 'acme-admin/operator@refs/heads/main' }),
    ])
    expect((await thaw(world, target)).status).toBe(200)
    expect((await thaw(world, target)).status).toBe(404)
    expect((await exchange(world)).status).toBe(200)
  })

  it('of something else stops nothing', async () => {
    const world = await makeWorld()
    const others = [
      { target: 'grant', name: 'write-docs' },
      { target: 'workload', name: 'site' },
      { target: 'issuer', name: 'api' },
      { target: 'kind', name: 'api' },
    ]
    for (const target of others) await freeze(world, target)
    expect((await exchange(world)).status).toBe(200)
    for (const target of others) await thaw(world, target)
  })

  it('is told before every other reason', async () => {
    const world = await makeWorld(limited({ per_job: 1 }))
    const token = await tokenOf(world)
    await exchange(world, { token })
    await freeze(world, { target: 'all' })
    const answers = [
      await exchange(world, { token }),
      await exchange(world),
      await exchange(world, { claims: { ref: 'refs/heads/other' } }),
      await exchange(world, { grant: 'no-such-grant' }),
      await exchange(world, { form: { ttl: '0' } }),
      await exchange(world, { form: { authorization_details: '[{}]' } }),
    ]
    expect(answers.map(({ body }) => body.code)).toEqual(Array.from({ length: 6 }, () => 'frozen'))
    expect((await exchange(world, { claims: { repository_owner_id: '4711', sub: 'x' } })).body.code).toBe('owner_outside_fence')
    await thaw(world, { target: 'all' })
  })

  it('holds for a ledger that is used for the first time, and for one that lost its memory', async () => {
    const world = await makeWorld()
    await freeze(world, { target: 'all' })
    expect((await exchange(world)).body.code).toBe('frozen')
    await evictDurableObject(ledgerOf(world))
    await evictDurableObject(env.POLICY_STORE.getByName('policy'))
    expect((await exchange(world)).body.code).toBe('frozen')
    await thaw(world, { target: 'all' })
  })

  it('survives a publication, and one freeze does not thaw another', async () => {
    const world = await makeWorld()
    await freeze(world, { target: 'grant', name: 'call-api' })
    await freeze(world, { target: 'kind', name: 'jwt' })
    await thaw(world, { target: 'kind', name: 'jwt' })
    await publish(world, { ...world.policy, settings: { explain: 'none' } })
    expect((await exchange(world)).body.code).toBe('frozen')
    await thaw(world, { target: 'grant', name: 'call-api' })
  })

  it('does not stop a job from giving back what it has', async () => {
    const world = await makeWorld()
    const { body } = await exchange(world)
    await freeze(world, { target: 'all' })
    const answer = await world.isolate.fetch('/revoke', { method: 'POST', body: new URLSearchParams({ token: String(body.access_token) }) })
    expect(answer.status).toBe(200)
    expect((await entriesOf(world.ledger)).at(-1)?.type).toBe('returned')
    await thaw(world, { target: 'all' })
  })

  it.each([
    '',
    '{}',
    '{"target":"all"}',
    '{"target":"grant","reason":"x"}',
    '{"target":"galaxy","name":"x","reason":"x"}',
    '{"target":"all","name":"x","reason":"x"}',
    '[]',
    '{"target":"grant","name":"","reason":"x"}',
    '{"target":"all","reason":"x","reason":"y"}',
  ])('is not made by %s', async (body) => {
    const world = await makeWorld()
    expect((await asRole(world, 'operator', '/freezes', { method: 'PUT', body })).status).toBe(400)
    expect((await asRole(world, 'operator', '/freezes')).body.freezes).toEqual([])
  })
})
