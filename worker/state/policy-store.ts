/**
 * The one policy store: published policies, what is active, the freezes in force, and every ledger there ever was.
 * A change is written here first, then pushed to every ledger; the caller is answered when all have it. It never reads a policy: it keeps text under its digest.
 */
import { DurableObject } from 'cloudflare:workers'
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import { activationSchema } from './activation.ts'
import { sameTarget } from './freezes.ts'
import type { Activation, Freeze, FreezeTarget } from './ledger-port.ts'
import type { PolicyStorePort, Publication, PublishOutcome } from './policy-store-port.ts'
import { POLICY_STORE_SCHEMA } from './policy-store-schema.ts'

const RETRY_PUSH_MS = 5_000
const PUSHES_AT_ONCE = 6

interface PolicyStoreEnv {
  readonly LEDGER: { getByName(name: string): { activate(activation: Activation): Promise<void> } }
}

export class PolicyStore extends DurableObject<PolicyStoreEnv> implements PolicyStorePort {
  readonly #sql: SqlStorage
  #activation: Activation

  constructor(ctx: DurableObjectState, env: PolicyStoreEnv) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#sql.exec(POLICY_STORE_SCHEMA)
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

  async publish({ digest, replaces, by }: Publication): Promise<PublishOutcome> {
    const active = this.#activation.policy
    if (active !== digest) {
      if (active !== (replaces === '*' ? null : replaces)) return { outcome: 'not_the_active_one', active }
      this.ctx.storage.transactionSync(() => {
        this.#sql.exec(
          'INSERT INTO publication (digest, published_at, published_by) VALUES (?, ?, ?)',
          digest,
          new Date().toISOString(),
          by,
        )
        this.#write({ policy: digest })
      })
    }
    const waitingFor = await this.#push()
    return waitingFor === 0 ? { outcome: 'active' } : { outcome: 'not_everywhere', waitingFor }
  }

  async freeze(freeze: Freeze): Promise<'everywhere' | 'not_everywhere'> {
    const others = this.#activation.freezes.filter((known) => !sameTarget(known, freeze))
    this.#write({ freezes: [...others, freeze] })
    return (await this.#push()) === 0 ? 'everywhere' : 'not_everywhere'
  }

  async thaw(target: FreezeTarget): Promise<'everywhere' | 'not_everywhere' | 'absent'> {
    const others = this.#activation.freezes.filter((known) => !sameTarget(known, target))
    if (others.length === this.#activation.freezes.length) return 'absent'
    this.#write({ freezes: others })
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

  #write(change: Partial<Pick<Activation, 'policy' | 'freezes'>>): void {
    const activation = { ...this.#activation, ...change, generation: this.#activation.generation + 1 }
    this.#sql.exec("INSERT OR REPLACE INTO meta (key, value) VALUES ('activation', ?)", JSON.stringify(activation))
    this.#activation = activation
  }

  /** Tells every ledger that has not confirmed the present generation. Returns how many still have not; those are tried again by the alarm. */
  async #push(): Promise<number> {
    const activation = this.#activation
    const behind = this.#sql.exec<{ name: string }>('SELECT name FROM ledger WHERE confirmed < ?', activation.generation).toArray()
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

  async #tell(name: string, activation: Activation): Promise<void> {
    await this.env.LEDGER.getByName(name).activate(activation)
    this.#sql.exec('UPDATE ledger SET confirmed = max(confirmed, ?) WHERE name = ?', activation.generation, name)
  }
}
