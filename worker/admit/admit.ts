/**
 * The third stage: may it happen now? One step of one Durable Object: the policy decided under is still the active one, no freeze, the token unused,
 * limits kept, the lease opened and the entry durable: all or nothing. From here on the token is burnt.
 */
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { callState } from '../call-state.ts'
import type { Commission } from '../commission.ts'
import type { Deps } from '../deps.ts'
import type { Made } from '../mint.ts'
import type { AdmitOutcome, LeaseRequest } from '../state/ledger-port.ts'
import { FROZEN } from './frozen.ts'

export interface Admitted {
  readonly outcome: 'admitted'
}

export type Admittance =
  | Admitted
  | { readonly outcome: 'stale'; readonly policy: PolicyDigest | null }
  | { readonly outcome: 'signer_revoked'; readonly kid: string }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }

/** Admits what the broker is about to ask of an upstream: the lease is opened as `minting`. */
export function admitIntent(commission: Commission, deps: Deps): Promise<Admittance> {
  return admit(commission, leaseOf(commission, 'minting'), deps)
}

/** Admits and settles in one step what the broker has made with its own keys: the lease is opened as `live`. */
export function admitMade(commission: Commission, made: Made, deps: Deps): Promise<Admittance> {
  const signed = made.signer === undefined ? {} : { signer: made.signer }
  return admit(commission, { ...leaseOf(commission, 'live'), credential: made.credentialHash, ...signed }, deps)
}

async function admit(commission: Commission, lease: LeaseRequest, deps: Deps): Promise<Admittance> {
  const { ledger, jti, attempt, limits, record } = commission
  const answered = await callState(() => deps.ledger(ledger).admit({ ...record, ledger, jti, attempt, limits, lease }))
  if (answered.ok) return judge(answered.value)
  await takeBack(ledger, lease, deps)
  return { outcome: 'refused', refusal: answered.error }
}

/** The ledger may have admitted what nobody will be given: an entry that says issued must not be the last word. Where this fails too, the lease ends by itself. */
async function takeBack(ledger: string, { id, state }: LeaseRequest, deps: Deps): Promise<void> {
  const facts = { cause: 'not_handed_over', credential_end: state === 'live' ? 'never_left' : 'not_yet_minted' }
  await callState(() => deps.ledger(ledger).end({ lease: id, how: 'revoked', state, facts }))
}

function leaseOf({ order, holder }: Commission, state: LeaseRequest['state']): LeaseRequest {
  return { ...holder, id: order.leaseId, state, expiresAt: order.expiresAt }
}

function judge(answer: AdmitOutcome): Admittance {
  switch (answer.outcome) {
    case 'admitted':
      return { outcome: 'admitted' }
    case 'stale':
      return { outcome: 'stale', policy: answer.policy }
    case 'signer_revoked':
      return answer
    case 'replayed':
      return { outcome: 'refused', refusal: { code: 'token_replayed' } }
    case 'frozen':
      return { outcome: 'refused', refusal: FROZEN }
    case 'limit_reached':
      return { outcome: 'refused', refusal: { code: 'limit_reached', limit: answer.limit, retryAfter: answer.retryAfter } }
  }
}
