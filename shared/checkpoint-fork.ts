/**
 * Whether two signed checkpoints can be of one history. Checkpoints are recorded one after the other in the authorities' ledger, so the number there orders
 * them, and from one to the next no ledger goes back. It never needs the entries: a broker that signed two histories is caught by the two texts alone.
 */
import type { Checkpoint, LedgerState } from './checkpoint.ts'
import { AUTHORITY_LEDGER } from './ledger.ts'

/** What no single history could make true of both, in words; nothing when they agree. The names are those a person knows the checkpoints by. */
export function contradictions(one: NamedCheckpoint, other: NamedCheckpoint): readonly string[] {
  const [earlier, later] = orderOf(one.checkpoint) <= orderOf(other.checkpoint) ? [one, other] : [other, one]
  if (earlier.checkpoint.origin !== later.checkpoint.origin)
    return [`${later.name} is of ${later.checkpoint.origin}, ${earlier.name} of ${earlier.checkpoint.origin}: two brokers`]
  const fork = `${earlier.name} and ${later.name} are of two histories`
  if (sameState(stateOf(earlier.checkpoint), stateOf(later.checkpoint)))
    return earlier.checkpoint.head === later.checkpoint.head ? [] : [`${AUTHORITY_LEDGER}: one entry records two checkpoints: ${fork}`]
  const reached = new Map(later.checkpoint.ledgers.map((state) => [state.ledger, state]))
  return earlier.checkpoint.ledgers.flatMap((state) => {
    const found = backwards(state, reached.get(state.ledger))
    return found === undefined ? [] : [`${state.ledger}: ${found}: ${fork}`]
  })
}

export interface NamedCheckpoint {
  readonly name: string
  readonly checkpoint: Checkpoint
}

function backwards(before: LedgerState, after: LedgerState | undefined): string | undefined {
  if (after === undefined) return `at entry ${before.seq} once, and later gone`
  if (after.seq < before.seq) return `at entry ${before.seq} once, and later at entry ${after.seq}`
  return after.seq === before.seq && after.hash !== before.hash ? `two hashes for entry ${before.seq}` : undefined
}

function orderOf(checkpoint: Checkpoint): number {
  return stateOf(checkpoint)?.seq ?? checkpoint.entries
}

function stateOf({ ledgers }: Checkpoint): LedgerState | undefined {
  return ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER)
}

function sameState(one: LedgerState | undefined, other: LedgerState | undefined): boolean {
  return one !== undefined && one.seq === other?.seq && one.hash === other.hash
}
