/**
 * Every "no" of the broker, as data: one closed union, and the one table that says how each is put on the wire.
 * A refusal carries facts about the caller's own ask; sentences live in `refusal-wire.ts`.
 */
import type { Seconds } from './units.ts'

/** One reason of a refused grant: a rule or guardrail and the caller's own attribute that did not fit. */
export interface Reason {
  /** `grant/0` for a rule, the guardrail's name, or the workload's name when it is suspended. */
  readonly rule: string
  readonly attribute: string
  /** What the caller's token said; `null` when the token had nothing there. */
  readonly seen: string | null
  readonly hint?: string
  /** What the rule wanted; only with `explain: rules`. */
  readonly expected?: readonly string[]
}

/** Which limit of a policy was reached: the grant's own, or those of the workload over all its grants. */
export type LimitName = 'per_job' | 'per_hour' | 'per_hour_total' | 'workload_per_job' | 'workload_per_hour'

export type FormProblem = 'missing' | 'repeated' | 'malformed' | 'not_a_form'

export type Refusal =
  // the form, before anything is known of the caller
  | { readonly code: 'request_malformed'; readonly parameter: string; readonly problem: FormProblem; readonly expected: string }
  | { readonly code: 'media_type_unsupported' }
  | { readonly code: 'request_too_large'; readonly limitBytes: number }
  | { readonly code: 'grant_type_unsupported' }
  | { readonly code: 'too_many_requests'; readonly retryAfter: Seconds }
  // the token, before its signature holds
  | { readonly code: 'token_malformed'; readonly detail: string }
  | { readonly code: 'issuer_untrusted' }
  | { readonly code: 'key_unknown' }
  | { readonly code: 'signature_wrong' }
  // the token, once its signature holds
  | { readonly code: 'audience_wrong'; readonly expected: string }
  | { readonly code: 'token_expired' }
  | { readonly code: 'token_early'; readonly claim: 'nbf' | 'iat' }
  | { readonly code: 'token_too_old'; readonly maxAge: Seconds }
  | { readonly code: 'claim_missing' | 'claim_malformed'; readonly claim: string; readonly expected: string }
  | { readonly code: 'owner_outside_fence' }
  | { readonly code: 'token_replayed' }
  // the ask
  | {
      readonly code: 'grant_refused'
      readonly grant: string
      readonly cause: RefusedCause
      readonly reasons: readonly Reason[]
      readonly hint?: string
    }
  | { readonly code: 'scope_exceeded'; readonly field: string; readonly asked: string }
  | { readonly code: 'details_malformed'; readonly expected: string }
  | { readonly code: 'details_malformed'; readonly problems: readonly string[] }
  | { readonly code: 'limit_reached'; readonly limit: LimitName; readonly retryAfter: Seconds }
  | { readonly code: 'frozen'; readonly retryAfter: Seconds }
  | { readonly code: 'upstream_refused' }
  // the broker itself
  | { readonly code: 'keys_unavailable' | 'upstream_unavailable' | 'ledger_unavailable' | 'policy_missing'; readonly retryAfter: Seconds }

/** Where in the order of judgement a grant was refused. */
export type RefusedCause = 'authority' | 'unknown_grant' | 'suspended' | 'guardrail' | 'no_rule'

export type RefusalCode = Refusal['code']

export type OAuthError =
  | 'invalid_request'
  | 'unsupported_grant_type'
  | 'invalid_target'
  | 'invalid_scope'
  | 'invalid_authorization_details'
  | 'temporarily_unavailable'
  | 'server_error'

/** Which callers may be told the code of a refusal: everyone, or only one whose token's signature holds. */
export type Disclosure = 'form' | 'unproven' | 'proven' | 'always'

export interface WireForm {
  /** RFC 6749 §5.2, RFC 8693 §2.2.2, RFC 9396 §14.6. */
  readonly error: OAuthError
  readonly status: 400 | 413 | 415 | 429 | 503
  /** `form`: the sentence, never the code · `unproven`: one sentence for all · `proven`: code and facts · `always`: the code, even to a stranger. */
  readonly told: Disclosure
}

/** The wire form of every refusal (contract: Errors). Complete by construction. */
export const WIRE_FORMS = {
  request_malformed: { error: 'invalid_request', status: 400, told: 'form' },
  media_type_unsupported: { error: 'invalid_request', status: 415, told: 'form' },
  request_too_large: { error: 'invalid_request', status: 413, told: 'form' },
  grant_type_unsupported: { error: 'unsupported_grant_type', status: 400, told: 'form' },
  too_many_requests: { error: 'temporarily_unavailable', status: 429, told: 'form' },
  token_malformed: { error: 'invalid_request', status: 400, told: 'unproven' },
  issuer_untrusted: { error: 'invalid_request', status: 400, told: 'unproven' },
  key_unknown: { error: 'invalid_request', status: 400, told: 'unproven' },
  signature_wrong: { error: 'invalid_request', status: 400, told: 'unproven' },
  audience_wrong: { error: 'invalid_request', status: 400, told: 'proven' },
  token_expired: { error: 'invalid_request', status: 400, told: 'proven' },
  token_early: { error: 'invalid_request', status: 400, told: 'proven' },
  token_too_old: { error: 'invalid_request', status: 400, told: 'proven' },
  claim_missing: { error: 'invalid_request', status: 400, told: 'proven' },
  claim_malformed: { error: 'invalid_request', status: 400, told: 'proven' },
  owner_outside_fence: { error: 'invalid_request', status: 400, told: 'proven' },
  token_replayed: { error: 'invalid_request', status: 400, told: 'proven' },
  grant_refused: { error: 'invalid_target', status: 400, told: 'proven' },
  scope_exceeded: { error: 'invalid_scope', status: 400, told: 'proven' },
  details_malformed: { error: 'invalid_authorization_details', status: 400, told: 'proven' },
  limit_reached: { error: 'temporarily_unavailable', status: 429, told: 'proven' },
  frozen: { error: 'temporarily_unavailable', status: 503, told: 'proven' },
  upstream_refused: { error: 'invalid_target', status: 400, told: 'proven' },
  keys_unavailable: { error: 'temporarily_unavailable', status: 503, told: 'always' },
  upstream_unavailable: { error: 'temporarily_unavailable', status: 503, told: 'proven' },
  ledger_unavailable: { error: 'temporarily_unavailable', status: 503, told: 'proven' },
  policy_missing: { error: 'temporarily_unavailable', status: 503, told: 'form' },
} as const satisfies Record<RefusalCode, WireForm>
