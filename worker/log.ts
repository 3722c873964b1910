/**
 * What the broker writes to its log: one JSON line an event, of the fields listed here and no others.
 * The list is the guard: a value that is not one of these cannot be logged, so no token, credential or upstream body ever is.
 * Refusals, which any stranger can cause, are written one by one up to a number a minute and counted beyond it.
 */
import type { InstantMs } from '../shared/units.ts'

export interface LogLine {
  readonly event: 'exchange' | 'revoke' | 'introspect' | 'authority' | 'keys' | 'sweep' | 'publish' | 'webhook' | 'sink' | 'fault'
  readonly outcome: string
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

/** Refusals an isolate writes one by one in a minute. */
export const REFUSALS_WRITTEN_PER_MINUTE = 60

const MINUTE_MS = 60_000

/** The log of one isolate. Refusals beyond the number are written as one line for each code and issuer, with the first refusal of a later minute. */
export function makeLog(write: (text: string) => void, nowMs: () => InstantMs): Log {
  let minute = 0
  let written = 0
  const counted = new Map<string, LogLine & { readonly count: number }>()
  const turn = (now: number): void => {
    if (now === minute) return
    for (const line of counted.values()) write(JSON.stringify(line))
    counted.clear()
    minute = now
    written = 0
  }
  return (line) => {
    if (line.outcome !== 'refused') return write(JSON.stringify(line))
    turn(Math.floor(nowMs() / MINUTE_MS))
    if (written++ < REFUSALS_WRITTEN_PER_MINUTE) return write(JSON.stringify(line))
    const { event, code, issuer } = line
    const key = JSON.stringify([event, code, issuer])
    const named = { ...(code === undefined ? {} : { code }), ...(issuer === undefined ? {} : { issuer }) }
    counted.set(key, { event, outcome: 'refusals_counted', ...named, count: (counted.get(key)?.count ?? 0) + 1 })
  }
}
