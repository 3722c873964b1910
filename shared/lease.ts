/**
 * A lease: the broker's record of one credential from opening to end. Its id begins with the moment the lease ends,
 * so that leases sort by when they are due and the ledger needs no index for it.
 */
import type { Instant } from './units.ts'

/** `minting`: admitted, the upstream has not answered yet · `live`: the credential was handed over. An ended lease is no row but an entry. */
export type LeaseState = 'minting' | 'live'

/** 8 hex digits of the end in seconds, then 24 random ones. Printed in job summaries: knowing it ends nothing. */
export const LEASE_ID = /^[0-9a-f]{32}$/

const DUE_DIGITS = 8
const RANDOM_DIGITS = 24

/** The least id of any lease that ends at `instant` or later. */
export function leaseIdFloor(instant: Instant): string {
  return Math.max(0, instant).toString(16).padStart(DUE_DIGITS, '0')
}

/** `randomHex`: at least 24 hex digits. */
export function leaseId(endsAt: Instant, randomHex: string): string {
  return leaseIdFloor(endsAt) + randomHex.slice(0, RANDOM_DIGITS)
}

export function leaseEndsAt(id: string): Instant {
  return Number.parseInt(id.slice(0, DUE_DIGITS), 16)
}

/** How a lease ended: by the job itself, by an operator or the broker, or by time. */
export type Ending = 'returned' | 'revoked' | 'expired'
