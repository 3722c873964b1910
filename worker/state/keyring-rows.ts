/**
 * The keyring's rows as keys of one form, whatever table they lie in. Synchronous, so that a caller's transaction holds it all; it never seals, opens or
 * decides. The first version of the broker knew one Ed25519 key for each name, in `ssh_authority`: its keys are adopted, and the current ones copied back.
 */
import { Buffer } from 'node:buffer'
import type { Instant } from '../../shared/units.ts'
import { ed25519Kid } from '../keys/ed25519-id.ts'
import type { Ed25519Purpose, KeyAlgorithm, KeyName, SigningAlgorithm } from '../keys/keys.ts'
import { ed25519Place, signingKeyPlace } from './keyring-port.ts'
import type { KeyTimes } from './keyring-schedule.ts'
import { type AuthorityRow, type Ed25519KeyRow, type RevokedRow, readKeyName, type SigningKeyRow } from './keyring-schema.ts'

export interface StoredKey extends KeyTimes {
  readonly key: KeyName
  /** When it was made, and so published; `null` where a version made it that did not say. */
  readonly madeAt: Instant | null
  /** A signing key's JWK as JSON; an Ed25519 key's 32 bytes in base64. */
  readonly publicHalf: string
  /** Empty once the private half is destroyed. */
  readonly sealed: string
}

const SIGNING = 'signing:'
const CHECKPOINT_AUTHORITY = '@checkpoint'

export const SIGNING_NAMES = ['signing:ES256', 'signing:RS256'] as const

function signingAlgorithm(key: KeyName): SigningAlgorithm | undefined {
  return key === 'signing:ES256' ? 'ES256' : key === 'signing:RS256' ? 'RS256' : undefined
}

export function algorithmOf(key: KeyName): KeyAlgorithm {
  return signingAlgorithm(key) ?? 'Ed25519'
}

export function placeOf({ key, kid }: Pick<StoredKey, 'key' | 'kid'>): string {
  return key === 'signing:ES256' || key === 'signing:RS256' ? signingKeyPlace(kid) : ed25519Place(key)
}

/** Every name that has a key. */
export function keyNames(sql: SqlStorage): readonly KeyName[] {
  const rows = sql
    .exec<{ name: string }>(
      `SELECT DISTINCT '${SIGNING}' || algorithm AS name FROM signing_key UNION SELECT DISTINCT purpose FROM ed25519_key`,
    )
    .toArray()
  return rows.map(({ name }) => readKeyName(name))
}

export function keysOf(sql: SqlStorage, key: KeyName): readonly StoredKey[] {
  const algorithm = signingAlgorithm(key)
  if (algorithm === undefined) {
    const rows = sql.exec<Ed25519KeyRow>('SELECT * FROM ed25519_key WHERE purpose = ?', key).toArray()
    return rows.map((row) => ({
      key,
      kid: row.kid,
      madeAt: row.made_at,
      useFrom: row.use_from,
      publicHalf: row.public_key,
      sealed: row.sealed,
    }))
  }
  const query = 'SELECT signing_key.*, made_at FROM signing_key LEFT JOIN signing_key_made USING (kid) WHERE algorithm = ?'
  const rows = sql.exec<SigningKeyRow>(query, algorithm).toArray()
  return rows.map((row) => ({
    key,
    kid: row.kid,
    madeAt: row.made_at,
    useFrom: row.use_from,
    publicHalf: row.public_jwk,
    sealed: row.sealed,
  }))
}

export function insertKey(
  sql: SqlStorage,
  { key, kid, madeAt, useFrom, publicHalf, sealed }: StoredKey & { readonly madeAt: Instant },
): void {
  const algorithm = signingAlgorithm(key)
  if (algorithm === undefined) {
    const values = [kid, key, madeAt, useFrom, publicHalf, sealed]
    sql.exec('INSERT INTO ed25519_key (kid, purpose, made_at, use_from, public_key, sealed) VALUES (?, ?, ?, ?, ?, ?)', ...values)
    return
  }
  const values = [kid, algorithm, useFrom, publicHalf, sealed]
  sql.exec('INSERT INTO signing_key (kid, algorithm, use_from, public_jwk, sealed) VALUES (?, ?, ?, ?, ?)', ...values)
  sql.exec('INSERT OR REPLACE INTO signing_key_made (kid, made_at) VALUES (?, ?)', kid, madeAt)
}

export function setUseFrom(sql: SqlStorage, { key, kid }: StoredKey, useFrom: Instant): void {
  sql.exec(`UPDATE ${tableOf(key)} SET use_from = ? WHERE kid = ?`, useFrom, kid)
}

export function destroyPrivateHalf(sql: SqlStorage, { key, kid }: StoredKey): void {
  sql.exec(`UPDATE ${tableOf(key)} SET sealed = '' WHERE kid = ? AND sealed <> ''`, kid)
}

/** Gone from every table, the one of the first version included: nothing could bring it back. */
export function deleteKey(sql: SqlStorage, { key, kid, publicHalf }: StoredKey): void {
  sql.exec(`DELETE FROM ${tableOf(key)} WHERE kid = ?`, kid)
  sql.exec('DELETE FROM signing_key_made WHERE kid = ?', kid)
  sql.exec('DELETE FROM ssh_authority WHERE public_key = ?', publicHalf)
}

/** Changes nothing when the seal is another one by now. */
export function replaceSeal(sql: SqlStorage, { key, kid, sealed }: StoredKey, renewed: string): void {
  sql.exec(`UPDATE ${tableOf(key)} SET sealed = ? WHERE kid = ? AND sealed = ?`, renewed, kid, sealed)
}

export function insertRevoked(sql: SqlStorage, { key, kid, useFrom }: StoredKey, now: Instant): void {
  sql.exec('INSERT INTO revoked_key (kid, key, use_from, revoked_at) VALUES (?, ?, ?, ?)', kid, key, useFrom, now)
}

export function revokedKeys(sql: SqlStorage): readonly (Pick<StoredKey, 'key' | 'kid' | 'useFrom'> & { readonly revokedAt: Instant })[] {
  const rows = sql.exec<RevokedRow>('SELECT * FROM revoked_key ORDER BY revoked_at, kid').toArray()
  return rows.map((row) => ({ key: readKeyName(row.key), kid: row.kid, useFrom: row.use_from, revokedAt: row.revoked_at }))
}

/** Keys of the first version whose name has no key here yet. Their age is not known, so it counts from now. */
export function adoptFirstVersion(sql: SqlStorage, now: Instant): void {
  for (const { connection, public_key, sealed } of sql.exec<AuthorityRow>('SELECT * FROM ssh_authority').toArray()) {
    const key: Ed25519Purpose = connection === CHECKPOINT_AUTHORITY ? 'checkpoint' : `ssh-ca:${connection}`
    if (keysOf(sql, key).length > 0) continue
    const kid = ed25519Kid(key, new Uint8Array(Buffer.from(public_key, 'base64')))
    insertKey(sql, { key, kid, madeAt: now, useFrom: now, publicHalf: public_key, sealed })
  }
}

/** What a broker that goes back to the first version will sign with. */
export function keepForFirstVersion(sql: SqlStorage, { key, publicHalf, sealed }: StoredKey): void {
  if (signingAlgorithm(key) !== undefined) return
  const connection = key === 'checkpoint' ? CHECKPOINT_AUTHORITY : key.slice('ssh-ca:'.length)
  const insert = 'INSERT INTO ssh_authority (connection, public_key, sealed) VALUES (?, ?, ?)'
  const change = 'ON CONFLICT (connection) DO UPDATE SET public_key = excluded.public_key, sealed = excluded.sealed'
  sql.exec(`${insert} ${change} WHERE sealed <> excluded.sealed`, connection, publicHalf, sealed)
}

function tableOf(key: KeyName): 'signing_key' | 'ed25519_key' {
  return signingAlgorithm(key) === undefined ? 'ed25519_key' : 'signing_key'
}
