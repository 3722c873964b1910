/**
 * The one keyring: signing keys of both algorithms and the SSH CAs, sealed at rest, in one SQLite Durable Object that rotates itself.
 * It hands private halves out sealed and never signs. A key it cannot open is reported, never replaced: that would hide a wrong configuration.
 */

import { DurableObject } from 'cloudflare:workers'
import { Buffer } from 'node:buffer'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Instant, Seconds } from '../../shared/units.ts'
import { readConfig } from '../env.ts'
import { makeAuthority, makeSigningKey, type PublicJwk } from '../keys/key-pairs.ts'
import type { SigningAlgorithm } from '../keys/keys.ts'
import { makeSealing, type Sealing } from '../keys/sealing.ts'
import {
  authorityPlace,
  type KeyringPort,
  type KeyringProblem,
  type SealedAuthority,
  type SealedSigningKey,
  signingKeyPlace,
} from './keyring-port.ts'
import { DEFAULT_ROTATION, type KeyTimes, nextTending, nextUseFrom, type Phases, phasesOf } from './keyring-schedule.ts'
import { type AuthorityRow, KEYRING_SCHEMA, readPublicJwk, type SigningKeyRow } from './keyring-schema.ts'

const ALGORITHMS: readonly SigningAlgorithm[] = ['ES256', 'RS256']

interface StoredKey extends KeyTimes {
  readonly publicJwk: PublicJwk
  readonly sealed: string
}

export class Keyring extends DurableObject<object> implements KeyringPort {
  readonly #sql: SqlStorage
  readonly #sealing: Sealing
  readonly #rotation: Seconds
  /** Keys being made right now, so that a rush of first uses makes each once. */
  readonly #making = new Map<string, Promise<void>>()

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env)
    const config = readConfig(env)
    this.#sealing = makeSealing(config.sealingKey, config.sealingKeyPrevious)
    this.#rotation = config.keyRotation ?? DEFAULT_ROTATION
    this.#sql = ctx.storage.sql
    this.#sql.exec(KEYRING_SCHEMA)
  }

  async signingKey(algorithm: SigningAlgorithm): Promise<Result<SealedSigningKey, KeyringProblem>> {
    await this.#ensureCurrent(algorithm)
    await this.#ensureAlarm()
    const { current } = this.#phases(algorithm)
    if (current === undefined || this.#sealing.keyOf(current.sealed) === 'unknown') return err({ code: 'sealed_under_unknown_key' })
    return ok({ kid: current.kid, sealed: current.sealed })
  }

  async certificateAuthority(connectionName: string): Promise<Result<SealedAuthority, KeyringProblem>> {
    if (this.#authority(connectionName) === undefined) {
      await this.#once(authorityPlace(connectionName), () => this.#makeAuthority(connectionName))
    }
    const row = this.#authority(connectionName)
    if (row === undefined || this.#sealing.keyOf(row.sealed) === 'unknown') return err({ code: 'sealed_under_unknown_key' })
    return ok({ publicKey: row.public_key, sealed: row.sealed })
  }

  async publicKeys(): Promise<readonly PublicJwk[]> {
    for (const algorithm of ALGORITHMS) await this.#ensureNext(algorithm)
    await this.#ensureAlarm()
    return ALGORITHMS.flatMap((algorithm) => {
      const { current, next, previous } = this.#phases(algorithm)
      return [current, next, ...previous].filter((key) => key !== undefined).map(({ publicJwk }) => publicJwk)
    })
  }

  /** Makes what is missing, destroys what has left use, seals again what an old sealing key holds. */
  override async alarm(): Promise<void> {
    for (const algorithm of ALGORITHMS) {
      await this.#ensureNext(algorithm)
      const { previous, gone } = this.#phases(algorithm)
      for (const { kid } of previous) this.#sql.exec("UPDATE signing_key SET sealed = '' WHERE kid = ? AND sealed <> ''", kid)
      for (const { kid } of gone) this.#sql.exec('DELETE FROM signing_key WHERE kid = ?', kid)
    }
    await this.#sealAgain()
    const due = nextTending(
      ALGORITHMS.map((algorithm) => this.#keys(algorithm)),
      now(),
    )
    await this.ctx.storage.setAlarm(due * 1000)
  }

  /** The rest of a new keyring is made by an alarm at once, so that nobody waits for it; an alarm that failed for good is set again. */
  async #ensureAlarm(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now())
  }

  async #ensureCurrent(algorithm: SigningAlgorithm): Promise<void> {
    if (this.#phases(algorithm).current !== undefined) return
    await this.#once(`${algorithm}/current`, () => this.#makeKey(algorithm, ({ current }) => (current === undefined ? now() : undefined)))
  }

  async #ensureNext(algorithm: SigningAlgorithm): Promise<void> {
    await this.#ensureCurrent(algorithm)
    if (this.#phases(algorithm).next !== undefined) return
    await this.#once(`${algorithm}/next`, () =>
      this.#makeKey(algorithm, ({ current, next }) =>
        current === undefined || next !== undefined ? undefined : nextUseFrom(current, this.#rotation, now()),
      ),
    )
  }

  /** Makes a key and keeps it only if, once it is made, the phases still lack it: `useFrom` says when it begins, or that it is not wanted. */
  async #makeKey(algorithm: SigningAlgorithm, useFrom: (phases: Phases<StoredKey>) => Instant | undefined): Promise<void> {
    const { publicJwk, pkcs8 } = await makeSigningKey(algorithm)
    const sealed = await this.#sealing.seal(signingKeyPlace(publicJwk.kid), pkcs8)
    this.ctx.storage.transactionSync(() => {
      const from = useFrom(this.#phases(algorithm))
      if (from === undefined) return
      const values = [publicJwk.kid, algorithm, from, JSON.stringify(publicJwk), sealed]
      this.#sql.exec('INSERT INTO signing_key (kid, algorithm, use_from, public_jwk, sealed) VALUES (?, ?, ?, ?, ?)', ...values)
    })
  }

  async #makeAuthority(connectionName: string): Promise<void> {
    const { publicKey, pkcs8 } = await makeAuthority()
    const sealed = await this.#sealing.seal(authorityPlace(connectionName), pkcs8)
    const values = [connectionName, Buffer.from(publicKey).toString('base64'), sealed]
    this.#sql.exec('INSERT OR IGNORE INTO ssh_authority (connection, public_key, sealed) VALUES (?, ?, ?)', ...values)
  }

  async #once(name: string, make: () => Promise<void>): Promise<void> {
    const running = this.#making.get(name) ?? make().finally(() => this.#making.delete(name))
    this.#making.set(name, running)
    await running
  }

  async #sealAgain(): Promise<void> {
    for (const { kid, sealed } of this.#sql.exec<SigningKeyRow>('SELECT * FROM signing_key').toArray()) {
      const renewed = await this.#renewedSeal(signingKeyPlace(kid), sealed)
      if (renewed !== undefined) this.#sql.exec('UPDATE signing_key SET sealed = ? WHERE kid = ? AND sealed = ?', renewed, kid, sealed)
    }
    for (const { connection, sealed } of this.#sql.exec<AuthorityRow>('SELECT * FROM ssh_authority').toArray()) {
      const renewed = await this.#renewedSeal(authorityPlace(connection), sealed)
      if (renewed !== undefined)
        this.#sql.exec('UPDATE ssh_authority SET sealed = ? WHERE connection = ? AND sealed = ?', renewed, connection, sealed)
    }
  }

  async #renewedSeal(place: string, sealed: string): Promise<string | undefined> {
    if (this.#sealing.keyOf(sealed) !== 'previous') return undefined
    const opened = await this.#sealing.open(place, sealed)
    return opened.ok ? this.#sealing.seal(place, opened.value) : undefined
  }

  #authority(connectionName: string): AuthorityRow | undefined {
    return this.#sql.exec<AuthorityRow>('SELECT * FROM ssh_authority WHERE connection = ?', connectionName).toArray()[0]
  }

  #phases(algorithm: SigningAlgorithm): Phases<StoredKey> {
    return phasesOf(this.#keys(algorithm), now())
  }

  #keys(algorithm: SigningAlgorithm): readonly StoredKey[] {
    const rows = this.#sql.exec<SigningKeyRow>('SELECT * FROM signing_key WHERE algorithm = ?', algorithm).toArray()
    return rows.map(({ kid, use_from, public_jwk, sealed }) => ({ kid, useFrom: use_from, publicJwk: readPublicJwk(public_jwk), sealed }))
  }
}

function now(): Instant {
  return Math.floor(Date.now() / 1000)
}
