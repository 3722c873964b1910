/**
 * Sealing again, under the present sealing key, what the previous one holds: the handles of live leases, ledger by ledger. What does not open is counted and left
 * as it is. It says what was true while it looked: a worker of an earlier deployment may still seal under its own key.
 */
import type { Deps } from './deps.ts'
import { resealHandle } from './revoke.ts'
import type { LedgerPort, SealedHandle } from './state/ledger-port.ts'

export interface ResealedLeases {
  readonly resealed: number
  readonly underPrevious: number
  readonly unreadable: number
  /** Ledgers that did not answer: they may hold more. */
  readonly unreachable: readonly string[]
}

type Outcome = 'resealed' | 'underPrevious' | 'unreadable'

const HANDLES_AT_ONCE = 100

type ResealDeps = Pick<Deps, 'ledger' | 'policyStore' | 'sealing'>

/** Rejects only when the policy store, which knows the ledgers, cannot be reached. */
export async function resealLeases(deps: ResealDeps): Promise<ResealedLeases> {
  const unreachable: string[] = []
  const found = { resealed: 0, underPrevious: 0, unreadable: 0 }
  for (const ledger of await deps.policyStore().ledgers()) {
    try {
      for await (const outcome of resealLedger(ledger, deps)) found[outcome] += 1
    } catch {
      // named in the answer: whoever asked must ask again before the previous key goes
      unreachable.push(ledger)
    }
  }
  return { ...found, unreachable }
}

async function* resealLedger(ledger: string, deps: ResealDeps): AsyncGenerator<Outcome> {
  const port = deps.ledger(ledger)
  for (let after = ''; ; ) {
    const handles = await port.handlesWithout(deps.sealing.currentPrefix, after, HANDLES_AT_ONCE)
    for (const sealed of handles) {
      yield resealOne(sealed, port, deps)
    }
    const last = handles.at(-1)
    if (last === undefined) return
    after = last.lease
  }
}

async function resealOne(sealed: SealedHandle, port: LedgerPort, deps: ResealDeps): Promise<Outcome> {
  if (deps.sealing.keyOf(sealed.handle) !== 'previous') return 'unreadable'
  const renewed = await resealHandle(sealed, deps)
  if (renewed === undefined) return 'underPrevious'
  await port.replaceHandle(sealed, renewed)
  return 'resealed'
}
