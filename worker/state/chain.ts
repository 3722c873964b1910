/**
 * The hash chain of one ledger over its `entry` table. Appending is synchronous, so nothing can come between reading the head and writing the entry.
 * It never updates and never deletes a row.
 */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/json.ts'
import { GENESIS_HASH, type LedgerHead } from '../../shared/ledger.ts'
import { type EntryBody, LEDGER_VERSION } from '../../shared/ledger-entries.ts'
import type { InstantMs } from '../../shared/units.ts'

const textEncoder = new TextEncoder()

export interface ReplayMark {
  readonly jti: string
  readonly attempt: string
}

/** A mint fails once: a call that comes again, because its answer got lost, must not leave a second entry, which would say that the lease was over before. */
export function failureMark(lease: string): ReplayMark {
  return { jti: `failed ${lease}`, attempt: lease }
}

export function readHead(sql: SqlStorage): LedgerHead {
  const [row] = sql.exec<{ seq: number; hash: string }>('SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1').toArray()
  return row ?? { seq: 0, hash: GENESIS_HASH }
}

export interface NewEntry {
  readonly ledger: string
  readonly at: InstantMs
  readonly body: EntryBody
  /** The member `ask` as canonical JSON. INVARIANT: no other member of an entry that has it sorts before `ask`, so it is put in front as it is. */
  readonly ask?: string
  /** With a mark, the entry is also the proof that the token was used. */
  readonly mark?: ReplayMark
}

/** Writes the successor of `head` and returns the new head; `undefined`, and nothing written, when the mark's token was used before. */
export function appendEntry(sql: SqlStorage, head: LedgerHead, { ledger, at, body, ask, mark }: NewEntry): LedgerHead | undefined {
  const seq = head.seq + 1
  const members = canonicalJson({ ...body, v: LEDGER_VERSION, ledger, seq, at: new Date(at).toISOString(), prev: head.hash })
  const text = ask === undefined ? members : `{"ask":${ask},${members.slice(1)}`
  const hash = createHash('sha256').update(textEncoder.encode(text)).digest('hex')
  if (mark === undefined) {
    sql.exec('INSERT INTO entry (seq, hash, body) VALUES (?, ?, ?)', seq, hash, text)
    return { seq, hash }
  }
  const insert =
    'INSERT INTO entry (seq, jti, attempt, hash, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (jti) WHERE jti IS NOT NULL DO NOTHING'
  return sql.exec(insert, seq, mark.jti, mark.attempt, hash, text).rowsWritten > 0 ? { seq, hash } : undefined
}

/** Who used a token first; `undefined` when nobody did. */
export function usedBy(sql: SqlStorage, jti: string): string | undefined {
  const [row] = sql.exec<{ attempt: string }>('SELECT attempt FROM entry WHERE jti = ?', jti).toArray()
  return row?.attempt
}

/** Whether a checkpoint was recorded after entry `since`. Few entries are ever looked at: `since` is where the caller found the ledger a moment ago. */
export function wasCheckpointed(sql: SqlStorage, since: number): boolean {
  // canonical JSON escapes every quote inside a string, so only a member can read like this
  return sql.exec('SELECT 1 FROM entry WHERE seq > ? AND instr(body, \'"type":"checkpointed"\') > 0 LIMIT 1', since).toArray().length > 0
}

/** Entries after `seq` as export lines: the stored text with its hash put in. */
export function readLines(sql: SqlStorage, after: number, limit: number): string[] {
  const rows = sql
    .exec<{ hash: string; body: string }>('SELECT hash, body FROM entry WHERE seq > ? ORDER BY seq LIMIT ?', after, limit)
    .toArray()
  return rows.map(({ hash, body }) => `{"hash":"${hash}",${body.slice(1)}`)
}

/** One answer of an object holds no more characters than this, unless its first entry does: what passes between objects is at most 32 MiB, at two bytes each. */
export const MAX_ANSWER_CHARACTERS = 8_000_000

/** Entries with an ask, newest first, back to `since`. Reads no further than it must: the newest rows have the highest numbers. */
export function readRecentAsks(sql: SqlStorage, since: string, limit: number): { lines: string[]; isCut: boolean } {
  const lines: string[] = []
  let characters = 0
  for (const { body } of sql.exec<{ body: string }>('SELECT body FROM entry ORDER BY seq DESC')) {
    if (writtenAt(body) < since) break
    if (!body.startsWith('{"ask":')) continue
    characters += body.length
    if (lines.length === limit || (characters > MAX_ANSWER_CHARACTERS && lines.length > 0)) return { lines, isCut: true }
    lines.push(body)
  }
  return { lines, isCut: false }
}

/** `at` of an entry, out of its canonical text: after `ask`, whose strings hold every quote escaped. */
export function writtenAt(body: string): string {
  return AT.exec(body)?.[1] ?? ''
}

const AT = /[{,]"at":"([^"]{24})"/
