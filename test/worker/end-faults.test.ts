/** A fault of the broker's own in ending one credential: every other one is ended all the same, by the alarm and by an operator, and that one is tried again. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { makeSealing } from '../../worker/keys/sealing.ts'
import { serveApp } from './app-upstream.ts'
import { asRole, entriesOf, exchange, makeWorld, rowsOf, startIsolate } from './harness.ts'
import { ledgerOf, ring } from './webhook-stage.ts'

/** More than are ended side by side. */
const FAULTY = 12

/** So many leases whose handle opens and then makes no sense, and a last one that is well. */
async function faulty() {
  const world = await makeWorld()
  const upstream = serveApp(world.outside)
  const ids: string[] = []
  for (let n = 0; n <= FAULTY; n++) ids.push(String((await exchange(world, { grant: 'write-docs' })).body.lease_id))
  const sealing = makeSealing(new Secret(String(Reflect.get(env, 'SEALING_KEY'))), undefined)
  const [well, ...ill] = ids.sort().toReversed()
  const handles = await Promise.all(ill.map(async (id) => [await sealing.seal(`lease/${id}`, new TextEncoder().encode('not JSON')), id]))
  await runInDurableObject(ledgerOf(world), (_, { storage: { sql } }) => {
    for (const values of handles) sql.exec('UPDATE lease SET handle = ? WHERE id = ?', ...values)
  })
  return { world, upstream, well, ill }
}

describe('a fault in ending one credential', () => {
  it('stops no sweep: the others are ended, and it is tried again later', async () => {
    const { world, upstream, well } = await faulty()
    await runInDurableObject(ledgerOf(world), async (_, { storage }) => {
      storage.sql.exec("UPDATE lease SET recall = 'revoked'")
      await storage.setAlarm(Date.now())
    })
    await ring(world)
    const leases = await rowsOf(world.ledger, 'lease')
    expect(leases).toHaveLength(FAULTY)
    expect(leases.map(({ tries }) => tries)).toEqual(Array.from({ length: FAULTY }, () => 1))
    expect(upstream.live.size).toBe(FAULTY)
    const entries = await entriesOf(world.ledger)
    expect(entries.filter(({ type }) => type === 'revoked').map(({ lease }) => lease)).toEqual([well])
    const failed = entries.filter(({ type }) => type === 'end_failed')
    expect(new Set(failed.map(({ detail }) => detail))).toEqual(new Set(['a fault of the broker: SyntaxError']))
  })

  it('stops no operator who ends them all, and is told for what it is', async () => {
    const { world, upstream, well, ill } = await faulty()
    const answer = await asRole(
      world,
      'operator',
      '/leases/revoke',
      { method: 'POST', body: JSON.stringify({ grant: 'write-docs' }) },
      startIsolate(),
    )
    expect(answer.status).toBe(200)
    expect([answer.body.ended, upstream.live.size]).toEqual([[well], FAULTY])
    expect(answer.body.failed).toEqual(expect.arrayContaining(ill))
  })
})
