/**
 * What the worker says to a ledger object and what it answers: plain data, so that it crosses the wire between isolates and versions.
 * Expected outcomes are values; a rejected call means the ledger could not be reached or could not write.
 */
import type { Freeze } from '../../shared/freeze.ts'
import type { Ending, LeaseState } from '../../shared/lease.ts'
import type { LedgerHead } from '../../shared/ledger.ts'
import type { EntryBody, Facts } from '../../shared/ledger-entries.ts'
import type { LedgerFigures } from '../../shared/ledger-figures.ts'
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import type { LimitName } from '../../shared/refusal.ts'
import type { Instant, InstantMs, Seconds } from '../../shared/units.ts'

/** What is in force everywhere. `generation` grows with every change, so a late push never undoes a newer one. */
export interface Activation {
  readonly generation: number
  readonly policy: PolicyDigest | null
  readonly freezes: readonly Freeze[]
  /** Keys of the broker that were revoked: what one of them signed is not admitted. Absent before the first; only the newest are kept. */
  readonly revokedKeys?: readonly string[]
}

/** The names a freeze can match. On a refusal the workload may be unknown. */
export interface Subject {
  readonly issuer: string
  readonly grant: string
  readonly workload?: string
  readonly connection?: string
  readonly kind?: string
}

/** Everything both an admission and a refusal put on record about the ask. */
export interface AskRecord {
  /** The policy digest the worker decided under. */
  readonly policy: PolicyDigest
  readonly subject: Subject
  /** Who is counted when refusals come thick: the workload, or the repository when no rule matched. */
  readonly counted: string
  readonly decision: string
  readonly runId: string
  /**
   * The entry's member `ask`, as canonical JSON: what was asked and by whom, attributes as they were judged. No secret.
   * Text, so that it crosses to the object at the price of a string and is not sorted again in the one thread all exchanges share.
   */
  readonly ask: string
  /** What may trip when the ask is refused; absent when the policy has no tripwire that this could be. */
  readonly tripwires?: TripwiresOfAsk
}

export interface TripwiresOfAsk {
  /** The asked name is a canary. */
  readonly isCanary: boolean
  readonly refusalsPerMinute?: number
  /** The workloads to freeze: none but those that the caller proved to be. */
  readonly freezes: readonly string[]
  readonly repository: string
  readonly repositoryId: string
}

export interface LeaseRequest {
  readonly id: string
  readonly state: LeaseState
  readonly expiresAt: Instant
  readonly runId: string
  readonly job: string
  readonly repositoryId?: string
  /** 1 for the first attempt of the run; absent where the platform does not say. */
  readonly runAttempt?: number
  /** base64 of the SHA-256 of the credential; known already when the broker made it itself. */
  readonly credential?: string
  /** The broker's own key that signed the credential; known already when the broker made it itself. */
  readonly signer?: string
  /** Sealed text: the connection and what revoke needs. Absent when the upstream keeps nothing to revoke. */
  readonly handle?: string
}

/** The limits that hold for one draw: those of the grant, and those of the workload over all its grants. */
export interface DrawLimits {
  readonly perJob?: number
  /** Of the grant, by one workload. */
  readonly perHour?: number
  /** Of the grant, by all workloads together. */
  readonly perHourTotal?: number
  readonly workload?: { readonly perJob?: number; readonly perHour?: number }
}

export interface Admission extends AskRecord {
  readonly subject: Required<Subject>
  readonly ledger: string
  readonly jti: string
  /** The same in every retry of one exchange, so that a retried call is not taken for a replay. */
  readonly attempt: string
  readonly limits: DrawLimits
  readonly lease: LeaseRequest
}

export type AdmitOutcome =
  | { readonly outcome: 'admitted' }
  | { readonly outcome: 'stale'; readonly policy: PolicyDigest | null }
  /** The key that signed was revoked meanwhile: nothing was admitted or recorded. */
  | { readonly outcome: 'signer_revoked'; readonly kid: string }
  | { readonly outcome: 'replayed' }
  | { readonly outcome: 'frozen' }
  | { readonly outcome: 'limit_reached'; readonly limit: LimitName; readonly retryAfter: Seconds }

export interface RefusalRecord extends AskRecord {
  readonly ledger: string
  readonly code: string
}

export type RefuseOutcome =
  | { readonly outcome: 'recorded' | 'frozen' }
  | { readonly outcome: 'stale'; readonly policy: PolicyDigest | null }

export interface Settlement {
  readonly lease: string
  readonly expiresAt: Instant
  readonly credential: string
  readonly handle?: string
  readonly facts: Omit<Facts<'issued'>, 'lease' | 'credential'>
}

/** One lease that is not over. */
export interface LeaseRecord {
  readonly id: string
  readonly state: LeaseState
  readonly grant: string
  readonly workload: string
  readonly connection: string
  readonly kind: string
  readonly runId: string
  readonly job: string
  readonly openedAt: Instant
  readonly expiresAt: Instant
  readonly credential: string | null
  /** The broker's own key that signed the credential; null where an upstream made it. */
  readonly signer: string | null
  readonly handle: string | null
  /** Present when the lease shall end before its time: how, and why when it was not the caller's own wish. */
  readonly recalled?: Recalled
  /** How often ending it failed, and when it is tried next; present once it failed. */
  readonly failing?: { readonly tries: number; readonly nextTry: Instant }
}

export interface Recalled {
  readonly how: Ending
  readonly cause?: string
}

export interface LeaseFilter {
  readonly lease?: string
  readonly run?: string
  readonly job?: string
  readonly workload?: string
  readonly grant?: string
  readonly connection?: string
  readonly kind?: string
  readonly credential?: string
  readonly signer?: string
}

/** One sealed handle, to be sealed again under another key. */
export interface SealedHandle {
  readonly lease: string
  readonly handle: string
}

export interface EndRequest {
  readonly lease: string
  readonly how: Ending
  /** The state of the lease when `facts` were found out; a lease that has moved on since is not ended by them. */
  readonly state?: LeaseState
  /** What became of the credential itself: `revoked`, `already_gone`, `expired`, or `lives_until` its own end where nothing can end it sooner. */
  readonly facts: EndFacts
}

export type EndFacts = Pick<Facts<Ending>, 'credential_end' | 'lives_until' | 'detail'>
export type FailFacts = Omit<Facts<'failed'>, 'lease' | 'lease_was_over'>

/** What is signed next, and the entry after which no other checkpoint may have been recorded. */
export interface CheckpointRecord {
  readonly ledger: string
  readonly facts: Facts<'checkpointed'>
  readonly since: number
}

/** Which entries of one ledger: after a number, in a span of time, with members of these values. `since` and `until` are in the form of `at`. */
export interface EntrySearch {
  readonly after: number
  readonly limit: number
  readonly since?: string
  readonly until?: string
  readonly members: Readonly<Record<string, string>>
}

/** `last`: the number of the last entry looked at. `isEnd`: there is nothing to look at after it. A line may be of an entry that only holds the text of a member deeper inside. */
export interface FoundEntries {
  readonly lines: readonly string[]
  readonly last: number
  readonly isEnd: boolean
}

export interface EndFailed {
  readonly lease: string
  readonly how: Ending
  readonly code: 'upstream_refused' | 'upstream_unavailable'
  /** A phrase of ours. */
  readonly detail: string
  readonly retryAfter?: Seconds
}

export interface KeptCredential {
  /** `live`, with the sealed handle. */
  readonly lease: LeaseRequest
  readonly subject: Admission['subject']
  readonly facts: FailFacts
}

/** Which leases a piece of news is about. */
export type RecallSelection =
  | { readonly job: readonly string[] }
  /** Leases of later attempts of the run are not meant; one whose attempt is not known is. */
  | { readonly run: string; readonly upToAttempt: number }
  | { readonly repository: string }

/** What goes on record, but for the number of leases it recalls, which the ledger finds out. */
export type NewsEntry =
  | ({ readonly type: 'recalled' } & Omit<Facts<'recalled'>, 'leases'>)
  | ({ readonly type: 'repository_changed' } & Omit<Facts<'repository_changed'>, 'leases'>)

export interface HeededNews {
  /** The signed content, so that it is recognised a second time; and this call, so that its own retry is not taken for that. */
  readonly mark: string
  readonly attempt: string
  readonly entry: NewsEntry
  readonly recalls?: { readonly leases: RecallSelection; readonly cause: string }
}

export type HeedOutcome = { readonly outcome: 'heeded'; readonly leases: number } | { readonly outcome: 'repeated' }

export interface AuthorityUse {
  readonly ledger: string
  readonly jti: string
  readonly attempt: string
  readonly entry: EntryBody
}

/** Where entries are shipped to: segments in a bucket, events to an address, events to a queue, alarms to an address. */
export type SinkName = 'archive' | 'https' | 'queue' | 'notify'

/** How far one sink has got with one ledger. */
export interface SinkStatus {
  readonly sink: SinkName
  /** The number of the last entry that the sink has. */
  readonly shipped: number
  readonly head: number
  /** When the first entry that it does not have was written; absent when it has all. */
  readonly oldestAtMs?: InstantMs
  /** How often shipping what follows has failed, why, and when it is tried again. */
  readonly tries: number
  readonly error?: string
  readonly nextTryMs?: InstantMs
}

export interface LedgerPort {
  admit(admission: Admission): Promise<AdmitOutcome>
  refuse(refusal: RefusalRecord): Promise<RefuseOutcome>
  /** `gone`: the lease is not there any more, so the credential must be ended. */
  settle(settlement: Settlement): Promise<'settled' | 'gone'>
  /** Nothing was handed over: closes the lease and says why. Says so too when the lease is over already. */
  fail(lease: string, facts: FailFacts): Promise<void>
  /** In the order of their ids; with `after`, those whose id is greater. */
  leases(filter: LeaseFilter, limit: number, after?: string): Promise<readonly LeaseRecord[]>
  /** `moved_on`: the lease is in another state now, so what became of its credential must be found out again. */
  end(request: EndRequest): Promise<'ended' | 'already_over' | 'moved_on'>
  /** An upstream did not end a credential: the lease is recalled, the first failure goes on record, the alarm goes on trying. */
  endFailed(failure: EndFailed): Promise<void>
  /** A credential that was never handed over and that its upstream did not end: kept as a recalled lease, so that the alarm goes on trying. */
  keep(kept: KeptCredential): Promise<void>
  /** Records what a platform said, and recalls the leases it is about: one transaction. `repeated`: it said the same before. */
  heed(news: HeededNews): Promise<HeedOutcome>
  /** Sealed handles that do not begin with `prefix`, in order of lease, after the lease `after`. */
  handlesWithout(prefix: string, after: string, limit: number): Promise<readonly SealedHandle[]>
  /** Replaces a sealed handle; nothing happens when it is another one by now. */
  replaceHandle(from: SealedHandle, handle: string): Promise<void>
  useAuthority(use: AuthorityUse): Promise<'used' | 'replayed'>
  append(ledger: string, entry: EntryBody): Promise<void>
  /** The head after the new entry; `overtaken`, and nothing written, when another checkpoint was recorded after `since`. */
  recordCheckpoint(record: CheckpointRecord): Promise<LedgerHead | 'overtaken'>
  activate(activation: Activation): Promise<void>
  /** Entries after `seq` in order, as the lines of an export. */
  entries(after: number, limit: number): Promise<readonly string[]>
  search(search: EntrySearch): Promise<FoundEntries>
  /** Bodies of entries that hold an ask, newest first, of `since` (RFC 3339) or later; `isCut`: there are more than `limit`. */
  recentAsks(since: string, limit: number): Promise<{ readonly lines: readonly string[]; readonly isCut: boolean }>
  head(): Promise<LedgerHead>
  /** Of every configured sink. A ledger that nobody uses, and that has entries from before a sink was configured, begins to ship when it is asked. */
  sinks(): Promise<readonly SinkStatus[]>
  figures(): Promise<LedgerFigures>
}
