/**
 * What a kind of credential is, as far as policy, broker, action and reviewer must agree: its shapes, its lifetime, and how an ask narrows a scope.
 * The effectful half is `worker/providers/<kind>.ts`, the job's half `action/deliver/<kind>.ts`. Nothing here does I/O.
 */
import type * as z from 'zod'
import type { Result } from '../result.ts'
import type { Seconds } from '../units.ts'

/** The ask goes beyond the scope: which field, and the caller's own value that was too much. */
export interface ScopeExceeded {
  readonly field: string
  readonly asked: string
}

/** How the scope of a head policy relates to that of its base. */
export type ScopeComparison = 'same' | 'narrower' | 'wider' | 'other'

export interface Kind<Name extends string, Connection, Scope, Asked, Credential, Revocation extends 'broker' | 'none'> {
  readonly name: Name
  /** `issued_token_type` of the answer (RFC 8693 §2.2.1). */
  readonly tokenType: `urn:${string}`
  /** `token_type` of the answer: `Bearer` when it can be used as a bearer token, else `N_A` (RFC 8693 §2.2.1). */
  readonly bearer: 'Bearer' | 'N_A'
  /** The kind's own members of a connection, besides `kind`, `owner`, `rotation`. Strict. */
  readonly connection: z.ZodType<Connection>
  readonly scope: z.ZodType<Scope>
  /** What a caller may send in `authorization_details`, without `type`. Strict; never empty lists or objects. */
  readonly asked: z.ZodType<Asked>
  readonly credential: z.ZodType<Credential>
  /** Members of the credential that the action masks before anything else. */
  readonly secrets: readonly (keyof Credential & string)[]
  readonly lifetime: { readonly min: Seconds; readonly max: Seconds; readonly enforced: 'upstream' | 'broker' }
  readonly revocation: Revocation
  /** Who makes the credential: the broker with its own keys (one hop of state for the exchange) or an upstream (admit and settle). */
  readonly minted: 'broker' | 'upstream'
  /** Whether the ask must carry the holder's `public_key`. */
  readonly holderKey: boolean
  /** `access_token` of the answer: the token itself, or the credential's JSON for compound ones. */
  encode(credential: Credential): string
  /** The meet of scope and ask. Law: never wider than either; asking for more is refused, never trimmed. */
  narrow(scope: Scope, asked: Asked): Result<Scope, ScopeExceeded>
  compare(a: Scope, b: Scope): ScopeComparison
  /** One secret-free line. */
  summary(scope: Scope): string
  /** Names of bindings (`UPSTREAM_*`) the connection needs. */
  secretNames(connection: Connection): readonly string[]
}

/**
 * Any kind, where only its name is known at run time. Scopes, connections and credentials are `unknown` here:
 * each was parsed by this very kind's own schema, and is handed to no other.
 */
export type AnyKind = Omit<Kind<string, unknown, unknown, unknown, unknown, 'broker' | 'none'>, 'secrets'> & {
  readonly secrets: readonly string[]
}

/** The name of a root secret's binding, in a connection: `{ secret: UPSTREAM_NAME }`. No other binding can be named by a policy. */
export const SECRET_NAME = /^UPSTREAM_[A-Z0-9_]{1,100}$/
