/**
 * A person, by an assertion of Cloudflare Access: the application token that Access puts on every request it lets through. It is a session and not single use; what is
 * done with it is recorded act by act. Verified here in full, whatever stands in front: a header that came another way is only text.
 */
import * as z from 'zod'
import { foldAscii, hasControlCharacter } from '../../shared/platforms/platform.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Instant, Seconds } from '../../shared/units.ts'
import type { AccessAuthority } from '../access-config.ts'
import { nowSeconds } from '../deps.ts'
import type { SigningIssuer } from './trusted-issuer.ts'
import type { UnverifiedToken } from './unverified-token.ts'
import { type VerifyDeps, verifySignature } from './verify.ts'

/** Who Access says it is, of a team and for an application that the configuration names. */
export interface VerifiedPerson {
  readonly team: string
  readonly audiences: readonly string[]
  readonly email: string
  /** Access's own name of the person; an address can be given to somebody else. */
  readonly subject: string
}

const CLOCK_SKEW: Seconds = 30
/** The longest session of an application that is believed. Access itself allows a month. */
const LONGEST_SESSION: Seconds = 86_400

/** Where Access publishes a team's keys, and how it signs. */
const ACCESS = { algorithms: ['RS256'], typRequired: false, keySetPath: '/cdn-cgi/access/certs' } as const

const instant = z.int().nonnegative()
const identifier = z
  .string()
  .min(1)
  .max(254)
  .refine((text) => !hasControlCharacter(text))

/** The claims of an application token for somebody who logged in. One for a service has no address and an empty `sub`: a service is no person. */
const claimsSchema = z.looseObject({
  type: z.literal('app'),
  aud: z.union([
    z
      .string()
      .min(1)
      .transform((one) => [one]),
    z.array(z.string().min(1)).min(1),
  ]),
  email: identifier,
  sub: identifier,
  iat: instant,
  nbf: instant.optional(),
  exp: instant,
})

export async function verifyAssertion(
  token: UnverifiedToken,
  { team }: Pick<AccessAuthority, 'team'>,
  deps: VerifyDeps,
): Promise<Result<VerifiedPerson, Refusal>> {
  const issuer: SigningIssuer = { name: 'access', url: team, platform: ACCESS }
  const payload = await verifySignature(token, issuer, deps)
  if (!payload.ok) return payload
  const claims = claimsSchema.safeParse(payload.value)
  if (!claims.success) {
    const claim = String(claims.error.issues[0]?.path[0] ?? 'type')
    return err({ code: 'claim_malformed', claim, expected: 'as Access writes it for a person' })
  }
  const { aud, email, sub, ...times } = claims.data
  const problem = timeProblem(times, nowSeconds(deps))
  return problem === undefined ? ok({ team, audiences: aud, email: foldAscii(email), subject: sub }) : err(problem)
}

function timeProblem({ iat, nbf, exp }: { iat: Instant; nbf?: Instant | undefined; exp: Instant }, now: Instant): Refusal | undefined {
  if (exp <= iat || exp - iat > LONGEST_SESSION) {
    return { code: 'claim_malformed', claim: 'exp', expected: `later than iat, by at most ${LONGEST_SESSION} seconds` }
  }
  if (exp + CLOCK_SKEW <= now) return { code: 'token_expired' }
  if (nbf !== undefined && nbf - CLOCK_SKEW > now) return { code: 'token_early', claim: 'nbf' }
  return iat - CLOCK_SKEW > now ? { code: 'token_early', claim: 'iat' } : undefined
}
