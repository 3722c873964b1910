/**
 * From an unverified token to a verified one, in the order of `docs/security-model.md`: form, issuer, algorithm, key, signature, registered claims, the platform's profile.
 * The only place that makes a `VerifiedToken`. It knows nothing of fences, policies' rules or roles.
 */
import { compactVerify } from 'jose'
import type { JsonObject } from '../../shared/json.ts'
import type { PlatformFacts } from '../../shared/platforms/platform.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type Deps, nowSeconds } from '../deps.ts'
import { checkRegisteredClaims, type RegisteredClaims } from './claims.ts'
import { findKey } from './key-sets.ts'
import type { SigningIssuer, TrustedIssuer } from './trusted-issuer.ts'
import { readUnverifiedToken, type UnverifiedToken } from './unverified-token.ts'

export interface VerifiedToken {
  readonly issuer: TrustedIssuer
  readonly registered: RegisteredClaims
  readonly facts: PlatformFacts
}

export type VerifyDeps = Pick<Deps, 'keySets' | 'nowMs' | 'fetch' | 'config' | 'log'>

const KEYS_RETRY_AFTER = 5

export async function verifyToken(
  compact: string,
  trusted: (iss: string) => TrustedIssuer | undefined,
  deps: VerifyDeps,
): Promise<Result<VerifiedToken, Refusal>> {
  const token = readUnverifiedToken(compact)
  return token.ok ? verifyRead(token.value, trusted, deps) : token
}

/** The same of a token whose form was judged already. */
export async function verifyRead(
  token: UnverifiedToken,
  trusted: (iss: string) => TrustedIssuer | undefined,
  deps: VerifyDeps,
): Promise<Result<VerifiedToken, Refusal>> {
  const issuer = trusted(token.unverifiedIssuer)
  if (issuer === undefined) return err({ code: 'issuer_untrusted' })
  const claims = await verifySignature(token, issuer, deps)
  if (!claims.ok) return claims
  const { platform, audience, maxAge } = issuer
  const registered = checkRegisteredClaims(claims.value, { audience, maxAge, nbfRequired: platform.nbfRequired }, nowSeconds(deps))
  if (!registered.ok) return registered
  const facts = platform.readFacts(issuer.url, claims.value)
  return facts.ok ? ok({ issuer, registered: registered.value, facts: facts.value }) : facts
}

/** The payload, once the issuer's key says so. `typ` is judged here too: it is part of what the issuer signed. */
export async function verifySignature(
  token: UnverifiedToken,
  issuer: SigningIssuer,
  deps: VerifyDeps,
): Promise<Result<JsonObject, Refusal>> {
  const { algorithms, typRequired } = issuer.platform
  if (!algorithms.includes(token.header.alg)) return err({ code: 'token_malformed', detail: 'alg is not one of the issuer’s' })
  if (typRequired && token.header.typ?.toUpperCase() !== 'JWT') return err({ code: 'token_malformed', detail: 'typ is not JWT' })
  const key = await findKey(issuer, token.header.kid, deps)
  if (!key.ok) return err(key.error === 'keys_unavailable' ? { code: key.error, retryAfter: KEYS_RETRY_AFTER } : { code: key.error })
  try {
    await compactVerify(token.compact, key.value, { algorithms: [...algorithms] })
  } catch {
    return err({ code: 'signature_wrong' })
  }
  return ok(token.unverifiedPayload)
}
