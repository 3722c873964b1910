/** Events to a SIEM: nothing lost, nothing out of order, no exchange that waits, whatever the receiver does. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exchange, rowsOf } from '../harness.ts'
import { append, draw, later, makeReceiver, numbersOf, type Receiver, ring, statusOf } from './receiver.ts'

let receiver: Receiver

beforeEach(async () => {
  receiver = await makeReceiver()
})

afterEach(() => vi.useRealTimers())

const upTo = (last: number, first = 1): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const failing =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    new Response('no', { status, headers })
const ledgerStub = () => env.LEDGER.getByName(receiver.world.ledger)
const alarmOf = () => runInDurableObject(ledgerStub(), (_, state) => state.storage.getAlarm())

describe('events', () => {
  it('are posted in order, signed by the broker for this receiver and this body', async () => {
    await draw(receiver.world, 3)
    await ring(receiver.world)
    await draw(receiver.world, 2)
    await ring(receiver.world)
    expect(receiver.taken.map(({ numbers }) => numbers)).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
    expect(receiver.taken[0]?.events[0]).toMatchObject({ class_uid: 3003, status_id: 1, user: { name: 'docs' } })
    expect(await statusOf(receiver.world, 'https')).toMatchObject({ shipped: 5, head: 5, tries: 0 })
  })

  it('are shipped within the delay by an alarm that is set once, not at every exchange', async () => {
    const ledger = env.LEDGER.getByName(receiver.world.ledger)
    const before = Date.now()
    await append(receiver.world, 1)
    const first = await alarmOf()
    expect(first).toBeGreaterThanOrEqual(before + 3_600_000)
    expect(first).toBeLessThan(before + 3_700_000)
    const set = await runInDurableObject(ledger, (_, state) => vi.spyOn(state.storage, 'setAlarm'))
    await append(receiver.world, 20)
    expect([set.mock.calls.length, await alarmOf()]).toEqual([0, first])
  })

  it('come again when the answer was lost, and none is skipped', async () => {
    await draw(receiver.world, 3)
    receiver.mood = () => Promise.reject(new TypeError('connection reset'))
    await ring(receiver.world)
    receiver.mood = () => undefined
    await draw(receiver.world, 1)
    later(6)
    await ring(receiver.world)
    expect(numbersOf(receiver.posted)).toEqual([1, 2, 3, 1, 2, 3, 4])
    expect(numbersOf(receiver.taken)).toEqual([1, 2, 3, 4])
  })

  it('come again when the object died after the receiver had them and before the cursor moved', async () => {
    await draw(receiver.world, 2)
    await ring(receiver.world)
    const before = await rowsOf(receiver.world.ledger, 'meta')
    await draw(receiver.world, 2)
    await ring(receiver.world)
    await runInDurableObject(env.LEDGER.getByName(receiver.world.ledger), (_, { storage }) => {
      for (const { key, value } of before) storage.sql.exec('UPDATE meta SET value = ? WHERE key = ?', value ?? '', key ?? '')
    })
    await evictDurableObject(env.LEDGER.getByName(receiver.world.ledger))
    await draw(receiver.world, 1)
    await ring(receiver.world)
    expect(numbersOf(receiver.taken)).toEqual([1, 2, 3, 4, 3, 4, 5])
  })

  it('go on where they were after the object lost its memory', async () => {
    await draw(receiver.world, 2)
    await ring(receiver.world)
    await evictDurableObject(env.LEDGER.getByName(receiver.world.ledger))
    await draw(receiver.world, 1)
    await ring(receiver.world)
    expect(numbersOf(receiver.taken)).toEqual([1, 2, 3])
  })
})

describe('a receiver that', () => {
  it.each<[string, () => Response | Promise<Response>, string]>([
    ['answers 500', failing(500), 'server error, status 500'],
    ['answers 401', failing(401), 'status 401'],
    ['redirects', failing(307, { location: 'https://elsewhere.example/' }), 'redirect, status 307'],
    ['cannot be reached', () => Promise.reject(new TypeError('planted-secret')), 'network error'],
  ])('%s keeps nothing from anybody: exchanges go on, the lag is seen, the next try waits', async (_name, mood, error) => {
    receiver.mood = mood
    await draw(receiver.world, 1)
    await ring(receiver.world)
    expect((await exchange(receiver.world)).status).toBe(200)
    const status = await statusOf(receiver.world, 'https')
    expect(status).toMatchObject({ shipped: 0, head: 2, tries: 1, error })
    expect((status?.nextTryMs ?? 0) - Date.now()).toBeGreaterThan(3_000)
    await ring(receiver.world)
    expect(receiver.posted.length).toBe(1)
    expect(receiver.world.outside.calls.filter((call) => call.includes('elsewhere'))).toEqual([])
  })

  it('asks to wait is asked again no sooner, and after ten minutes at the latest', async () => {
    receiver.mood = failing(429, { 'retry-after': '120' })
    await draw(receiver.world, 1)
    await ring(receiver.world)
    expect(((await statusOf(receiver.world, 'https'))?.nextTryMs ?? 0) - Date.now()).toBeGreaterThan(115_000)
    receiver.mood = failing(503, { 'retry-after': '86400' })
    for (let hour = 0; hour < 9; hour++) {
      later(3600)
      await ring(receiver.world)
    }
    const status = await statusOf(receiver.world, 'https')
    expect(status).toMatchObject({ shipped: 0, tries: 10 })
    expect((status?.nextTryMs ?? 0) - Date.now()).toBeLessThanOrEqual(600_000)
  })

  it('was down for long gets everything in bounded batches, a bounded number an alarm', async () => {
    receiver.mood = failing(500)
    // the local queue takes seconds for so many, and the alarm with it
    await runInDurableObject(ledgerStub(), (instance) => vi.spyOn(Reflect.get(instance, 'env').EVENTS, 'sendBatch').mockResolvedValue({}))
    await append(receiver.world, 1_250)
    await ring(receiver.world)
    receiver.mood = () => undefined
    later(700)
    // the ledger's own alarm may be under way: it rang when the batch was full
    await vi.waitUntil(async () => (await ring(receiver.world)) && receiver.taken.length > 0, { timeout: 20_000, interval: 200 })
    expect(receiver.taken.map(({ numbers }) => numbers.length)).toEqual([500, 500, 250])
    expect(numbersOf(receiver.taken)).toEqual(upTo(1_250))
  })

  it('refuses one entry gets every entry before it, none after it, and the entry is named', async () => {
    receiver.mood = ({ numbers }) => (numbers.includes(37) ? new Response('no', { status: 422 }) : undefined)
    await append(receiver.world, 60)
    await ring(receiver.world)
    expect(numbersOf(receiver.taken)).toEqual(upTo(36))
    expect(await statusOf(receiver.world, 'https')).toMatchObject({
      shipped: 36,
      error: 'status 422: entry 37 is not accepted, and nothing after it is shipped',
    })
    receiver.mood = () => undefined
    later(6)
    await ring(receiver.world)
    expect(numbersOf(receiver.taken)).toEqual(upTo(60))
  })

  it('takes no large body gets smaller ones', async () => {
    receiver.mood = ({ numbers }) => (numbers.length > 8 ? new Response('no', { status: 413 }) : undefined)
    await append(receiver.world, 40)
    await ring(receiver.world)
    later(6)
    await ring(receiver.world)
    expect(numbersOf(receiver.taken)).toEqual(upTo(40))
  })
})

describe('a ledger that was set back', () => {
  it('behind what was shipped is reported and ships nothing that would be taken for what came before', async () => {
    await append(receiver.world, 5)
    await ring(receiver.world)
    const ledger = env.LEDGER.getByName(receiver.world.ledger)
    await runInDurableObject(ledger, (_, { storage }) => void storage.sql.exec('DELETE FROM entry WHERE seq > 3'))
    await evictDurableObject(ledger)
    await append(receiver.world, 1)
    await ring(receiver.world)
    expect(await statusOf(receiver.world, 'https')).toMatchObject({ shipped: 5, head: 4, error: expect.stringContaining('set back') })
    await append(receiver.world, 3)
    later(601)
    await ring(receiver.world)
    expect(numbersOf(receiver.taken)).toEqual(upTo(5))
    expect((await statusOf(receiver.world, 'https'))?.error).toContain('does not follow')
  })
})
