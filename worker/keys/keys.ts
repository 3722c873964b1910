/**
 * The broker's own keys, as the rest of the worker sees them. The private halves live sealed in the `Keyring` object;
 * an isolate holds them as non-extractable CryptoKeys.
 */
import type { JsonObject } from '../../shared/json.ts'

export type SigningAlgorithm = 'ES256' | 'RS256'

export type KeyAlgorithm = SigningAlgorithm | 'Ed25519'

/** What an Ed25519 key of the keyring is for: the CA of one `ssh-cert` connection, or ledger checkpoints. */
export type Ed25519Purpose = `ssh-ca:${string}` | 'checkpoint'

/** A line of keys that follow each other, as operators name it. */
export type KeyName = `signing:${SigningAlgorithm}` | Ed25519Purpose

/** WebCrypto's key under the one name that the types of workerd and of Node both have. */
export type ImportedKey = Parameters<typeof crypto.subtle.exportKey>[1]

export interface SigningKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly privateKey: ImportedKey
}

export interface Ed25519Key {
  /** The raw 32-byte public key (RFC 8032). */
  readonly publicKey: Uint8Array
  /** Ed25519 signature over the bytes, 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>
}

/** A method rejects with `keysUnavailable` when the keyring cannot be reached or read: the `keys_unavailable` refusal of the caller. Any other rejection is a fault. */
export interface Keys {
  signingKey(algorithm: SigningAlgorithm): Promise<SigningKey>
  /** The CA of an `ssh-cert` connection; made at first use. */
  certificateAuthority(connectionName: string): Promise<Ed25519Key>
  /** The key that signs ledger checkpoints. Never one that was held: asked for anew at each use. */
  checkpointKey(): Promise<Ed25519Key>
  /** Public JWKs: current, next, previous of both algorithms and of the checkpoint key (RFC 7517). */
  publicKeys(): Promise<readonly JsonObject[]>
  /** Raw public keys of all CAs of a connection that hosts should trust: current, next, previous. */
  publicAuthorities(connectionName: string): Promise<readonly Uint8Array[]>
  /** Lets go of a key that must not sign again, and of every public set that may name it. */
  forget(kid: string): void
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
