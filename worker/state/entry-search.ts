/**
 * Looking for entries in one ledger without an index: by number, by time, by what a member says. One call looks at a bounded number of rows, because exchanges
 * wait while it does, and returns a bounded text; it says how far it came. It may return an entry too many, never one too few: the caller reads them anyway.
 */
import { MAX_ANSWER_CHARACTERS, writtenAt } from './chain.ts'
import type { EntrySearch, FoundEntries } from './ledger-port.ts'

/** Rows one call looks at: some tens of milliseconds. */
const MAX_SCANNED = 20_000

export function searchEntries(sql: SqlStorage, headSeq: number, { after, limit, since, until, members }: EntrySearch): FoundEntries {
  const from = since === undefined ? after : Math.max(after, firstAt(sql, headSeq, (at) => at >= since) - 1)
  const end = until === undefined ? headSeq : firstAt(sql, headSeq, (at) => at > until) - 1
  const to = Math.min(end, from + MAX_SCANNED)
  // canonical JSON escapes every quote inside a string, so a member is found by its very text
  const texts = Object.entries(members).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  const wanted = texts.map(() => ' AND instr(body, ?) > 0').join('')
  const rows = sql.exec<{ seq: number; hash: string; body: string }>(
    `SELECT seq, hash, body FROM entry WHERE seq > ? AND seq <= ?${wanted} ORDER BY seq LIMIT ?`,
    ...[from, to, ...texts, limit],
  )
  const lines: string[] = []
  let characters = 0
  let last = from
  for (const { seq, hash, body } of rows) {
    characters += body.length
    if (characters > MAX_ANSWER_CHARACTERS && lines.length > 0) return { lines, last, isEnd: false }
    lines.push(`{"hash":"${hash}",${body.slice(1)}`)
    last = seq
  }
  if (lines.length < limit) last = Math.max(from, to)
  return { lines, last, isEnd: last >= end }
}

/** The number of the first entry whose time is `late`, found by halving: entries stand in the order of time, as far as the clock did. */
function firstAt(sql: SqlStorage, headSeq: number, late: (at: string) => boolean): number {
  let [low, high] = [1, headSeq + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [row] = sql.exec<{ body: string }>('SELECT body FROM entry WHERE seq = ?', middle).toArray()
    if (row === undefined || late(writtenAt(row.body))) high = middle
    else low = middle + 1
  }
  return low
}
