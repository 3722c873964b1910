/**
 * The scheduled tidying, on the ledger object's own alarm: what is past its end is ended at its upstream and on record, with back-off and a report of what could not be;
 * a mint whose worker never came back is reported as an orphan. Runs in the object, since only the object is sure to wake.
 */

import { isKindName, kindOf } from '../shared/kinds/index.ts'
import type { InstantMs, Seconds } from '../shared/units.ts'
import { buildDeps, type WorkerEnv } from './build-deps.ts'
import { endAtUpstream } from './revoke.ts'
import { LedgerObject } from './state/ledger.ts'
import type { LeaseRecord } from './state/ledger-port.ts'

const LEASES_AT_ONCE = 100
/** An upstream that hangs delays the others of its batch by one deadline, not the whole sweep by all of them. */
const ENDINGS_AT_ONCE = 10

export class Ledger extends LedgerObject<WorkerEnv> {
  override async alarm(): Promise<void> {
    const deps = buildDeps(this.env)
    const nowMs: InstantMs = deps.nowMs()
    const { due, stuck } = this.tidy(nowMs, LEASES_AT_ONCE)
    for (const lease of stuck) this.orphan(lease, { may_live_until: lease.openedAt + longestLife(lease) })
    for (let start = 0; start < due.length; start += ENDINGS_AT_ONCE) {
      await Promise.all(due.slice(start, start + ENDINGS_AT_ONCE).map((one) => this.#endDue(one, deps)))
    }
    await this.scheduleNext()
  }

  async #endDue(lease: LeaseRecord, deps: ReturnType<typeof buildDeps>): Promise<void> {
    const { how, cause } = lease.recalled ?? { how: 'expired' }
    const facts = await endAtUpstream(lease, deps)
    if (facts.ok) {
      // one that went live meanwhile stays recalled, and is due again at once
      await this.end({ lease: lease.id, how, state: lease.state, facts: { ...facts.value, ...(cause === undefined ? {} : { cause }) } })
      return
    }
    const { code, detail, retryAfter } = facts.error
    const count = (lease.failing?.tries ?? 0) + 1
    deps.log({ event: 'sweep', outcome: 'end_failed', lease: lease.id, grant: lease.grant, count, code, detail })
    await this.endFailed({ lease: lease.id, how, code, detail, ...(retryAfter === undefined ? {} : { retryAfter }) })
  }
}

function longestLife({ kind }: LeaseRecord): Seconds {
  return isKindName(kind) ? kindOf(kind).lifetime.max : 0
}
