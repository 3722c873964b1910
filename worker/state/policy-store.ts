/**
 * The one policy store: published policies, what is active, the freezes in force, and every ledger there ever was.
 * A change is written here first, then pushed to every ledger; the caller is answered when all have it. It never reads a policy: it keeps text under its digest.
 */

import { DurableObject } from 'cloudflare:workers'
import type { Freeze, FreezeTarget } from '../../shared/freeze.ts'
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import { activationSchema } from './activation.ts'
import { sameTarget } from './freezes.ts'
import type { Activation } from './ledger-port.ts'
import type {
  Confirmation,
  ConfirmOutcome,
  PastPublication,
  PolicyStorePort,
  Proposal,
  ProposalRequest,
  ProposeOutcome,
  Publication,
  PublishOutcome,
} from './policy-store-port.ts'
import { preparePolicyStore } from './policy-store-schema.ts'
import { confirmableProposal, findProposal, isAnythingProposed, markDone, openProposals, propose } from './proposals.ts'
import { insertPublication, listPublications, wasPublished } from './publications.ts'

const RETRY_PUSH_MS = 5_000
const PUSHES_AT_ONCE = 6
/** No isolate holds a key for more than an hour, so the older ones can sign nothing that could be admitted. */
const REVOKED_KEYS_KEPT = 100

interface PolicyStoreEnv {
  readonly LEDGER: { getByName(name: string): { activate(activation: Activation): Promise<void> } }
}

export class PolicyStore extends DurableObject<PolicyStoreEnv> implements PolicyStorePort {
  readonly #sql: SqlStorage
  #activation: Activation

  constructor(ctx: DurableObjectState, env: PolicyStoreEnv) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    preparePolicyStore(this.#sql)
    const [row] = this.#sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'activation'").toArray()
    this.#activation = row === undefined ? { generation: 0, policy: null, freezes: [] } : activationSchema.parse(JSON.parse(row.value))
  }

  async activation(): Promise<Activation> {
    return this.#activation
  }

  async upload(digest: PolicyDigest, index: number, text: string): Promise<void> {
    this.#sql.exec('INSERT OR REPLACE INTO piece (digest, n, text) VALUES (?, ?, ?)', digest, index, text)
  }

  async piece(digest: PolicyDigest, index: number): Promise<string | null> {
    const [row] = this.#sql.exec<{ text: string }>('SELECT text FROM piece WHERE digest = ? AND n = ?', digest, index).toArray()
    return row?.text ?? null
  }

  async publish(publication: Publication): Promise<PublishOutcome> {
    const { digest, replaces } = publication
    const active = this.#activation.policy
    if (active !== digest) {
      if (active !== (replaces === '*' ? null : replaces)) return { outcome: 'not_the_active_one', active }
      this.#transaction(() => {
        insertPublication(this.#sql, publication)
        this.#write({ policy: digest })
      })
    }
    const waitingFor = await this.#push()
    return waitingFor === 0 ? { outcome: 'active' } : { outcome: 'not_everywhere', waitingFor }
  }

  async wasPublished(digest: PolicyDigest): Promise<boolean> {
    return wasPublished(this.#sql, digest)
  }

  async history(before: number, limit: number): Promise<readonly PastPublication[]> {
    return listPublications(this.#sql, before, limit)
  }

  async propose(request: ProposalRequest): Promise<ProposeOutcome> {
    const { what } = request
    const isInForce =
      what.act === 'publish'
        ? this.#activation.policy === (what.replaces === '*' ? null : what.replaces)
        : this.#activation.freezes.some((freeze) => sameTarget(freeze, what.target))
    if (!isInForce) return { outcome: 'stale', active: this.#activation.policy }
    const made = this.ctx.storage.transactionSync(() => propose(this.#sql, request, this.#activation.generation))
    return { outcome: 'proposed', ...made }
  }

  async proposals(): Promise<readonly Proposal[]> {
    return openProposals(this.#sql, this.#activation.generation)
  }

  async proposal(id: string): Promise<Proposal | null> {
    return findProposal(this.#sql, id)
  }

  /** No await before the change is written, so of many confirmations at once one finds the proposal unused. */
  async confirm(confirmation: Confirmation): Promise<ConfirmOutcome> {
    const { generation } = this.#activation
    const found = confirmableProposal(this.#sql, confirmation, generation)
    if (found.outcome === 'open') {
      this.#transaction(() => {
        this.#carryOut(found.proposal, confirmation.by)
        markDone(this.#sql, confirmation, this.#activation.generation)
      })
    } else if (found.outcome !== 'done') return found
    return { outcome: (await this.#push()) === 0 ? 'everywhere' : 'not_everywhere' }
  }

  #carryOut({ what, by }: Proposal, confirmedBy: string): void {
    if (what.act === 'thaw') {
      this.#write({ freezes: this.#activation.freezes.filter((freeze) => !sameTarget(freeze, what.target)) })
      return
    }
    const forced = what.forced === null ? {} : { forced: what.forced }
    insertPublication(this.#sql, { digest: what.policy, replaces: what.replaces, by, confirmedBy, ...forced })
    this.#write({ policy: what.policy })
  }

  async freeze(freeze: Freeze): Promise<'everywhere' | 'not_everywhere'> {
    const { freezes } = this.#activation
    const isKnown = freezes.some((known) => sameTarget(known, freeze) && known.reason === freeze.reason && known.by === freeze.by)
    // asked again only to wait for the last ledgers: a new generation would make it wait for all of them
    const isRepeated = isKnown && this.#behind().length > 0
    // INVARIANT: who freezes what somebody proposed to thaw has the last word, so the proposal must find another generation
    const isContested = isAnythingProposed(this.#sql, this.#activation.generation)
    if (!isRepeated || isContested) this.#write({ freezes: [...freezes.filter((known) => !sameTarget(known, freeze)), freeze] })
    return (await this.#push()) === 0 ? 'everywhere' : 'not_everywhere'
  }

  async thaw(target: FreezeTarget): Promise<'everywhere' | 'not_everywhere' | 'absent'> {
    const others = this.#activation.freezes.filter((known) => !sameTarget(known, target))
    const isThere = others.length < this.#activation.freezes.length
    if (!isThere && this.#behind().length === 0) return 'absent'
    if (isThere) this.#write({ freezes: others })
    return (await this.#push()) === 0 ? 'everywhere' : 'not_everywhere'
  }

  async revokeKey(kid: string): Promise<'everywhere' | 'not_everywhere'> {
    const known = this.#activation.revokedKeys ?? []
    if (!known.includes(kid)) this.#write({ revokedKeys: [...known, kid].slice(-REVOKED_KEYS_KEPT) })
    return (await this.#push()) === 0 ? 'everywhere' : 'not_everywhere'
  }

  /** A ledger's first use. It is remembered before it is answered, so no later activation can miss it. */
  async register(ledger: string): Promise<Activation> {
    this.#sql.exec('INSERT OR IGNORE INTO ledger (name, confirmed) VALUES (?, ?)', ledger, this.#activation.generation)
    return this.#activation
  }

  async ledgers(): Promise<readonly string[]> {
    const rows = this.#sql.exec<{ name: string }>('SELECT name FROM ledger ORDER BY name').toArray()
    return rows.map(({ name }) => name)
  }

  /** Goes on pushing what some ledger has not confirmed. */
  override async alarm(): Promise<void> {
    await this.#push()
  }

  /** All or nothing: a throw rolls the rows back, and the activation in memory with them. */
  #transaction(work: () => void): void {
    const activation = this.#activation
    try {
      this.ctx.storage.transactionSync(work)
    } catch (fault) {
      this.#activation = activation
      throw fault
    }
  }

  #write(change: Partial<Pick<Activation, 'policy' | 'freezes' | 'revokedKeys'>>): void {
    const activation = { ...this.#activation, ...change, generation: this.#activation.generation + 1 }
    this.#sql.exec("INSERT OR REPLACE INTO meta (key, value) VALUES ('activation', ?)", JSON.stringify(activation))
    this.#activation = activation
  }

  /** Tells every ledger that has not confirmed the present generation. Returns how many still have not; those are tried again by the alarm. */
  async #push(): Promise<number> {
    const activation = this.#activation
    const behind = this.#behind()
    // before the first is told: who dies on the way goes on with the rest
    if (behind.length > 0) await this.ctx.storage.setAlarm(Date.now() + RETRY_PUSH_MS)
    let failed = 0
    for (let start = 0; start < behind.length; start += PUSHES_AT_ONCE) {
      const batch = behind.slice(start, start + PUSHES_AT_ONCE)
      const outcomes = await Promise.allSettled(batch.map(({ name }) => this.#tell(name, activation)))
      failed += outcomes.filter(({ status }) => status === 'rejected').length
    }
    return failed
  }

  /** Ledgers that have not confirmed the present generation. */
  #behind(): readonly { readonly name: string }[] {
    return this.#sql.exec<{ name: string }>('SELECT name FROM ledger WHERE confirmed < ?', this.#activation.generation).toArray()
  }

  async #tell(name: string, activation: Activation): Promise<void> {
    await this.env.LEDGER.getByName(name).activate(activation)
    this.#sql.exec('UPDATE ledger SET confirmed = max(confirmed, ?) WHERE name = ?', activation.generation, name)
  }
}
