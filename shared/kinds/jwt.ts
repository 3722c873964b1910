/**
 * The kind `jwt`: an access token (RFC 9068) that the broker signs itself, for services that verify it with the broker's key set.
 * The policy fixes its audience, scopes and extra claims; a caller may drop scopes and nothing else. A claim that says who the token
 * is for, who made it or how long it lives can never come from a policy.
 */
import * as z from 'zod'
import { err, ok, type Result } from '../result.ts'
import { combineComparisons, compareSets, firstOutside, meetOf } from './inclusion.ts'
import type { Kind, ScopeComparison, ScopeExceeded } from './kind.ts'

export interface JwtConnection {
  /** The `aud` of the tokens: the resource they are for (RFC 9068 §2.2). */
  readonly audience: string
  readonly algorithm: 'ES256' | 'RS256'
  /** Workloads that may introspect these tokens (RFC 7662). */
  readonly resource_servers?: readonly string[]
}

/** At least one of the two. Claims are added as they are. */
export interface JwtScope {
  readonly scopes?: readonly string[]
  readonly claims?: Readonly<Record<string, string>>
}

export interface JwtAsked {
  readonly scopes: readonly string[]
}

export interface JwtCredential {
  readonly token: string
}

/**
 * Claim names a policy may not set. INVARIANT: holds every claim that `worker/providers/jwt.ts` writes.
 * The rest would change what the token means: proof keys and actors (RFC 7800, RFC 8693), a person's authentication (OIDC Core §2),
 * and the members of an introspection answer (RFC 7662 §2.2).
 */
export const RESERVED_CLAIMS: readonly string[] = [
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'],
  ...['client_id', 'scope', 'ci'],
  ...['cnf', 'act', 'may_act', 'azp', 'authorization_details'],
  ...['auth_time', 'acr', 'amr', 'nonce', 'at_hash', 'c_hash', 'sid', 'events'],
  ...['active', 'token_type', 'username'],
]

const scopeToken = z
  .string()
  .max(256)
  // RFC 6749 §3.3 scope-token
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'a scope of printable ASCII without space, quote or backslash')

const claimName = z
  .string()
  .min(1)
  .max(256)
  .refine((name) => !RESERVED_CLAIMS.includes(name), `a claim name that is not reserved (${RESERVED_CLAIMS.slice(0, 10).join(', ')}, …)`)

const scope: z.ZodType<JwtScope> = z
  .strictObject({
    scopes: z
      .array(scopeToken)
      .min(1)
      .max(100)
      .describe('What the token may be used for: its scope claim. A caller may ask for some of them.')
      .exactOptional(),
    claims: z
      .record(claimName, z.string().max(1024))
      .refine((claims) => Object.keys(claims).length > 0, 'at least one claim')
      .refine((claims) => Object.keys(claims).length <= 50, 'at most 50 claims')
      .describe('Claims that are put into the token as they are. At least one of scopes and claims is needed.')
      .exactOptional(),
  })
  .refine((value) => value.scopes !== undefined || value.claims !== undefined, 'at least one of scopes and claims')

const connection: z.ZodType<JwtConnection> = z.strictObject({
  audience: z
    .string()
    .min(1)
    .max(512)
    .regex(/^\S+$/, 'an audience without white space')
    .describe('The aud of the tokens: the service they are for.'),
  algorithm: z.enum(['ES256', 'RS256']).default('ES256').describe('The signature. RS256 for services that know nothing else.'),
  resource_servers: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'the name of a workload'))
    .min(1)
    .describe('Workloads that may ask the broker whether such a token still holds.')
    .exactOptional(),
})

const asked: z.ZodType<JwtAsked> = z.strictObject({ scopes: z.array(scopeToken).min(1).max(100) })

const credential: z.ZodType<JwtCredential> = z.strictObject({ token: z.string().min(1) })

export const jwt = {
  name: 'jwt',
  tokenType: 'urn:ietf:params:oauth:token-type:jwt',
  bearer: 'Bearer',
  connection,
  scope,
  asked,
  credential,
  secrets: ['token'],
  lifetime: { min: 1, max: 43_200, enforced: 'upstream' },
  revocation: 'broker',
  minted: 'broker',
  holderKey: false,
  encode: (credential) => credential.token,
  narrow,
  compare,
  summary,
  secretNames: () => [],
} as const satisfies Kind<'jwt', JwtConnection, JwtScope, JwtAsked, JwtCredential, 'broker'>

function narrow(granted: JwtScope, asked: JwtAsked): Result<JwtScope, ScopeExceeded> {
  const allowed = granted.scopes ?? []
  const outside = firstOutside(asked.scopes, allowed)
  if (outside !== undefined) return err({ field: 'scopes', asked: outside })
  return ok({ ...granted, scopes: meetOf(allowed, asked.scopes) })
}

/** More scopes are wider. Claims mean what each service makes of them, so a changed claim is neither. */
function compare(base: JwtScope, head: JwtScope): ScopeComparison {
  return combineComparisons([compareSets(base.scopes ?? [], head.scopes ?? []), compareClaims(base.claims ?? {}, head.claims ?? {})])
}

function compareClaims(base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>): ScopeComparison {
  const names = new Set([...Object.keys(base), ...Object.keys(head)])
  return [...names].every((name) => base[name] === head[name]) ? 'same' : 'other'
}

function summary(granted: JwtScope): string {
  const parts: string[] = []
  if (granted.scopes !== undefined) parts.push(`scopes ${granted.scopes.join(', ')}`)
  if (granted.claims !== undefined) {
    parts.push(
      `claims ${Object.entries(granted.claims)
        .map(([name, value]) => `${name}=${value}`)
        .join(', ')}`,
    )
  }
  return parts.join(' · ')
}
