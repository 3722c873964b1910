/**
 * The hash chain of one ledger over its `entry` table. Appending is synchronous, so nothing can come between reading the head and writing the entry.
 * It never updates and never deletes a row.
 */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/json.ts'
import { type EntryBody, GENESIS_HASH, LEDGER_VERSION, type LedgerHead } from '../../shared/ledger.ts'
import type { InstantMs } from '../../shared/units.ts'

export interface ReplayMark {
  readonly jti: string
  readonly attempt: string
}

export function readHead(sql: SqlStorage): LedgerHead {
  const [row] = sql.exec<{ seq: number; hash: string }>('SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1').toArray()
  return row ?? { seq: 0, hash: GENESIS_HASH }
}

/** Writes the successor of `head` and returns the new head. With a mark, the entry is also the proof that the token was used. */
export function appendEntry(
  sql: SqlStorage,
  head: LedgerHead,
  entry: { ledger: string; at: InstantMs; body: EntryBody; mark?: ReplayMark },
): LedgerHead {
  const seq = head.seq + 1
  const at = new Date(entry.at).toISOString()
  const body = canonicalJson({ ...entry.body, v: LEDGER_VERSION, ledger: entry.ledger, seq, at, prev: head.hash })
  const hash = createHash('sha256').update(body).digest('hex')
  sql.exec(
    'INSERT INTO entry (seq, jti, attempt, hash, body) VALUES (?, ?, ?, ?, ?)',
    seq,
    entry.mark?.jti ?? null,
    entry.mark?.attempt ?? null,
    hash,
    body,
  )
  return { seq, hash }
}

/** Who used a token first; `undefined` when nobody did. */
export function usedBy(sql: SqlStorage, jti: string): string | undefined {
  const [row] = sql.exec<{ attempt: string }>('SELECT attempt FROM entry WHERE jti = ?', jti).toArray()
  return row?.attempt
}

/** Entries after `seq` as export lines: the stored text with its hash put in. */
export function readLines(sql: SqlStorage, after: number, limit: number): string[] {
  const rows = sql
    .exec<{ hash: string; body: string }>('SELECT hash, body FROM entry WHERE seq > ? ORDER BY seq LIMIT ?', after, limit)
    .toArray()
  return rows.map(({ hash, body }) => `{"hash":"${hash}",${body.slice(1)}`)
}
