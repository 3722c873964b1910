/** Somebody's SIEM: takes batches only as the documents tell a receiver to, and remembers the order in which entries came. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { vi } from 'vitest'
import * as z from 'zod'
import type { JsonObject } from '../../../shared/json.ts'
import type { LedgerPort } from '../../../worker/state/ledger-port.ts'
import { Ledger } from '../../../worker/sweep.ts'
import { exchange, makeWorld, ORIGIN, type World } from '../harness.ts'

const SINK_URL = 'https://siem.example/jobpass'

const event = z.looseObject({ metadata: z.looseObject({ log_name: z.string(), sequence: z.number() }) })
const claims = z.looseObject({ batch: z.object({ ledger: z.string(), first: z.number(), last: z.number(), sha256: z.string() }) })
const keySet = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) })

/** What the receiver answers instead of taking the batch; `undefined` takes it. */
export type Mood = (batch: Received) => Response | Promise<Response> | undefined

export interface Received {
  readonly numbers: readonly number[]
  readonly events: readonly JsonObject[]
}

export interface Receiver {
  readonly world: World
  mood: Mood
  /** Batches that were taken, in order, those of the world's own ledger alone. */
  readonly taken: Received[]
  /** Every batch, taken or not. */
  readonly posted: Received[]
}

/** A world whose SIEM checks every batch's signature, audience, subject and body. */
export async function makeReceiver(): Promise<Receiver> {
  const world = await makeWorld()
  const receiver: Receiver = { world, mood: () => undefined, taken: [], posted: [] }
  const jwks = keySet.parse(await (await world.isolate.fetch('/.well-known/jwks.json')).json())
  world.outside.answer(new URL(SINK_URL).origin, async (request) => {
    const text = new TextDecoder().decode(await request.arrayBuffer())
    const bearer = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
    const options = { issuer: ORIGIN, audience: SINK_URL, subject: 'ledger', typ: 'at+jwt', algorithms: ['ES256'] }
    const { payload } = await jwtVerify(bearer, createLocalJWKSet(jwks), { ...options, currentDate: new Date() })
    const { batch } = claims.parse(payload)
    const lines = text.split('\n').filter((line) => line !== '')
    const received = {
      numbers: lines.map((line) => event.parse(JSON.parse(line)).metadata.sequence),
      events: lines.map((line) => JSON.parse(line)),
    }
    if (batch.sha256 !== createHash('sha256').update(text).digest('hex')) throw new Error('not the body that was signed')
    if (batch.first !== received.numbers[0] || batch.last !== received.numbers.at(-1)) throw new Error('not the numbers that were signed')
    if (batch.ledger !== world.ledger) return new Response(null, { status: 204 })
    receiver.posted.push(received)
    const answer = await receiver.mood(received)
    if (answer === undefined || answer.ok) receiver.taken.push(received)
    return answer ?? new Response(null, { status: 204 })
  })
  return receiver
}

export const numbersOf = (batches: readonly Received[]): number[] => batches.flatMap(({ numbers }) => numbers)

export async function draw(world: World, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    const answer = await exchange(world)
    if (answer.status !== 200) throw new Error(answer.text)
  }
}

export function ledgerOf(world: World): LedgerPort {
  return env.LEDGER.getByName(world.ledger)
}

/** Appends inside the object, which is a hundred times quicker than an exchange. */
export async function append(world: World, times: number): Promise<void> {
  await runInDurableObject(env.LEDGER.getByName(world.ledger), async (instance) => {
    if (!(instance instanceof Ledger)) throw new Error('not a ledger')
    for (let n = 0; n < times; n++)
      await instance.append(world.ledger, { type: 'froze', target: 'grant', name: `g${n}`, by: 'acme/ops@main' })
  })
}

export function ring(world: World): Promise<boolean> {
  return runDurableObjectAlarm(env.LEDGER.getByName(world.ledger))
}

/** Moves the clock of worker and objects; a test that does must give it back. */
export function later(seconds: number): void {
  vi.useFakeTimers({ now: Date.now() + seconds * 1000, toFake: ['Date'] })
}

export async function statusOf(world: World, sink: string) {
  return (await ledgerOf(world).sinks()).find((one) => one.sink === sink)
}
