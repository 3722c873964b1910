/**
 * The one keyring: signing keys of both algorithms, the SSH CAs and the checkpoint key, sealed at rest, in one SQLite Durable Object that rotates itself.
 * It hands private halves out sealed and never signs. A key it cannot open is reported, never replaced: that would hide a wrong configuration.
 */
import { DurableObject } from 'cloudflare:workers'
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Instant, Seconds } from '../../shared/units.ts'
import { readConfig } from '../env.ts'
import type { PublicJwk } from '../keys/key-pairs.ts'
import type { Ed25519Purpose, KeyName, SigningAlgorithm } from '../keys/keys.ts'
import { makeSealing, type Sealing } from '../keys/sealing.ts'
import { makeKey } from './keyring-make.ts'
import type {
  KeyRevocation,
  KeyringPort,
  KeyringProblem,
  KeyState,
  NoSuchKey,
  Resealing,
  RevocationOrder,
  Rotation,
  RotationOrder,
  SealedEd25519Key,
  SealedSigningKey,
} from './keyring-port.ts'
import {
  adoptFirstVersion,
  deleteKey,
  destroyPrivateHalf,
  insertKey,
  insertRevoked,
  keepForFirstVersion,
  keyNames,
  keysOf,
  placeOf,
  replaceSeal,
  revokedKeys,
  SIGNING_NAMES,
  type StoredKey,
} from './keyring-rows.ts'
import { nextTending, nextUseFrom, type Phases, phasesOf, type Schedule, soonestUseFrom } from './keyring-schedule.ts'
import { KEYRING_SCHEMA, readPublicJwk } from './keyring-schema.ts'
import { revokedState, schedules, statesOf } from './keyring-state.ts'
import { recordSuccession, rotationOf, succeed } from './keyring-succession.ts'
import type { LedgerPort } from './ledger-port.ts'

interface KeyringEnv {
  readonly LEDGER: { getByName(name: string): LedgerPort }
}

/** While a key is missing that cannot be made. */
const TEND_AGAIN_AFTER: Seconds = 60

const UNREADABLE = err({ code: 'sealed_under_unknown_key' } as const)
const NO_SUCH_KEY = err({ code: 'no_such_key' } as const)

export class Keyring extends DurableObject<KeyringEnv> implements KeyringPort {
  readonly #sql: SqlStorage
  readonly #sealing: Sealing
  readonly #scheduleOf: (key: KeyName) => Schedule
  /** Keys being made right now, so that a rush of first uses makes each once. */
  readonly #making = new Map<string, Promise<void>>()

  constructor(ctx: DurableObjectState, env: KeyringEnv) {
    super(ctx, env)
    const config = readConfig(env)
    this.#sealing = makeSealing(config.sealingKey, config.sealingKeyPrevious)
    this.#scheduleOf = schedules(config)
    this.#sql = ctx.storage.sql
    this.#sql.exec(KEYRING_SCHEMA)
    ctx.storage.transactionSync(() => adoptFirstVersion(this.#sql, now()))
  }

  async signingKey(algorithm: SigningAlgorithm): Promise<Result<SealedSigningKey, KeyringProblem>> {
    const current = await this.#currentOf(`signing:${algorithm}`)
    return current.ok ? ok({ kid: current.value.kid, sealed: current.value.sealed }) : current
  }

  async certificateAuthority(connectionName: string): Promise<Result<SealedEd25519Key, KeyringProblem>> {
    return this.#ed25519Key(`ssh-ca:${connectionName}`)
  }

  async checkpointKey(): Promise<Result<SealedEd25519Key, KeyringProblem>> {
    return this.#ed25519Key('checkpoint')
  }

  async publicKeys(): Promise<readonly PublicJwk[]> {
    const published: StoredKey[] = []
    for (const name of SIGNING_NAMES) published.push(...(await this.#published(name)))
    return published.map(({ publicHalf }) => readPublicJwk(publicHalf))
  }

  async publicEd25519Keys(purpose: Ed25519Purpose): Promise<readonly string[]> {
    return (await this.#published(purpose)).map(({ publicHalf }) => publicHalf)
  }

  async keys(): Promise<readonly KeyState[]> {
    const kept = keyNames(this.#sql).flatMap((name) => statesOf(this.#phases(name), this.#sealing.keyOf))
    return [...kept, ...revokedKeys(this.#sql).map(revokedState)]
  }

  async rotate({ key, atOnce, act, by, reason }: RotationOrder): Promise<Result<Rotation, KeyringProblem | NoSuchKey>> {
    const isMadeHere = key === 'checkpoint' || SIGNING_NAMES.some((name) => name === key)
    if (!isMadeHere && keysOf(this.#sql, key).length === 0) return NO_SUCH_KEY
    await this.#recordIfReachable(key)
    if (rotationOf(this.#sql, key, act) === undefined) await this.#ensureNext(key)
    const rotated = this.ctx.storage.transactionSync((): Result<Rotation, KeyringProblem> => {
      const done = rotationOf(this.#sql, key, act)
      if (done !== undefined) return ok(done)
      const { current, next } = this.#phases(key)
      if (current === undefined || next === undefined || !this.#opens(next)) return UNREADABLE
      const signsFrom = atOnce ? now() : soonestUseFrom(next, this.#scheduleOf(key), now())
      return ok(succeed(this.#sql, { current, next }, { signsFrom, why: 'command', by, reason, act }))
    })
    await this.#tendSoon()
    return rotated
  }

  async revoke({ kid, by, reason }: RevocationOrder): Promise<Result<KeyRevocation, NoSuchKey>> {
    const found = keyNames(this.#sql)
      .flatMap((name) => keysOf(this.#sql, name))
      .find((key) => key.kid === kid)
    const key = found?.key ?? revokedKeys(this.#sql).find((revoked) => revoked.kid === kid)?.key
    if (key === undefined) return NO_SUCH_KEY
    await this.#recordIfReachable(key)
    await this.#ensureNext(key)
    this.ctx.storage.transactionSync(() => {
      const revoked = keysOf(this.#sql, key).find((one) => one.kid === kid)
      if (revoked === undefined) return
      const { current, next } = this.#phases(key)
      if (current?.kid === kid && next !== undefined)
        succeed(this.#sql, { current, next }, { signsFrom: now(), why: 'revoked', by, reason, act: kid })
      insertRevoked(this.#sql, revoked, now())
      deleteKey(this.#sql, revoked)
    })
    await this.#tendSoon()
    const { current } = this.#phases(key)
    return ok({ key, successor: current !== undefined && this.#opens(current) ? current.kid : null })
  }

  async reseal(): Promise<Resealing> {
    const resealed = await this.#sealAgain()
    const left = this.#sealed().map(({ sealed }) => this.#sealing.keyOf(sealed))
    return {
      resealed,
      underPrevious: left.filter((under) => under === 'previous').length,
      unreadable: left.filter((under) => under === 'unknown').length,
    }
  }

  /** Makes what is missing, destroys what has left use, seals again what an old sealing key holds, puts on record who signs now. */
  override async alarm(): Promise<void> {
    const names = [...new Set([...SIGNING_NAMES, ...keyNames(this.#sql)])]
    for (const name of names) {
      await this.#ensureNext(name)
      const { previous, gone } = this.#phases(name)
      for (const key of previous) destroyPrivateHalf(this.#sql, key)
      for (const key of gone) deleteKey(this.#sql, key)
    }
    await this.#sealAgain()
    const due = nextTending(
      names.map((name) => keysOf(this.#sql, name)),
      now(),
    )
    await this.ctx.storage.setAlarm(Math.max(due, now() + TEND_AGAIN_AFTER) * 1000)
    for (const name of names) await this.#record(name)
  }

  async #record(key: KeyName): Promise<void> {
    const { current } = this.#phases(key)
    if (current !== undefined) await this.#once(`${key}/record`, () => recordSuccession(this.#sql, current, this.#authorityLedger))
  }

  /** Before the next change, so that each is an entry of its own. A ledger that is down keeps no key from being revoked: the alarm goes on trying. */
  async #recordIfReachable(key: KeyName): Promise<void> {
    try {
      await this.#record(key)
    } catch {
      await this.#tendSoon()
    }
  }

  async #ed25519Key(purpose: Ed25519Purpose): Promise<Result<SealedEd25519Key, KeyringProblem>> {
    const current = await this.#currentOf(purpose)
    return current.ok ? ok({ publicKey: current.value.publicHalf, sealed: current.value.sealed }) : current
  }

  async #currentOf(key: KeyName): Promise<Result<StoredKey, KeyringProblem>> {
    await this.#ensureCurrent(key)
    await this.#ensureAlarm()
    const { current } = this.#phases(key)
    return current === undefined || !this.#opens(current) ? UNREADABLE : ok(current)
  }

  async #published(key: KeyName): Promise<readonly StoredKey[]> {
    await this.#ensureNext(key)
    await this.#ensureAlarm()
    const { current, next, previous } = this.#phases(key)
    return [current, next, ...previous].filter((one) => one !== undefined)
  }

  /** The rest of a new keyring is made by an alarm at once, so that nobody waits for it; an alarm that failed for good is set again. */
  async #ensureAlarm(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.#tendSoon()
  }

  async #tendSoon(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now())
  }

  async #ensureCurrent(key: KeyName): Promise<void> {
    if (this.#phases(key).current !== undefined) return
    await this.#once(`${key}/current`, () => this.#make(key, ({ current }) => (current === undefined ? now() : undefined)))
  }

  async #ensureNext(key: KeyName): Promise<void> {
    await this.#ensureCurrent(key)
    if (this.#phases(key).next !== undefined) return
    await this.#once(`${key}/next`, () =>
      this.#make(key, ({ current, next }) =>
        current === undefined || next !== undefined ? undefined : nextUseFrom(current, this.#scheduleOf(key), now()),
      ),
    )
  }

  /** Makes a key and keeps it only if, once it is made, the phases still lack it: `useFrom` says when it begins, or that it is not wanted. */
  async #make(key: KeyName, useFrom: (phases: Phases<StoredKey>) => Instant | undefined): Promise<void> {
    // under a wrong sealing key nothing is made: it could not be told from what the right one holds
    if (this.#sealed().some((one) => !this.#opens(one))) return
    const { kid, publicHalf, pkcs8 } = await makeKey(key)
    const sealed = await this.#sealing.seal(placeOf({ key, kid }), pkcs8)
    this.ctx.storage.transactionSync(() => {
      const from = useFrom(this.#phases(key))
      if (from === undefined) return
      const made = { key, kid, madeAt: now(), useFrom: from, publicHalf, sealed }
      insertKey(this.#sql, made)
      if (from <= now()) keepForFirstVersion(this.#sql, made)
    })
  }

  async #once(name: string, make: () => Promise<void>): Promise<void> {
    const running = this.#making.get(name) ?? make().finally(() => this.#making.delete(name))
    this.#making.set(name, running)
    await running
  }

  async #sealAgain(): Promise<number> {
    let resealed = 0
    for (const key of this.#sealed()) {
      if (this.#sealing.keyOf(key.sealed) !== 'previous') continue
      const opened = await this.#sealing.open(placeOf(key), key.sealed)
      if (!opened.ok) continue
      replaceSeal(this.#sql, key, await this.#sealing.seal(placeOf(key), opened.value))
      resealed += 1
    }
    for (const name of keyNames(this.#sql)) {
      const { current } = this.#phases(name)
      if (current !== undefined) keepForFirstVersion(this.#sql, current)
    }
    return resealed
  }

  /** Keys that still have a private half. */
  #sealed(): readonly StoredKey[] {
    return keyNames(this.#sql)
      .flatMap((name) => keysOf(this.#sql, name))
      .filter(({ sealed }) => sealed !== '')
  }

  #opens({ sealed }: StoredKey): boolean {
    return this.#sealing.keyOf(sealed) !== 'unknown'
  }

  #phases(key: KeyName): Phases<StoredKey> {
    return phasesOf(keysOf(this.#sql, key), now(), this.#scheduleOf(key).publishedAfter)
  }

  get #authorityLedger(): LedgerPort {
    return this.env.LEDGER.getByName(AUTHORITY_LEDGER)
  }
}

function now(): Instant {
  return Math.floor(Date.now() / 1000)
}
