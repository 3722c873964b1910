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
/** Before what could not be written is tried again. */
const PAUSE_AFTER_FAULT_MS: InstantMs = 60_000

export class Ledger extends LedgerObject<WorkerEnv> {
  readonly #cursors: SinkCursors

  constructor(ctx: DurableObjectState, env: WorkerEnv) {
    super(ctx, env)
    this.#cursors = openCursors(ctx.storage.sql, sinkPlans(readSinkConfig(env)))
  }

  /** INVARIANT: what cannot be written about one lease, or about counts, holds up nothing else. A throw here would be tried again six times by the runtime, then never. */
  override async alarm(): Promise<void> {
    const deps = buildDeps(this.env)
    const nowMs: InstantMs = deps.nowMs()
    let faults = await faultsOf(() => this.spreadFreezes(), deps)
    faults += await faultsOf(() => this.tidy(nowMs), deps)
    const { due, stuck } = this.dueNow(nowMs, LEASES_AT_ONCE)
    for (const lease of stuck) {
      faults += await faultsOf(() => this.orphan(lease, { may_live_until: lease.openedAt + longestLife(lease) }), deps, lease)
    }
    for (let start = 0; start < due.length; start += ENDINGS_AT_ONCE) {
      const batch = due.slice(start, start + ENDINGS_AT_ONCE)
      const outcomes = await Promise.all(batch.map((lease) => faultsOf(() => this.#endDue(lease, deps), deps, lease)))
      for (const outcome of outcomes) faults += outcome
    }
    if (this.#cursors.plans.length > 0) faults += await faultsOf(() => this.#ship(deps), deps)
    await this.scheduleNext(faults === 0 ? nowMs : nowMs + PAUSE_AFTER_FAULT_MS)
  }

  async sinks(): Promise<readonly SinkStatus[]> {
    const { sql } = this.ctx.storage
    this.shipLater()
    return statusOf(sql, this.#cursors, readHead(sql))
  }

  async figures(): Promise<LedgerFigures> {
    return readFigures(this.ctx.storage.sql, this.chainHead)
  }

  protected override shippingDue(head: LedgerHead, after: 'entry' | 'alarm' | 'sweep'): InstantMs | undefined {
    const { sql } = this.ctx.storage
    if (after === 'alarm' && this.#cursors.plans.some(({ isUrgent }) => isUrgent !== undefined)) return Date.now()
    return nextShipping(this.#cursors, head, after === 'sweep' ? ({ seq }) => writtenAfter(sql, seq) : Date.now)
  }

  async #ship(deps: ReturnType<typeof buildDeps>): Promise<void> {
    const { sql } = this.ctx.storage
    await shipAll({ sql, cursors: this.#cursors, head: () => readHead(sql) }, buildSinks(this.env, deps), deps)
  }

  async #endDue(lease: LeaseRecord, deps: SweepDeps): Promise<void> {
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

type SweepDeps = ReturnType<typeof buildDeps>

async function faultsOf(work: () => void | Promise<void>, deps: SweepDeps, lease?: LeaseRecord): Promise<0 | 1> {
  try {
    await work()
    return 0
  } catch (fault) {
    const detail = fault instanceof Error ? fault.name : 'not an error'
    deps.log({ event: 'sweep', outcome: 'fault', detail, ...(lease === undefined ? {} : { lease: lease.id, grant: lease.grant }) })
    return 1
  }
}

function longestLife({ kind }: LeaseRecord): Seconds {
  return isKindName(kind) ? kindOf(kind).lifetime.max : 0
}
