/** One ledger that does not answer must not keep an operator from stopping the rest, nor let anybody believe that something ended which may not have. */
import { describe, expect, it } from 'vitest'
import { asRole, exchange, formOf, makeWorld, startIsolate, tokenOf, type World } from './harness.ts'

async function withSilentLedger(): Promise<{
  world: World
  credential: string
  lease: string
  silent: (name: string) => ReturnType<typeof startIsolate>
}> {
  const world = await makeWorld()
  const { body } = await exchange(world)
  const silent = (name: string) =>
    startIsolate({
      ledger: (ledger) => {
        if (ledger === name) throw new Error('the object cannot be reached')
        return world.isolate.deps.ledger(ledger)
      },
    })
  return { world, credential: String(body.access_token), lease: String(body.lease_id), silent }
}

describe('a ledger that cannot be reached', () => {
  it('is named, while the leases of all others end', async () => {
    const { world, lease, silent } = await withSilentLedger()
    const other = await makeWorld()
    await exchange(other)
    const body = JSON.stringify({ grant: 'call-api', reason: 'drill' })
    const answer = await asRole(other, 'operator', '/leases/revoke', { method: 'POST', body }, silent(other.ledger))
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ unreachable: [other.ledger], failed: [] })
    expect(answer.body.ended).toContain(lease)
    expect(await world.isolate.deps.ledger(world.ledger).leases({ lease }, 1)).toEqual([])
  })

  it('makes a revocation by credential say 503 rather than nothing to do', async () => {
    const { world, credential, lease, silent } = await withSilentLedger()
    const form = new URLSearchParams({ token: credential })
    const answer = await silent(world.ledger).fetch('/revoke', { method: 'POST', body: form })
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true])
    expect(await world.isolate.deps.ledger(world.ledger).leases({ lease }, 1)).toHaveLength(1)
  })

  it('makes the exchange itself say 503, and the token can be used afterwards', async () => {
    const { world, silent } = await withSilentLedger()
    const token = await tokenOf(world)
    const first = await silent(world.ledger).fetch('/token', { method: 'POST', body: formOf(token, 'call-api') })
    expect([first.status, (await first.json<{ code: string }>()).code]).toEqual([503, 'ledger_unavailable'])
    expect((await world.isolate.fetch('/token', { method: 'POST', body: formOf(token, 'call-api') })).status).toBe(200)
  })
})
