/** What is known of a broker's health, as plain values: which problems there can be, what anybody is told of each, and what an isolate holds; `health.ts` finds it out. */
import type { PolicyDigest } from '../shared/policy/policy.ts'
import type { InstantMs } from '../shared/units.ts'

/** Each sort of problem, as anybody may hear it. */
export const TOLD = {
  policy_store_unreachable: 'the policy store cannot be reached',
  policy_missing: 'no policy is active: publish one (docs/deploy.md)',
  policy_unreadable: 'the active policy cannot be read',
  secret_missing: 'a secret that a connection needs is not set: the log and jobpass metrics name it',
  keys_unavailable: 'the keys of the broker cannot be used: the log and jobpass metrics say why',
  ledger_unreachable: 'the ledger cannot be reached',
  frozen: 'everything is frozen by an operator',
} as const

export interface HealthProblem {
  readonly code: keyof typeof TOLD
  /** For those who run the broker. Names bindings, never values. */
  readonly detail: string
}

export interface Health {
  readonly policy: PolicyDigest | null
  readonly problems: readonly HealthProblem[]
}

/** What an isolate found out last: one of the named caches of `docs/storage.md`. */
export interface HeldHealth {
  last: Health | undefined
  askedAt: InstantMs
}
