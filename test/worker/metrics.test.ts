/** `GET /metrics`: numbers that are those of the ledgers, whatever restarts, is lost or does not answer; and no word in them that a caller made up. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { expositionText } from '../../worker/exposition.ts'
import { METRIC_NAMES } from '../../worker/metrics.ts'
import type { LedgerPort } from '../../worker/state/ledger-port.ts'
import { MAX_COUNTED_AT_ONCE } from '../../worker/state/tally.ts'
import { serveApp } from './app-upstream.ts'
import { type ReadMetric, readExposition } from './exposition-reader.ts'
import { type Answer, asRole, entriesOf, exchange, type Isolate, makeWorld, rowsOf, startIsolate, type World } from './harness.ts'

afterEach(() => vi.useRealTimers())

async function scrape(world: World, isolate?: Isolate): Promise<{ answer: Answer; metrics: ReadonlyMap<string, ReadMetric> }> {
  const answer = await asRole(world, 'auditor', '/metrics', {}, isolate)
  if (answer.status !== 200) throw new Error(answer.text)
  return { answer, metrics: readExposition(answer.text) }
}

/** The samples of one metric that are about the world's own ledger, by their other labels. */
async function ownSamples(world: World, name: string, isolate?: Isolate): Promise<Record<string, number>> {
  const { metrics } = await scrape(world, isolate)
  const own = `ledger="${world.ledger}"`
  return Object.fromEntries(
    [...(metrics.get(name)?.samples ?? [])]
      .filter(([labels]) => labels.includes(own))
      .map(([labels, value]) => [labels.replace(own, '').replace(/,,|(?<=\{),|,(?=\})/g, (found) => (found === ',,' ? ',' : '')), value]),
  )
}

async function typesIn(ledger: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { type } of await entriesOf(ledger)) counts[`{type="${String(type)}"}`] = (counts[`{type="${String(type)}"}`] ?? 0) + 1
  return counts
}

describe('the text', () => {
  it('escapes what the format says, and ends every line', () => {
    const text = expositionText([
      { name: 'a_total', type: 'counter', help: 'back\\slash\nline', samples: [{ labels: { x: 'q"\\\n', y: '' }, value: 3 }] },
      { name: 'b', type: 'gauge', help: 'none', samples: [] },
    ])
    expect(text).toBe(
      '# HELP a_total back\\\\slash\\nline\n# TYPE a_total counter\na_total{x="q\\"\\\\\\n",y=""} 3\n# HELP b none\n# TYPE b gauge\n',
    )
    expect(readExposition(text).get('a_total')?.samples).toEqual(new Map([['{x="q\\"\\\\\\n",y=""}', 3]]))
  })
})

describe('GET /metrics', () => {
  it('is for auditors, in the format Prometheus reads, and a read on record', async () => {
    const world = await makeWorld()
    const { answer, metrics } = await scrape(world)
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect([...metrics.keys()].sort()).toEqual([...METRIC_NAMES].sort())
    expect((await entriesOf('v1:authorities')).at(-1)).toMatchObject({ type: 'authority_used', role: 'auditor', action: 'read_metrics' })
    for (const role of ['operator', 'publisher', 'stranger'] as const) expect((await asRole(world, role, '/metrics')).status).toBe(403)
    expect((await world.isolate.fetch('/metrics')).status).toBe(401)
  })

  it('counts what the ledger has: issued, refused, failed and ended', async () => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    for (const run of ['1', '2', '3']) expect((await exchange(world, { claims: { run_id: run } })).status).toBe(200)
    expect((await exchange(world, { grant: 'write-docs' })).status).toBe(200)
    upstream.mint = () => new Response('no', { status: 422 })
    await exchange(world, { grant: 'write-docs' })
    await exchange(world, {
      claims: {
        ref: 'refs/heads/other',
        workflow_ref: `${world.owner.name}/docs/.github/workflows/ci.yml@refs/heads/other`,
        sub: `repo:${world.owner.name}/docs:ref:refs/heads/other`,
      },
    })
    await asRole(world, 'operator', '/leases/revoke', { method: 'POST', body: JSON.stringify({ run: '2', reason: 'x' }) })

    expect(await ownSamples(world, 'jobpass_entries_total')).toEqual(await typesIn(world.ledger))
    expect(await ownSamples(world, 'jobpass_issued_total')).toEqual({
      '{grant="call-api",kind="jwt"}': 3,
      '{grant="write-docs",kind="github-app"}': 1,
    })
    expect(await ownSamples(world, 'jobpass_refused_total')).toEqual({ '{code="grant_refused",grant="call-api"}': 1 })
    expect(await ownSamples(world, 'jobpass_failed_total')).toEqual({ '{code="upstream_refused",grant="write-docs",kind="github-app"}': 1 })
    expect(await ownSamples(world, 'jobpass_ended_total')).toEqual({
      '{credential_end="inactive_at_introspection",grant="call-api",how="revoked",kind="jwt"}': 1,
    })
    expect(await ownSamples(world, 'jobpass_leases')).toEqual({ '{kind="github-app",state="live"}': 1, '{kind="jwt",state="live"}': 2 })
  })

  it('has every counted refusal of a storm, though most have no entry of their own', async () => {
    const world = await makeWorld()
    vi.useFakeTimers({ now: Math.floor(Date.now() / 60_000) * 60_000 + 5_000, toFake: ['Date'] })
    for (let index = 0; index < 70; index++) await exchange(world, { grant: `made-up-${index}` })
    vi.setSystemTime(Date.now() + 61_000)
    await runDurableObjectAlarm(env.LEDGER.getByName(world.ledger))
    const { answer } = await scrape(world)
    expect(answer.text).not.toContain('made-up')
    const refused = await ownSamples(world, 'jobpass_refused_total')
    expect(refused).toEqual({ '{code="grant_refused",grant=""}': 60, '{code="counted",grant=""}': 10 })
  })

  it('says the same after a restart, and when its memo is lost or nonsense', async () => {
    const world = await makeWorld()
    const ledger = env.LEDGER.getByName(world.ledger)
    for (const run of ['1', '2']) await exchange(world, { claims: { run_id: run } })
    const truth = await typesIn(world.ledger)
    const now = () => ownSamples(world, 'jobpass_entries_total')
    expect([await now(), await now()]).toEqual([truth, truth])
    await evictDurableObject(ledger)
    expect(await now()).toEqual(truth)
    for (const memo of ['{', '{"seq":1}', '{"seq":999,"sorts":[["issued","g","k","",999,0]]}']) {
      await runInDurableObject(ledger, (_, { storage }) => void storage.sql.exec("UPDATE meta SET value = ? WHERE key = 'tally:1'", memo))
      expect(await now()).toEqual(truth)
    }
    await exchange(world, { claims: { run_id: '3' } })
    expect(await now()).toEqual(await typesIn(world.ledger))
  })

  it('keeps one row, and writes it only when something came', async () => {
    const world = await makeWorld()
    await exchange(world)
    await scrape(world)
    const rows = await rowsOf(world.ledger, 'meta')
    expect(rows.filter(({ key }) => String(key).startsWith('tally'))).toHaveLength(1)
    const ledger = env.LEDGER.getByName(world.ledger)
    await runInDurableObject(ledger, (_, { storage }) => {
      storage.sql.exec("CREATE TRIGGER no_write BEFORE UPDATE ON meta BEGIN SELECT raise(ABORT, 'written'); END")
    })
    expect((await scrape(world)).metrics.get('jobpass_ledger_up')?.samples.get(`{ledger="${world.ledger}"}`)).toBe(1)
    await runInDurableObject(ledger, (_, { storage }) => void storage.sql.exec('DROP TRIGGER no_write'))
  })

  it('counts a ledger that nobody counted before in bounded steps, to its end', async () => {
    const world = await makeWorld()
    await exchange(world)
    const ledger: LedgerPort & DurableObjectStub = env.LEDGER.getByName(world.ledger)
    const many = 2 * MAX_COUNTED_AT_ONCE + 5
    const body = (await rowsOf(world.ledger, 'entry')).at(-1)?.body ?? ''
    await runInDurableObject(ledger, (_, { storage }) => {
      const insert = `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO entry (seq, hash, body) SELECT i, '', ? FROM n`
      storage.sql.exec(insert, many, body)
    })
    await evictDurableObject(ledger)
    const once = await ledger.figures()
    expect([once.head, once.counted]).toEqual([many, MAX_COUNTED_AT_ONCE])
    expect(await ownSamples(world, 'jobpass_ledger_uncounted')).toEqual({ '{}': 0 })
    expect(await ownSamples(world, 'jobpass_issued_total')).toEqual({ '{grant="call-api",kind="jwt"}': many })
  })

  it('keeps its memo bounded however many grants there ever were', async () => {
    const world = await makeWorld()
    await exchange(world)
    const ledger = env.LEDGER.getByName(world.ledger)
    await runInDurableObject(ledger, (_, { storage }) => {
      const insert = `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 7001)
        INSERT INTO entry (seq, hash, body) SELECT i, '', '{"grant":"old-' || i || '","kind":"jwt","type":"issued"}' FROM n`
      storage.sql.exec(insert)
    })
    await evictDurableObject(ledger)
    const issued = await ownSamples(world, 'jobpass_issued_total')
    expect(Object.keys(issued)).toHaveLength(5_001)
    expect(issued['{grant="_other",kind="jwt"}']).toBe(7_001 - 5_000)
    expect(Object.values(issued).reduce((sum, value) => sum + value, 0)).toBe(7_001)
  })

  it('leaves a gap for a ledger that does not answer, and no other', async () => {
    const world = await makeWorld()
    await exchange(world)
    const other = await makeWorld()
    await exchange(other)
    const { deps } = world.isolate
    const silent = startIsolate({
      ledger: (name) =>
        name === other.ledger ? Object.assign(deps.ledger(name), { figures: () => Promise.reject(new Error('gone')) }) : deps.ledger(name),
    })
    const { metrics } = await scrape(other, silent)
    expect(metrics.get('jobpass_ledger_up')?.samples.get(`{ledger="${other.ledger}"}`)).toBe(0)
    expect(metrics.get('jobpass_ledger_up')?.samples.get(`{ledger="${world.ledger}"}`)).toBe(1)
    expect([...(metrics.get('jobpass_entries_total')?.samples.keys() ?? [])].filter((labels) => labels.includes(other.ledger))).toEqual([])
    expect(
      (
        await asRole(
          other,
          'auditor',
          '/metrics',
          {},
          startIsolate({ policyStore: () => ({ ...deps.policyStore(), activation: () => Promise.reject(new Error('gone')) }) }),
        )
      ).status,
    ).toBe(503)
  })

  it('shows what is late, failing or frozen', async () => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    await exchange(world, { grant: 'write-docs' })
    upstream.end = () => new Response('no', { status: 500 })
    await asRole(world, 'operator', '/leases/revoke', { method: 'POST', body: JSON.stringify({ grant: 'write-docs', reason: 'x' }) })
    await asRole(world, 'operator', '/freezes', {
      method: 'PUT',
      body: JSON.stringify({ target: 'grant', name: 'write-docs', reason: 'x' }),
    })
    expect(await ownSamples(world, 'jobpass_leases_failing')).toEqual({ '{kind="github-app",state="live"}': 1 })
    expect(await ownSamples(world, 'jobpass_leases_recalled')).toEqual({ '{kind="github-app",state="live"}': 1 })
    expect(await ownSamples(world, 'jobpass_end_failed_total')).toEqual({ '{code="upstream_unavailable",grant="write-docs"}': 1 })
    expect((await scrape(world)).metrics.get('jobpass_freezes')?.samples).toEqual(new Map([['{target="grant"}', 1]]))
    vi.useFakeTimers({ now: Date.now() + 700_000, toFake: ['Date'] })
    expect((await ownSamples(world, 'jobpass_lease_overdue_seconds'))['{}']).toBeGreaterThanOrEqual(99)
    await asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify({ target: 'grant', name: 'write-docs' }) })
  })
})
