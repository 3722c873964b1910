/**
 * What the broker writes to its log: one JSON line an event, of the events, outcomes and fields listed here and no others. `docs/operations.md` explains them.
 * The list is the guard: a value that is not one of these cannot be logged, so no token, credential or upstream body ever is; and no value is longer than a bound.
 * Refusals, which any stranger can cause, are written one by one up to a number a minute and counted beyond it.
 */
import type { InstantMs } from '../shared/units.ts'

/** Every event there is, and what can come of it. */
export const LOG_EVENTS = {
  exchange: ['refused', 'refusals_counted', 'unknown_claims', 'abandoned', 'not_kept'],
  brake: ['refused', 'refusals_counted'],
  introspect: ['refused', 'refusals_counted'],
  revoke: ['refused', 'refusals_counted', 'ended', 'already_over', 'failed'],
  authority: ['refused', 'refusals_counted'],
  publish: ['active', 'proposed'],
  keys: ['failed', 'rotated', 'revoked'],
  webhook: [
    'refused',
    'refusals_counted',
    'job_completed',
    'run_completed',
    'repository_renamed',
    'repository_transferred',
    'repository_archived',
    'repository_unarchived',
    'repository_deleted',
    'repository_publicized',
    'repository_privatized',
  ],
  sweep: ['end_failed', 'fault'],
  sink: ['failed', 'conflict', 'caught_up', 'no_checkpoint'],
  health: ['unavailable', 'ok'],
  fault: ['fault'],
} as const

export type LogLine = { readonly [E in keyof typeof LOG_EVENTS]: Fields & Named<E> }[keyof typeof LOG_EVENTS]

interface Named<E extends keyof typeof LOG_EVENTS> {
  readonly event: E
  readonly outcome: (typeof LOG_EVENTS)[E][number]
}

interface Fields {
  readonly decision?: string
  readonly code?: string
  /** Name of the issuer in the policy; never the `iss` of an unproven token. */
  readonly issuer?: string
  readonly grant?: string
  readonly lease?: string
  readonly policy?: string
  readonly sink?: 'archive' | 'https' | 'queue' | 'notify'
  /** Its name: an issuer of the policy and an owner's id, both proven. */
  readonly ledger?: string
  readonly detail?: string
  readonly status?: number
  readonly count?: number
  readonly unknownClaims?: readonly string[]
}
export type Log = (line: LogLine) => void

/** No text of a line is longer, whoever caused it; and no list. */
const MAX_CHARACTERS = 400
const MAX_NAMES = 50

/** Refusals an isolate writes one by one in a minute. */
export const REFUSALS_WRITTEN_PER_MINUTE = 60

const MINUTE_MS = 60_000

/** The log of one isolate. Refusals beyond the number are written as one line for each code and issuer, with the first refusal of a later minute. */
export function makeLog(write: (text: string) => void, nowMs: () => InstantMs): Log {
  let minute = 0
  let written = 0
  const counted = new Map<string, LogLine & { readonly count: number }>()
  const put = (line: LogLine): void => write(JSON.stringify(line, bounded))
  const turn = (now: number): void => {
    if (now === minute) return
    for (const line of counted.values()) put(line)
    counted.clear()
    minute = now
    written = 0
  }
  return (line) => {
    if (line.outcome !== 'refused') return put(line)
    turn(Math.floor(nowMs() / MINUTE_MS))
    if (written++ < REFUSALS_WRITTEN_PER_MINUTE) return put(line)
    const { event, code, issuer } = line
    const key = JSON.stringify([event, code, issuer])
    const named = { ...(code === undefined ? {} : { code }), ...(issuer === undefined ? {} : { issuer }) }
    counted.set(key, { event, outcome: 'refusals_counted', ...named, count: (counted.get(key)?.count ?? 0) + 1 })
  }
}

function bounded(_name: string, value: unknown): unknown {
  if (typeof value === 'string' && value.length > MAX_CHARACTERS) return `${value.slice(0, MAX_CHARACTERS)}…`
  return Array.isArray(value) && value.length > MAX_NAMES ? value.slice(0, MAX_NAMES) : value
}
