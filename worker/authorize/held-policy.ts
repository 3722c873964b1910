/** The policy an isolate holds, as a plain value that requests may share; `policy-cache.ts` fills and reads it. */
import type { Policy } from '../../shared/policy/policy.ts'
import type { InstantMs } from '../../shared/units.ts'

/** The isolate's policy: one of the named caches of `docs/storage.md`. */
export interface HeldPolicy {
  policy: Policy | undefined
  lookedAt: InstantMs
}

export function createHeldPolicy(): HeldPolicy {
  return { policy: undefined, lookedAt: 0 }
}
