/** `GET /ledger/sinks`: what an auditor is told of how far behind the sinks are. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { asRole, exchange } from '../harness.ts'
import { append, later, makeReceiver, type Receiver, ring, statusOf } from './receiver.ts'

let receiver: Receiver

beforeEach(async () => {
  receiver = await makeReceiver()
})

afterEach(() => vi.useRealTimers())

describe('GET /ledger/sinks', () => {
  it('tells of every sink how many entries it lacks, for how long, of which ledger, and why', async () => {
    receiver.mood = () => new Response('planted-secret', { status: 500 })
    await append(receiver.world, 4)
    await ring(receiver.world)
    later(90)
    const answer = await asRole(receiver.world, 'auditor', '/ledger/sinks')
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain('planted-secret')
    expect(answer.body.unreachable).toEqual([])
    const { sinks } = answer.body
    if (!Array.isArray(sinks)) throw new Error('no list')
    expect(sinks.map(({ sink }) => sink).sort()).toEqual(['archive', 'https', 'notify', 'queue'])
    const https = sinks.find(({ sink }) => sink === 'https')
    expect(https).toMatchObject({ failing: 1, lag_seconds: expect.any(Number) })
    expect(https.lag_entries).toBeGreaterThanOrEqual(4)
    const own = https.behind.find(({ ledger }: { ledger: string }) => ledger === receiver.world.ledger)
    expect(own).toMatchObject({ shipped: 0, head: 4, lag_entries: 4, tries: 1, error: 'server error, status 500' })
    expect(own.lag_seconds).toBeGreaterThanOrEqual(90)
    expect(own.next_try).toMatch(/Z$/)
    const { text } = await asRole(receiver.world, 'auditor', '/metrics')
    expect(text).toMatch(/^jobpass_sink_failing_ledgers\{sink="https"\} 1$/m)
    expect(text).toMatch(/^jobpass_sink_lag_entries\{sink="(archive|https|queue)"\} [1-9]\d*$/m)
    expect(text).toMatch(/^jobpass_sink_lag_seconds\{sink="https"\} [1-9]\d+$/m)
  })

  it('wakes a ledger whose entries are older than its sinks, which nothing else would', async () => {
    const { world } = receiver
    const ledger = env.LEDGER.getByName(world.ledger)
    await append(world, 2)
    await runInDurableObject(ledger, (_, { storage }) => storage.deleteAlarm())
    await evictDurableObject(ledger)
    expect(await ring(world)).toBe(false)
    await asRole(world, 'auditor', '/ledger/sinks')
    expect(await ring(world)).toBe(true)
    expect(receiver.taken.map(({ numbers }) => numbers)).toEqual([[1, 2]])
  })

  it('shows a cursor that cannot be read, which harms no exchange and ships nothing twice', async () => {
    const { world } = receiver
    const ledger = env.LEDGER.getByName(world.ledger)
    await append(world, 2)
    await runInDurableObject(ledger, (_, { storage }) => void storage.sql.exec("INSERT INTO meta VALUES ('sink:https', '{')"))
    await evictDurableObject(ledger)
    expect((await exchange(world)).status).toBe(200)
    await ring(world)
    expect(receiver.posted).toEqual([])
    expect(await statusOf(world, 'https')).toMatchObject({ error: 'how far the sink has got cannot be read' })
  })

  it.each(['publisher', 'operator', 'stranger'] as const)('is not for a %s', async (role) => {
    expect((await asRole(receiver.world, role, '/ledger/sinks')).status).toBe(403)
  })

  it('does not touch health: a sink that is down stops no exchange', async () => {
    receiver.mood = () => new Response(null, { status: 500 })
    await append(receiver.world, 1)
    await ring(receiver.world)
    const healthz = await receiver.world.isolate.fetch('/healthz')
    expect(await healthz.text()).not.toContain('sink')
    expect((await exchange(receiver.world)).status).toBe(200)
  })
})
