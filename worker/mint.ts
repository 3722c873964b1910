/**
 * The fourth stage: the credential is made, by exactly one call of its kind's provider. Upstream words stop here: what goes on is a status, a phrase of ours, or the credential.
 */
import type { JsonObject } from '../shared/json.ts'
import type { Facts } from '../shared/ledger-entries.ts'
import type { Refusal } from '../shared/refusal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { Secret } from '../shared/secret.ts'
import type { Instant } from '../shared/units.ts'
import type { Commission } from './commission.ts'
import { hashOf } from './credential-hash.ts'
import { type Deps, providerDeps } from './deps.ts'
import { isKeysUnavailable } from './keys/keys.ts'
import { providerOf } from './providers/index.ts'
import type { MintRefusal } from './providers/provider.ts'

/** A credential that exists and was not handed over yet. */
export interface Made {
  /** The `access_token` of the answer. */
  readonly accessToken: Secret
  /** base64 of its SHA-256, as GitHub's own audit log writes it. */
  readonly credentialHash: string
  /** When the credential dies by itself; the lease may end it sooner. */
  readonly expiresAt: Instant
  readonly handle: JsonObject | undefined
  /** The broker's own key that signed it, where one did. */
  readonly signer: string | undefined
}

/** What went wrong, for the caller and, with more detail, for the ledger. */
export type MintFailure = Refusal & {
  readonly forLedger?: Pick<Facts<'failed'>, 'detail' | 'upstream_status' | 'may_live_until'>
  readonly leftover?: Leftover
}

/** A credential that was made, will not be handed over, and is still to be ended. */
export interface Leftover {
  readonly handle: JsonObject
  /** The latest moment it can live to. */
  readonly expiresAt: Instant
}

const UPSTREAM_RETRY_AFTER = 10
const KEYS_RETRY_AFTER = 5

export async function mint(commission: Commission, deps: Deps): Promise<Result<Made, MintFailure>> {
  const { kind, kindName, order } = commission
  try {
    const minted = await providerOf(kindName).mint(order, providerDeps(deps))
    if (!minted.ok) return err(failureOf(minted.error, latestEnd(commission)))
    const accessToken = kind.encode(minted.value.credential)
    const made = {
      accessToken: new Secret(accessToken),
      credentialHash: await hashOf(accessToken),
      expiresAt: minted.value.expiresAt,
      handle: minted.value.handle,
      signer: minted.value.signer,
    }
    return ok(made)
  } catch (failure) {
    if (isKeysUnavailable(failure))
      return err({ code: 'keys_unavailable', retryAfter: KEYS_RETRY_AFTER, forLedger: { detail: failure.message } })
    throw failure
  }
}

/** What an upstream makes lives as long as was ordered, or as long as the upstream always lets it. */
function latestEnd({ kind, order }: Commission): Instant {
  return kind.lifetime.enforced === 'upstream' ? order.expiresAt : order.issuedAt + kind.lifetime.max
}

function failureOf(refusal: MintRefusal, latest: Instant): MintFailure {
  if (refusal.code === 'request_malformed') return refusal
  const forLedger = {
    detail: refusal.detail,
    ...(refusal.status === undefined ? {} : { upstream_status: refusal.status }),
    ...(refusal.mayHaveActed ? { may_live_until: latest } : {}),
  }
  const more = { forLedger, ...(refusal.leftover === undefined ? {} : { leftover: { handle: refusal.leftover(), expiresAt: latest } }) }
  if (refusal.code === 'upstream_refused') return { code: refusal.code, ...more }
  return { code: refusal.code, retryAfter: refusal.retryAfter ?? UPSTREAM_RETRY_AFTER, ...more }
}
