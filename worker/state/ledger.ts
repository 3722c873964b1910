/**
 * One ledger: replay marks, limits, leases and entries of one issuer and owner, in one SQLite Durable Object.
 * Every change is one synchronous transaction, so nothing interleaves, and the output gate holds each answer until it is durable: no record, no credential.
 * It never calls an upstream; what the alarm must end is done by `sweep.ts`, which extends this class.
 */
import { DurableObject } from 'cloudflare:workers'
import { leaseEndsAt } from '../../shared/lease.ts'
import type { LedgerHead } from '../../shared/ledger.ts'
import type { EntryBody, Facts } from '../../shared/ledger-entries.ts'
import type { Instant, InstantMs } from '../../shared/units.ts'
import { activationSchema } from './activation.ts'
import { appendEntry, type NewEntry, readHead, readLines, readRecentAsks, usedBy, wasCheckpointed } from './chain.ts'
import { searchEntries } from './entry-search.ts'
import { freezeMatches } from './freezes.ts'
import {
  type DueLease,
  deleteLease,
  dueLeases,
  findLease,
  listLeases,
  nextDue,
  nextStuck,
  openLease,
  postponeLease,
  settleLease,
  stuckLeases,
} from './leases.ts'
import type {
  Activation,
  Admission,
  AdmitOutcome,
  AskRecord,
  AuthorityUse,
  CheckpointRecord,
  EndRequest,
  EntrySearch,
  FailFacts,
  FoundEntries,
  LeaseFilter,
  LeaseRecord,
  LeaseRequest,
  LedgerPort,
  RefusalRecord,
  RefuseOutcome,
  Settlement,
  Subject,
} from './ledger-port.ts'
import { LEDGER_SCHEMA } from './ledger-schema.ts'
import { forgetOldDraws, reachedLimit, recordDraw } from './limits.ts'
import type { PolicyStorePort } from './policy-store-port.ts'
import { countRefusal, nextCountDue, takeUncounted } from './refusal-count.ts'

/** How long a mint may take before its lease counts as stuck. Longer than any upstream deadline. */
const MINTING_GRACE_SECONDS = 120

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
  /** When the alarm will ring; `undefined` until it was asked for once. */
  #alarmAtMs: InstantMs | undefined
  /** Refusals were only counted since the last sweep. */
  #counting = false

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#sql.exec(LEDGER_SCHEMA)
    this.#head = readHead(this.#sql)
    this.#name = this.#readMeta('name')
    const activation = this.#readMeta('activation')
    this.#activation = activation === undefined ? undefined : activationSchema.parse(JSON.parse(activation))
  }

  async admit(admission: Admission): Promise<AdmitOutcome> {
    await this.#register(admission.ledger)
    const outcome = this.#transaction((): AdmitOutcome => {
      const { policy, freezes } = this.#inForce
      if (policy !== admission.policy) return { outcome: 'stale', policy }
      if (freezes.some((freeze) => freezeMatches(freeze, admission.subject))) {
        return this.#usedAlready(admission, 'own') ?? this.#refused(admission, 'frozen', { outcome: 'frozen' })
      }
      return this.#open(admission)
    })
    if (outcome.outcome === 'admitted') await this.#alarmBy(alarmFor(admission.lease, Date.now()))
    return outcome
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

  async fail(lease: string, facts: FailFacts): Promise<void> {
    this.#transaction(() => {
      const wasOpen = deleteLease(this.#sql, lease)
      this.#append({ type: 'failed', lease, ...facts, ...(wasOpen ? {} : { lease_was_over: true }) })
    })
  }

  async leases(filter: LeaseFilter, limit: number): Promise<readonly LeaseRecord[]> {
    return listLeases(this.#sql, filter, limit)
  }

  async end({ lease, how, facts }: EndRequest): Promise<'ended' | 'already_over'> {
    return this.#transaction(() => {
      const record = findLease(this.#sql, lease)
      if (record === undefined || !deleteLease(this.#sql, lease)) return 'already_over'
      this.#append({
        type: how,
        lease,
        grant: record.grant,
        workload: record.workload,
        connection: record.connection,
        kind: record.kind,
        run_id: record.runId,
        ...facts,
      })
      return 'ended'
    })
  }

  async endFailed(lease: string, facts: Omit<Facts<'end_failed'>, 'lease'>): Promise<void> {
    this.#transaction(() => {
      this.#append({ type: 'end_failed', lease, ...facts })
    })
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

  async recordCheckpoint({ ledger, facts, since }: CheckpointRecord): Promise<LedgerHead | 'overtaken'> {
    await this.#register(ledger)
    return this.#transaction(() => {
      if (wasCheckpointed(this.#sql, since)) return 'overtaken'
      this.#append({ type: 'checkpointed', ...facts })
      return this.#head
    })
  }

  async activate(activation: Activation): Promise<void> {
    if (this.#activation !== undefined && this.#activation.generation >= activation.generation) return
    this.#writeMeta('activation', JSON.stringify(activation))
    this.#activation = activation
  }

  async entries(after: number, limit: number): Promise<readonly string[]> {
    return readLines(this.#sql, after, limit)
  }

  async search(search: EntrySearch): Promise<FoundEntries> {
    return searchEntries(this.#sql, this.#head.seq, search)
  }

  async recentAsks(since: string, limit: number): Promise<{ lines: readonly string[]; isCut: boolean }> {
    return readRecentAsks(this.#sql, since, limit)
  }

  async head(): Promise<LedgerHead> {
    return this.#head
  }

  /** For the sweep: what is due now. Counted refusals are written down and old limits forgotten on the way. */
  protected tidy(nowMs: InstantMs, limit: number): { due: readonly DueLease[]; stuck: readonly LeaseRecord[] } {
    const now = Math.floor(nowMs / 1000)
    this.#counting = false
    this.#transaction(() => {
      for (const { key, minute, refusals } of takeUncounted(this.#sql, nowMs)) {
        this.#append({ type: 'refusals_counted', counted: key, minute: new Date(minute).toISOString(), refusals })
      }
      forgetOldDraws(this.#sql, nowMs)
    })
    return { due: dueLeases(this.#sql, now, limit), stuck: stuckLeases(this.#sql, now - MINTING_GRACE_SECONDS) }
  }

  /** For the sweep: a lease whose worker never came back. */
  protected orphan(lease: LeaseRecord, facts: Pick<Facts<'orphaned'>, 'may_live_until'>): void {
    this.#transaction(() => {
      if (deleteLease(this.#sql, lease.id)) {
        this.#append({
          type: 'orphaned',
          lease: lease.id,
          grant: lease.grant,
          workload: lease.workload,
          connection: lease.connection,
          kind: lease.kind,
          run_id: lease.runId,
          ...facts,
        })
      }
    })
  }

  /** For the sweep: try again at `nextTry`. */
  protected postpone(lease: string, nextTry: Instant): void {
    postponeLease(this.#sql, lease, nextTry)
  }

  /** For the sweep, when it is done: sets the alarm for whatever comes next. */
  protected async scheduleNext(): Promise<void> {
    const due = nextDue(this.#sql, Math.floor(Date.now() / 1000))
    const candidates = [
      due === undefined ? undefined : due * 1000,
      nextCountDue(this.#sql),
      nextStuck(this.#sql, MINTING_GRACE_SECONDS),
    ].filter((at) => at !== undefined)
    this.#alarmAtMs = Number.POSITIVE_INFINITY
    if (candidates.length > 0) await this.#alarmBy(Math.max(Date.now() + 1, Math.min(...candidates)))
  }

  #open(admission: Admission): AdmitOutcome {
    const { subject, lease, limits, jti, attempt } = admission
    const now = Date.now()
    const draw = { grant: subject.grant, workload: subject.workload ?? '', job: lease.job, limits }
    const reached = reachedLimit(this.#sql, draw, now)
    if (reached !== undefined) {
      return this.#usedAlready(admission, 'any') ?? this.#refused(admission, 'limit_reached', { outcome: 'limit_reached', ...reached })
    }
    const opening = { lease: lease.id, expires_at: lease.expiresAt, ...recordOf(admission) }
    const entry: EntryBody =
      lease.credential === undefined ? { type: 'opened', ...opening } : { type: 'issued', credential: lease.credential, ...opening }
    if (!this.#append(entry, { ask: admission.ask, mark: { jti, attempt } })) {
      return this.#usedAlready(admission, 'any') ?? { outcome: 'replayed' }
    }
    openLease(this.#sql, lease, subject, Math.floor(now / 1000))
    recordDraw(this.#sql, draw, now, this.#head.seq)
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
    return outcome
  }

  /** False, and nothing written, when the mark's token was used before. */
  #append(body: EntryBody, more: Pick<NewEntry, 'ask' | 'mark'> = {}): boolean {
    const head = appendEntry(this.#sql, this.#head, { ledger: this.#name ?? '', at: Date.now(), body, ...more })
    if (head === undefined) return false
    this.#head = head
    return true
  }

  /** All or nothing: a throw rolls the rows back, and the head in memory with them. */
  #transaction<T>(work: () => T): T {
    const head = this.#head
    try {
      return this.ctx.storage.transactionSync(work)
    } catch (fault) {
      this.#head = head
      throw fault
    }
  }

  /** A ledger that was never used asks the policy store what is in force, which will push to it from then on. */
  async #register(ledger: string): Promise<void> {
    if (this.#name === undefined) {
      this.#writeMeta('name', ledger)
      this.#name = ledger
    }
    if (this.#activation !== undefined) return
    await this.activate(await this.env.POLICY_STORE.getByName('policy').register(ledger))
  }

  get #inForce(): Activation {
    return this.#activation ?? { generation: 0, policy: null, freezes: [] }
  }

  /** Makes sure that the alarm rings at `atMs` or earlier. Costs nothing when it will anyway, which is the usual case. */
  async #alarmBy(atMs: InstantMs): Promise<void> {
    if (this.#alarmAtMs === undefined) this.#alarmAtMs = (await this.ctx.storage.getAlarm()) ?? Number.POSITIVE_INFINITY
    const now = Date.now()
    // one that is long overdue was given up by the runtime: its work must not wait for the next lease's end
    const isGivenUp = this.#alarmAtMs < now - GIVEN_UP_AFTER_MS
    if (this.#alarmAtMs <= atMs && !isGivenUp) return
    this.#alarmAtMs = isGivenUp ? now : atMs
    await this.ctx.storage.setAlarm(this.#alarmAtMs)
  }

  #readMeta(key: string): string | undefined {
    const [row] = this.#sql.exec<{ value: string }>('SELECT value FROM meta WHERE key = ?', key).toArray()
    return row?.value
  }

  #writeMeta(key: string, value: string): void {
    this.#sql.exec('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', key, value)
  }
}

/** When the sweep must look at a fresh lease: at its end, or when its mint should long be over. */
function alarmFor(lease: LeaseRequest, now: InstantMs): InstantMs {
  const end = leaseEndsAt(lease.id) * 1000
  return lease.state === 'live' ? end : Math.min(end, now + MINTING_GRACE_SECONDS * 1000)
}

function recordOf<S extends Subject>({ policy, decision, runId, subject }: AskRecord & { readonly subject: S }) {
  return { policy, decision, run_id: runId, ...subject }
}
