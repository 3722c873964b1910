/** The tables of the keyring, and the doors through which rows and its one setting come back as values. `docs/storage.md` explains them. */
import * as z from 'zod'
import { parseDuration, type Seconds } from '../../shared/units.ts'
import type { PublicJwk } from '../keys/key-pairs.ts'
import { DEFAULT_ROTATION, PUBLISHED_BEFORE_USE } from './keyring-schedule.ts'

/** `sealed` of a signing key is empty once it has left use: its private half is destroyed, its public half stays for verifiers. */
export const KEYRING_SCHEMA = `
  CREATE TABLE IF NOT EXISTS signing_key (kid TEXT PRIMARY KEY, algorithm TEXT NOT NULL, use_from INTEGER NOT NULL, public_jwk TEXT NOT NULL, sealed TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ssh_authority (connection TEXT PRIMARY KEY, public_key TEXT NOT NULL, sealed TEXT NOT NULL) WITHOUT ROWID;
`

const members = { kid: z.string(), use: z.literal('sig') }

const publicJwk: z.ZodType<PublicJwk> = z.discriminatedUnion('kty', [
  z.strictObject({ ...members, kty: z.literal('EC'), alg: z.literal('ES256'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  z.strictObject({ ...members, kty: z.literal('RSA'), alg: z.literal('RS256'), n: z.string(), e: z.string() }),
])

/** A `type`, not an interface: rows must be indexable. */
export type SigningKeyRow = { kid: string; algorithm: string; use_from: number; public_jwk: string; sealed: string }

export type AuthorityRow = { connection: string; public_key: string; sealed: string }

export function readPublicJwk(text: string): PublicJwk {
  return publicJwk.parse(JSON.parse(text))
}

const settings = z.object({
  KEY_ROTATION: z
    .string()
    .refine((text) => (parseDuration(text) ?? 0) > PUBLISHED_BEFORE_USE, 'a duration of more than a day, such as 30d')
    .optional(),
})

/** How long a signing key is used: `KEY_ROTATION` of the configuration. Throws when it is not a duration of more than a day. */
export function readRotation(env: object): Seconds {
  const { KEY_ROTATION } = settings.parse(env)
  return (KEY_ROTATION === undefined ? undefined : parseDuration(KEY_ROTATION)) ?? DEFAULT_ROTATION
}
