/**
 * Whether a refusal trips: a canary was asked for, or one caller was refused too often within a minute. What tripped is quiet for an hour, unless a workload that
 * it froze was thawed since. It only ever sees refusals of verified callers inside the fence, and names no workload that the caller did not prove to be.
 */
import type { InstantMs } from '../../shared/units.ts'
import type { AskRecord } from './ledger-port.ts'

const MINUTE_MS = 60_000
const QUIET_MS = 3_600_000

export interface Trip {
  readonly tripwire: 'canary' | 'refusals_per_minute'
  /** How many refusals there were in this minute. */
  readonly refusals?: number
  /** Workloads to freeze that are not frozen yet. */
  readonly freezes: readonly string[]
}

type Row = { minute: number; refusals: number; quiet_until: number }

const FRESH: Row = { minute: 0, refusals: 0, quiet_until: 0 }

export interface RefusedNow {
  readonly record: Pick<AskRecord, 'subject' | 'counted' | 'tripwires'>
  /** A caller that something freezes is not counted: a storm under a freeze is the freeze's doing. */
  readonly code: string
  readonly now: InstantMs
  readonly isFrozen: (workload: string) => boolean
}

export function tripsOf(sql: SqlStorage, refused: RefusedNow): readonly Trip[] {
  const { tripwires } = refused.record
  if (tripwires === undefined) return []
  const freezes = tripwires.freezes.filter((name) => !refused.isFrozen(name))
  const canary = tripwires.isCanary ? canaryTrip(sql, refused, freezes) : undefined
  // counted in any case, and a workload is frozen once
  const refusals = refusalsTrip(sql, refused, canary === undefined ? freezes : [])
  return [canary, refusals].filter((trip) => trip !== undefined)
}

function canaryTrip(sql: SqlStorage, { record, now }: RefusedNow, freezes: readonly string[]): Trip | undefined {
  const key = JSON.stringify(['canary', record.subject.grant, record.counted])
  if (!isLoud(rowOf(sql, key), now, freezes)) return undefined
  write(sql, key, { ...FRESH, quiet_until: now + QUIET_MS })
  return { tripwire: 'canary', freezes }
}

function refusalsTrip(sql: SqlStorage, { record, code, now }: RefusedNow, freezes: readonly string[]): Trip | undefined {
  const most = record.tripwires?.refusalsPerMinute
  if (most === undefined || code === 'frozen') return undefined
  const key = JSON.stringify(['refusals', record.counted])
  const row = rowOf(sql, key)
  const minute = Math.floor(now / MINUTE_MS)
  const refusals = row.minute === minute ? row.refusals + 1 : 1
  const hasTripped = refusals > most && isLoud(row, now, freezes)
  // one that trips begins to count anew, so that a thaw is not undone by the next refusal
  write(sql, key, hasTripped ? { minute, refusals: 0, quiet_until: now + QUIET_MS } : { ...row, minute, refusals })
  return hasTripped ? { tripwire: 'refusals_per_minute', refusals, freezes } : undefined
}

/** For the sweep: what is neither counting nor quiet any more. */
export function forgetOldTrips(sql: SqlStorage, now: InstantMs): void {
  sql.exec('DELETE FROM tripwire WHERE quiet_until <= ? AND minute < ?', now, Math.floor(now / MINUTE_MS))
}

function isLoud({ quiet_until: quietUntil }: Row, now: InstantMs, freezes: readonly string[]): boolean {
  return now >= quietUntil || freezes.length > 0
}

function rowOf(sql: SqlStorage, key: string): Row {
  const [row] = sql.exec<Row>('SELECT minute, refusals, quiet_until FROM tripwire WHERE key = ?', key).toArray()
  return row ?? FRESH
}

function write(sql: SqlStorage, key: string, { minute, refusals, quiet_until: quietUntil }: Row): void {
  sql.exec('INSERT OR REPLACE INTO tripwire (key, minute, refusals, quiet_until) VALUES (?, ?, ?, ?)', key, minute, refusals, quietUntil)
}
