/**
 * When each signing key is next, current, previous and gone: pure functions of the keys' times and the present, so a late alarm changes nothing
 * about which key signs. A key is published before it signs and stays published until all it signed has ended.
 */
import { jwt } from '../../shared/kinds/jwt.ts'
import type { Instant, Seconds } from '../../shared/units.ts'

const HOUR: Seconds = 3600
const DAY: Seconds = 86_400

export const DEFAULT_ROTATION: Seconds = 30 * DAY

/** Relying parties cache key sets for up to a day. */
export const PUBLISHED_BEFORE_USE: Seconds = DAY

/**
 * How long a key stays published after its successor took over.
 * INVARIANT: longer than the longest token plus the time an isolate may go on signing with a key it holds (`STALE_AFTER` in `isolate-keys.ts`).
 */
export const PUBLISHED_AFTER_USE: Seconds = Math.max(DAY, jwt.lifetime.max + 2 * HOUR)

/** The keyring looks at itself at least this often, to seal again what an old sealing key holds. */
const TENDED_EVERY: Seconds = DAY

export interface KeyTimes {
  readonly kid: string
  readonly useFrom: Instant
}

export interface Phases<K extends KeyTimes> {
  readonly current: K | undefined
  readonly next: K | undefined
  readonly previous: readonly K[]
  readonly gone: readonly K[]
}

/** Sorts the keys of one algorithm into their phases. */
export function phasesOf<K extends KeyTimes>(keys: readonly K[], now: Instant): Phases<K> {
  const sorted = keys.toSorted((a, b) => a.useFrom - b.useFrom)
  const used = sorted.filter(({ useFrom }) => useFrom <= now)
  const retired = used.slice(0, -1).map((key, index) => ({ key, goneAt: (used[index + 1]?.useFrom ?? now) + PUBLISHED_AFTER_USE }))
  return {
    current: used.at(-1),
    next: sorted.find(({ useFrom }) => useFrom > now),
    previous: retired.filter(({ goneAt }) => goneAt > now).map(({ key }) => key),
    gone: retired.filter(({ goneAt }) => goneAt <= now).map(({ key }) => key),
  }
}

/** When a next key made now shall begin to sign. */
export function nextUseFrom(current: KeyTimes, rotation: Seconds, now: Instant): Instant {
  return Math.max(current.useFrom + rotation, now + PUBLISHED_BEFORE_USE)
}

/** When something is to be done next: a next key begins to sign or is missing, or a day has passed. */
export function nextTending(keysByAlgorithm: readonly (readonly KeyTimes[])[], now: Instant): Instant {
  return Math.min(now + TENDED_EVERY, ...keysByAlgorithm.map((keys) => phasesOf(keys, now).next?.useFrom ?? now))
}
