/**
 * How far each sink has got with one ledger: the ledger is the queue, and a sink is only a number in it. One row of `meta` for each sink, held in memory
 * too, because the question "is there something to ship?" is asked after every entry and must not read a row.
 */
import * as z from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import type { LedgerHead } from '../../shared/ledger.ts'
import type { InstantMs, Seconds } from '../../shared/units.ts'
import { readLines } from './chain.ts'
import type { SinkName, SinkStatus } from './ledger-port.ts'

/** What a sink wants of every ledger. */
export interface SinkPlan {
  readonly sink: SinkName
  /** How long an entry may wait to be shipped. */
  readonly wait: Seconds
  /** As many entries are shipped at once, and without waiting. */
  readonly full: number
  /** A batch holds no more characters than this, unless its first entry does. */
  readonly maxCharacters: number
  /** Takes what there is whenever the ledger is awake; else only what is full or has waited. */
  readonly isEager: boolean
  /** An entry that does not wait: a batch ends with it. */
  readonly isUrgent?: (entry: JsonObject) => boolean
}

const cursorRow = z.object({
  seq: z.number().int().nonnegative(),
  hash: z.string(),
  tries: z.number().int().nonnegative(),
  nextTryMs: z.number(),
  error: z.string().optional(),
  closing: z.number().int().positive().optional(),
})

/** The last entry that the sink has (0: none), and how the next one is going. */
export interface SinkCursor {
  readonly seq: number
  readonly hash: string
  /** How often shipping what follows has failed. */
  readonly tries: number
  readonly nextTryMs: InstantMs
  /** Why, in a phrase of ours. */
  readonly error?: string | undefined
  /** The batch under way ends here: decided once, so that a second try is the same batch. */
  readonly closing?: number | undefined
}

const START: SinkCursor = { seq: 0, hash: '', tries: 0, nextTryMs: 0 }

/** Beyond every entry, so nothing is shipped; the ledger itself must work on, whatever this row says. */
const UNREADABLE: SinkCursor = { ...START, seq: Number.MAX_SAFE_INTEGER, error: 'how far the sink has got cannot be read' }

export interface SinkCursors {
  readonly plans: readonly SinkPlan[]
  of(sink: SinkName): SinkCursor
  move(sink: SinkName, cursor: SinkCursor): void
}

export function openCursors(sql: SqlStorage, plans: readonly SinkPlan[]): SinkCursors {
  const held = new Map(plans.map(({ sink }) => [sink, storedCursor(sql, sink)]))
  return {
    plans,
    of: (sink) => held.get(sink) ?? START,
    move(sink, cursor) {
      const write = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
      sql.exec(write, `sink:${sink}`, JSON.stringify(cursor))
      held.set(sink, cursor)
    },
  }
}

function storedCursor(sql: SqlStorage, sink: SinkName): SinkCursor {
  const [row] = sql.exec<{ value: string }>('SELECT value FROM meta WHERE key = ?', `sink:${sink}`).toArray()
  if (row === undefined) return START
  const read = cursorRow.safeParse(parsed(row.value))
  return read.success ? read.data : UNREADABLE
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** When a sink wants what follows its cursor; `undefined` when nothing does. `oldestAt` is when the first entry after the cursor was written. */
export function dueAt(plan: SinkPlan, cursor: SinkCursor, { head, oldestAt }: { head: LedgerHead; oldestAt: () => InstantMs }) {
  const pending = head.seq - cursor.seq
  if (pending <= 0) return undefined
  if (cursor.tries > 0) return cursor.nextTryMs
  return pending >= plan.full || cursor.closing !== undefined ? 0 : oldestAt() + plan.wait * 1000
}

/** The earliest of all sinks. */
export function nextShipping(
  { plans, of }: SinkCursors,
  head: LedgerHead,
  oldestAt: (cursor: SinkCursor) => InstantMs,
): InstantMs | undefined {
  let next: InstantMs | undefined
  for (const plan of plans) {
    const cursor = of(plan.sink)
    const due = dueAt(plan, cursor, { head, oldestAt: () => oldestAt(cursor) })
    if (due !== undefined && (next === undefined || due < next)) next = due
  }
  return next
}

const PAGE = 50

/** The lines that follow the cursor, as many as the plan takes at once; the same ones again when a batch was under way. */
export function nextLines(sql: SqlStorage, { full, maxCharacters }: SinkPlan, { seq, closing }: SinkCursor): readonly string[] {
  const limit = closing === undefined ? full : closing - seq
  const lines: string[] = []
  let characters = 0
  while (lines.length < limit) {
    const page = readLines(sql, seq + lines.length, Math.min(PAGE, limit - lines.length))
    for (const line of page) {
      characters += line.length + 1
      if (closing === undefined && characters > maxCharacters && lines.length > 0) return lines
      lines.push(line)
    }
    if (page.length < PAGE) break
  }
  return lines
}

/** When the entry after `seq` was written; 0 when there is none. */
export function writtenAfter(sql: SqlStorage, seq: number): InstantMs {
  const [line] = readLines(sql, seq, 1)
  return line === undefined ? 0 : Date.parse(placed.parse(JSON.parse(line)).at)
}

export function statusOf(sql: SqlStorage, { plans, of }: SinkCursors, head: LedgerHead): readonly SinkStatus[] {
  return plans.map(({ sink }) => {
    const { seq, tries, error, nextTryMs } = of(sink)
    const oldest = seq < head.seq ? { oldestAtMs: writtenAfter(sql, seq) } : {}
    return { sink, shipped: seq, head: head.seq, tries, ...oldest, ...(error === undefined ? {} : { error, nextTryMs }) }
  })
}

const placed = z.looseObject({ at: z.iso.datetime() })
