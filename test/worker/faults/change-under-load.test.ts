/** Freezes and publishes while several isolates exchange, some of which hold the old policy: what is asked after the call has returned is decided under the new state. */
import { runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { Ledger } from '../../../worker/sweep.ts'
import { serveApp } from '../app-upstream.ts'
import { activeDigest, asRole, exchange, makeWorld, publish, startIsolate, type World } from '../harness.ts'
import { grantOf, withSection } from '../policies.ts'

const ASKS_ON_EACH_SIDE = 60

interface Exchanged {
  readonly isAfter: boolean
  readonly grant: string
  readonly status: number
  readonly body: JsonObject
}

async function aroundCall(world: World, call: () => Promise<void>): Promise<{ before: Exchanged[]; after: Exchanged[] }> {
  const exchanged: Exchanged[] = []
  let hasReturned = false
  const count = (isAfter: boolean): number => exchanged.filter((one) => one.isAfter === isAfter).length
  const serve = async (isolate = startIsolate()): Promise<void> => {
    for (let time = 0; count(true) < ASKS_ON_EACH_SIDE; time++) {
      const isAfter = hasReturned
      const grant = time % 2 === 0 ? 'call-api' : 'write-docs'
      const { status, body } = await exchange(world, { grant, isolate })
      exchanged.push({ isAfter, grant, status, body })
    }
  }
  const serving = Promise.all(Array.from({ length: 5 }, () => serve()))
  while (count(false) < ASKS_ON_EACH_SIDE) await new Promise((resolve) => setTimeout(resolve, 2))
  await call()
  hasReturned = true
  await serving
  return { before: exchanged.filter(({ isAfter }) => !isAfter), after: exchanged.filter(({ isAfter }) => isAfter) }
}

const freeze = async (world: World, target: JsonObject): Promise<void> => {
  const answer = await asRole(world, 'operator', '/freezes', { method: 'PUT', body: JSON.stringify({ ...target, reason: 'drill' }) })
  expect(answer.status).toBe(200)
}

const thaw = (world: World, target: JsonObject) => asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify(target) })

async function start(): Promise<World> {
  const world = await makeWorld()
  serveApp(world.outside)
  return world
}

describe('while five isolates exchange', () => {
  it('a freeze of everything leaves not one success after it has returned', async () => {
    const world = await start()
    const { before, after } = await aroundCall(world, () => freeze(world, { target: 'all' }))
    expect(before.filter(({ status }) => status === 200).length).toBeGreaterThan(ASKS_ON_EACH_SIDE / 2)
    expect(after.filter(({ body }) => body.code !== 'frozen')).toEqual([])
    await thaw(world, { target: 'all' })
  })

  it('a freeze of one grant stops that grant at once and the other not at all', async () => {
    const world = await start()
    const { after } = await aroundCall(world, () => freeze(world, { target: 'grant', name: 'write-docs' }))
    const wrong = after.filter(({ grant, status, body }) => (grant === 'write-docs' ? body.code !== 'frozen' : status !== 200))
    expect(wrong).toEqual([])
    await thaw(world, { target: 'grant', name: 'write-docs' })
  })

  it('a publish that takes a grant away is in force for every ask after it has returned', async () => {
    const world = await start()
    const old = await activeDigest()
    const less = withSection(world.policy, 'grants', {
      'write-docs': grantOf(
        'app',
        { repositories: ['docs'], permissions: { contents: 'write' } },
        { allow: [{ workload: 'site', ref: 'refs/heads/main' }] },
      ),
    })
    const { before, after } = await aroundCall(world, async () => void expect((await publish(world, less)).status).toBe(200))
    expect(before.some(({ body }) => body.policy === old)).toBe(true)
    const now = await activeDigest()
    const wrong = after.filter(({ grant, body }) => (grant === 'write-docs' ? body.code !== 'grant_refused' : body.policy !== now))
    expect(wrong).toEqual([])
  })
})

describe('a policy store that gets no further than to tell the first ledger', () => {
  it('has its alarm set already, and goes on with it though nobody asks again', async () => {
    const world = await start()
    expect((await exchange(world)).status).toBe(200)
    const store = env.POLICY_STORE.getByName('policy')
    const deafness = Promise.withResolvers<void>()
    const deaf = vi.spyOn(Ledger.prototype, 'activate').mockReturnValue(deafness.promise)
    const freezing = freeze(world, { target: 'workload', name: 'docs' })
    await vi.waitFor(async () => expect((await store.activation()).freezes).toHaveLength(1))
    deaf.mockRestore()
    expect((await exchange(world)).status).toBe(200)
    expect(await runDurableObjectAlarm(store)).toBe(true)
    expect((await exchange(world)).body.code).toBe('frozen')
    deafness.resolve()
    await freezing
    await thaw(world, { target: 'workload', name: 'docs' })
  })
})
