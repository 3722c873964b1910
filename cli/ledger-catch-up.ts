/**
 * Catching up with a broker's ledger: from where the caller stood to a state the broker has signed, and past it. Every entry is held against the chain
 * before it is printed.
 */
import { createHash } from 'node:crypto'
import { type LedgerState, readCheckpoint } from '../shared/checkpoint.ts'
import type { JsonObject } from '../shared/json.ts'
import { AUTHORITY_LEDGER, GENESIS_HASH } from '../shared/ledger.ts'
import { type EntryFilter, matches } from '../shared/ledger-filter.ts'
import { type Err, err, ok, type Result } from '../shared/result.ts'
import { askAs, type Caller } from './authority-call.ts'
import { type ChainBroken, type Heads, type SeenEntry, type SeenHead, see } from './ledger-heads.ts'
import { readLedgerLine } from './ledger-line.ts'
import { readPage, readPages } from './ledger-pages.ts'
import type { NotDone } from './publishing.ts'

export interface Following {
  readonly auditor: Caller
  readonly from: StartingPoint
  /** What is printed; the chain is checked over everything. */
  readonly filter: EntryFilter
  readonly intervalMs: number
  readonly write: (line: string) => void
  readonly say: (line: string) => void
  /** False ends the following. */
  readonly wait: (ms: number) => Promise<boolean>
}

export interface StartingPoint {
  /** The last entry seen of each ledger; its hash is empty when it is not known. */
  readonly heads: ReadonlyMap<string, SeenHead>
  /** Ledgers without a head are read from their first entry; else they are followed from now on. */
  readonly isComplete: boolean
}

export type Stopped = NotDone | ChainBroken

export const PAGE_SIZE = '1000'

/** Takes a checkpoint and fetches what lies between it and the starting point. Answers when the checkpoint was recorded, by the broker's clock. */
export async function catchUp(following: Following, heads: Heads): Promise<Result<string, Stopped>> {
  const { auditor, from } = following
  const answer = await askAs(auditor, '/ledger/checkpoint')
  if (!answer.ok) return answer
  const note = readCheckpoint(answer.value.text, (text) => createHash('sha256').update(text).digest('base64'))
  if (!note.ok) return err({ by: 'nobody', lines: [`the broker’s checkpoint cannot be read: ${note.error}`] })
  const { ledgers } = note.value.checkpoint
  for (const [ledger, { seq }] of from.heads) {
    const end = ledgers.find((state) => state.ledger === ledger)?.seq ?? 0
    if (end < seq) return broken(`${ledger}: entry ${seq} was seen before, and the broker’s ledger ends at ${end}`)
  }
  for (const state of ledgers) {
    const reached = await reach(state, following, heads)
    if (!reached.ok) return reached
  }
  following.say(`following ${ledgers.length} ledgers of ${auditor.broker}`)
  const record = ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER)
  const entry = await entryAt(AUTHORITY_LEDGER, record?.seq ?? 1, auditor)
  return entry.ok ? ok(String(entry.value?.at ?? '')) : entry
}

/** Fetches a ledger's entries up to a state the broker has signed, and holds them against it. */
async function reach(state: LedgerState, following: Following, heads: Heads): Promise<Result<void, Stopped>> {
  const { ledger, seq, hash } = state
  const known = heads.get(ledger)
  const start = known === undefined ? await startOf(state, following) : ok(known)
  if (!start.ok) return start
  const head = start.value
  heads.set(ledger, head)
  if (head.seq > seq) return ok(undefined)
  let found = head.seq === seq ? head.hash : undefined
  if (found === undefined) {
    const fetched = await fetchAfter(ledger, following, heads, (entry) => {
      if (entry.seq === seq) found = String(entry.hash)
    })
    if (!fetched.ok) return fetched
  }
  if (found === hash) return ok(undefined)
  return broken(
    `${ledger} entry ${seq}: ${found === undefined ? 'the broker signed for it and does not give it' : 'it is not the one the broker signed for'}`,
  )
}

async function startOf({ ledger, seq, hash }: LedgerState, { from, auditor }: Following): Promise<Result<SeenHead, NotDone>> {
  const head = from.heads.get(ledger)
  if (head === undefined) return ok(from.isComplete ? { seq: 0, hash: GENESIS_HASH, at: '' } : { seq, hash, at: '' })
  if (head.hash !== '') return ok(head)
  const entry = await entryAt(ledger, head.seq, auditor)
  if (!entry.ok) return entry
  return ok({ seq: head.seq, hash: String(entry.value?.hash ?? ''), at: String(entry.value?.at ?? '') })
}

async function entryAt(ledger: string, seq: number, auditor: Caller): Promise<Result<JsonObject | undefined, NotDone>> {
  const page = await readPage(auditor, { ledger, after: `${ledger}:${Math.max(0, seq - 1)}`, limit: '1' })
  if (!page.ok) return page
  const read = readLedgerLine(page.value.lines[0] ?? '')
  return ok(read.is === 'entry' && read.entry.ledger === ledger && read.entry.seq === seq ? read.entry : undefined)
}

/** The entries of one ledger after its head. None may be missing between. */
export async function fetchAfter(
  ledger: string,
  following: Following,
  heads: Heads,
  look: (entry: JsonObject) => void = () => undefined,
): Promise<Result<void, Stopped>> {
  const query = { ledger, after: `${ledger}:${heads.get(ledger)?.seq ?? 0}`, limit: PAGE_SIZE }
  return readPages<Stopped>(following.auditor, query, (lines) => {
    for (const line of lines) {
      const seen = take(line, following, heads)
      if (!seen.ok) return seen
      if (seen.value.is === 'early') return broken(`${ledger} entry ${(heads.get(ledger)?.seq ?? 0) + 1}: it is missing`)
      look(seen.value.entry)
    }
    return ok(undefined)
  })
}

/** Reads a line, and prints it when it is new and wanted. */
export function take(line: string, { filter, write }: Following, heads: Heads): Result<SeenEntry, ChainBroken> {
  const seen = see(heads, line)
  if (seen.ok && seen.value.is === 'new' && matches(seen.value.entry, filter)) write(`${line}\n`)
  return seen
}

export function broken(line: string): Err<ChainBroken> {
  return err({ by: 'chain', lines: [line] })
}
