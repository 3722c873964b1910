/**
 * The registered claims of a token whose signature holds (RFC 7519 §4.1): `aud`, `exp`, `nbf`, `iat`, `jti`, `sub`.
 * Stricter than the RFC where it leaves a choice; the platform's own claims are its profile's business.
 */
import type { Json, JsonObject } from '../../shared/json.ts'
import { hasControlCharacter, MAX_TOKEN_LIFETIME } from '../../shared/platforms/platform.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Instant, Seconds } from '../../shared/units.ts'

/** Tolerated difference of clocks, on every time. */
const CLOCK_SKEW: Seconds = 30

const MAX_IDENTIFIER_CHARACTERS = 1024

export interface RegisteredClaims {
  readonly jti: string
  readonly subject: string
  readonly issuedAt: Instant
  readonly expiresAt: Instant
}

export interface ClaimDemands {
  readonly audience: string
  readonly maxAge: Seconds
  readonly nbfRequired: boolean
}

export function checkRegisteredClaims(claims: JsonObject, demands: ClaimDemands, now: Instant): Result<RegisteredClaims, Refusal> {
  if (claims.aud === undefined) return err(missing('aud'))
  if (claims.aud !== demands.audience) return err({ code: 'audience_wrong', expected: demands.audience })
  const times = readTimes(claims, demands.nbfRequired)
  if (!times.ok) return times
  const { exp, iat, nbf } = times.value
  if (exp - iat <= 0 || exp - iat > MAX_TOKEN_LIFETIME)
    return err(malformed('exp', `later than iat, by at most ${MAX_TOKEN_LIFETIME} seconds`))
  for (const name of ['jti', 'sub']) {
    const problem = identifierProblem(name, claims[name])
    if (problem !== undefined) return err(problem)
  }
  if (exp + CLOCK_SKEW <= now) return err({ code: 'token_expired' })
  if (nbf !== undefined && nbf - CLOCK_SKEW > now) return err({ code: 'token_early', claim: 'nbf' })
  if (iat - CLOCK_SKEW > now) return err({ code: 'token_early', claim: 'iat' })
  if (now - iat > demands.maxAge + CLOCK_SKEW) return err({ code: 'token_too_old', maxAge: demands.maxAge })
  return ok({ jti: String(claims.jti), subject: String(claims.sub), issuedAt: iat, expiresAt: exp })
}

function readTimes(claims: JsonObject, nbfRequired: boolean): Result<{ exp: Instant; iat: Instant; nbf: Instant | undefined }, Refusal> {
  const { exp, iat, nbf } = claims
  if (exp === undefined) return err(missing('exp'))
  if (iat === undefined) return err(missing('iat'))
  if (nbf === undefined && nbfRequired) return err(missing('nbf'))
  if (!isInstant(exp)) return err(malformed('exp', 'whole seconds'))
  if (!isInstant(iat)) return err(malformed('iat', 'whole seconds'))
  if (nbf !== undefined && !isInstant(nbf)) return err(malformed('nbf', 'whole seconds'))
  return ok({ exp, iat, nbf })
}

function identifierProblem(name: string, value: Json | undefined): Refusal | undefined {
  if (value === undefined || value === '') return missing(name)
  if (typeof value !== 'string' || value.length > MAX_IDENTIFIER_CHARACTERS || hasControlCharacter(value)) {
    return malformed(name, `a string of at most ${MAX_IDENTIFIER_CHARACTERS} characters without control characters`)
  }
  return undefined
}

function isInstant(value: Json): value is number {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0
}

function missing(claim: string): Refusal {
  return { code: 'claim_missing', claim, expected: 'present and not empty' }
}

function malformed(claim: string, expected: string): Refusal {
  return { code: 'claim_malformed', claim, expected }
}
