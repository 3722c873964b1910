/**
 * What a workflow author can do about each refusal of the broker: one sentence or two, complete over the codes. What the broker saw is its own
 * to say; nothing here repeats it.
 */
import type { RefusalCode } from '../shared/refusal.ts'

const ANOTHER_TOKEN = 'Run the job again; if it happens again, ask the operator of the broker.'
const OPERATOR = 'Nothing in the workflow can change this: ask the operator of the broker, or run the job again later.'
const CLOCK =
  'A clock is wrong, most often that of a self-hosted server of the CI system or of the broker: have the one that stands apart set right.'
const INPUTS_OF_THE_STEP = 'Check the inputs of the step, and that the action and the broker are of versions that fit each other.'

/** For a refusal without a code: the broker says none before the signature of the ID token holds. */
export const ADVICE_FOR_STRANGERS =
  'The broker could not prove who is asking. Check that `broker` names the right broker, that `audience` is left out or is the `aud` it expects, and that its policy trusts the issuer of this CI system.'

export const ADVICE = {
  request_malformed: INPUTS_OF_THE_STEP,
  media_type_unsupported: 'Check that `broker` names a Jobpass broker and that no proxy rewrites what is sent to it.',
  request_too_large: 'Make `scope` shorter.',
  grant_type_unsupported: 'Check that `broker` names a Jobpass broker.',
  too_many_requests: 'Too many requests came from this address. Run the job again later.',
  token_malformed: ANOTHER_TOKEN,
  issuer_untrusted: ADVICE_FOR_STRANGERS,
  key_unknown: ANOTHER_TOKEN,
  signature_wrong: ANOTHER_TOKEN,
  audience_wrong: 'Leave `audience` out, or set it to the `aud` that the policy states for this issuer.',
  token_expired: CLOCK,
  token_early: CLOCK,
  token_too_old: CLOCK,
  claim_missing: 'The CI system left out a claim that the broker needs. If it is self-hosted, update it.',
  claim_malformed: 'A claim of the ID token is not what the broker expects. If a name of the run holds a control character, rename it.',
  owner_outside_fence:
    "This broker does not serve the repository's owner. Check that `broker` names the right broker; an owner is added to the policy under `issuers`, by pull request.",
  token_replayed:
    'Each ID token is taken once, and this one was used before. The action fetches a new one for every try, so another step of this job may be using its tokens.',
  grant_refused: 'Run the job under the conditions the grant states, or propose a change of the policy by pull request.',
  scope_exceeded: 'Ask for no more than the grant gives: a `scope` can only narrow it.',
  details_malformed: 'Write `scope` in the form the kind of the grant expects; every field given must say something.',
  limit_reached: 'The grant limits how often it is given out. Run the job again later, or ask for the limit to be raised in the policy.',
  frozen: 'The operator of the broker has stopped this for now. Ask them, and run the job again when they have lifted it.',
  upstream_refused: 'The service behind the grant refused. Ask the owner of the connection; the ledger of the broker tells them why.',
  keys_unavailable: 'The broker cannot reach the keys of the CI system. Run the job again later.',
  upstream_unavailable: 'The service behind the grant could not be reached. Run the job again later.',
  ledger_unavailable: OPERATOR,
  policy_missing: 'No policy is active yet. Ask the operator of the broker to publish one.',
} as const satisfies Readonly<Record<RefusalCode, string>>

/** The advice for a code of the broker, also for one that this version of the action does not know. */
export function adviceFor(code: string | undefined): string {
  if (code === undefined) return ADVICE_FOR_STRANGERS
  return isKnown(code) ? ADVICE[code] : 'Quote the decision to the operator of the broker.'
}

function isKnown(code: string): code is RefusalCode {
  return Object.hasOwn(ADVICE, code)
}
