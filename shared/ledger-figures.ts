/** One ledger in numbers: what its object says of itself, and metrics are made of. Plain data, so that it crosses the wire between isolates and versions. */
import type { LeaseState } from './lease.ts'
import type { Instant } from './units.ts'

/** How many entries of one sort a ledger has. What does not apply to a type is empty. */
export interface Tallied {
  readonly type: string
  readonly grant: string
  readonly kind: string
  /** What more the type says: a refusal's code, what became of a credential, what an authority did. */
  readonly code: string
  readonly entries: number
  /** The refusals that entries of type `refusals_counted` stand for. */
  readonly refusals: number
}

/** Leases of one kind and state that are not over. */
export interface LeaseCount {
  readonly kind: string
  readonly state: LeaseState
  readonly leases: number
  /** Of them: those that shall end before their time, and those of which an end has failed. */
  readonly recalled: number
  readonly failing: number
}

/** One ledger in numbers. */
export interface LedgerFigures {
  readonly head: number
  /** The last entry that is counted in `sorts`: one call counts a bounded number, and the next goes on. */
  readonly counted: number
  readonly sorts: readonly Tallied[]
  readonly leases: readonly LeaseCount[]
  /** When the first of the leases that are not over ends, or should have ended. */
  readonly earliestEnd?: Instant
}
