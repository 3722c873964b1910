/**
 * Every way in which the action can end without a credential, as data: one closed union. What is said about each is in `messages.ts`;
 * no member ever holds a token or a credential.
 */
import type { Instant, Seconds } from '../shared/units.ts'
import type { ErrorBody } from '../shared/wire.ts'

/** One input of the step that cannot be used. */
export interface InputProblem {
  readonly input: string
  readonly seen: string
  readonly expected: string
}

/** What three clocks said about one try; each may be unknown. */
export interface Clocks {
  /** The ID token's own `iat`: the CI platform's clock. Unverified, for the message alone. */
  readonly issuedAt: Instant | undefined
  /** The `Date` header of the broker's answer (RFC 9110 §6.6.1). */
  readonly broker: Instant | undefined
  readonly runner: Instant
}

export type Failure =
  | { readonly code: 'inputs_unusable'; readonly problems: readonly InputProblem[] }
  | { readonly code: 'id_token_not_offered'; readonly fork: boolean }
  | { readonly code: 'id_token_refused'; readonly status: number }
  | { readonly code: 'id_token_unreachable'; readonly detail: string; readonly tries: number }
  | { readonly code: 'id_token_unreadable'; readonly detail: string }
  | { readonly code: 'broker_unreachable'; readonly detail: string; readonly tries: number }
  | {
      readonly code: 'broker_unavailable'
      readonly status: number
      readonly tries: number
      readonly retryAfter: Seconds | undefined
      readonly body: ErrorBody | undefined
    }
  | { readonly code: 'broker_redirected'; readonly status: number; readonly towards: string }
  | { readonly code: 'broker_unreadable'; readonly status: number; readonly detail: string }
  | { readonly code: 'refused'; readonly body: ErrorBody; readonly clocks: Clocks }
  | { readonly code: 'kind_unknown'; readonly kind: string }
  | { readonly code: 'credential_unreadable'; readonly kind: string }
  | { readonly code: 'files_unwritable'; readonly detail: string }

export type FailureCode = Failure['code']
