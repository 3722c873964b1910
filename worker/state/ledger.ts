/**
 * One ledger: replay marks, limits, leases and entries of one issuer and owner, in one SQLite Durable Object.
 * Every change is one synchronous transaction, so nothing interleaves, and the output gate holds each answer until it is durable: no record, no credential.
 * It never calls an upstream; what the alarm must end is done by `sweep.ts`, which extends this class.
 */
import type { Facts } from '../../shared/ledger-entries.ts'
import type { LedgerFigures } from '../../shared/ledger-figures.ts'
import type { InstantMs } from '../../shared/units.ts'
import { failureMark, usedBy } from './chain.ts'
import { ChainedObject, type LedgerEnv } from './chained-object.ts'
import { endFailedEntry, entriesOfTrip, leaseFacts, openingEntry, recordOf } from './entry-bodies.ts'
import { freezeMatches } from './freezes.ts'
import { groupCommit } from './group-commit.ts'
import {
  dueLeases,
  firstAlarmOf,
  MINTING_GRACE,
  nextDue,
  nextRecalled,
  postponeLease,
  recallKept,
  recallLeases,
  retryWait,
} from './lease-endings.ts'
import {
  deleteLease,
  findLease,
  handlesWithout,
  listLeases,
  nextStuck,
  openLease,
  replaceHandle,
  settleLease,
  stuckLeases,
} from './leases.ts'
import type {
  Admission,
  AdmitOutcome,
  AskRecord,
  EndFailed,
  EndRequest,
  FailFacts,
  HeededNews,
  HeedOutcome,
  KeptCredential,
  LeaseFilter,
  LeaseRecord,
  LedgerPort,
  RefusalRecord,
  RefuseOutcome,
  SealedHandle,
  Settlement,
  SinkStatus,
} from './ledger-port.ts'
import { forgetOldDraws, reachedLimit, recordDraw } from './limits.ts'
import { countRefusal, nextCountDue, takeUncounted } from './refusal-count.ts'
import { forgetOldTrips, tripsOf } from './tripwires.ts'

/** Why a lease was recalled whose credential was made but never left the broker. */
const NOT_HANDED_OVER = 'not_handed_over'

export abstract class LedgerObject<Env extends LedgerEnv> extends ChainedObject<Env> implements LedgerPort {
  /** Refusals were only counted since the last sweep. */
  #counting = false
  /** When the sweep must look at the leases of the group that is being written. */
  #groupDueMs: InstantMs = Number.POSITIVE_INFINITY
  readonly #admitInGroup = groupCommit<Admission, AdmitOutcome>({
    write: (admissions) => this.#admitAll(admissions),
    durable: async () => {
      const dueMs = Math.min(this.#groupDueMs, this.#countDue())
      this.#groupDueMs = Number.POSITIVE_INFINITY
      await this.alarmBy(dueMs)
      await this.ctx.storage.sync()
    },
  })

  async admit(admission: Admission): Promise<AdmitOutcome> {
    await this.register(admission.ledger)
    return this.#admitInGroup(admission)
  }

  async refuse(refusal: RefusalRecord): Promise<RefuseOutcome> {
    await this.register(refusal.ledger)
    const outcome = this.transaction((): RefuseOutcome => {
      const { policy, freezes } = this.inForce
      if (policy !== refusal.policy) return { outcome: 'stale', policy }
      const frozen = freezes.some((freeze) => freezeMatches(freeze, refusal.subject))
      return this.#refused(refusal, frozen ? 'frozen' : refusal.code, { outcome: frozen ? 'frozen' : 'recorded' })
    })
    await this.alarmBy(this.#countDue())
    return outcome
  }

  async settle(settlement: Settlement): Promise<'settled' | 'gone'> {
    return this.transaction(() => {
      const lease = findLease(this.sql, settlement.lease)
      if (lease === undefined) return 'gone'
      if (lease.state === 'live') return lease.credential === settlement.credential ? 'settled' : 'gone'
      settleLease(this.sql, settlement)
      this.write({ type: 'issued', lease: lease.id, credential: settlement.credential, ...settlement.facts })
      return 'settled'
    })
  }

  async fail(lease: string, facts: FailFacts): Promise<void> {
    this.transaction(() => {
      this.#failed(lease, facts, deleteLease(this.sql, lease))
    })
  }

  async leases(filter: LeaseFilter, limit: number, after = ''): Promise<readonly LeaseRecord[]> {
    return listLeases(this.sql, filter, { limit, after })
  }

  async end({ lease, how, state, facts }: EndRequest): Promise<'ended' | 'already_over' | 'moved_on'> {
    return this.transaction(() => {
      const record = findLease(this.sql, lease)
      // INVARIANT: a lease that went live meanwhile has a credential, which nothing has ended yet
      if (record !== undefined && state !== undefined && record.state !== state) return 'moved_on'
      if (record === undefined || !deleteLease(this.sql, lease)) return 'already_over'
      this.write({ type: how, ...leaseFacts(record), ...facts })
      return 'ended'
    })
  }

  async handlesWithout(prefix: string, after: string, limit: number): Promise<readonly SealedHandle[]> {
    return handlesWithout(this.sql, { prefix, after, limit })
  }

  async replaceHandle(from: SealedHandle, handle: string): Promise<void> {
    replaceHandle(this.sql, from, handle)
  }

  async endFailed(failed: EndFailed): Promise<void> {
    this.transaction(() => {
      const postponed = postponeLease(this.sql, failed, Math.floor(Date.now() / 1000))
      if (postponed?.tries === 1) this.write(endFailedEntry(postponed, failed))
    })
    await this.#alarmForRecalled()
  }

  async keep({ lease, subject, facts }: KeptCredential): Promise<void> {
    const now = Math.floor(Date.now() / 1000)
    this.transaction(() => {
      // kept already, and the answer got lost
      if (usedBy(this.sql, failureMark(lease.id).jti) !== undefined) return
      const wasOpen = deleteLease(this.sql, lease.id)
      openLease(this.sql, lease, subject, now)
      recallKept(this.sql, lease.id, NOT_HANDED_OVER, now + retryWait(0, { code: 'upstream_unavailable' }))
      this.#failed(lease.id, facts, wasOpen)
    })
    await this.#alarmForRecalled()
  }

  async heed({ mark, attempt, entry, recalls }: HeededNews): Promise<HeedOutcome> {
    const outcome = this.transaction((): HeedOutcome => {
      const first = usedBy(this.sql, mark)
      if (first !== undefined && first !== attempt) return { outcome: 'repeated' }
      const leases = recalls === undefined ? 0 : recallLeases(this.sql, recalls.leases, { how: 'revoked', cause: recalls.cause })
      // what ends nothing leaves nothing, unless it is worth knowing by itself
      const isWorthAnEntry = entry.type !== 'recalled' || leases > 0
      if (first === undefined && isWorthAnEntry) this.write({ ...entry, leases }, { mark: { jti: mark, attempt } })
      return { outcome: 'heeded', leases }
    })
    await this.#alarmForRecalled()
    return outcome
  }

  abstract sinks(): Promise<readonly SinkStatus[]>
  abstract figures(): Promise<LedgerFigures>

  /** For the sweep: counted refusals are written down and old limits forgotten. */
  protected tidy(nowMs: InstantMs): void {
    this.#counting = false
    this.transaction(() => {
      for (const { key, minute, refusals } of takeUncounted(this.sql, nowMs)) {
        this.write({ type: 'refusals_counted', counted: key, minute: new Date(minute).toISOString(), refusals })
      }
      forgetOldDraws(this.sql, nowMs)
      forgetOldTrips(this.sql, nowMs)
    })
  }

  /** For the sweep: the leases to be ended now, and those whose mint never came back. */
  protected dueNow(nowMs: InstantMs, limit: number): { due: readonly LeaseRecord[]; stuck: readonly LeaseRecord[] } {
    const now = Math.floor(nowMs / 1000)
    return { due: dueLeases(this.sql, now, limit), stuck: stuckLeases(this.sql, now, MINTING_GRACE) }
  }

  /** For the sweep: a lease whose worker never came back. */
  protected orphan(lease: LeaseRecord, facts: Pick<Facts<'orphaned'>, 'may_live_until'>): void {
    this.transaction(() => {
      if (deleteLease(this.sql, lease.id)) this.write({ type: 'orphaned', ...leaseFacts(lease), ...facts })
    })
  }

  /** For the sweep, when it is done: sets the alarm for whatever comes next, and not before `earliestMs`. */
  protected async scheduleNext(earliestMs: InstantMs): Promise<void> {
    const due = nextDue(this.sql, Math.floor(Date.now() / 1000))
    const candidates = [
      due === undefined ? undefined : due * 1000,
      nextCountDue(this.sql),
      nextStuck(this.sql, MINTING_GRACE),
      this.shippingDue(this.chainHead, 'sweep'),
      this.spreadingDue,
    ].filter((at) => at !== undefined)
    await this.alarmAnew(candidates.length === 0 ? undefined : Math.max(Date.now() + 1, earliestMs, Math.min(...candidates)))
  }

  #admitAll(admissions: readonly Admission[]): AdmitOutcome[] {
    return this.transaction(() => admissions.map((admission) => this.#admitOne(admission)))
  }

  #admitOne(admission: Admission): AdmitOutcome {
    const { policy, freezes, revokedKeys } = this.inForce
    if (policy !== admission.policy) return { outcome: 'stale', policy }
    const { signer } = admission.lease
    if (signer !== undefined && revokedKeys?.includes(signer) === true) return { outcome: 'signer_revoked', kid: signer }
    if (freezes.some((freeze) => freezeMatches(freeze, admission.subject))) {
      return this.#usedAlready(admission, 'own') ?? this.#refused(admission, 'frozen', { outcome: 'frozen' })
    }
    return this.#open(admission)
  }

  #open(admission: Admission): AdmitOutcome {
    const { subject, lease, limits, jti, attempt } = admission
    const now = Date.now()
    const draw = { grant: subject.grant, workload: subject.workload ?? '', job: lease.job, limits }
    const reached = reachedLimit(this.sql, draw, now)
    if (reached !== undefined) {
      return this.#usedAlready(admission, 'any') ?? this.#refused(admission, 'limit_reached', { outcome: 'limit_reached', ...reached })
    }
    if (!this.write(openingEntry(admission), { ask: admission.ask, mark: { jti, attempt } })) {
      return this.#usedAlready(admission, 'any') ?? { outcome: 'replayed' }
    }
    openLease(this.sql, lease, subject, Math.floor(now / 1000))
    recordDraw(this.sql, draw, now, this.chainHead.seq)
    this.#groupDueMs = Math.min(this.#groupDueMs, firstAlarmOf(lease, now))
    return { outcome: 'admitted' }
  }

  /** A token used before: by this very attempt, whose first answer got lost, or (`any`) by another, which is a replay. */
  #usedAlready(admission: Admission, by: 'own' | 'any'): AdmitOutcome | undefined {
    const first = usedBy(this.sql, admission.jti)
    if (first === undefined) return undefined
    if (first === admission.attempt) return { outcome: 'admitted' }
    return by === 'own' ? undefined : this.#refused(admission, 'token_replayed', { outcome: 'replayed' })
  }

  #failed(lease: string, facts: FailFacts, wasOpen: boolean): void {
    this.write({ type: 'failed', lease, ...facts, ...(wasOpen ? {} : { lease_was_over: true }) }, { mark: failureMark(lease) })
  }

  #refused<Outcome>(record: AskRecord, code: string, outcome: Outcome): Outcome {
    if (countRefusal(this.sql, record.counted, Date.now())) this.write({ type: 'refused', code, ...recordOf(record) }, { ask: record.ask })
    else this.#counting = true
    this.#trip(record, code)
    return outcome
  }

  /** What trips freezes in the same turn: no exchange that comes later is admitted. */
  #trip(record: AskRecord, code: string): void {
    const now = Date.now()
    const isFrozen = (name: string): boolean => this.inForce.freezes.some((one) => one.target === 'workload' && one.name === name)
    for (const trip of tripsOf(this.sql, { record, code, now, isFrozen })) {
      for (const entry of entriesOfTrip(trip, record, { now, freezes: this.ownFreezes })) this.write(entry)
    }
  }

  /** When refusals that were only counted must be written down: whoever counts one sees to the alarm. */
  #countDue(): InstantMs {
    return (this.#counting ? nextCountDue(this.sql) : undefined) ?? Number.POSITIVE_INFINITY
  }

  async #alarmForRecalled(): Promise<void> {
    const due = nextRecalled(this.sql)
    if (due !== undefined) await this.alarmBy(Math.max(Date.now(), due * 1000))
  }
}
