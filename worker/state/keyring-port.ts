/**
 * What the worker says to the one keyring. Private halves cross it sealed, and open only with the sealing key and their place.
 * Expected outcomes are values; a rejected call means it could not be reached or could not write.
 */
import type { Result } from '../../shared/result.ts'
import type { Instant } from '../../shared/units.ts'
import type { PublicJwk } from '../keys/key-pairs.ts'
import type { Ed25519Purpose, KeyAlgorithm, KeyName, SigningAlgorithm } from '../keys/keys.ts'

export interface SealedSigningKey {
  readonly kid: string
  readonly sealed: string
}

export interface SealedEd25519Key {
  /** Raw Ed25519 public key, 32 bytes in base64. */
  readonly publicKey: string
  readonly sealed: string
}

/** Keys at rest were sealed under neither configured sealing key: the configuration is wrong, and making new keys would hide it. */
export interface KeyringProblem {
  readonly code: 'sealed_under_unknown_key'
}

export interface NoSuchKey {
  readonly code: 'no_such_key'
}

export type KeyPhase = 'next' | 'current' | 'previous' | 'revoked'

/** Which sealing key holds a private half; `nothing`: it was destroyed. */
export type SealedUnder = 'current' | 'previous' | 'unknown' | 'nothing'

/** One key as people see it. */
export interface KeyState {
  readonly key: KeyName
  readonly kid: string
  readonly algorithm: KeyAlgorithm
  readonly phase: KeyPhase
  /** When it began, or will begin, to sign. */
  readonly since: Instant
  /** When it stopped, or will stop, signing; `null` while no successor is made. */
  readonly until: Instant | null
  readonly sealedUnder: SealedUnder
}

export interface RotationOrder {
  readonly key: KeyName
  /** The next key signs at once, however short it has been published. */
  readonly atOnce: boolean
  /** The same in every try of one call, so that a second try is never a second rotation. */
  readonly act: string
  readonly by: string
  readonly reason: string
}

export interface Rotation {
  /** The key that takes over from which, and when. */
  readonly kid: string
  readonly replaces: string
  readonly signsFrom: Instant
}

export interface RevocationOrder {
  readonly kid: string
  readonly by: string
  readonly reason: string
}

export interface KeyRevocation {
  readonly key: KeyName
  /** The key that signs in its place; `null` when there is none that can be opened. */
  readonly successor: string | null
}

/** How many private halves lie under which sealing key, after everything that opens was sealed again. */
export interface Resealing {
  readonly resealed: number
  readonly underPrevious: number
  readonly unreadable: number
}

export interface KeyringPort {
  /** The key to sign with now; made at first use. */
  signingKey(algorithm: SigningAlgorithm): Promise<Result<SealedSigningKey, KeyringProblem>>
  /** The CA of a connection that signs now; made at first use, so the caller must know the connection from a policy. */
  certificateAuthority(connectionName: string): Promise<Result<SealedEd25519Key, KeyringProblem>>
  /** The key that signs checkpoints now; made at first use. */
  checkpointKey(): Promise<Result<SealedEd25519Key, KeyringProblem>>
  /** Current, next and previous of both algorithms. */
  publicKeys(): Promise<readonly PublicJwk[]>
  /** Raw public keys in base64: current, next, previous. Made at first use, as above. */
  publicEd25519Keys(purpose: Ed25519Purpose): Promise<readonly string[]>
  /** Every key there is, and those that were revoked. */
  keys(): Promise<readonly KeyState[]>
  rotate(order: RotationOrder): Promise<Result<Rotation, KeyringProblem | NoSuchKey>>
  /** The key is destroyed and its successor signs from now on. Revoking it again changes nothing. */
  revoke(order: RevocationOrder): Promise<Result<KeyRevocation, NoSuchKey>>
  /** Seals again, under the current sealing key, what the previous one holds. */
  reseal(): Promise<Resealing>
}

/** Where a seal belongs: a sealed key put in the row of another purpose does not open. */
export function signingKeyPlace(kid: string): string {
  return `signing-key/${kid}`
}

/** The first version kept every Ed25519 key among the SSH CAs. Seals are bound to these names, so they stay. */
export function ed25519Place(purpose: Ed25519Purpose): string {
  return purpose === 'checkpoint' ? 'ssh-ca/@checkpoint' : `ssh-ca/${purpose.slice('ssh-ca:'.length)}`
}
