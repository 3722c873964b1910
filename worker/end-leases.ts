/**
 * Ending many leases: ten at a time, each at its upstream first and on record second as `revoke.ts` has it, each outcome told as it comes.
 * It stops beginning new ones when nobody listens any more or the share of one call is used up, and says so; it never ends one it was not given.
 */
import { isKindName, kindOf } from '../shared/kinds/index.ts'
import type { Deps } from './deps.ts'
import type { FoundLease, LeasePlace } from './find-leases.ts'
import { endLease } from './revoke.ts'

/** Workers let a request open six connections; the rest wait their turn, and one upstream that hangs delays only its own. */
const ENDINGS_AT_ONCE = 10

/** Of one call: each takes a call of the upstream and one of the ledger, and `wrangler.jsonc` allows 10 000 subrequests. */
const MAX_ENDINGS = 4_000

export type EndedLease = FoundLease & {
  readonly outcome: 'ended' | 'already_over' | 'failed'
  /** What became of the credential (docs/ledger.md), or why it could not be ended. */
  readonly detail: string
}

export interface Tally {
  ended: number
  already_over: number
  failed: number
  /** Of those ended: credentials that nothing can end before their time. */
  lives_on: number
  /** Every lease meant was tried. */
  complete: boolean
  /** The last one tried, in the order of all leases: another call goes on behind it. */
  last?: LeasePlace
}

export interface Endings {
  readonly leases: AsyncIterator<FoundLease>
  readonly onEnded: (ended: EndedLease) => void
  /** No further one is begun once this is true. */
  readonly isStopped: () => boolean
  /** How many are begun at most. */
  readonly share?: number
}

export async function endLeases({ leases, onEnded, isStopped, share = MAX_ENDINGS }: Endings, deps: Deps): Promise<Tally> {
  const tally: Tally = { ended: 0, already_over: 0, failed: 0, lives_on: 0, complete: false }
  let begun = 0
  const worker = async (): Promise<void> => {
    while (!isStopped() && begun < share) {
      begun++
      const next = await leases.next()
      if (next.done === true) {
        tally.complete = true
        return
      }
      tally.last = { ledger: next.value.ledger, lease: next.value.lease.id }
      const ended = await endOne(next.value, deps)
      tally[ended.outcome]++
      if (ended.outcome === 'ended' && ended.detail === 'lives_on') tally.lives_on++
      onEnded(ended)
    }
  }
  await Promise.all(Array.from({ length: ENDINGS_AT_ONCE }, worker))
  return tally
}

async function endOne(found: FoundLease, deps: Deps): Promise<EndedLease> {
  const ended = await endLease(found.lease, 'revoked', found.ledger, deps)
  if (ended.ok) return { ...found, outcome: ended.value.outcome, detail: ended.value.credentialEnd }
  return { ...found, outcome: 'failed', detail: 'detail' in ended.error ? ended.error.detail : 'its ledger cannot be written' }
}

/** What ending a lease would do to its credential now, without doing it. */
export type Effect = 'ends_at_upstream' | 'ends_at_introspection' | 'lives_on' | 'not_yet_minted'

export function effectOf({ lease: { state, handle, kind } }: FoundLease): Effect {
  if (state === 'minting') return 'not_yet_minted'
  if (handle !== null) return 'ends_at_upstream'
  return isKindName(kind) && kindOf(kind).revocation === 'broker' ? 'ends_at_introspection' : 'lives_on'
}
