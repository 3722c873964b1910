/**
 * The sentences of refusals, and the body each becomes (RFC 6749 §5.2 with the contract's extra members).
 * INVARIANT: until the caller's signature holds, the body has exactly `error`, `error_description` and `decision_id`; `keys_unavailable` alone may add its code.
 */
import { type LimitName, type Reason, type Refusal, type RefusalCode, WIRE_FORMS } from './refusal.ts'
import type { Seconds } from './units.ts'

export interface RefusalBody {
  readonly error: string
  readonly error_description: string
  readonly decision_id: string
  readonly code?: RefusalCode
  readonly reasons?: readonly Reason[]
  readonly hint?: string
}

export interface WireRefusal {
  readonly status: number
  readonly retryAfter: Seconds | undefined
  readonly body: RefusalBody
}

/** What every caller hears whose token is not known to be genuine, whatever is wrong with it. */
const UNPROVEN_SENTENCE = 'The subject token was not accepted. The broker’s log has the reason under this decision id.'

type Sentences = { readonly [Code in RefusalCode]: (refusal: Extract<Refusal, { readonly code: Code }>) => string }

const LIMIT_SENTENCES = {
  per_job: 'This job has drawn the grant as often as it may.',
  per_hour: 'The grant was drawn as often as it may be in one hour.',
  per_hour_total: 'The grant was drawn as often as it may be in one hour, by all its workloads together.',
  workload_per_job: 'This job has drawn as many credentials as a job of its workload may.',
  workload_per_hour: 'This workload has drawn as many credentials as it may in one hour.',
} as const satisfies Record<LimitName, string>

const SENTENCES: Sentences = {
  request_malformed: ({ parameter, problem, expected }) =>
    problem === 'missing'
      ? `The parameter ${parameter} is missing. Expected: ${expected}.`
      : problem === 'repeated'
        ? `The parameter ${parameter} was sent more than once.`
        : `The parameter ${parameter} is not usable. Expected: ${expected}.`,
  media_type_unsupported: () => 'The request must be application/x-www-form-urlencoded.',
  request_too_large: ({ limitBytes }) => `The request is larger than ${limitBytes} bytes.`,
  grant_type_unsupported: () => 'The grant type must be urn:ietf:params:oauth:grant-type:token-exchange.',
  too_many_requests: () => 'Too many requests from this address. Try again later.',
  token_malformed: () => UNPROVEN_SENTENCE,
  issuer_untrusted: () => UNPROVEN_SENTENCE,
  key_unknown: () => UNPROVEN_SENTENCE,
  signature_wrong: () => UNPROVEN_SENTENCE,
  audience_wrong: ({ expected }) => `The token’s aud must be exactly ${expected}.`,
  token_expired: () => 'The token has expired. Ask for a fresh one right before the exchange.',
  token_early: ({ claim }) => `The token’s ${claim} lies in the future. Is a clock wrong?`,
  token_too_old: ({ maxAge }) => `The token was issued more than ${maxAge} seconds ago. Ask for a fresh one right before the exchange.`,
  claim_missing: ({ claim, expected }) => `The token’s claim ${claim} must be ${expected}.`,
  claim_malformed: ({ claim, expected }) => `The token’s claim ${claim} is not what it must be: ${expected}.`,
  owner_outside_fence: () => 'The subject token was not accepted: this broker does not serve its owner.',
  token_replayed: () => 'This token was used already. Every exchange needs a fresh one.',
  grant_refused: ({ grant, cause }) => grantSentence(grant, cause),
  scope_exceeded: ({ field, asked }) => `The ask goes beyond the grant: ${field} ${JSON.stringify(asked)}.`,
  details_malformed: (refusal) =>
    'problems' in refusal
      ? `authorization_details is not usable: ${refusal.problems.join('; ')}.`
      : `authorization_details is not usable. Expected: ${refusal.expected}.`,
  limit_reached: ({ limit }) => LIMIT_SENTENCES[limit],
  frozen: () => 'Exchanges like this one are stopped at the moment by an operator.',
  upstream_refused: () =>
    'The upstream of this grant’s connection refused to make the credential. The ledger has the details under this decision id.',
  keys_unavailable: () => 'The keys needed for this exchange cannot be had at the moment. Try again with a fresh token.',
  upstream_unavailable: () => 'The upstream of this grant’s connection cannot be used at the moment. Try again with a fresh token.',
  ledger_unavailable: () => 'The ledger cannot be written at the moment, so nothing was issued. Try again with a fresh token.',
  policy_missing: () => 'No policy is active at the moment.',
}

function grantSentence(grant: string, cause: Extract<Refusal, { code: 'grant_refused' }>['cause']): string {
  const name = JSON.stringify(grant)
  switch (cause) {
    case 'authority':
      return `The grant ${name} was refused: this run is an authority of the broker, and authorities draw no credentials.`
    case 'unknown_grant':
      return `There is no grant ${name}.`
    case 'suspended':
      return `The grant ${name} was refused: this workload is suspended.`
    case 'guardrail':
      return `The grant ${name} was refused by a guardrail.`
    case 'no_rule':
      return `The grant ${name} was refused: no rule of it fits this run.`
  }
}

/** @param proven whether the caller's signature held */
export function wireRefusal(refusal: Refusal, decisionId: string, proven: boolean): WireRefusal {
  const { error, status, told } = WIRE_FORMS[refusal.code]
  const base = { error, error_description: descriptionText(sentenceOf(refusal)), decision_id: decisionId }
  const retryAfter = 'retryAfter' in refusal ? refusal.retryAfter : undefined
  if (!proven && told !== 'always') return { status, retryAfter, body: base }
  return { status, retryAfter, body: { ...base, code: refusal.code, ...members(refusal) } }
}

/** RFC 6749 §5.2: `error_description` holds printable ASCII without the double quote and the backslash. */
function descriptionText(sentence: string): string {
  return sentence.replace(/["’]/g, "'").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
}

function members(refusal: Refusal): Pick<RefusalBody, 'reasons' | 'hint'> {
  if (refusal.code !== 'grant_refused') return {}
  return { reasons: refusal.reasons, ...(refusal.hint === undefined ? {} : { hint: refusal.hint }) }
}

/** The sentence of a refusal. The table is complete, so each refusal meets the entry of its own code. */
export function sentenceOf<Code extends RefusalCode>(refusal: Extract<Refusal, { readonly code: Code }>): string {
  const sentence: (refusal: Extract<Refusal, { readonly code: Code }>) => string = SENTENCES[refusal.code as Code]
  return sentence(refusal)
}
