/** Looking for leases over every ledger: a few objects at a time, and never more leases than were asked for. */
import type { Deps } from './deps.ts'
import type { LeaseFilter, LeaseRecord } from './state/ledger-port.ts'

export interface FoundLease {
  readonly ledger: string
  readonly lease: LeaseRecord
}

const LEDGERS_AT_ONCE = 6

/** Rejects when the policy store or any ledger cannot be reached: half an answer would be a wrong one. */
export async function findLeases(
  filter: LeaseFilter,
  limit: number,
  deps: Pick<Deps, 'ledger' | 'policyStore'>,
): Promise<readonly FoundLease[]> {
  const names = await deps.policyStore().ledgers()
  const found: FoundLease[] = []
  for (let start = 0; start < names.length && found.length < limit; start += LEDGERS_AT_ONCE) {
    const batch = names.slice(start, start + LEDGERS_AT_ONCE)
    const lists = await Promise.all(batch.map(async (ledger) => ({ ledger, leases: await deps.ledger(ledger).leases(filter, limit) })))
    for (const { ledger, leases } of lists) found.push(...leases.map((lease) => ({ ledger, lease })))
  }
  return found.slice(0, limit)
}
