/**
 * Calls to a Durable Object, where not reaching it is expected: an unreachable or overloaded object becomes a refusal, a passing fault of the way there is tried once more.
 * Messages carry their own mark (attempt, lease, digest), so a second try is never a second act; of a refusal, or an entry that is only appended, it may leave the entry twice.
 */
import type { Refusal } from '../shared/refusal.ts'
import { err, ok, type Result } from '../shared/result.ts'

const RETRY_AFTER = 2

export type StateUnavailable = Extract<
  Refusal,
  { readonly code: 'ledger_unavailable' | 'keys_unavailable' | 'upstream_unavailable' | 'policy_missing' }
>

export const LEDGER_UNAVAILABLE: StateUnavailable = { code: 'ledger_unavailable', retryAfter: RETRY_AFTER }

export async function callState<T>(call: () => Promise<T>): Promise<Result<T, StateUnavailable>> {
  try {
    return ok(await call())
  } catch (failure) {
    if (!isRetryable(failure)) return err(LEDGER_UNAVAILABLE)
  }
  try {
    return ok(await call())
  } catch {
    return err(LEDGER_UNAVAILABLE)
  }
}

/** The runtime marks errors of the way to an object; `overloaded` ones must not be tried again (Durable Objects, error handling). */
function isRetryable(failure: unknown): boolean {
  return failure instanceof Error && Reflect.get(failure, 'retryable') === true && Reflect.get(failure, 'overloaded') !== true
}
