/**
 * Looking for leases over every ledger: a few objects at a time or page after page, and never more leases than were asked for.
 * What cannot be reached is named, and hides nothing else. It ends nothing.
 */
import { ledgerParts } from '../shared/ledger-name.ts'
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

/** Which leases are meant: all names must fit. */
export interface LeaseSelection extends LeaseFilter {
  /** The issuer's URL. */
  readonly issuerUrl?: string
}

/** A place in the one order of all leases: ledgers by name, then lease ids. */
export interface LeasePlace {
  readonly ledger: string
  readonly lease: string
}

type StateDeps = Pick<Deps, 'ledger' | 'policyStore'>

const LEDGERS_AT_ONCE = 6
const PAGE = 500

/** Rejects only when the policy store, which knows the ledgers, cannot be reached. */
export async function findLeases({ issuerUrl, ...filter }: LeaseSelection, limit: number, deps: StateDeps): Promise<FoundLeases> {
  const names = await ledgersOf(issuerUrl, deps)
  const found: FoundLease[] = []
  const unreachable: string[] = []
  for (let start = 0; start < names.length && found.length < limit; start += LEDGERS_AT_ONCE) {
    const batch = names.slice(start, start + LEDGERS_AT_ONCE)
    const answers = await Promise.allSettled(batch.map(async (ledger) => deps.ledger(ledger).leases(filter, limit)))
    for (const [index, answer] of answers.entries()) {
      const ledger = batch[index] ?? ''
      if (answer.status === 'rejected') unreachable.push(ledger)
      else found.push(...answer.value.filter((lease) => fits(lease, filter)).map((lease) => ({ ledger, lease })))
    }
  }
  return { found: found.slice(0, limit), unreachable }
}

/**
 * Every lease meant, in order, page by page, so that there is no limit to how many. A ledger that does not answer goes to `unreachable`.
 * Rejects only when the policy store cannot be reached, and then before the first lease.
 */
export async function* eachLease(
  { issuerUrl, ...filter }: LeaseSelection,
  { after, unreachable }: { readonly after: LeasePlace | undefined; readonly unreachable: string[] },
  deps: StateDeps,
): AsyncGenerator<FoundLease, void, undefined> {
  const names = await ledgersOf(issuerUrl, deps)
  for (const ledger of after === undefined ? names : names.filter((name) => name >= after.ledger)) {
    const walk = { ledger, filter, last: ledger === after?.ledger ? after.lease : '', onUnreachable: () => void unreachable.push(ledger) }
    for await (const page of pagesOf(walk, deps)) yield* page
  }
}

interface Walk {
  readonly ledger: string
  readonly filter: LeaseFilter
  /** The lease to go on behind; empty for the first page. */
  readonly last: string
  readonly onUnreachable: () => void
}

async function* pagesOf(walk: Walk, deps: StateDeps): AsyncGenerator<readonly FoundLease[], void, undefined> {
  const { ledger, filter } = walk
  for (let last: string | undefined = walk.last; last !== undefined; ) {
    const page = await pageOf({ ...walk, last }, deps)
    if (page === undefined) return walk.onUnreachable()
    // an object of an older version gives its first page again: nothing of it is new, and the walk ends
    const behind: string = last
    const fresh = page.filter(({ id }) => id > behind)
    yield fresh.filter((lease) => fits(lease, filter)).map((lease) => ({ ledger, lease }))
    last = page.length < PAGE ? undefined : fresh.at(-1)?.id
  }
}

async function pageOf({ ledger, filter, last }: Walk, deps: StateDeps): Promise<readonly LeaseRecord[] | undefined> {
  try {
    return await deps.ledger(ledger).leases(filter, PAGE, last)
  } catch {
    // the caller names it
    return undefined
  }
}

async function ledgersOf(issuerUrl: string | undefined, deps: StateDeps): Promise<readonly string[]> {
  const names = [...(await deps.policyStore().ledgers())].sort()
  return issuerUrl === undefined ? names : names.filter((name) => ledgerParts(name)?.issuerUrl === issuerUrl)
}

/** Judged here again: an object of an older version does not know every name of a filter, and must not widen what is ended. */
function fits(lease: LeaseRecord, filter: LeaseFilter): boolean {
  const { runId, id, grant, workload, connection, kind, job, credential, signer } = lease
  const values = { lease: id, run: runId, grant, workload, connection, kind, job, credential, signer }
  return Object.entries(filter).every(([name, wanted]) => wanted === undefined || Reflect.get(values, name) === wanted)
}
