/**
 * When leases are to be ended, and what is known of endings that failed. A lease ends at its time, or sooner once it is recalled: the recall is a mark on its row,
 * so nothing forgets it, and the alarm goes on until the lease is over. It never deletes a row.
 */
import { leaseEndsAt, leaseIdFloor } from '../../shared/lease.ts'
import type { Instant, InstantMs, Seconds } from '../../shared/units.ts'
import { findLease, selectLeases } from './leases.ts'
import type { EndFailed, LeaseRecord, LeaseRequest, Recalled, RecallSelection } from './ledger-port.ts'

const FIRST_RETRY: Seconds = 5
const LONGEST_RETRY: Seconds = 600
const MOST_DOUBLINGS = 10

/** How long a mint may take before its lease counts as stuck. Longer than any upstream deadline. */
export const MINTING_GRACE: Seconds = 120

/** When the sweep must look at a fresh lease: at its end, or when its mint should long be over. */
export function firstAlarmOf({ id, state }: Pick<LeaseRequest, 'id' | 'state'>, now: InstantMs): InstantMs {
  const end = leaseEndsAt(id) * 1000
  return state === 'live' ? end : Math.min(end, now + MINTING_GRACE * 1000)
}

/** How long to wait after so many failures before. An upstream that refused, rather than could not be reached, is not expected to change its mind soon. */
export function retryWait(tries: number, { code, retryAfter = 0 }: Pick<EndFailed, 'code' | 'retryAfter'>): Seconds {
  if (code === 'upstream_refused') return LONGEST_RETRY
  return Math.min(LONGEST_RETRY, Math.max(retryAfter, FIRST_RETRY * 2 ** Math.min(tries, MOST_DOUBLINGS)))
}

/** Recalls the leases that are meant and says how many were not recalled before. */
export function recallLeases(sql: SqlStorage, selection: RecallSelection, { how, cause }: Recalled): number {
  const { where, values } = termsOf(selection)
  const { ids } = sql.exec<{ ids: number }>(`SELECT count(*) AS ids FROM lease WHERE recall IS NULL AND ${where}`, ...values).one()
  if (ids > 0) sql.exec(`UPDATE lease SET recall = ?, cause = ? WHERE recall IS NULL AND ${where}`, how, cause ?? null, ...values)
  return ids
}

function termsOf(selection: RecallSelection): { where: string; values: (string | number)[] } {
  if ('job' in selection) return { where: `job IN (${selection.job.map(() => '?').join(', ')})`, values: [...selection.job] }
  if ('run' in selection) return { where: 'run_id = ? AND run_attempt <= ?', values: [selection.run, selection.upToAttempt] }
  return { where: 'repository_id = ?', values: [selection.repository] }
}

/** Leases to be ended now: the recalled, and those whose time has come; none whose next try is still ahead. */
export function dueLeases(sql: SqlStorage, now: Instant, limit: number): LeaseRecord[] {
  const recalled = selectLeases(sql, 'INDEXED BY lease_recalled WHERE recall IS NOT NULL AND next_try <= ?', [now], limit)
  const past = "WHERE id < ? AND next_try <= ? AND state = 'live' AND recall IS NULL"
  return [...recalled, ...selectLeases(sql, past, [leaseIdFloor(now + 1), now], limit - recalled.length)]
}

/** When a recalled lease must be looked at next; `undefined` when none is. */
export function nextRecalled(sql: SqlStorage): Instant | undefined {
  return sql.exec<{ at: number | null }>('SELECT min(next_try) AS at FROM lease WHERE recall IS NOT NULL').one().at ?? undefined
}

/** When the sweep must look at the leases next: a recalled one's next try, the earliest end, or the earliest next try of those past it. */
export function nextDue(sql: SqlStorage, now: Instant): Instant | undefined {
  const floor = leaseIdFloor(now + 1)
  const past = "SELECT min(next_try) AS at FROM lease WHERE id < ? AND state = 'live' AND recall IS NULL"
  const [overdue] = sql.exec<{ at: number | null }>(past, floor).toArray()
  const [ahead] = sql.exec<{ at: string }>('SELECT id AS at FROM lease WHERE id >= ? ORDER BY id LIMIT 1', floor).toArray()
  const candidates = [nextRecalled(sql), overdue?.at ?? undefined, ahead === undefined ? undefined : leaseEndsAt(ahead.at)]
  const known = candidates.filter((at) => at !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

export interface Postponed {
  readonly lease: LeaseRecord
  readonly tries: number
  readonly nextTry: Instant
}

/** Recalls a lease that could not be ended and says when to try next; `undefined` when it is over, or when a try was ahead anyway: then the pauses are not changed. */
export function postponeLease(sql: SqlStorage, failed: EndFailed, now: Instant): Postponed | undefined {
  const lease = findLease(sql, failed.lease)
  if (lease === undefined) return undefined
  const isPast = leaseEndsAt(lease.id) <= now
  if (lease.recalled === undefined && !isPast) sql.exec('UPDATE lease SET recall = ? WHERE id = ?', failed.how, lease.id)
  if (lease.failing !== undefined && lease.failing.nextTry > now) return undefined
  const tries = (lease.failing?.tries ?? 0) + 1
  const nextTry = Math.min(now + retryWait(tries - 1, failed), Math.max(now + 1, lease.expiresAt))
  sql.exec('UPDATE lease SET tries = ?, next_try = ? WHERE id = ?', tries, nextTry, lease.id)
  return { lease, tries, nextTry }
}

/** Marks a lease that was opened only because its credential could not be ended: one try has failed. */
export function recallKept(sql: SqlStorage, id: string, cause: string, nextTry: Instant): void {
  sql.exec("UPDATE lease SET recall = 'revoked', cause = ?, tries = 1, next_try = ? WHERE id = ?", cause, nextTry, id)
}
