/**
 * The units of time that cross module borders, and the one reader of the policy's durations.
 * Nothing here reads a clock: instants come in as arguments.
 */

/** A span of whole seconds. */
export type Seconds = number

/** A point in time, in whole seconds since 1970-01-01T00:00:00Z (RFC 7519 NumericDate without fractions). */
export type Instant = number

/** A point in time in milliseconds since 1970-01-01T00:00:00Z, where seconds are too coarse (ledger entries). */
export type InstantMs = number

const SECONDS_PER_UNIT: ReadonlyMap<string, Seconds> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
])

/** A duration as policies and the action write it: digits and one of `s m h d`. */
export const DURATION_PATTERN = /^([1-9][0-9]{0,8})([smhd])$/

/** `15m` → 900. `undefined` when the text is not a positive duration of the form `90s`, `15m`, `1h`, `30d`. */
export function parseDuration(text: string): Seconds | undefined {
  const match = DURATION_PATTERN.exec(text)
  if (match === null) return undefined
  const [, digits = '', unit = ''] = match
  const secondsPerUnit = SECONDS_PER_UNIT.get(unit)
  return secondsPerUnit === undefined ? undefined : Number(digits) * secondsPerUnit
}

/** 900 → `15m`: the largest unit that divides it exactly. */
export function formatDuration(seconds: Seconds): string {
  if (seconds % 86_400 === 0 && seconds > 0) return `${seconds / 86_400}d`
  if (seconds % 3600 === 0 && seconds > 0) return `${seconds / 3600}h`
  if (seconds % 60 === 0 && seconds > 0) return `${seconds / 60}m`
  return `${seconds}s`
}

/** RFC 3339 in UTC to the second, as upstreams and people read it: `2026-11-22T01:44:32Z`. */
export function formatInstant(instant: Instant): string {
  return `${new Date(instant * 1000).toISOString().slice(0, 19)}Z`
}
