/** Recalls and failed endings as the ledger keeps them: across versions, across a mint that comes back late, and under callers that do not stop asking. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { retryWait } from '../../../worker/state/lease-endings.ts'
import type { LedgerPort } from '../../../worker/state/ledger-port.ts'
import { serveApp } from '../app-upstream.ts'
import { deliver, jobCompleted, repositoryEvent } from '../github-deliveries.ts'
import { answerOf, asRole, entriesOf, exchange, makeWorld, rowsOf, startIsolate } from '../harness.ts'
import { drawn, ledgerOf, ring, typesOf } from '../webhook-stage.ts'

afterEach(() => vi.useRealTimers())

/** The table as the first version of the broker made it. */
const FIRST_LEASE_TABLE = `CREATE TABLE lease (
  id TEXT PRIMARY KEY, state TEXT NOT NULL, grant_name TEXT NOT NULL, workload TEXT NOT NULL, connection TEXT NOT NULL, kind TEXT NOT NULL,
  run_id TEXT NOT NULL, job TEXT NOT NULL, opened_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  credential TEXT, handle TEXT, tries INTEGER NOT NULL DEFAULT 0, next_try INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID`

const FIRST_COLUMNS =
  'id, state, grant_name, workload, connection, kind, run_id, job, opened_at, expires_at, credential, handle, tries, next_try'

describe('a ledger of an earlier version', () => {
  it('gets the new columns and keeps its leases, which end with their job; their repository is not known', async () => {
    const { world, upstream } = await drawn()
    await runInDurableObject(ledgerOf(world), (_ledger, { storage: { sql } }) => {
      sql.exec('ALTER TABLE lease RENAME TO newer')
      sql.exec('DROP INDEX lease_recalled')
      sql.exec(FIRST_LEASE_TABLE)
      sql.exec(`INSERT INTO lease (${FIRST_COLUMNS}) SELECT ${FIRST_COLUMNS} FROM newer`)
      sql.exec('DROP TABLE newer')
    })
    await evictDurableObject(ledgerOf(world))
    expect((await deliver(world, 'repository', repositoryEvent(world, 'archived'))).body.leases).toBe(0)
    expect((await exchange(world, { grant: 'write-docs' })).status).toBe(200)
    expect((await deliver(world, 'workflow_job', jobCompleted(world))).body.leases).toBe(2)
    await ring(world)
    expect([upstream.live.size, await rowsOf(world.ledger, 'lease')]).toEqual([0, []])
  })
})

describe('a lease that goes live between looking and ending', () => {
  it('is not taken for one that holds nothing: what its mint made is ended', async () => {
    const { world, upstream } = await drawn()
    let stale = 1
    const isolate = startIsolate({
      ledger: (name) =>
        new Proxy(env.LEDGER.getByName(name), {
          get: (target, member) => {
            if (member !== 'leases') return Reflect.get(target, member)
            return async (...asked: Parameters<LedgerPort['leases']>) => {
              const port: LedgerPort = target
              const found = await port.leases(...asked)
              if (found.length === 0 || stale-- <= 0) return found
              return found.map((lease) => ({ ...lease, state: 'minting', handle: null }))
            }
          },
        }),
    })
    const init = { method: 'POST', body: JSON.stringify({ grant: 'write-docs' }) }
    expect((await asRole(world, 'operator', '/leases/revoke', init, isolate)).body.failed).toEqual([])
    expect(upstream.live.size).toBe(0)
    expect((await entriesOf(world.ledger)).at(-1)).toMatchObject({ type: 'revoked', credential_end: 'revoked' })
  })
})

describe('an ending that its caller asked for and the upstream did not do', () => {
  it('is done by the alarm, as the caller wished it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { world, upstream, credential, lease } = await drawn()
    upstream.end = () => new Response('', { status: 502 })
    const give = async (): Promise<number> =>
      (await answerOf(await world.isolate.fetch('/revoke', { method: 'POST', body: new URLSearchParams({ token: credential }) }))).status
    // a caller that does not stop asking neither shortens the pauses nor makes them longer
    for (let time = 0; time < 5; time++) expect(await give()).toBe(503)
    const [row] = await rowsOf(world.ledger, 'lease')
    expect(row).toMatchObject({ recall: 'returned', tries: 1, next_try: Math.floor(Date.now() / 1000) + 5 })
    upstream.end = undefined
    vi.setSystemTime(Date.now() + 5_000)
    await runDurableObjectAlarm(ledgerOf(world))
    expect(upstream.live.size).toBe(0)
    expect(await typesOf(world)).toEqual(['opened', 'issued', 'end_failed', 'returned'])
    expect((await entriesOf(world.ledger)).at(2)).toMatchObject({ lease, code: 'upstream_unavailable', next_try: expect.any(Number) })
  })

  it('of an operator is not forgotten either', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    await exchange(world, { grant: 'write-docs' })
    upstream.end = () => new Response('', { status: 502 })
    const answer = await asRole(world, 'operator', '/leases/revoke', { method: 'POST', body: '{"grant":"write-docs"}' })
    expect(answer.body.failed).toHaveLength(1)
    upstream.end = undefined
    vi.setSystemTime(Date.now() + 5_000)
    await runDurableObjectAlarm(ledgerOf(world))
    expect([upstream.live.size, await typesOf(world)]).toEqual([0, ['opened', 'issued', 'end_failed', 'revoked']])
  })
})

describe('a mint that failed, told again because the first answer got lost', () => {
  const about = { grant: 'write-docs', workload: 'docs', connection: 'app', kind: 'github-app', decision: 'd', run_id: '1' }

  it('is one entry, which does not say that the lease was over', async () => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    upstream.mint = () => new Response('', { status: 502 })
    let asked = 0
    const ledger = (name: string): LedgerPort => {
      const port: LedgerPort = env.LEDGER.getByName(name)
      const lost = async (...told: Parameters<LedgerPort['fail']>): Promise<void> => {
        await port.fail(...told)
        asked += 1
        if (asked === 1) throw Object.assign(new Error('the way was cut'), { retryable: true })
      }
      return new Proxy(port, { get: (target, member) => (member === 'fail' ? lost : Reflect.get(target, member)) })
    }
    expect((await exchange(world, { grant: 'write-docs', isolate: startIsolate({ ledger }) })).status).toBe(503)
    expect([asked, await typesOf(world)]).toEqual([2, ['opened', 'failed']])
    expect((await entriesOf(world.ledger)).at(-1)).not.toHaveProperty('lease_was_over')
  })

  it('opens no lease again that was kept and has been ended since', async () => {
    const { world, upstream, lease, credential } = await drawn()
    const [row] = await rowsOf(world.ledger, 'lease')
    const port: LedgerPort = env.LEDGER.getByName(world.ledger)
    const end = Number(row?.expires_at)
    const kept = { id: lease, state: 'live', expiresAt: end, runId: '1', job: '1', credential: 'x', handle: String(row?.handle) } as const
    const subject = { issuer: 'github', grant: 'write-docs', workload: 'docs', connection: 'app', kind: 'github-app' }
    const facts = { ...about, code: 'ledger_unavailable', credential_end: 'still_to_end', lives_until: end }
    await port.keep({ lease: kept, subject, facts })
    await port.end({ lease, how: 'revoked', facts: { credential_end: 'revoked' } })
    await port.keep({ lease: kept, subject, facts })
    expect([await rowsOf(world.ledger, 'lease'), await typesOf(world)]).toEqual([[], ['opened', 'issued', 'failed', 'revoked']])
    expect(upstream.live).toContain(credential)
  })
})

describe('the pause before the next try', () => {
  it.each<[number, Parameters<typeof retryWait>[1], number]>([
    [0, { code: 'upstream_unavailable' }, 5],
    [3, { code: 'upstream_unavailable' }, 40],
    [7, { code: 'upstream_unavailable' }, 600],
    [10_000, { code: 'upstream_unavailable' }, 600],
    [0, { code: 'upstream_unavailable', retryAfter: 60 }, 60],
    [0, { code: 'upstream_unavailable', retryAfter: 86_400 }, 600],
    [0, { code: 'upstream_refused' }, 600],
  ])('after %i failures and %o is %i seconds', (tries, failure, seconds) => {
    expect(retryWait(tries, failure)).toBe(seconds)
  })
})
