/** Alarms to somebody's pager: soon, signed, nothing but what is worth it, and never lost. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import type { JsonObject } from '../../../shared/json.ts'
import { exchange, makeWorld, ORIGIN, type World } from '../harness.ts'
import { append, draw, later, ring, statusOf } from './receiver.ts'

const NOTIFY_URL = 'https://pager.example/jobpass'
const CANARY = 'root-of-production'

const keySet = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) })

let world: World
let posted: JsonObject[]
let mood: () => Response | Promise<Response>

beforeEach(async () => {
  posted = []
  mood = () => new Response(null, { status: 204 })
  world = await makeWorld((policy) => ({ ...policy, tripwires: { canaries: [CANARY, 'other-canary'] } }))
  world.outside.answer('https://siem.example', () => new Response(null, { status: 204 }))
  const jwks = keySet.parse(await (await world.isolate.fetch('/.well-known/jwks.json')).json())
  world.outside.answer(new URL(NOTIFY_URL).origin, async (request) => {
    const text = new TextDecoder().decode(await request.arrayBuffer())
    const bearer = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
    const options = { issuer: ORIGIN, audience: NOTIFY_URL, subject: 'ledger', typ: 'at+jwt', algorithms: ['ES256'] }
    const { payload } = await jwtVerify(bearer, createLocalJWKSet(jwks), { ...options, currentDate: new Date() })
    expect(payload.batch).toMatchObject({ ledger: world.ledger, sha256: createHash('sha256').update(text).digest('hex') })
    expect(request.headers.get('content-type')).toBe('application/json')
    posted.push(JSON.parse(text))
    return mood()
  })
})

afterEach(() => vi.useRealTimers())

const alarmOf = () => runInDurableObject(env.LEDGER.getByName(world.ledger), (_, state) => state.storage.getAlarm())
const numbers = () => posted.map(({ seq }) => seq)

describe('a notification', () => {
  it('is one signed JSON object for each alarming entry, with a sentence, and without what was asked', async () => {
    await draw(world, 3)
    await exchange(world, { grant: CANARY })
    await draw(world, 2)
    await ring(world)
    await vi.waitUntil(() => posted.length > 0)
    expect(posted).toEqual([
      {
        text: `${world.owner.name}/docs asked for the canary ${CANARY}`,
        broker: ORIGIN,
        type: 'tripped',
        tripwire: 'canary',
        at: expect.any(String),
        ledger: world.ledger,
        seq: 5,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        grant: CANARY,
        issuer: 'github',
        repository: `${world.owner.name}/docs`,
        repository_id: expect.any(String),
        run_id: expect.any(String),
        decision: expect.any(String),
        policy: expect.any(String),
        freezes: [],
      },
    ])
    expect(await statusOf(world, 'notify')).toMatchObject({ shipped: 7, head: 7, tries: 0 })
  })

  it('does not wait for the delay of the sinks', async () => {
    await draw(world, 1)
    expect(((await alarmOf()) ?? 0) - Date.now()).toBeGreaterThan(500_000)
    await exchange(world, { grant: CANARY })
    // without a call of ours: the ledger's own alarm rings
    await vi.waitUntil(() => posted.length === 1, { timeout: 5_000 })
  })

  it('is posted again when the receiver fails, whatever it says, and those before it are not', async () => {
    mood = () => (posted.length === 2 ? new Response('planted-secret', { status: 400 }) : new Response(null, { status: 200 }))
    await exchange(world, { grant: CANARY })
    await exchange(world, { grant: 'other-canary' })
    await vi.waitUntil(async () => (await ring(world)) && posted.length >= 2, { timeout: 5_000 })
    await vi.waitUntil(async () => (await statusOf(world, 'notify'))?.tries === 1)
    expect(await statusOf(world, 'notify')).toMatchObject({ shipped: 2, error: 'status 400' })
    later(6)
    await ring(world)
    await vi.waitUntil(() => posted.length >= 3)
    expect(numbers()).toEqual([2, 4, 4])
    expect(await statusOf(world, 'notify')).toMatchObject({ shipped: 4, tries: 0 })
  })

  it('is not made of anything else: hundreds of other entries cost no call', async () => {
    await append(world, 700)
    await ring(world)
    expect(posted).toEqual([])
    await vi.waitUntil(async () => (await ring(world)) && (await statusOf(world, 'notify'))?.shipped === 700, { timeout: 10_000 })
  })

  it('holds up no exchange while its receiver hangs', async () => {
    mood = () => new Promise(() => undefined)
    await exchange(world, { grant: CANARY })
    expect((await exchange(world)).status).toBe(200)
  })
})
