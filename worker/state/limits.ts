/** How often a grant was drawn: per job, and per workload in the hour that ends now. Counts rows; never reads an entry. */
import type { InstantMs, Seconds } from '../../shared/units.ts'

const HOUR_MS = 3_600_000
const JOB_RETRY_AFTER: Seconds = 3600
/** No job lives longer than this on any runner, so older marks can go. */
const JOB_MEMORY_MS = 7 * 24 * HOUR_MS

export interface Draw {
  readonly grant: string
  readonly workload: string
  readonly job: string
  readonly limits: { readonly perJob?: number; readonly perHour?: number }
}

export interface LimitReached {
  readonly limit: 'per_job' | 'per_hour'
  readonly retryAfter: Seconds
}

/** JSON of the parts: no name can imitate another pair of names. */
const jobKey = (draw: Draw): string => JSON.stringify(['job', draw.grant, draw.job])
const hourKey = (draw: Draw): string => JSON.stringify(['hour', draw.grant, draw.workload])

export function reachedLimit(sql: SqlStorage, draw: Draw, now: InstantMs): LimitReached | undefined {
  const { perJob, perHour } = draw.limits
  if (perJob !== undefined && count(sql, jobKey(draw), 0).drawn >= perJob) return { limit: 'per_job', retryAfter: JOB_RETRY_AFTER }
  if (perHour === undefined) return undefined
  const hour = count(sql, hourKey(draw), now - HOUR_MS)
  if (hour.drawn < perHour) return undefined
  const freeAt = (hour.oldest ?? now) + HOUR_MS
  return { limit: 'per_hour', retryAfter: Math.max(1, Math.ceil((freeAt - now) / 1000)) }
}

export function recordDraw(sql: SqlStorage, draw: Draw, now: InstantMs, seq: number): void {
  const insert = 'INSERT INTO draw (key, at, seq) VALUES (?, ?, ?)'
  if (draw.limits.perJob !== undefined) sql.exec(insert, jobKey(draw), now, seq)
  if (draw.limits.perHour === undefined) return
  sql.exec('DELETE FROM draw WHERE key = ? AND at <= ?', hourKey(draw), now - HOUR_MS)
  sql.exec(insert, hourKey(draw), now, seq)
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
