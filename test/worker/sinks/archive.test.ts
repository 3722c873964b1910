/** Segments in a bucket: together they are the export, and none is ever written over another. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readCheckpoint } from '../../../shared/checkpoint.ts'
import type { LedgerPort } from '../../../worker/state/ledger-port.ts'
import { makeWorld, type World } from '../harness.ts'
import { append, later, ring, statusOf } from './receiver.ts'

const bucket: R2Bucket = Reflect.get(env, 'ARCHIVE')
/** More than ARCHIVE_AFTER of the test's configuration. */
const OLD = 7_201

let world: World

beforeEach(async () => {
  world = await makeWorld()
  world.outside.answer('https://siem.example', () => new Response(null, { status: 204 }))
})

afterEach(() => vi.useRealTimers())

async function segments(): Promise<{ keys: string[]; text: string }> {
  const { objects } = await bucket.list({ prefix: `ledger/${encodeURIComponent(world.ledger)}/` })
  const texts = await Promise.all(objects.map(async ({ key }) => new TextDecoder().decode(await (await bucket.get(key))?.arrayBuffer())))
  return { keys: objects.map(({ key }) => key.split('/').at(-1) ?? ''), text: texts.join('') }
}

async function exported(limit = 10_000): Promise<string> {
  const ledger: LedgerPort = env.LEDGER.getByName(world.ledger)
  return (await ledger.entries(0, limit)).map((line) => `${line}\n`).join('')
}

describe('the archive', () => {
  it('has the very lines of the export, once the first of them is old enough', async () => {
    await append(world, 3)
    await ring(world)
    expect((await segments()).keys).toEqual([])
    later(OLD)
    await ring(world)
    await append(world, 2)
    later(OLD)
    await ring(world)
    const { keys, text } = await segments()
    expect(keys).toEqual(['000000000001-000000000003.ndjson', '000000000004-000000000005.ndjson'])
    expect(text).toBe(await exported())
  })

  it('has a segment at once when a thousand entries wait, and says of each what is in it', async () => {
    await append(world, 1_005)
    await vi.waitUntil(async () => (await segments()).keys.length > 0, { timeout: 10_000 })
    const { keys, text } = await segments()
    expect(keys).toEqual(['000000000001-000000001000.ndjson'])
    expect(text).toBe(await exported(1_000))
    const found = await bucket.head(`ledger/${encodeURIComponent(world.ledger)}/${keys[0]}`)
    const sha256 = createHash('sha256').update(text).digest('hex')
    expect(found?.customMetadata).toEqual({ ledger: world.ledger, first: '1', last: '1000', sha256 })
  })

  it('takes a segment that is there already for done, when it is the same: the answer was lost, and entries came since', async () => {
    await append(world, 3)
    later(OLD)
    await runInDurableObject(env.LEDGER.getByName(world.ledger), async (instance) => {
      const { ARCHIVE }: { ARCHIVE: R2Bucket } = Reflect.get(instance, 'env')
      vi.spyOn(ARCHIVE, 'put').mockImplementationOnce(async (key, value) => {
        await bucket.put(key, value)
        throw new Error('the network went away')
      })
      vi.spyOn(ARCHIVE, 'get').mockRejectedValueOnce(new Error('still away'))
    })
    await ring(world)
    expect(await statusOf(world, 'archive')).toMatchObject({ shipped: 0, tries: 1, error: 'the bucket could not be reached' })
    await append(world, 2)
    await evictDurableObject(env.LEDGER.getByName(world.ledger))
    later(6)
    await ring(world)
    later(OLD)
    await ring(world)
    const { keys, text } = await segments()
    expect(keys).toEqual(['000000000001-000000000003.ndjson', '000000000004-000000000005.ndjson'])
    expect(text).toBe(await exported())
  })

  it('never writes over other content: it stops there, says so, and ships the same once that is out of the way', async () => {
    await append(world, 2)
    const key = `ledger/${encodeURIComponent(world.ledger)}/000000000001-000000000002.ndjson`
    await bucket.put(key, 'somebody was here')
    later(OLD)
    await ring(world)
    await append(world, 1)
    expect(await (await bucket.get(key))?.text()).toBe('somebody was here')
    const status = await statusOf(world, 'archive')
    expect(status).toMatchObject({ shipped: 0, head: 3, error: expect.stringContaining('another content') })
    await bucket.delete(key)
    later(601)
    await ring(world)
    expect((await segments()).text).toBe(await exported(2))
  })

  it('has once an hour a signed checkpoint with the keys, as an export ends with them', async () => {
    await append(world, 2)
    // an hour that no other test of this file has closed a segment in
    later(40 * 3_600)
    await ring(world)
    const { objects } = await bucket.list({ prefix: 'checkpoint/' })
    const newest = objects.at(-1)?.key ?? ''
    expect(newest).toMatch(/^checkpoint\/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}\.ndjson$/)
    const lines = new TextDecoder().decode(await (await bucket.get(newest))?.arrayBuffer()).split('\n')
    const note = readCheckpoint(JSON.parse(lines[0] ?? '').note, (text) => createHash('sha256').update(text).digest('base64'))
    expect(note.ok && note.value.checkpoint.ledgers.find(({ ledger }) => ledger === world.ledger)?.seq).toBe(2)
    expect(JSON.parse(lines[1] ?? '').keys.length).toBeGreaterThan(1)
  })

  it('does not wait for a checkpoint that hangs: the segment is shipped, and the alarm goes on to what is due next', async () => {
    await append(world, 2)
    later(80 * 3_600)
    await runInDurableObject(env.LEDGER.getByName(world.ledger), async (instance) => {
      const { ARCHIVE }: { ARCHIVE: R2Bucket } = Reflect.get(instance, 'env')
      vi.spyOn(ARCHIVE, 'head').mockImplementationOnce(() => new Promise(() => undefined))
    })
    await ring(world)
    expect(await statusOf(world, 'archive')).toMatchObject({ shipped: 2, tries: 0 })
  }, 20_000)
})
