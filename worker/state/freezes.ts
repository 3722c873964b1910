/** What a freeze stops. Pure: the ledger asks it inside admit, the policy store keeps the list. */
import type { Freeze, FreezeTarget } from '../../shared/freeze.ts'
import type { Subject } from './ledger-port.ts'

export function freezeMatches(freeze: Freeze, subject: Subject): boolean {
  return freeze.target === 'all' || subject[freeze.target] === freeze.name
}

export function sameTarget(a: FreezeTarget, b: FreezeTarget): boolean {
  if (a.target === 'all' || b.target === 'all') return a.target === b.target
  return a.target === b.target && a.name === b.name
}
