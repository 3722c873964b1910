/** Events to a queue, as a consumer at its other end gets them. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { policyDigestSchema } from '../../../worker/state/activation.ts'
import { activeDigest, makeWorld, type World } from '../harness.ts'
import { append, draw, later, ledgerOf, ring, statusOf } from './receiver.ts'

const received: R2Bucket = Reflect.get(env, 'RECEIVED')
const event = z.looseObject({
  metadata: z.looseObject({ log_name: z.string(), sequence: z.number(), is_truncated: z.boolean().optional() }),
  unmapped: z.object({ entry: z.looseObject({ hash: z.string() }) }),
})

let world: World

beforeEach(async () => {
  world = await makeWorld()
  world.outside.answer('https://siem.example', () => new Response(null, { status: 204 }))
})

afterEach(() => vi.useRealTimers())

async function events(count: number): Promise<z.infer<typeof event>[]> {
  const all = async () => {
    const { objects } = await received.list()
    const bodies = await Promise.all(
      objects.map(async ({ key }) => event.parse(JSON.parse((await (await received.get(key))?.text()) ?? ''))),
    )
    return bodies.filter(({ metadata }) => metadata.log_name === world.ledger).sort((a, b) => a.metadata.sequence - b.metadata.sequence)
  }
  return vi.waitUntil(async () => ((await all()).length >= count ? all() : undefined), { timeout: 15_000, interval: 200 })
}

describe('a queue', () => {
  it('gets every entry, a hundred at a time', async () => {
    await draw(world, 2)
    await append(world, 230)
    await ring(world)
    expect((await events(232)).map(({ metadata }) => metadata.sequence)).toEqual(Array.from({ length: 232 }, (_, index) => index + 1))
    expect(await statusOf(world, 'queue')).toMatchObject({ shipped: 232, tries: 0 })
  })

  it('gets of an entry too large for a message what fits, with its place and hash', async () => {
    await ledgerOf(world).refuse({
      ledger: world.ledger,
      policy: policyDigestSchema.parse(await activeDigest()),
      subject: { issuer: 'github', grant: 'x' },
      counted: 'x',
      code: 'grant_refused',
      decision: 'x',
      runId: '42',
      ask: JSON.stringify({ reasons: ['ü'.repeat(70_000)] }),
    })
    await append(world, 3)
    await ring(world)
    const [large, ...others] = await events(4)
    expect([large?.metadata.is_truncated, large?.unmapped.entry.ask, large?.unmapped.entry.hash.length]).toEqual([true, undefined, 64])
    expect(others.map(({ metadata }) => metadata.is_truncated)).toEqual([undefined, undefined, undefined])
  })

  it('that is full keeps nothing from anybody and gets everything afterwards', async () => {
    await draw(world, 2)
    const send = await runInDurableObject(env.LEDGER.getByName(world.ledger), (instance) =>
      vi.spyOn(Reflect.get(instance, 'env').EVENTS, 'sendBatch').mockRejectedValue(new Error('Queue is overloaded')),
    )
    await ring(world)
    await draw(world, 1)
    expect(await statusOf(world, 'queue')).toMatchObject({ shipped: 0, head: 3, tries: 1, error: 'the queue could not be reached' })
    expect(await statusOf(world, 'https')).toMatchObject({ shipped: 2, tries: 0 })
    send.mockRestore()
    later(6)
    await ring(world)
    expect((await events(3)).length).toBe(3)
  })
})
