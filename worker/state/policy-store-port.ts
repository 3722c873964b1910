/** What the worker says to the one policy store. Expected outcomes are values; a rejected call means it could not be reached or could not write. */
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import type { Activation, Freeze, FreezeTarget } from './ledger-port.ts'

export interface Publication {
  readonly digest: PolicyDigest
  /** The digest it replaces; `*` when there must be none yet. */
  readonly replaces: PolicyDigest | '*'
  readonly by: string
}

export type PublishOutcome =
  | { readonly outcome: 'active' }
  | { readonly outcome: 'not_the_active_one'; readonly active: PolicyDigest | null }
  /** In force at the store but not yet confirmed by every ledger; the store goes on pushing. */
  | { readonly outcome: 'not_everywhere'; readonly waitingFor: number }

export interface PolicyStorePort {
  activation(): Promise<Activation>
  /** Stores one piece of a policy's canonical JSON, before it is published. */
  upload(digest: PolicyDigest, index: number, text: string): Promise<void>
  /** One piece of a stored policy; `null` past the end. */
  piece(digest: PolicyDigest, index: number): Promise<string | null>
  publish(publication: Publication): Promise<PublishOutcome>
  freeze(freeze: Freeze): Promise<'everywhere' | 'not_everywhere'>
  /** `absent`: no such freeze was in force. */
  thaw(target: FreezeTarget): Promise<'everywhere' | 'not_everywhere' | 'absent'>
  /** From now on no ledger admits what this key of the broker signed. Saying it again pushes to those that have not confirmed. */
  revokeKey(kid: string): Promise<'everywhere' | 'not_everywhere'>
  /** Called by a ledger at its first use: from now on it hears of every activation. */
  register(ledger: string): Promise<Activation>
  ledgers(): Promise<readonly string[]>
}
