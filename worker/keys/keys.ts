/**
 * The broker's own keys, as the rest of the worker sees them. The private halves live sealed in the `Keyring` object;
 * an isolate holds them as non-extractable CryptoKeys.
 */
import type { JsonObject } from '../../shared/json.ts'

export type SigningAlgorithm = 'ES256' | 'RS256'

/** WebCrypto's key under the one name that the types of workerd and of Node both have. */
export type ImportedKey = Parameters<typeof crypto.subtle.exportKey>[1]

export interface SigningKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly privateKey: ImportedKey
}

export interface CertificateAuthority {
  /** The raw 32-byte Ed25519 public key (RFC 8032). */
  readonly publicKey: Uint8Array
  /** Ed25519 signature over the bytes, 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>
}

/** A method rejects with `keysUnavailable` when the keyring cannot be reached or read: the `keys_unavailable` refusal of the caller. Any other rejection is a fault. */
export interface Keys {
  signingKey(algorithm: SigningAlgorithm): Promise<SigningKey>
  /** The CA of an `ssh-cert` connection; made at first use. */
  certificateAuthority(connectionName: string): Promise<CertificateAuthority>
  /** The Ed25519 key that signs ledger checkpoints. */
  checkpointKey(): Promise<CertificateAuthority>
  /** Public JWKs: current, next, previous of both algorithms, and the checkpoint key (RFC 7517). */
  publicKeys(): Promise<readonly JsonObject[]>
}

const UNAVAILABLE = 'KeysUnavailable'

/** What a method of `Keys` rejects with when the keyring cannot be reached or read. The detail is a fixed phrase of ours, for the log. */
export function keysUnavailable(detail: string): Error {
  const error = new Error(detail)
  error.name = UNAVAILABLE
  return error
}

/** Tells the `keys_unavailable` refusal from a fault. */
export function isKeysUnavailable(error: unknown): error is Error {
  return error instanceof Error && error.name === UNAVAILABLE
}
