/**
 * When each key is next, current, previous and gone: pure functions of the keys' times and the present, so a late alarm changes nothing
 * about which key signs. A key is published before it signs and stays published until all it signed has ended.
 */
import { jwt } from '../../shared/kinds/jwt.ts'
import { sshCert } from '../../shared/kinds/ssh-cert.ts'
import type { Instant, Seconds } from '../../shared/units.ts'

const HOUR: Seconds = 3600
const DAY: Seconds = 86_400

/** Relying parties cache key sets for up to a day. */
export const PUBLISHED_BEFORE_USE: Seconds = DAY

/**
 * How long a key stays published after its successor took over.
 * INVARIANT: longer than the longest token or certificate plus the time an isolate may go on signing with a key it holds (`STALE_AFTER` in `isolate-keys.ts`).
 */
export const PUBLISHED_AFTER_USE: Seconds = Math.max(DAY, jwt.lifetime.max + 2 * HOUR, sshCert.lifetime.max + 2 * HOUR)

/** The keyring looks at itself at least this often, to seal again what an old sealing key holds. */
const TENDED_EVERY: Seconds = DAY

/** How the keys of one name follow each other. */
export interface Schedule {
  /** How long a key signs. */
  readonly rotation: Seconds
  readonly publishedBefore: Seconds
  readonly publishedAfter: Seconds
}

export const SIGNING_SCHEDULE: Schedule = { rotation: 30 * DAY, publishedBefore: PUBLISHED_BEFORE_USE, publishedAfter: PUBLISHED_AFTER_USE }

/** Hosts are told of a CA by whoever looks after them: they get a month. */
export const AUTHORITY_SCHEDULE: Schedule = { rotation: 365 * DAY, publishedBefore: 30 * DAY, publishedAfter: PUBLISHED_AFTER_USE }

/** A checkpoint is kept for years: the public half that verifies it stays for ever. */
export const CHECKPOINT_SCHEDULE: Schedule = {
  rotation: AUTHORITY_SCHEDULE.rotation,
  publishedBefore: PUBLISHED_BEFORE_USE,
  publishedAfter: Number.POSITIVE_INFINITY,
}

export interface KeyTimes {
  readonly kid: string
  readonly useFrom: Instant
  /** Empty once the private half is destroyed: the key was succeeded, whatever a clock that went back says. */
  readonly sealed?: string
}

export interface Phases<K extends KeyTimes> {
  readonly current: K | undefined
  readonly next: K | undefined
  readonly previous: readonly K[]
  readonly gone: readonly K[]
}

/** Sorts the keys of one name into their phases. */
export function phasesOf<K extends KeyTimes>(keys: readonly K[], now: Instant, publishedAfter = PUBLISHED_AFTER_USE): Phases<K> {
  const sorted = keys.toSorted((a, b) => a.useFrom - b.useFrom)
  const oldestThatCanSign = sorted.findIndex(({ sealed }) => sealed !== '')
  const used = sorted.filter(({ useFrom }, index) => useFrom <= now || index <= oldestThatCanSign)
  const retired = used.slice(0, -1).map((key, index) => ({ key, goneAt: (used[index + 1]?.useFrom ?? now) + publishedAfter }))
  return {
    current: used.at(-1),
    next: sorted[used.length],
    previous: retired.filter(({ goneAt }) => goneAt > now).map(({ key }) => key),
    gone: retired.filter(({ goneAt }) => goneAt <= now).map(({ key }) => key),
  }
}

/** When a next key made now shall begin to sign. */
export function nextUseFrom(
  current: KeyTimes,
  { rotation, publishedBefore }: Pick<Schedule, 'rotation' | 'publishedBefore'>,
  now: Instant,
): Instant {
  return Math.max(current.useFrom + rotation, now + publishedBefore)
}

/** When a next key shall begin to sign that is to do so as soon as it may: it has been published since `madeAt`; where nobody knows, since now. */
export function soonestUseFrom(
  next: KeyTimes & { readonly madeAt: Instant | null },
  { publishedBefore }: Pick<Schedule, 'publishedBefore'>,
  now: Instant,
): Instant {
  return Math.min(next.useFrom, Math.max(now, (next.madeAt ?? now) + publishedBefore))
}

/** When something is to be done next: a next key begins to sign or is missing, or a day has passed. */
export function nextTending(keysByName: readonly (readonly KeyTimes[])[], now: Instant): Instant {
  return Math.min(now + TENDED_EVERY, ...keysByName.map((keys) => phasesOf(keys, now).next?.useFrom ?? now))
}
