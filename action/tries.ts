/**
 * Trying again, politely: how often, how long in all, and how long between. It knows no HTTP and decides nothing about what is worth
 * another try; the attempt says so itself.
 */
import type { Result } from '../shared/result.ts'

/** Time and chance, so that tests can own them. Milliseconds of a clock that never jumps. */
export interface Pace {
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** In [0, 1). */
  readonly random: () => number
}

export interface TryLimits {
  readonly tries: number
  readonly totalMs: number
}

/** One try: finished, well or badly, or worth another one, at the earliest after `retryAfterMs`. */
export type TryOutcome<T, F> =
  | { readonly finished: true; readonly result: Result<T, F> }
  | { readonly finished: false; readonly failure: F; readonly retryAfterMs: number }

/** What a try may know: its number, from 1, and the milliseconds left for all of them. */
export interface Try {
  readonly number: number
  readonly remainingMs: number
}

const FIRST_PAUSE_MS = 500

export const realPace: Pace = {
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
}

/**
 * Calls `attempt` until it finishes, the tries are used up, or the next one could not begin within `totalMs`.
 * Between tries: the longer of what the other side asked for and a doubling pause, jittered downwards by up to a half.
 * Gives the last failure back when it stops early.
 */
export async function withTries<T, F>(
  limits: TryLimits,
  pace: Pace,
  attempt: (current: Try) => Promise<TryOutcome<T, F>>,
): Promise<Result<T, F>> {
  const end = pace.now() + limits.totalMs
  for (let number = 1; ; number += 1) {
    const outcome = await attempt({ number, remainingMs: Math.max(1, end - pace.now()) })
    if (outcome.finished) return outcome.result
    const pauseMs = Math.max(outcome.retryAfterMs, pauseAfter(number, pace))
    if (number >= limits.tries || pace.now() + pauseMs >= end) return { ok: false, error: outcome.failure }
    await pace.sleep(pauseMs)
  }
}

function pauseAfter(number: number, pace: Pace): number {
  return FIRST_PAUSE_MS * 2 ** (number - 1) * (0.5 + pace.random() / 2)
}
