/**
 * THE SPINE: authenticate → authorize → admit → mint → settle. Each step takes what the step before gave and cannot be called without it.
 * A ledger that knows a newer policy, or that the key which signed was revoked, sends the exchange round again: nothing is acted on under an old one.
 */

import type { Policy, PolicyDigest } from '../shared/policy/policy.ts'
import type { Refusal, RefusalCode } from '../shared/refusal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type Admittance, type Admitted, admitIntent, admitMade } from './admit/admit.ts'
import { recordRefusal } from './admit/record-refusal.ts'
import { type Form, readAsk } from './ask.ts'
import { authenticate, type Workload } from './authenticate/authenticate.ts'
import { authorize } from './authorize/authorize.ts'
import { currentPolicy, newerPolicy, policyOf } from './authorize/policy-cache.ts'
import { callState } from './call-state.ts'
import { type Commission, commission } from './commission.ts'
import type { Deps } from './deps.ts'
import { type Made, mint } from './mint.ts'
import { settle } from './settle.ts'

/** One token request, decoded but not believed. */
export interface Presented {
  readonly subjectToken: string
  readonly form: Form
  readonly decision: string
  readonly callerAddress: string | undefined
}

/** A credential made, recorded and ready to be handed over. */
export interface Issued {
  readonly commission: Commission
  readonly made: Made
}

/** A refusal, and whether the caller's signature held: until it does, nothing is told. */
export interface Refused {
  readonly refusal: Refusal
  readonly proven: boolean
  readonly workload?: Workload
}

/** The ledger moved on to another policy: decide again under it. */
interface Stale {
  readonly stale: PolicyDigest | null
}

const MAX_ROUNDS = 4

export async function exchange(presented: Presented, deps: Deps): Promise<Result<Issued, Refused>> {
  const held = await callState(() => currentPolicy(deps))
  if (!held.ok) return unproven(held.error)
  let policy = held.value
  for (let round = 0; round < MAX_ROUNDS && policy !== undefined; round++) {
    // INVARIANT: an attempt stands for one decision and one lease. A round decided anew is another attempt, else the mark of the round before would admit it unrecorded
    const outcome = await decideOnce({ ...presented, attempt: `${presented.decision}/${round}` }, policy, deps)
    if (!('stale' in outcome)) return outcome
    const next = outcome.stale
    const loaded = await callState(async () => (next === null ? undefined : policyOf(next, deps)))
    if (!loaded.ok) return unproven(loaded.error)
    policy = loaded.value
  }
  return unproven({ code: 'policy_missing', retryAfter: POLICY_RETRY_AFTER })
}

const POLICY_RETRY_AFTER = 5

type Attempt = Presented & { readonly attempt: string }

async function decideOnce(presented: Attempt, policy: Policy, deps: Deps): Promise<Result<Issued, Refused> | Stale> {
  const workload = await authenticate(presented.subjectToken, policy, deps)
  if (!workload.ok) return (await elsewhere(workload.error, policy, deps)) ?? unproven(workload.error, isProven(workload.error))
  const standing = { workload: workload.value, policy, presented }
  const ask = readAsk(presented.form)
  if (!ask.ok) return refuse(ask.error, standing, deps)
  const authorized = authorize(workload.value, ask.value, { policy, config: deps.config })
  if (!authorized.ok) return refuse(authorized.error, standing, deps)
  const order = commission({ ...standing, ask: ask.value, authorized: authorized.value }, deps)
  return order.kind.minted === 'broker' ? makeThenAdmit(order, standing, deps) : admitThenMake(order, standing, deps)
}

interface Standing {
  readonly workload: Workload
  readonly policy: Policy
  readonly presented: Attempt
}

/** One hop of state: the broker signs with its own keys, and what it signed leaves only when the ledger has admitted and recorded it. */
async function makeThenAdmit(order: Commission, standing: Standing, deps: Deps): Promise<Result<Issued, Refused> | Stale> {
  const made = await mint(order, deps)
  if (!made.ok) return refuse(made.error, standing, deps)
  const admitted = await admitMade(order, made.value, deps)
  return admitted.outcome === 'admitted' ? ok({ commission: order, made: made.value }) : notAdmitted(admitted, standing, deps)
}

/** Two hops: the intent is on record before the upstream is asked, the outcome before the caller is answered. */
async function admitThenMake(order: Commission, standing: Standing, deps: Deps): Promise<Result<Issued, Refused> | Stale> {
  const admitted = await admitIntent(order, deps)
  if (admitted.outcome !== 'admitted') return notAdmitted(admitted, standing, deps)
  const settled = await settle(order, await mint(order, deps), deps)
  return settled.ok
    ? ok({ commission: order, made: settled.value })
    : err({ refusal: settled.error, proven: true, workload: standing.workload })
}

function notAdmitted(
  admittance: Exclude<Admittance, Admitted>,
  { workload, policy }: Standing,
  deps: Deps,
): Result<never, Refused> | Stale {
  if (admittance.outcome === 'stale') return { stale: admittance.policy }
  if (admittance.outcome === 'signer_revoked') {
    deps.keys.forget(admittance.kid)
    return { stale: policy.digest }
  }
  return err({ refusal: admittance.refusal, proven: true, workload })
}

/** A refusal inside the fence goes on record; the ledger may know that a freeze is the first reason, or that the policy is an old one. */
async function refuse(refusal: Refusal, standing: Standing, deps: Deps): Promise<Result<never, Refused> | Stale> {
  const { presented, policy, workload } = standing
  const recorded = await recordRefusal({ refusal, workload, policy, decision: presented.decision, form: presented.form }, deps)
  return recorded.outcome === 'stale' ? { stale: recorded.policy } : err({ refusal: recorded.refusal, proven: true, workload })
}

/** What a policy decides of a token: its issuers, their inline keys, `audience`, fences, `token_max_age`. */
const DECIDED_BY_POLICY: readonly RefusalCode[] = [
  'issuer_untrusted',
  'key_unknown',
  'keys_unavailable',
  'signature_wrong',
  'audience_wrong',
  'token_too_old',
  'owner_outside_fence',
]

/** A token the held policy does not accept may be accepted by a newer one. */
async function elsewhere(refusal: Refusal, policy: Policy, deps: Deps): Promise<Stale | undefined> {
  if (!DECIDED_BY_POLICY.includes(refusal.code)) return undefined
  const newer = await callState(() => newerPolicy(policy, deps))
  return newer.ok && newer.value !== undefined ? { stale: newer.value.digest } : undefined
}

/** Refusals of `authenticate` that come after the signature held. */
function isProven({ code }: Refusal): boolean {
  return !['token_malformed', 'issuer_untrusted', 'key_unknown', 'signature_wrong', 'keys_unavailable'].includes(code)
}

function unproven(refusal: Refusal, proven = false): Result<never, Refused> {
  return err({ refusal, proven })
}
