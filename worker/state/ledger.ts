/**
 * One ledger: replay marks, limits, leases and entries of one issuer and owner, in one SQLite Durable Object.
 * Every change is one synchronous transaction, so nothing interleaves, and the output gate holds each answer until it is durable: no record, no credential.
 * It never calls an upstream; what the alarm must end is done by `sweep.ts`, which extends this class.
 */
import { DurableObject } from 'cloudflare:workers'
import type { JsonObject } from '../../shared/json.ts'
import { ALARMING_TYPES, type EntryBody, type LedgerHead } from '../../shared/ledger.ts'
import type { InstantMs } from '../../shared/units.ts'
import { activationSchema } from './activation.ts'
import { appendEntry, type NewEntry, readHead, readLines, readRecentAsks, usedBy } from './chain.ts'
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
import { deleteLease, findLease, listLeases, nextStuck, openLease, settleLease, stuckLeases } from './leases.ts'
import type {
  Activation,
  Admission,
  AdmitOutcome,
  AskRecord,
  AuthorityUse,
  EndFailed,
  EndRequest,
  HeededNews,
  HeedOutcome,
  KeptCredential,
  LeaseFilter,
  LeaseRecord,
  LedgerPort,
  RefusalRecord,
  RefuseOutcome,
  Settlement,
  SinkStatus,
} from './ledger-port.ts'
import { prepareTables } from './ledger-schema.ts'
import { forgetOldDraws, reachedLimit, recordDraw } from './limits.ts'
import { readMeta, writeMeta } from './meta.ts'
import { type OwnFreezes, openOwnFreezes } from './own-freezes.ts'
import type { PolicyStorePort } from './policy-store-port.ts'
import { countRefusal, nextCountDue, takeUncounted } from './refusal-count.ts'
import { forgetOldTrips, tripsOf } from './tripwires.ts'

/** Why a lease was recalled whose credential was made but never left the broker. */
const NOT_HANDED_OVER = 'not_handed_over'

const RETRY_SPREAD_MS = 5_000

/** The runtime retries a failing alarm for less than this. */
const GIVEN_UP_AFTER_MS = 10 * 60_000

interface LedgerEnv {
  readonly POLICY_STORE: { getByName(name: string): PolicyStorePort }
}

export abstract class LedgerObject<Env extends LedgerEnv> extends DurableObject<Env> implements LedgerPort {
  readonly #sql: SqlStorage
  #head: LedgerHead
  #name: string | undefined
  #activation: Activation | undefined
  /** When the alarm will ring. */
  #alarmAtMs: InstantMs = Number.POSITIVE_INFINITY
  readonly #ownFreezes: OwnFreezes
  /** An entry was written that somebody should be woken for. */
  #isAlarming = false
  /** Refusals were only counted since the last sweep. */
  #counting = false
  /** When the sweep must look at the leases of the group that is being written. */
  #groupDueMs: InstantMs = Number.POSITIVE_INFINITY
  readonly #admitInGroup = groupCommit<Admission, AdmitOutcome>({
    write: (admissions) => this.#admitAll(admissions),
    durable: async () => {
      const dueMs = this.#groupDueMs
      this.#groupDueMs = Number.POSITIVE_INFINITY
      await this.#alarmBy(dueMs)
      await this.ctx.storage.sync()
    },
  })

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    prepareTables(this.#sql)
    this.#head = readHead(this.#sql)
    this.#ownFreezes = openOwnFreezes(this.#sql)
    this.#name = readMeta(this.#sql, 'name')
    const activation = readMeta(this.#sql, 'activation')
    this.#activation = activation === undefined ? undefined : activationSchema.parse(JSON.parse(activation))
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAtMs = (await ctx.storage.getAlarm()) ?? Number.POSITIVE_INFINITY
    })
  }

  async admit(admission: Admission): Promise<AdmitOutcome> {
    await this.#register(admission.ledger)
    return this.#admitInGroup(admission)
  }

  async refuse(refusal: RefusalRecord): Promise<RefuseOutcome> {
    await this.#register(refusal.ledger)
    const outcome = this.#transaction((): RefuseOutcome => {
      const { policy, freezes } = this.#inForce
      if (policy !== refusal.policy) return { outcome: 'stale', policy }
      const frozen = freezes.some((freeze) => freezeMatches(freeze, refusal.subject))
      return this.#refused(refusal, frozen ? 'frozen' : refusal.code, { outcome: frozen ? 'frozen' : 'recorded' })
    })
    const countDue = this.#counting ? nextCountDue(this.#sql) : undefined
    if (countDue !== undefined) await this.#alarmBy(countDue)
    return outcome
  }

  async settle(settlement: Settlement): Promise<'settled' | 'gone'> {
    return this.#transaction(() => {
      const lease = findLease(this.#sql, settlement.lease)
      if (lease === undefined) return 'gone'
      if (lease.state === 'live') return lease.credential === settlement.credential ? 'settled' : 'gone'
      settleLease(this.#sql, settlement)
      this.#append({ type: 'issued', lease: lease.id, credential: settlement.credential, ...settlement.facts })
      return 'settled'
    })
  }

  async fail(lease: string, facts: JsonObject): Promise<void> {
    this.#transaction(() => {
      const wasOpen = deleteLease(this.#sql, lease)
      this.#append({ type: 'failed', lease, ...facts, ...(wasOpen ? {} : { lease_was_over: true }) })
    })
  }

  async leases(filter: LeaseFilter, limit: number): Promise<readonly LeaseRecord[]> {
    return listLeases(this.#sql, filter, limit)
  }

  async end({ lease, how, state, facts }: EndRequest): Promise<'ended' | 'already_over' | 'moved_on'> {
    return this.#transaction(() => {
      const record = findLease(this.#sql, lease)
      // INVARIANT: a lease that went live meanwhile has a credential, which nothing has ended yet
      if (record !== undefined && state !== undefined && record.state !== state) return 'moved_on'
      if (record === undefined || !deleteLease(this.#sql, lease)) return 'already_over'
      this.#append({ type: how, ...leaseFacts(record), ...facts })
      return 'ended'
    })
  }

  async endFailed(failed: EndFailed): Promise<void> {
    this.#transaction(() => {
      const postponed = postponeLease(this.#sql, failed, Math.floor(Date.now() / 1000))
      if (postponed?.tries === 1) this.#append(endFailedEntry(postponed, failed))
    })
    await this.#alarmForRecalled()
  }

  async keep({ lease, subject, facts }: KeptCredential): Promise<void> {
    const now = Math.floor(Date.now() / 1000)
    this.#transaction(() => {
      // kept already, and the answer got lost
      if (findLease(this.#sql, lease.id)?.recalled?.cause === NOT_HANDED_OVER) return
      const wasOpen = deleteLease(this.#sql, lease.id)
      openLease(this.#sql, lease, subject, now)
      recallKept(this.#sql, lease.id, NOT_HANDED_OVER, now + retryWait(0, { code: 'upstream_unavailable' }))
      this.#append({ type: 'failed', lease: lease.id, ...facts, ...(wasOpen ? {} : { lease_was_over: true }) })
    })
    await this.#alarmForRecalled()
  }

  async heed({ mark, attempt, entry, recalls }: HeededNews): Promise<HeedOutcome> {
    const outcome = this.#transaction((): HeedOutcome => {
      const first = usedBy(this.#sql, mark)
      if (first !== undefined && first !== attempt) return { outcome: 'repeated' }
      const leases = recalls === undefined ? 0 : recallLeases(this.#sql, recalls.leases, { how: 'revoked', cause: recalls.cause })
      // what ends nothing leaves nothing, unless it is worth knowing by itself
      const isWorthAnEntry = entry.type !== 'recalled' || leases > 0
      if (first === undefined && isWorthAnEntry) this.#append({ ...entry, leases }, { mark: { jti: mark, attempt } })
      return { outcome: 'heeded', leases }
    })
    await this.#alarmForRecalled()
    return outcome
  }

  async useAuthority({ ledger, jti, attempt, entry }: AuthorityUse): Promise<'used' | 'replayed'> {
    await this.#register(ledger)
    return this.#transaction(() => {
      if (this.#append(entry, { mark: { jti, attempt } })) return 'used'
      return usedBy(this.#sql, jti) === attempt ? 'used' : 'replayed'
    })
  }

  async append(ledger: string, entry: EntryBody): Promise<void> {
    await this.#register(ledger)
    this.#transaction(() => {
      this.#append(entry)
    })
  }

  async activate(activation: Activation): Promise<void> {
    if (this.#activation !== undefined && this.#activation.generation >= activation.generation) return
    writeMeta(this.#sql, 'activation', JSON.stringify(activation))
    this.#activation = activation
    this.#ownFreezes.superseded(activation.freezes)
  }

  async entries(after: number, limit: number): Promise<readonly string[]> {
    return readLines(this.#sql, after, limit)
  }

  async recentAsks(since: string, limit: number): Promise<{ lines: readonly string[]; isCut: boolean }> {
    return readRecentAsks(this.#sql, since, limit)
  }

  async head(): Promise<LedgerHead> {
    return this.#head
  }

  abstract sinks(): Promise<readonly SinkStatus[]>

  /** When a sink wants what it does not have yet. Asked after every entry, where it may assume that the oldest such entry was written just now and reads no row; after an alarming one, which some do not let wait. */
  protected abstract shippingDue(head: LedgerHead, after: 'entry' | 'alarm' | 'sweep'): InstantMs | undefined

  /** For the sweep: what is due now. Counted refusals are written down and old limits forgotten on the way. */
  protected tidy(nowMs: InstantMs, limit: number): { due: readonly LeaseRecord[]; stuck: readonly LeaseRecord[] } {
    const now = Math.floor(nowMs / 1000)
    this.#counting = false
    this.#transaction(() => {
      for (const { key, minute, refusals } of takeUncounted(this.#sql, nowMs)) {
        this.#append({ type: 'refusals_counted', counted: key, minute: new Date(minute).toISOString(), refusals })
      }
      forgetOldDraws(this.#sql, nowMs)
      forgetOldTrips(this.#sql, nowMs)
    })
    return { due: dueLeases(this.#sql, now, limit), stuck: stuckLeases(this.#sql, now - MINTING_GRACE) }
  }

  /** For the sweep: a lease whose worker never came back. */
  protected orphan(lease: LeaseRecord, facts: JsonObject): void {
    this.#transaction(() => {
      if (deleteLease(this.#sql, lease.id)) this.#append({ type: 'orphaned', ...leaseFacts(lease), ...facts })
    })
  }

  /** For the sweep, when it is done: sets the alarm for whatever comes next. */
  protected async scheduleNext(): Promise<void> {
    const due = nextDue(this.#sql, Math.floor(Date.now() / 1000))
    const candidates = [
      due === undefined ? undefined : due * 1000,
      nextCountDue(this.#sql),
      nextStuck(this.#sql, MINTING_GRACE),
      this.shippingDue(this.#head, 'sweep'),
      this.#ownFreezes.list().length > 0 ? Date.now() + RETRY_SPREAD_MS : undefined,
    ].filter((at) => at !== undefined)
    this.#alarmAtMs = Number.POSITIVE_INFINITY
    if (candidates.length > 0) await this.#alarmBy(Math.max(Date.now() + 1, Math.min(...candidates)))
  }

  #admitAll(admissions: readonly Admission[]): AdmitOutcome[] {
    return this.#transaction(() => admissions.map((admission) => this.#admitOne(admission)))
  }

  #admitOne(admission: Admission): AdmitOutcome {
    const { policy, freezes } = this.#inForce
    if (policy !== admission.policy) return { outcome: 'stale', policy }
    if (freezes.some((freeze) => freezeMatches(freeze, admission.subject))) {
      return this.#usedAlready(admission, 'own') ?? this.#refused(admission, 'frozen', { outcome: 'frozen' })
    }
    return this.#open(admission)
  }

  #open(admission: Admission): AdmitOutcome {
    const { subject, lease, limits, jti, attempt } = admission
    const now = Date.now()
    const draw = { grant: subject.grant, workload: subject.workload ?? '', job: lease.job, limits }
    const reached = reachedLimit(this.#sql, draw, now)
    if (reached !== undefined) {
      return this.#usedAlready(admission, 'any') ?? this.#refused(admission, 'limit_reached', { outcome: 'limit_reached', ...reached })
    }
    if (!this.#append(openingEntry(admission), { ask: admission.ask, mark: { jti, attempt } })) {
      return this.#usedAlready(admission, 'any') ?? { outcome: 'replayed' }
    }
    openLease(this.#sql, lease, subject, Math.floor(now / 1000))
    recordDraw(this.#sql, draw, now, this.#head.seq)
    this.#groupDueMs = Math.min(this.#groupDueMs, firstAlarmOf(lease, now))
    return { outcome: 'admitted' }
  }

  /** A token used before: by this very attempt, whose first answer got lost, or (`any`) by another, which is a replay. */
  #usedAlready(admission: Admission, by: 'own' | 'any'): AdmitOutcome | undefined {
    const first = usedBy(this.#sql, admission.jti)
    if (first === undefined) return undefined
    if (first === admission.attempt) return { outcome: 'admitted' }
    return by === 'own' ? undefined : this.#refused(admission, 'token_replayed', { outcome: 'replayed' })
  }

  #refused<Outcome>(record: AskRecord, code: string, outcome: Outcome): Outcome {
    if (countRefusal(this.#sql, record.counted, Date.now()))
      this.#append({ type: 'refused', code, ...recordOf(record) }, { ask: record.ask })
    else this.#counting = true
    this.#trip(record, code)
    return outcome
  }

  /** What trips freezes in the same turn: no exchange that comes later is admitted. */
  #trip(record: AskRecord, code: string): void {
    const now = Date.now()
    const isFrozen = (name: string): boolean => this.#inForce.freezes.some((one) => one.target === 'workload' && one.name === name)
    for (const trip of tripsOf(this.#sql, { record, code, now, isFrozen })) {
      for (const entry of entriesOfTrip(trip, record, { now, freezes: this.#ownFreezes })) this.#append(entry)
    }
  }

  protected async spreadFreezes(): Promise<void> {
    const isSpread = await this.#ownFreezes.spread(this.env.POLICY_STORE.getByName('policy'))
    if (!isSpread) await this.#alarmBy(Date.now() + RETRY_SPREAD_MS)
  }

  /** False, and nothing written, when the mark's token was used before. */
  #append(body: EntryBody, more: Pick<NewEntry, 'ask' | 'mark'> = {}): boolean {
    const head = appendEntry(this.#sql, this.#head, { ledger: this.#name ?? '', at: Date.now(), body, ...more })
    if (head === undefined) return false
    this.#head = head
    this.#isAlarming ||= ALARMING_TYPES.includes(body.type)
    return true
  }

  /** All or nothing: a throw rolls the rows back, and the head in memory with them. */
  #transaction<T>(work: () => T): T {
    const head = this.#head
    let outcome: T
    try {
      outcome = this.ctx.storage.transactionSync(work)
    } catch (fault) {
      this.#head = head
      this.#ownFreezes.reload()
      throw fault
    }
    if (this.#head !== head) this.shipLater()
    if (this.#ownFreezes.list().length > 0) this.#spreadLater()
    return outcome
  }

  /** Nobody waits for it: the alarm is set before the answer leaves, and the output gate holds the answer until it is durable. */
  protected shipLater(): void {
    const due = this.shippingDue(this.#head, this.#isAlarming ? 'alarm' : 'entry')
    this.#isAlarming = false
    if (due !== undefined) this.ctx.waitUntil(this.#alarmBy(Math.max(due, Date.now())))
  }

  /** The alarm first: it goes on when this object dies on the way. */
  #spreadLater(): void {
    this.ctx.waitUntil(this.#alarmBy(Date.now() + RETRY_SPREAD_MS))
    this.ctx.waitUntil(this.spreadFreezes())
  }

  /** A ledger that was never used asks the policy store what is in force, which will push to it from then on. */
  async #register(ledger: string): Promise<void> {
    if (this.#name === undefined) {
      writeMeta(this.#sql, 'name', ledger)
      this.#name = ledger
    }
    if (this.#activation !== undefined) return
    await this.activate(await this.env.POLICY_STORE.getByName('policy').register(ledger))
  }

  get #inForce(): Activation {
    const activation = this.#activation ?? { generation: 0, policy: null, freezes: [] }
    const own = this.#ownFreezes.list()
    return own.length === 0 ? activation : { ...activation, freezes: [...activation.freezes, ...own] }
  }

  /** Makes sure that the alarm rings at `atMs` or earlier. Costs nothing when it will anyway, which is the usual case. */
  async #alarmBy(atMs: InstantMs): Promise<void> {
    const now = Date.now()
    // one that is long overdue was given up by the runtime: its work must not wait for the next lease's end
    const isGivenUp = this.#alarmAtMs < now - GIVEN_UP_AFTER_MS
    if (this.#alarmAtMs <= atMs && !isGivenUp) return
    this.#alarmAtMs = isGivenUp ? now : atMs
    await this.ctx.storage.setAlarm(this.#alarmAtMs)
  }

  async #alarmForRecalled(): Promise<void> {
    const due = nextRecalled(this.#sql)
    if (due !== undefined) await this.#alarmBy(Math.max(Date.now(), due * 1000))
  }
}
