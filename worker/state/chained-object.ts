/**
 * What every message to a ledger object rests on: its chain, transactions that are all or nothing, what is in force, and the one alarm. It knows no lease,
 * no limit and no grant; what the messages mean is `ledger.ts`, which extends this class.
 */
import { DurableObject } from 'cloudflare:workers'
import type { LedgerHead } from '../../shared/ledger.ts'
import { ALARMING_TYPES, type EntryBody } from '../../shared/ledger-entries.ts'
import type { InstantMs } from '../../shared/units.ts'
import { activationSchema } from './activation.ts'
import { appendEntry, type NewEntry, readHead, readLines, readRecentAsks, usedBy, wasCheckpointed } from './chain.ts'
import { searchEntries } from './entry-search.ts'
import type { Activation, AuthorityUse, CheckpointRecord, EntrySearch, FoundEntries } from './ledger-port.ts'
import { prepareTables } from './ledger-schema.ts'
import { readMeta, writeMeta } from './meta.ts'
import { type OwnFreezes, openOwnFreezes } from './own-freezes.ts'
import type { PolicyStorePort } from './policy-store-port.ts'

/** The runtime retries a failing alarm for less than this. */
const GIVEN_UP_AFTER_MS = 10 * 60_000

const RETRY_SPREAD_MS = 5_000

export interface LedgerEnv {
  readonly POLICY_STORE: { getByName(name: string): PolicyStorePort }
}

export abstract class ChainedObject<Env extends LedgerEnv> extends DurableObject<Env> {
  protected readonly sql: SqlStorage
  protected chainHead: LedgerHead
  protected readonly ownFreezes: OwnFreezes
  #name: string | undefined
  #activation: Activation | undefined
  /** When the alarm will ring. */
  #alarmAtMs: InstantMs = Number.POSITIVE_INFINITY
  /** An entry was written that somebody should be woken for. */
  #isAlarming = false

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.sql = ctx.storage.sql
    prepareTables(this.sql)
    this.chainHead = readHead(this.sql)
    this.ownFreezes = openOwnFreezes(this.sql)
    this.#name = readMeta(this.sql, 'name')
    const activation = readMeta(this.sql, 'activation')
    this.#activation = activation === undefined ? undefined : activationSchema.parse(JSON.parse(activation))
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAtMs = (await ctx.storage.getAlarm()) ?? Number.POSITIVE_INFINITY
    })
  }

  async useAuthority({ ledger, jti, attempt, entry }: AuthorityUse): Promise<'used' | 'replayed'> {
    await this.register(ledger)
    return this.transaction(() => {
      if (this.write(entry, { mark: { jti, attempt } })) return 'used'
      return usedBy(this.sql, jti) === attempt ? 'used' : 'replayed'
    })
  }

  async append(ledger: string, entry: EntryBody): Promise<void> {
    await this.register(ledger)
    this.transaction(() => {
      this.write(entry)
    })
  }

  async recordCheckpoint({ ledger, facts, since }: CheckpointRecord): Promise<LedgerHead | 'overtaken'> {
    await this.register(ledger)
    return this.transaction(() => {
      if (wasCheckpointed(this.sql, since)) return 'overtaken'
      this.write({ type: 'checkpointed', ...facts })
      return this.chainHead
    })
  }

  async activate(activation: Activation): Promise<void> {
    if (this.#activation !== undefined && this.#activation.generation >= activation.generation) return
    writeMeta(this.sql, 'activation', JSON.stringify(activation))
    this.#activation = activation
    this.ownFreezes.superseded(activation.freezes)
  }

  async entries(after: number, limit: number): Promise<readonly string[]> {
    return readLines(this.sql, after, limit)
  }

  async search(search: EntrySearch): Promise<FoundEntries> {
    return searchEntries(this.sql, this.chainHead.seq, search)
  }

  async recentAsks(since: string, limit: number): Promise<{ lines: readonly string[]; isCut: boolean }> {
    return readRecentAsks(this.sql, since, limit)
  }

  async head(): Promise<LedgerHead> {
    return this.chainHead
  }

  /** When a sink wants what it does not have yet. Asked after every entry, where it may assume that the oldest such entry was written just now and reads no row; after an alarming one, which some do not let wait. */
  protected abstract shippingDue(head: LedgerHead, after: 'entry' | 'alarm' | 'sweep'): InstantMs | undefined

  /** False, and nothing written, when the mark's token was used before. */
  protected write(body: EntryBody, more: Pick<NewEntry, 'ask' | 'mark'> = {}): boolean {
    const head = appendEntry(this.sql, this.chainHead, { ledger: this.#name ?? '', at: Date.now(), body, ...more })
    if (head === undefined) return false
    this.chainHead = head
    this.#isAlarming ||= ALARMING_TYPES.includes(body.type)
    return true
  }

  /** All or nothing: a throw rolls the rows back, and the head in memory with them. */
  protected transaction<T>(work: () => T): T {
    const head = this.chainHead
    let outcome: T
    try {
      outcome = this.ctx.storage.transactionSync(work)
    } catch (fault) {
      this.chainHead = head
      this.ownFreezes.reload()
      throw fault
    }
    if (this.chainHead !== head) this.shipLater()
    if (this.ownFreezes.list().length > 0) this.#spreadLater()
    return outcome
  }

  /** Nobody waits for it: the alarm is set before the answer leaves, and the output gate holds the answer until it is durable. */
  protected shipLater(): void {
    const due = this.shippingDue(this.chainHead, this.#isAlarming ? 'alarm' : 'entry')
    this.#isAlarming = false
    if (due !== undefined) this.ctx.waitUntil(this.alarmBy(Math.max(due, Date.now())))
  }

  /** The alarm first: it goes on when this object dies on the way. */
  #spreadLater(): void {
    this.ctx.waitUntil(this.alarmBy(Date.now() + RETRY_SPREAD_MS))
    this.ctx.waitUntil(this.spreadFreezes())
  }

  protected async spreadFreezes(): Promise<void> {
    const isSpread = await this.ownFreezes.spread(this.env.POLICY_STORE.getByName('policy'))
    if (!isSpread) await this.alarmBy(Date.now() + RETRY_SPREAD_MS)
  }

  /** When the policy store must be told again of what this ledger froze. */
  protected get spreadingDue(): InstantMs | undefined {
    return this.ownFreezes.list().length > 0 ? Date.now() + RETRY_SPREAD_MS : undefined
  }

  /** A ledger that was never used asks the policy store what is in force, which will push to it from then on. */
  protected async register(ledger: string): Promise<void> {
    if (this.#name === undefined) {
      writeMeta(this.sql, 'name', ledger)
      this.#name = ledger
    }
    if (this.#activation !== undefined) return
    await this.activate(await this.env.POLICY_STORE.getByName('policy').register(ledger))
  }

  protected get inForce(): Activation {
    const activation = this.#activation ?? { generation: 0, policy: null, freezes: [] }
    const own = this.ownFreezes.list()
    return own.length === 0 ? activation : { ...activation, freezes: [...activation.freezes, ...own] }
  }

  /** Makes sure that the alarm rings at `atMs` or earlier. Costs nothing when it will anyway, which is the usual case. */
  protected async alarmBy(atMs: InstantMs): Promise<void> {
    const now = Date.now()
    // one that is long overdue was given up by the runtime: its work must not wait for the next lease's end
    const isGivenUp = this.#alarmAtMs < now - GIVEN_UP_AFTER_MS
    if (this.#alarmAtMs <= atMs && !isGivenUp) return
    this.#alarmAtMs = isGivenUp ? now : atMs
    try {
      await this.ctx.storage.setAlarm(this.#alarmAtMs)
    } catch (fault) {
      this.#alarmAtMs = Number.POSITIVE_INFINITY
      throw fault
    }
  }

  /** Forgets when the alarm was to ring: the sweep knows of all that is due. */
  protected async alarmAnew(atMs: InstantMs | undefined): Promise<void> {
    this.#alarmAtMs = Number.POSITIVE_INFINITY
    if (atMs !== undefined) await this.alarmBy(atMs)
  }
}
