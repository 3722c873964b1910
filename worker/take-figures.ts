/**
 * Asks every ledger for its figures, a few at a time. A ledger with much to count is asked again, a bounded number of times; what cannot be reached is named.
 * Rejects only when the policy store, which knows the ledgers, cannot be reached.
 */

import type { LedgerFigures } from '../shared/ledger-figures.ts'
import type { Deps } from './deps.ts'

export interface FiguresOfLedger {
  readonly ledger: string
  /** Absent when the ledger did not answer. */
  readonly figures?: LedgerFigures
}

const LEDGERS_AT_ONCE = 6
/** So many calls of one ledger: half a million entries that nobody counted yet. The next time goes on. */
const MAX_CALLS = 100

export async function takeFigures(deps: Pick<Deps, 'ledger' | 'policyStore'>): Promise<readonly FiguresOfLedger[]> {
  const names = [...(await deps.policyStore().ledgers())].sort()
  const taken: FiguresOfLedger[] = []
  for (let start = 0; start < names.length; start += LEDGERS_AT_ONCE) {
    const batch = names.slice(start, start + LEDGERS_AT_ONCE)
    const answers = await Promise.allSettled(batch.map((ledger) => figuresOf(ledger, deps)))
    for (const [index, answer] of answers.entries()) {
      const ledger = batch[index] ?? ''
      taken.push(answer.status === 'fulfilled' ? { ledger, figures: answer.value } : { ledger })
    }
  }
  return taken
}

async function figuresOf(ledger: string, deps: Pick<Deps, 'ledger'>): Promise<LedgerFigures> {
  let figures = await deps.ledger(ledger).figures()
  for (let calls = 1; calls < MAX_CALLS && figures.counted < figures.head; calls++) figures = await deps.ledger(ledger).figures()
  return figures
}
