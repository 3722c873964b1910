/** How often a grant was drawn and a workload drew: in one job, and in the hour that ends now. Counts rows; never reads an entry. */
import type { LimitName } from '../../shared/refusal.ts'
import type { InstantMs, Seconds } from '../../shared/units.ts'
import type { DrawLimits } from './ledger-port.ts'

const HOUR_MS = 3_600_000
const JOB_RETRY_AFTER: Seconds = 3600
/** No job lives longer than this on any runner, so older marks can go. */
const JOB_MEMORY_MS = 7 * 24 * HOUR_MS

export interface Draw {
  readonly grant: string
  readonly workload: string
  readonly job: string
  readonly limits: DrawLimits
}

export interface LimitReached {
  readonly limit: LimitName
  readonly retryAfter: Seconds
}

/** One limit that holds for a draw: what is counted, how many may be, and whether an hour ago is forgotten. */
interface Counter {
  readonly limit: LimitName
  readonly max: number
  readonly key: string
  readonly slides: boolean
}

/** JSON of the parts: no name can imitate another pair of names. */
function countersOf({ grant, workload, job, limits }: Draw): readonly Counter[] {
  const counters: Counter[] = []
  const add = (limit: LimitName, max: number | undefined, parts: readonly string[]): void => {
    if (max !== undefined) counters.push({ limit, max, key: JSON.stringify(parts), slides: !limit.endsWith('per_job') })
  }
  add('per_job', limits.perJob, ['job', grant, job])
  add('workload_per_job', limits.workload?.perJob, ['workload-job', workload, job])
  add('per_hour', limits.perHour, ['hour', grant, workload])
  add('workload_per_hour', limits.workload?.perHour, ['workload-hour', workload])
  add('per_hour_total', limits.perHourTotal, ['hour', grant])
  return counters
}

export function reachedLimit(sql: SqlStorage, draw: Draw, now: InstantMs): LimitReached | undefined {
  for (const { limit, max, key, slides } of countersOf(draw)) {
    const { drawn, oldest } = count(sql, key, slides ? now - HOUR_MS : 0)
    if (drawn < max) continue
    const freeAt = (oldest ?? now) + HOUR_MS
    return { limit, retryAfter: slides ? Math.max(1, Math.ceil((freeAt - now) / 1000)) : JOB_RETRY_AFTER }
  }
  return undefined
}

export function recordDraw(sql: SqlStorage, draw: Draw, now: InstantMs, seq: number): void {
  for (const { key, slides } of countersOf(draw)) {
    if (slides) sql.exec('DELETE FROM draw WHERE key = ? AND at <= ?', key, now - HOUR_MS)
    sql.exec('INSERT INTO draw (key, at, seq) VALUES (?, ?, ?)', key, now, seq)
  }
}

export function forgetOldDraws(sql: SqlStorage, now: InstantMs): void {
  sql.exec('DELETE FROM draw WHERE at <= ?', now - JOB_MEMORY_MS)
}

function count(sql: SqlStorage, key: string, after: InstantMs): { drawn: number; oldest: number | null } {
  return sql
    .exec<{ drawn: number; oldest: number | null }>(
      'SELECT count(*) AS drawn, min(at) AS oldest FROM draw WHERE key = ? AND at > ?',
      key,
      after,
    )
    .one()
}
