/** What the worker says to the one policy store. Expected outcomes are values; a rejected call means it could not be reached or could not write. */
import type { Freeze, FreezeTarget } from '../../shared/freeze.ts'
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import type { InstantMs } from '../../shared/units.ts'
import type { Activation } from './ledger-port.ts'

export interface Publication {
  readonly digest: PolicyDigest
  /** The digest it replaces; `*` when there must be none yet. */
  readonly replaces: PolicyDigest | '*'
  readonly by: string
  /** Why a publication that takes much away was made all the same. */
  readonly forced?: string
}

export type PublishOutcome =
  | { readonly outcome: 'active' }
  | { readonly outcome: 'not_the_active_one'; readonly active: PolicyDigest | null }
  /** In force at the store but not yet confirmed by every ledger; the store goes on pushing. */
  | { readonly outcome: 'not_everywhere'; readonly waitingFor: number }

/** One publication of the past, as it lies in the store. */
export interface PastPublication {
  readonly n: number
  readonly digest: string
  readonly at: string
  readonly by: string
  /** `null`: it was the first. */
  readonly replaced: string | null
  readonly forced: string | null
  readonly confirmedBy: string | null
}

/** What one person asks for and another must confirm. */
export type Proposed =
  | {
      readonly act: 'publish'
      readonly policy: PolicyDigest
      readonly replaces: PolicyDigest | '*'
      readonly forced: string | null
      /** Why it needs a second person, in words. */
      readonly because: string
    }
  | { readonly act: 'thaw'; readonly target: FreezeTarget }

export interface ProposalRequest {
  /** For a proposal that is not there yet. */
  readonly id: string
  readonly what: Proposed
  /** The run, as entries name it. */
  readonly by: string
  /** The person, so that nobody confirms what they proposed themselves. */
  readonly person: string
}

export interface Proposal {
  readonly id: string
  readonly what: Proposed
  readonly by: string
  readonly person: string
  readonly expiresAt: InstantMs
}

/** `stale`: the policy or the freeze it is about is not the one in force. */
export type ProposeOutcome =
  | { readonly outcome: 'proposed'; readonly id: string; readonly expiresAt: InstantMs }
  | { readonly outcome: 'stale'; readonly active: PolicyDigest | null }

export interface Confirmation {
  readonly id: string
  readonly by: string
  readonly person: string
}

/** `gone`: there is none, its time is over, or it was used · `changed`: something was published, frozen or thawed since. */
export type ConfirmOutcome = { readonly outcome: 'everywhere' | 'not_everywhere' | 'gone' | 'same_person' | 'changed' }

export interface PolicyStorePort {
  activation(): Promise<Activation>
  /** Stores one piece of a policy's canonical JSON, before it is published. */
  upload(digest: PolicyDigest, index: number, text: string): Promise<void>
  /** One piece of a stored policy; `null` past the end. */
  piece(digest: PolicyDigest, index: number): Promise<string | null>
  publish(publication: Publication): Promise<PublishOutcome>
  wasPublished(digest: PolicyDigest): Promise<boolean>
  /** Newest first, those before number `before`. */
  history(before: number, limit: number): Promise<readonly PastPublication[]>
  /** The same proposal of the same person again is the one that is open already. */
  propose(request: ProposalRequest): Promise<ProposeOutcome>
  /** Those that could be confirmed now: not used, their time not over, nothing changed since. */
  proposals(): Promise<readonly Proposal[]>
  /** One, whatever became of it; `null`: there is none. */
  proposal(id: string): Promise<Proposal | null>
  /** Does what was proposed, once. Its confirmer may call again to wait for the ledgers. */
  confirm(confirmation: Confirmation): Promise<ConfirmOutcome>
  freeze(freeze: Freeze): Promise<'everywhere' | 'not_everywhere'>
  /** `absent`: no such freeze was in force. */
  thaw(target: FreezeTarget): Promise<'everywhere' | 'not_everywhere' | 'absent'>
  /** From now on no ledger admits what this key of the broker signed. Saying it again pushes to those that have not confirmed. */
  revokeKey(kid: string): Promise<'everywhere' | 'not_everywhere'>
  /** Called by a ledger at its first use: from now on it hears of every activation. */
  register(ledger: string): Promise<Activation>
  ledgers(): Promise<readonly string[]>
}
