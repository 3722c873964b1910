/** A new sealing key while exchanges go on, and a wrong one. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { buildDeps } from '../../worker/build-deps.ts'
import { isolateKeys } from '../../worker/keys/isolate-keys.ts'
import { makeSealing } from '../../worker/keys/sealing.ts'
import { Keyring } from '../../worker/state/keyring.ts'
import { answerOf, asRole, exchange, type Isolate, makeWorld, rowsOf, startIsolate } from './harness.ts'
import { act, certificate, draw, keyring } from './keys-stage.ts'

const DAY_MS = 86_400_000

/** Time only goes on, from one test to the next: they share a keyring. Ahead of the machine's clock, so that no alarm rings by itself. */
let start = Date.parse('2066-11-22T00:00:00Z')

beforeEach(() => vi.useFakeTimers({ now: start, toFake: ['Date'] }))

afterEach(() => {
  start = Date.now() + DAY_MS
  vi.useRealTimers()
})

describe('a new sealing key', () => {
  /** The broker as a deployment with other sealing keys runs it, on the same objects. */
  function deployed(SEALING_KEY: string, SEALING_KEY_PREVIOUS: string) {
    const configured = { ...env, ...{ SEALING_KEY, SEALING_KEY_PREVIOUS } }
    const { sealing, nowMs } = buildDeps(configured)
    const inObject = (name: PropertyKey, given: unknown[]) =>
      runInDurableObject(keyring(), (_instance, state) => {
        const object = new Keyring(state, configured)
        return Reflect.apply(Reflect.get(object, name), object, given)
      })
    const port = new Proxy(keyring(), {
      get:
        (_target, name) =>
        (...given: unknown[]) =>
          inObject(name, given),
    })
    return { port, start: () => startIsolate({ sealing, keyring: () => port, keys: isolateKeys({ keyring: () => port, sealing, nowMs }) }) }
  }

  it('is taken up while exchanges go on, and fails none', async () => {
    const world = await makeWorld()
    await certificate(world)
    await runDurableObjectAlarm(keyring())
    const before = await draw(world)
    const other = Buffer.alloc(32, 9).toString('base64')
    const next = deployed(other, env.SEALING_KEY)
    const old = startIsolate()
    await draw(world, old)
    const storm = Array.from({ length: 12 }, (_, n) => draw(world, n % 3 === 0 ? old : next.start()))
    const { resealed } = await next.port.reseal()
    const drawn = await Promise.all(storm)
    expect([resealed > 5, new Set(drawn.map(({ kid }) => kid))]).toEqual([true, new Set([before.kid])])
    const answer = await asRole(world, 'operator', '/keys/reseal', { method: 'POST' }, next.start())
    expect(answer.body).toMatchObject({ keys: { resealed: 0, under_previous: 0, unreadable: 0 }, previous_key_needed: false })
    expect((await draw(world, next.start())).kid).toBe(before.kid)
    await deployed(env.SEALING_KEY, other).port.reseal()
    expect((await draw(world, startIsolate())).kid).toBe(before.kid)
  })

  it('that is wrong is told by health, and nothing is made anew', async () => {
    const world = await makeWorld()
    const { kid } = await draw(world)
    const wrong = deployed(Buffer.alloc(32, 9).toString('base64'), Buffer.alloc(32, 8).toString('base64'))
    const isolate = wrong.start()
    const refused = await exchange(world, { isolate })
    expect([refused.status, refused.body.code]).toEqual([503, 'keys_unavailable'])
    const health = await answerOf(await isolate.fetch('/healthz'))
    expect([health.status, health.text.includes('SEALING_KEY')]).toEqual([503, false])
    const said = isolate.log.find(({ event }) => event === 'health')
    expect(said).toMatchObject({ code: 'keys_unavailable', detail: expect.stringContaining('another SEALING_KEY') })
    const rotated = await act(world, '/keys/rotate', { key: 'signing:ES256', reason: 'drill', at_once: true }, isolate)
    expect([rotated.status, rotated.body.title]).toEqual([409, 'The keyring cannot be read'])
    expect((await draw(world, startIsolate())).kid).toBe(kid)
  })

  it('has the handles of live leases sealed under it by command, and says whether the old one is still needed', async () => {
    const world = await makeWorld()
    await draw(world)
    const old = makeSealing(new Secret(Buffer.alloc(32, 5).toString('base64')), undefined)
    const rows = await rowsOf(world.ledger, 'lease')
    const id = String(rows[0]?.id)
    const put = async (handle: string) =>
      runInDurableObject(env.LEDGER.getByName(world.ledger), (_instance, state) => {
        state.storage.sql.exec('UPDATE lease SET handle = ? WHERE id = ?', handle, id)
      })
    await put(await old.seal(`lease/${id}`, new TextEncoder().encode('{}')))
    const sealing = makeSealing(new Secret(env.SEALING_KEY), new Secret(Buffer.alloc(32, 5).toString('base64')))
    const reseal = (isolate: Isolate) => asRole(world, 'operator', '/keys/reseal', { method: 'POST' }, isolate)
    expect((await reseal(world.isolate)).body).toMatchObject({ leases: { resealed: 0, under_previous: 0, unreadable: 1 } })
    const moved = await old.seal('lease/of-another', new TextEncoder().encode('{}'))
    await put(moved)
    expect((await reseal(startIsolate({ sealing }))).body).toMatchObject({ leases: { under_previous: 1 }, previous_key_needed: true })
    await put(await old.seal(`lease/${id}`, new TextEncoder().encode('{}')))
    expect((await reseal(startIsolate({ sealing }))).body).toEqual({
      keys: { resealed: 0, under_previous: 0, unreadable: 0 },
      leases: { resealed: 1, under_previous: 0, unreadable: 0 },
      unreachable: [],
      previous_key_needed: false,
    })
    const [row] = await rowsOf(world.ledger, 'lease')
    expect(sealing.keyOf(String(row?.handle))).toBe('current')
  })
})
