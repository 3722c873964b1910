/**
 * The scheduled tidying, on the ledger object's own alarm: what is past its end is ended at its upstream and on record, with back-off and a report of what could not be;
 * a mint whose worker never came back is reported as an orphan; then the sinks get what they do not have yet. Runs in the object, since only the object is sure to wake.
 */

import { isKindName, kindOf } from '../shared/kinds/index.ts'
import type { LedgerHead } from '../shared/ledger.ts'
import type { LedgerFigures } from '../shared/ledger-figures.ts'
import type { InstantMs, Seconds } from '../shared/units.ts'
import { buildDeps, type WorkerEnv } from './build-deps.ts'
import { endAtUpstream } from './revoke.ts'
import { shipAll } from './ship.ts'
import { readSinkConfig } from './sink-config.ts'
import { buildSinks, sinkPlans } from './sinks/index.ts'
import { readHead } from './state/chain.ts'
import { readFigures } from './state/figures.ts'
import { LedgerObject } from './state/ledger.ts'
import type { LeaseRecord, SinkStatus } from './state/ledger-port.ts'
import { nextShipping, openCursors, type SinkCursors, statusOf, writtenAfter } from './state/sink-cursors.ts'

const LEASES_AT_ONCE = 100
/** An upstream that hangs delays the others of its batch by one deadline, not the whole sweep by all of them. */
const ENDINGS_AT_ONCE = 10

export class Ledger extends LedgerObject<WorkerEnv> {
  readonly #cursors: SinkCursors

  constructor(ctx: DurableObjectState, env: WorkerEnv) {
    super(ctx, env)
    this.#cursors = openCursors(ctx.storage.sql, sinkPlans(readSinkConfig(env)))
  }

  override async alarm(): Promise<void> {
    const deps = buildDeps(this.env)
    const nowMs: InstantMs = deps.nowMs()
    const { due, stuck } = this.tidy(nowMs, LEASES_AT_ONCE)
    for (const lease of stuck) this.orphan(lease, { may_live_until: lease.openedAt + longestLife(lease) })
    for (let start = 0; start < due.length; start += ENDINGS_AT_ONCE) {
      await Promise.all(due.slice(start, start + ENDINGS_AT_ONCE).map((one) => this.#endDue(one, deps)))
    }
    if (this.#cursors.plans.length > 0) await this.#ship(deps)
    await this.scheduleNext()
  }

  async sinks(): Promise<readonly SinkStatus[]> {
    const { sql } = this.ctx.storage
    this.shipLater()
    return statusOf(sql, this.#cursors, readHead(sql))
  }

  async figures(): Promise<LedgerFigures> {
    return readFigures(this.ctx.storage.sql, this.chainHead)
  }

  protected override shippingDue(head: LedgerHead, after: 'entry' | 'sweep'): InstantMs | undefined {
    const { sql } = this.ctx.storage
    return nextShipping(this.#cursors, head, after === 'entry' ? Date.now : ({ seq }) => writtenAfter(sql, seq))
  }

  async #ship(deps: ReturnType<typeof buildDeps>): Promise<void> {
    const { sql } = this.ctx.storage
    await shipAll({ sql, cursors: this.#cursors, head: () => readHead(sql) }, buildSinks(this.env, deps), deps)
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
