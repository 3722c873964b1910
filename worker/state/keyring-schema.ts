/** The tables of the keyring, and the door through which rows come back as values. `docs/storage.md` explains them. */
import * as z from 'zod'
import type { PublicJwk } from '../keys/key-pairs.ts'

/** `sealed` is empty once a key has left use: its private half is destroyed, its public half stays for verifiers. */
export const KEYRING_SCHEMA = `
  CREATE TABLE IF NOT EXISTS signing_key (kid TEXT PRIMARY KEY, algorithm TEXT NOT NULL, use_from INTEGER NOT NULL, public_jwk TEXT NOT NULL, sealed TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS signing_key_made (kid TEXT PRIMARY KEY, made_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ed25519_key (kid TEXT PRIMARY KEY, purpose TEXT NOT NULL, made_at INTEGER NOT NULL, use_from INTEGER NOT NULL, public_key TEXT NOT NULL, sealed TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ssh_authority (connection TEXT PRIMARY KEY, public_key TEXT NOT NULL, sealed TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS revoked_key (kid TEXT PRIMARY KEY, key TEXT NOT NULL, use_from INTEGER NOT NULL, revoked_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS succession (key TEXT PRIMARY KEY, recorded TEXT, why TEXT, ordered_by TEXT, reason TEXT, act TEXT, successor TEXT, predecessor TEXT, signs_from INTEGER) WITHOUT ROWID;
`

const members = { kid: z.string(), use: z.literal('sig') }

const publicJwk: z.ZodType<PublicJwk> = z.discriminatedUnion('kty', [
  z.strictObject({ ...members, kty: z.literal('EC'), alg: z.literal('ES256'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  z.strictObject({ ...members, kty: z.literal('RSA'), alg: z.literal('RS256'), n: z.string(), e: z.string() }),
])

/** A `type`, not an interface: rows must be indexable. */
export type SigningKeyRow = {
  kid: string
  algorithm: string
  use_from: number
  public_jwk: string
  sealed: string
  made_at: number | null
}

export type Ed25519KeyRow = { kid: string; purpose: string; made_at: number; use_from: number; public_key: string; sealed: string }

export type AuthorityRow = { connection: string; public_key: string; sealed: string }

export type RevokedRow = { kid: string; key: string; use_from: number; revoked_at: number }

export type SuccessionRow = {
  recorded: string | null
  why: string | null
  ordered_by: string | null
  reason: string | null
  act: string | null
  successor: string | null
  predecessor: string | null
  signs_from: number | null
}

export function readPublicJwk(text: string): PublicJwk {
  return publicJwk.parse(JSON.parse(text))
}

const keyName = z.union([z.enum(['signing:ES256', 'signing:RS256', 'checkpoint']), z.templateLiteral(['ssh-ca:', z.string().min(1)])])

export function readKeyName(text: string): z.infer<typeof keyName> {
  return keyName.parse(text)
}
