/**
 * One key taking the place of another, as the ledger is told of it: which key was last put on record as the one that signs, and why the next one does.
 * It decides nothing: whether and when a key takes over is said to it.
 */
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import type { EntryBody } from '../../shared/ledger-entries.ts'
import type { Instant } from '../../shared/units.ts'
import type { KeyName } from '../keys/keys.ts'
import type { Rotation } from './keyring-port.ts'
import { algorithmOf, type StoredKey, setUseFrom } from './keyring-rows.ts'
import type { SuccessionRow } from './keyring-schema.ts'
import type { LedgerPort } from './ledger-port.ts'

/** Why a key takes over before its time. */
export interface Cause {
  readonly why: 'command' | 'revoked'
  readonly by: string
  readonly reason: string
  /** The mark of the call. */
  readonly act: string
}

const BY_AGE = { why: 'age', by: 'keyring' }

/** What this very call did, when it was made before. */
export function rotationOf(sql: SqlStorage, key: KeyName, act: string): Rotation | undefined {
  const row = read(sql, key)
  if (row?.act !== act || row.successor === null || row.predecessor === null || row.signs_from === null) return undefined
  return { kid: row.successor, replaces: row.predecessor, signsFrom: row.signs_from }
}

/** INVARIANT: two keys of one name never begin in the same second, else nobody could say which of them signs. */
export function succeed(
  sql: SqlStorage,
  { current, next }: { readonly current: StoredKey; readonly next: StoredKey },
  { signsFrom, ...cause }: Cause & { readonly signsFrom: Instant },
): Rotation {
  if (current.useFrom >= signsFrom) setUseFrom(sql, current, signsFrom - 1)
  setUseFrom(sql, next, signsFrom)
  const rotation = { kid: next.kid, replaces: current.kid, signsFrom }
  noteRotation(sql, current.key, { ...rotation, ...cause })
  return rotation
}

function noteRotation(sql: SqlStorage, key: KeyName, { kid, replaces, signsFrom, why, by, reason, act }: Rotation & Cause): void {
  const row = { key, recorded: replaces, why, ordered_by: by, reason, act, successor: kid, predecessor: replaces, signs_from: signsFrom }
  const columns = Object.keys(row)
  const changes = columns.slice(2).map((column) => `${column} = excluded.${column}`)
  sql.exec(
    `INSERT INTO succession (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT (key) DO UPDATE SET recorded = coalesce(recorded, excluded.recorded), ${changes.join(', ')}`,
    ...Object.values(row),
  )
}

/**
 * Puts on record that `current` signs now, unless it is already. The first key of a name succeeds nobody and is only remembered.
 * At least once: an entry whose answer got lost is written again.
 */
export async function recordSuccession(
  sql: SqlStorage,
  current: { readonly key: KeyName; readonly kid: string },
  ledger: LedgerPort,
): Promise<void> {
  const row = read(sql, current.key)
  const recorded = row?.recorded ?? undefined
  if (recorded === current.kid) return
  if (recorded !== undefined) await ledger.append(AUTHORITY_LEDGER, entryOf(current, recorded, row))
  sql.exec(
    'INSERT INTO succession (key, recorded) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET recorded = excluded.recorded, why = NULL, ordered_by = NULL, reason = NULL',
    current.key,
    current.kid,
  )
}

function entryOf(
  { key, kid }: { readonly key: KeyName; readonly kid: string },
  replaces: string,
  row: SuccessionRow | undefined,
): EntryBody {
  const { why, ordered_by: by, reason } = row ?? { why: null, ordered_by: null, reason: null }
  const cause = why === null || by === null ? BY_AGE : { why, by, ...(reason === null ? {} : { reason }) }
  return { type: 'key_rotated', key, algorithm: algorithmOf(key), kid, replaces, ...cause }
}

function read(sql: SqlStorage, key: KeyName): SuccessionRow | undefined {
  return sql.exec<SuccessionRow>('SELECT * FROM succession WHERE key = ?', key).toArray()[0]
}
