/**
 * How many entries of what sort a ledger has: counted from the entries themselves, never on the way of an exchange. What was counted, and up to which entry, is one
 * row of `meta`, so that a call only looks at what came since. The row is a memo: lost or unreadable, everything is counted again, to the same numbers.
 */
import * as z from 'zod'
import type { EntryType } from '../../shared/ledger-entries.ts'
import type { Tallied } from '../../shared/ledger-figures.ts'

/** Rows one call looks at, because exchanges wait while it does: some tens of milliseconds. */
export const MAX_COUNTED_AT_ONCE = 5_000

/** So many sorts of entries are told apart; a grant that would make another is counted under `OTHER_GRANTS`. The row stays far below what a row may hold. */
const MAX_SORTS = 5_000

/** No grant can have this name. */
const OTHER_GRANTS = '_other'

/** Another version would count other things: it has its own row. */
const META_KEY = 'tally:1'

/** The member that says more about an entry of a type. Only members whose values are ours and few. */
const CODE_MEMBERS: { readonly [T in EntryType]?: string } = {
  refused: 'code',
  failed: 'code',
  end_failed: 'code',
  returned: 'credential_end',
  revoked: 'credential_end',
  expired: 'credential_end',
  authority_used: 'action',
  recalled: 'cause',
  repository_changed: 'change',
  froze: 'target',
  thawed: 'target',
  key_rotated: 'why',
}

const CODE = `CASE body ->> '$.type' ${Object.entries(CODE_MEMBERS)
  .map(([type, member]) => `WHEN '${type}' THEN body ->> '$.${member}'`)
  .join(' ')} END`

// a caller can be refused any name it makes up: without a kind there is no such grant
const GRANT = `CASE WHEN body ->> '$.type' = 'refused' AND body ->> '$.kind' IS NULL THEN '' ELSE body ->> '$.grant' END`

const COUNT = `
  SELECT coalesce(body ->> '$.type', '') AS type, coalesce(${GRANT}, '') AS grant_name, coalesce(body ->> '$.kind', '') AS kind,
    coalesce(${CODE}, '') AS code, count(*) AS entries, coalesce(sum(body ->> '$.refusals'), 0) AS refusals
  FROM entry WHERE seq > ? AND seq <= ? GROUP BY 1, 2, 3, 4`

type Group = { type: string; grant_name: string; kind: string; code: string; entries: number; refusals: number }

const count = z.number().int().nonnegative()
const text = z.string()
const tallyRow = z.object({ seq: count, sorts: z.array(z.tuple([text, text, text, text, count, count])) })

export interface Tally {
  /** The last entry that is counted. */
  readonly seq: number
  readonly sorts: readonly Tallied[]
}

/** Counts on from where the last call ended, as far as one call may look. */
export function countOn(sql: SqlStorage, headSeq: number): Tally {
  const { seq, sorts } = storedTally(sql, headSeq)
  const to = Math.min(headSeq, seq + MAX_COUNTED_AT_ONCE)
  if (to === seq) return { seq, sorts: [...sorts.values()] }
  for (const group of sql.exec<Group>(COUNT, seq, to)) {
    const { grant_name: grant, ...sort } = group
    add(sorts, { ...sort, grant })
  }
  const rows = [...sorts.values()].map(({ type, grant, kind, code, entries, refusals }) => [type, grant, kind, code, entries, refusals])
  const write = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
  sql.exec(write, META_KEY, JSON.stringify({ seq: to, sorts: rows }))
  return { seq: to, sorts: [...sorts.values()] }
}

function add(sorts: Map<string, Tallied>, counted: Tallied): void {
  const sort = sorts.has(keyOf(counted)) || sorts.size < MAX_SORTS || counted.grant === '' ? counted : { ...counted, grant: OTHER_GRANTS }
  const known = sorts.get(keyOf(sort))
  const entries = (known?.entries ?? 0) + counted.entries
  sorts.set(keyOf(sort), { ...sort, entries, refusals: (known?.refusals ?? 0) + counted.refusals })
}

function keyOf({ type, grant, kind, code }: Tallied): string {
  return JSON.stringify([type, grant, kind, code])
}

function storedTally(sql: SqlStorage, headSeq: number): { seq: number; sorts: Map<string, Tallied> } {
  const sorts = new Map<string, Tallied>()
  const [row] = sql.exec<{ value: string }>('SELECT value FROM meta WHERE key = ?', META_KEY).toArray()
  const read = tallyRow.safeParse(parsed(row?.value ?? ''))
  // a ledger that ends before what was counted was set back: its numbers are no longer those of its entries
  if (!read.success || read.data.seq > headSeq) return { seq: 0, sorts }
  for (const [type, grant, kind, code, entries, refusals] of read.data.sorts) add(sorts, { type, grant, kind, code, entries, refusals })
  return { seq: read.data.seq, sorts }
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
