/**
 * The effectful half of a kind: how a credential is made and unmade at its connection. Effects, no state.
 * A provider knows no policy, no ledger and no HTTP framework; it never retries a mint and never passes an upstream's body on.
 */
import type { JsonObject } from '../../shared/json.ts'
import type { Kinds } from '../../shared/kinds/index.ts'
import type { Kind } from '../../shared/kinds/kind.ts'
import type { RunFacts } from '../../shared/platforms/platform.ts'
import type { Result } from '../../shared/result.ts'
import type { Secret } from '../../shared/secret.ts'
import type { Instant, Seconds } from '../../shared/units.ts'
import type { Keys } from '../keys/keys.ts'

/** What a provider may touch. */
export interface ProviderDeps {
  readonly now: () => Instant
  readonly random: (bytes: number) => Uint8Array<ArrayBuffer>
  /** The raw outbound fetch; providers go through `http.ts`, which adds deadline, size cap and redaction. */
  readonly fetch: typeof fetch
  /** The value of an `UPSTREAM_*` binding; `undefined` when it is not set. */
  readonly secret: (name: string) => Secret | undefined
  readonly keys: Keys
  /** The broker's own `iss`. */
  readonly origin: string
}

/** One credential to be made: everything was decided already. */
export interface Order<Connection, Scope> {
  readonly leaseId: string
  readonly grant: string
  readonly connectionName: string
  readonly connection: Connection
  readonly scope: Scope
  readonly issuedAt: Instant
  /** The latest moment the credential may live to. */
  readonly expiresAt: Instant
  /** The policy's name of the workload whose rule matched. */
  readonly workload: string
  readonly run: RunFacts
  /** The holder's public key, when the kind wants one: an OpenSSH line. */
  readonly publicKey?: string
  /** The address the ask came from. */
  readonly callerAddress?: string
}

export interface Minted<Credential> {
  readonly credential: Credential
  /** What the upstream said; never assumed. */
  readonly expiresAt: Instant
  /** The broker's own key that signed it, where one did: what it signed is not admitted once it was revoked. */
  readonly signer?: string
  /** All that revoke will need; sealed at rest. Absent when there is nothing to revoke at an upstream. */
  readonly handle?: JsonObject
}

/** Why an upstream gave nothing. Carries no upstream text: `status` and `detail` go to the ledger, never to the caller. */
export interface UpstreamRefusal {
  readonly code: 'upstream_refused' | 'upstream_unavailable'
  readonly status?: number
  readonly retryAfter?: Seconds
  /** A fixed phrase of ours: `timeout`, `redirect`, `too large`, `not json`, `unexpected shape`, `secret UPSTREAM_X is not set`, … */
  readonly detail: string
  /** The upstream may have done what it was asked, and only its answer is missing. */
  readonly mayHaveActed?: true
  /** The handle of a credential that was made, is not handed over, and could not be ended at once. A function, so that nothing that prints a refusal prints a credential. */
  readonly leftover?: () => JsonObject
}

/** The ask did not carry what the kind needs (a usable public key, a known caller address). */
export interface OrderRefusal {
  readonly code: 'request_malformed'
  readonly parameter: string
  readonly problem: 'missing' | 'malformed'
  readonly expected: string
}

export type MintRefusal = UpstreamRefusal | OrderRefusal

/** The outcome of a read-only look at a connection. */
export interface Probe {
  readonly summary: string
}

export type ProviderOf<K> =
  K extends Kind<string, infer Connection, infer Scope, unknown, infer Credential, infer Revocation>
    ? {
        mint(order: Order<Connection, Scope>, deps: ProviderDeps): Promise<Result<Minted<Credential>, MintRefusal>>
        probe(connectionName: string, connection: Connection, deps: ProviderDeps): Promise<Result<Probe, UpstreamRefusal>>
      } & (Revocation extends 'broker'
        ? {
            revoke(
              handle: JsonObject,
              connection: Connection,
              deps: ProviderDeps,
            ): Promise<Result<'revoked' | 'already_gone', UpstreamRefusal>>
          }
        : { readonly revoke?: never })
    : never

export type Providers = { readonly [Name in keyof Kinds]: ProviderOf<Kinds[Name]> }
