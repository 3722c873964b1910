/** Looking for leases over every ledger: a few objects at a time, and never more leases than were asked for. What cannot be reached is named, and hides nothing else. */
import type { Deps } from './deps.ts'
import type { LeaseFilter, LeaseRecord } from './state/ledger-port.ts'

export interface FoundLease {
  readonly ledger: string
  readonly lease: LeaseRecord
}

export interface FoundLeases {
  readonly found: readonly FoundLease[]
  /** Ledgers that did not answer: they may hold more. */
  readonly unreachable: readonly string[]
}

const LEDGERS_AT_ONCE = 6

/** Rejects only when the policy store, which knows the ledgers, cannot be reached. */
export async function findLeases(filter: LeaseFilter, limit: number, deps: Pick<Deps, 'ledger' | 'policyStore'>): Promise<FoundLeases> {
  const names = await deps.policyStore().ledgers()
  const found: FoundLease[] = []
  const unreachable: string[] = []
  for (let start = 0; start < names.length && found.length < limit; start += LEDGERS_AT_ONCE) {
    const batch = names.slice(start, start + LEDGERS_AT_ONCE)
    const answers = await Promise.allSettled(batch.map(async (ledger) => deps.ledger(ledger).leases(filter, limit)))
    for (const [index, answer] of answers.entries()) {
      const ledger = batch[index] ?? ''
      if (answer.status === 'rejected') unreachable.push(ledger)
      else found.push(...answer.value.map((lease) => ({ ledger, lease })))
    }
  }
  return { found: found.slice(0, limit), unreachable }
}
