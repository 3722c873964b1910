/** A broker with one live credential of a job, for tests of what GitHub says about that job afterwards. */
import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import type { JsonObject } from '../../shared/json.ts'
import { type AppUpstream, serveApp } from './app-upstream.ts'
import { entriesOf, exchange, makeWorld, rowsOf, type World } from './harness.ts'

export const ledgerOf = (world: World) => env.LEDGER.getByName(world.ledger)
export const typesOf = async (world: World): Promise<unknown[]> => (await entriesOf(world.ledger)).map(({ type }) => type)

/** Waits for the alarm that a recall has set for now: it rings by itself, and has done what it can when no recalled lease is due any more. */
export async function ring(world: World): Promise<void> {
  const isDue = ({ recall, next_try }: Record<string, SqlStorageValue>): boolean =>
    recall !== null && Number(next_try) <= Math.floor(Date.now() / 1000)
  for (let waits = 0; waits < 500 && (await rowsOf(world.ledger, 'lease')).some(isDue); waits++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export interface Drawn {
  readonly world: World
  readonly upstream: AppUpstream
  readonly credential: string
  readonly lease: string
}

export async function drawn(claims: JsonObject = {}): Promise<Drawn> {
  const world = await makeWorld()
  const upstream = serveApp(world.outside)
  const answer = await exchange(world, { grant: 'write-docs', claims })
  if (answer.status !== 200) throw new Error(`nothing was drawn: ${answer.text}`)
  return { world, upstream, credential: String(answer.body.access_token), lease: String(answer.body.lease_id) }
}

/** The ledgers there are, and everything that the world's own holds: to see that nothing was stored. */
export async function everything(world: World): Promise<string> {
  const names = await env.POLICY_STORE.getByName('policy').ledgers()
  const rows = await Promise.all(['entry', 'lease', 'meta', 'draw', 'counted'].map((table) => rowsOf(world.ledger, table)))
  return createHash('sha256')
    .update(JSON.stringify([names, rows]))
    .digest('hex')
}
