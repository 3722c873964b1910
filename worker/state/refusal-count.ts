/**
 * Keeps a storm of refusals from growing the ledger: so many a minute are recorded one by one for each workload, the rest are counted,
 * and the count becomes one entry when the minute is over.
 */
import type { InstantMs } from '../../shared/units.ts'

const RECORDED_PER_MINUTE = 60

const MINUTE_MS = 60_000

type Row = { key: string; minute: number; recorded: number; uncounted: number }

export interface Uncounted {
  readonly key: string
  readonly minute: number
  readonly refusals: number
}

/** True when this refusal is to be recorded one by one; false when it was only counted. */
export function countRefusal(sql: SqlStorage, key: string, now: InstantMs): boolean {
  const minute = Math.floor(now / MINUTE_MS)
  const [row] = sql.exec<Row>('SELECT key, minute, recorded, uncounted FROM counted WHERE key = ?', key).toArray()
  if (row === undefined) {
    sql.exec('INSERT INTO counted (key, minute, recorded, uncounted) VALUES (?, ?, 1, 0)', key, minute)
    return true
  }
  if (row.minute !== minute && row.uncounted === 0) {
    sql.exec('UPDATE counted SET minute = ?, recorded = 1 WHERE key = ?', minute, key)
    return true
  }
  if (row.minute === minute && row.recorded < RECORDED_PER_MINUTE) {
    sql.exec('UPDATE counted SET recorded = recorded + 1 WHERE key = ?', key)
    return true
  }
  sql.exec('UPDATE counted SET uncounted = uncounted + 1 WHERE key = ?', key)
  return false
}

/** Takes the counts of minutes that are over, or that a clock set back has not reached; what is quiet is forgotten. */
export function takeUncounted(sql: SqlStorage, now: InstantMs): Uncounted[] {
  const minute = Math.floor(now / MINUTE_MS)
  const rows = sql.exec<Row>('SELECT key, minute, recorded, uncounted FROM counted WHERE minute <> ? AND uncounted > 0', minute).toArray()
  sql.exec('DELETE FROM counted WHERE minute <> ?', minute)
  return rows.map((row) => ({ key: row.key, minute: row.minute * MINUTE_MS, refusals: row.uncounted }))
}

/** When counts must be written down; `undefined` when nothing was only counted. */
export function nextCountDue(sql: SqlStorage): InstantMs | undefined {
  const row = sql.exec<{ minute: number | null }>('SELECT min(minute) AS minute FROM counted WHERE uncounted > 0').one()
  return row.minute === null ? undefined : (row.minute + 1) * MINUTE_MS
}
