/**
 * What the worker says to the one keyring. Private halves cross it sealed, and open only with the sealing key and their place.
 * Expected outcomes are values; a rejected call means it could not be reached or could not write.
 */
import type { Result } from '../../shared/result.ts'
import type { PublicJwk } from '../keys/key-pairs.ts'
import type { SigningAlgorithm } from '../keys/keys.ts'

export interface SealedSigningKey {
  readonly kid: string
  readonly sealed: string
}

export interface SealedAuthority {
  /** Raw Ed25519 public key, 32 bytes in base64. */
  readonly publicKey: string
  readonly sealed: string
}

/** The keys at rest were sealed under neither configured sealing key: the configuration is wrong, and making new keys would hide it. */
export interface KeyringProblem {
  readonly code: 'sealed_under_unknown_key'
}

export interface KeyringPort {
  /** The key to sign with now; made at first use. */
  signingKey(algorithm: SigningAlgorithm): Promise<Result<SealedSigningKey, KeyringProblem>>
  /** The CA of a connection; made at first use, so the caller must know the connection from a policy. */
  certificateAuthority(connectionName: string): Promise<Result<SealedAuthority, KeyringProblem>>
  /** Current, next and previous of both algorithms. */
  publicKeys(): Promise<readonly PublicJwk[]>
}

/** Where a seal belongs: a sealed key put in another row does not open. */
export function signingKeyPlace(kid: string): string {
  return `signing-key/${kid}`
}

export function authorityPlace(connectionName: string): string {
  return `ssh-ca/${connectionName}`
}
