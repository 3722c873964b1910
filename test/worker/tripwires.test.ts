/** Tripwires: who trips one, what it stops, and who can never make one trip. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { type Answer, asRole, entriesOf, exchange, makeWorld, publish, startIsolate, tokenOf, type World } from './harness.ts'
import { grantOf, SITE, withSection } from './policies.ts'

const CANARY = 'root-of-production'

const wired =
  (tripwires: JsonObject) =>
  (policy: JsonObject): JsonObject => ({
    ...withSection(policy, 'grants', {
      'call-api': grantOf(
        'api',
        { scopes: ['read'] },
        {
          limits: { per_job: 1000 },
          allow: [
            { workload: 'docs', ref: 'refs/heads/main' },
            { workload: 'site', ref: 'refs/heads/main' },
          ],
        },
      ),
    }),
    tripwires,
  })

const site = (world: World): { claims: JsonObject } => {
  const repository = `${world.owner.name}/site`
  return {
    claims: { repository, repository_id: SITE.id, workflow_ref: `${repository}/.github/workflows/ci.yml@refs/heads/main`, sub: 'x' },
  }
}
const typesOf = async (world: World): Promise<unknown[]> => (await entriesOf(world.ledger)).map(({ type }) => type)
const trippedOf = async (world: World): Promise<JsonObject[]> => (await entriesOf(world.ledger)).filter(({ type }) => type === 'tripped')
const freezesOf = async (world: World): Promise<unknown> => (await asRole(world, 'operator', '/freezes')).body.freezes
const thaw = (world: World, name: string): Promise<Answer> =>
  asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify({ target: 'workload', name }) })
const isEverywhere = (world: World) =>
  vi.waitUntil(async () => JSON.stringify(await freezesOf(world)).includes('tripwire'), { timeout: 5_000 })

afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  const store = env.POLICY_STORE.getByName('policy')
  for (const freeze of (await store.activation()).freezes) await store.thaw(freeze)
})

describe('a canary', () => {
  it('is answered like a name that nobody defined, to the last byte but the id', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY] }))
    const [canary, unknown] = [await exchange(world, { grant: CANARY }), await exchange(world, { grant: 'root-of-productiom' })]
    const told = ({ status, text, body, headers }: Answer) => [
      status,
      text.replace(String(body.decision_id), '').replaceAll(/root-of-productio./g, ''),
      [...headers].filter(([name]) => name !== 'date'),
    ]
    expect(told(canary)).toEqual(told(unknown))
    expect(canary.body.code).toBe('grant_refused')
    expect(await typesOf(world)).toEqual(['refused', 'tripped', 'refused'])
  })

  it('trips once an hour for each repository, says whose run it was, and freezes nothing unless the policy says so', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const world = await makeWorld(wired({ canaries: [CANARY] }))
    for (let n = 0; n < 5; n++) await exchange(world, { grant: CANARY })
    await exchange(world, { grant: CANARY, ...site(world) })
    expect(await trippedOf(world)).toMatchObject([
      { tripwire: 'canary', grant: CANARY, repository: `${world.owner.name}/docs`, freezes: [], run_id: expect.any(String) },
      { tripwire: 'canary', repository: `${world.owner.name}/site` },
    ])
    expect((await exchange(world)).status).toBe(200)
    vi.setSystemTime(Date.now() + 3_600_001)
    await exchange(world, { grant: CANARY })
    expect(await trippedOf(world)).toHaveLength(3)
  })

  it('trips whatever else is wrong with the ask', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY] }))
    await exchange(world, { grant: CANARY, form: { ttl: '0' } })
    expect(await trippedOf(world)).toHaveLength(1)
  })

  it('freezes, in the same turn, the workload that asked and no other, and everywhere soon after', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY], freeze: true }))
    expect((await exchange(world)).status).toBe(200)
    await exchange(world, { grant: CANARY })
    const next = await exchange(world, { isolate: startIsolate() })
    expect([next.status, next.body.code]).toEqual([503, 'frozen'])
    expect((await exchange(world, site(world))).status).toBe(200)
    expect((await entriesOf(world.ledger)).slice(1, 4)).toMatchObject([
      { type: 'refused', code: 'grant_refused' },
      { type: 'tripped', freezes: ['docs'] },
      { type: 'froze', target: 'workload', name: 'docs', by: 'tripwire', reason: expect.stringContaining(CANARY) },
    ])
    await isEverywhere(world)
    expect(await freezesOf(world)).toMatchObject([{ target: 'workload', name: 'docs', by: 'tripwire' }])
  })

  it('freezes nothing for a repository that is no workload, whose claims say what they will', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY], freeze: true }))
    const repository = `${world.owner.name}/evil`
    await exchange(world, {
      grant: CANARY,
      claims: { repository, repository_id: '666', workflow_ref: `${repository}/.github/workflows/docs.yml@x`, sub: 'x', actor: 'docs' },
    })
    expect(await trippedOf(world)).toMatchObject([{ repository, freezes: [] }])
    expect((await exchange(world)).status).toBe(200)
  })

  it('does not trip for strangers: other owners, bad signatures, old tokens', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY], refusals_per_minute: 1, freeze: true }))
    const token = await tokenOf(world)
    for (let n = 0; n < 3; n++) {
      await exchange(world, { grant: CANARY, claims: { repository_owner_id: '4711', sub: 'x' } })
      await exchange(world, { grant: CANARY, token: `${token.slice(0, -8)}AAAAAAAA` })
      await exchange(world, { grant: CANARY, claims: { exp: 1000, iat: 900, nbf: 900 } })
    }
    expect(await typesOf(world)).toEqual([])
    expect((await exchange(world)).status).toBe(200)
  })

  it('that was thawed freezes again at the next ask, also within the hour', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY], freeze: true }))
    await exchange(world, { grant: CANARY })
    await isEverywhere(world)
    await exchange(world, { grant: CANARY })
    expect(await trippedOf(world)).toHaveLength(1)
    expect((await thaw(world, 'docs')).status).toBe(200)
    expect((await exchange(world)).status).toBe(200)
    await exchange(world, { grant: CANARY })
    expect((await exchange(world)).body.code).toBe('frozen')
    expect(await trippedOf(world)).toHaveLength(2)
  })

  it('freezes though the policy store cannot be reached, survives a restart, and the alarm tells the store later', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY], freeze: true }))
    await exchange(world)
    const ledger = env.LEDGER.getByName(world.ledger)
    await runInDurableObject(ledger, (instance) => {
      const real = Reflect.get(instance, 'env')
      const down = { freeze: () => Promise.reject(new Error('down')), register: () => Promise.reject(new Error('down')) }
      Object.defineProperty(instance, 'env', { value: { ...real, POLICY_STORE: { getByName: () => down } }, configurable: true })
    })
    await exchange(world, { grant: CANARY })
    expect((await exchange(world)).body.code).toBe('frozen')
    expect(await freezesOf(world)).toEqual([])
    await evictDurableObject(ledger)
    expect((await exchange(world)).body.code).toBe('frozen')
    await runDurableObjectAlarm(ledger)
    await isEverywhere(world)
    await evictDurableObject(ledger)
    expect((await exchange(world)).body.code).toBe('frozen')
    expect(await trippedOf(world)).toHaveLength(1)
  })
})

describe('a freeze of its own', () => {
  it('holds while the policy store has it and this ledger has not heard so, and a thaw before that is not undone', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY], freeze: true }))
    await exchange(world)
    let isDeaf = true
    await runInDurableObject(env.POLICY_STORE.getByName('policy'), (instance) => {
      const real = Reflect.get(instance, 'env')
      const deaf = { activate: () => Promise.reject(new Error('deaf')) }
      const LEDGER = { getByName: (name: string) => (isDeaf && name === world.ledger ? deaf : real.LEDGER.getByName(name)) }
      Object.defineProperty(instance, 'env', { value: { ...real, LEDGER }, configurable: true })
    })
    await exchange(world, { grant: CANARY })
    await vi.waitUntil(async () => (await env.POLICY_STORE.getByName('policy').activation()).freezes.length === 1)
    for (let n = 0; n < 3; n++) expect((await exchange(world)).body.code).toBe('frozen')
    isDeaf = false
    expect((await thaw(world, 'docs')).status).toBe(200)
    expect((await exchange(world)).status).toBe(200)
    expect((await exchange(world)).status).toBe(200)
  })

  it('is gone with the transaction that failed', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY], freeze: true }))
    await exchange(world)
    const sql = (text: string) => runInDurableObject(env.LEDGER.getByName(world.ledger), (_, state) => void state.storage.sql.exec(text))
    await sql(
      `CREATE TRIGGER full BEFORE INSERT ON entry WHEN NEW.body LIKE '%"type":"froze"%' BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    )
    await exchange(world, { grant: CANARY })
    expect(await typesOf(world)).toEqual(['issued'])
    expect((await exchange(world)).status).toBe(200)
    await sql('DROP TRIGGER full')
    await exchange(world, { grant: CANARY })
    expect((await exchange(world)).body.code).toBe('frozen')
  })
})

describe('refusals per minute', () => {
  const refused = (world: World) => exchange(world, { claims: { ref: 'refs/heads/other' } })

  it('trip past the number, counted by repository, and once', async () => {
    vi.useFakeTimers({ now: Math.ceil(Date.now() / 60_000) * 60_000, toFake: ['Date'] })
    const world = await makeWorld(wired({ refusals_per_minute: 3 }))
    for (let n = 0; n < 3; n++) await refused(world)
    for (let n = 0; n < 3; n++) await exchange(world, { grant: 'write-docs', ...site(world) })
    expect(await trippedOf(world)).toEqual([])
    for (let n = 0; n < 20; n++) await refused(world)
    expect(await trippedOf(world)).toMatchObject([{ tripwire: 'refusals_per_minute', refusals: 4, repository: `${world.owner.name}/docs` }])
  })

  it('begin anew with every minute', async () => {
    vi.useFakeTimers({ now: Math.ceil(Date.now() / 60_000) * 60_000, toFake: ['Date'] })
    const world = await makeWorld(wired({ refusals_per_minute: 3 }))
    for (let minute = 0; minute < 4; minute++) {
      for (let n = 0; n < 3; n++) await refused(world)
      vi.setSystemTime(Date.now() + 60_000)
    }
    expect(await trippedOf(world)).toEqual([])
  })

  it('freeze the workload of a storm of replays, and a storm under a freeze trips nothing', async () => {
    const world = await makeWorld(wired({ refusals_per_minute: 5, freeze: true }))
    const token = await tokenOf(world)
    const answers = await Promise.all(Array.from({ length: 12 }, () => exchange(world, { token })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await exchange(world)).body.code).toBe('frozen')
    await isEverywhere(world)
    const before = (await trippedOf(world)).length
    for (let n = 0; n < 20; n++) await exchange(world)
    expect([before, (await trippedOf(world)).length]).toEqual([1, 1])
    await thaw(world, 'docs')
    expect((await exchange(world)).status).toBe(200)
  })

  it('are counted beyond those that are recorded one by one', async () => {
    vi.useFakeTimers({ now: Math.ceil(Date.now() / 60_000) * 60_000, toFake: ['Date'] })
    const world = await makeWorld(wired({ refusals_per_minute: 70 }))
    for (let n = 0; n < 75; n++) await refused(world)
    expect(await trippedOf(world)).toMatchObject([{ refusals: 71 }])
  })
})

describe('a policy', () => {
  it('whose tripwires are gone trips nothing more, and what is frozen stays frozen', async () => {
    const world = await makeWorld(wired({ canaries: [CANARY], freeze: true }))
    await exchange(world, { grant: CANARY })
    await isEverywhere(world)
    await publish(world, wired({})(world.policy))
    await exchange(world, { grant: CANARY, ...site(world) })
    expect(await trippedOf(world)).toHaveLength(1)
    expect((await exchange(world)).body.code).toBe('frozen')
  })
})
