/**
 * Reads an exported ledger from its first line to its last and follows every chain in it. What it keeps does not grow with the number of entries:
 * the head of each ledger, and the entries that a checkpoint points to. It trusts nothing in the file.
 */
import type { JsonObject } from '../shared/json.ts'
import { AUTHORITY_LEDGER, type Entry, followIf, GENESIS_HASH, type LedgerHead } from '../shared/ledger.ts'
import { misfits } from '../shared/ledger-entries.ts'
import { fileLines, MAX_LINE_BYTES } from './file-lines.ts'
import { type LedgerLine, readLedgerLine } from './ledger-line.ts'

/** The first of something, and how many there were: a file of garbage has a million. */
export interface Told {
  readonly first: readonly string[]
  readonly count: number
}

/** An entry that a checkpoint points to, as the file has it. */
export interface Marked {
  readonly hash: string
  /** The digest a checkpoint was recorded under, when the entry is one that records a checkpoint. */
  readonly others: string | undefined
}

/** Which entries to keep: ledger → numbers. */
export type Marks = ReadonlyMap<string, ReadonlySet<number>>

export interface LedgerFile {
  readonly entries: number
  readonly heads: ReadonlyMap<string, LedgerHead>
  /** `ledger seq` → the entry, of those that were to be kept and are there. */
  readonly marked: ReadonlyMap<string, Marked>
  /** The first entry of the authorities' ledger that records a checkpoint. */
  readonly firstRecord: number | undefined
  readonly breaks: Told
  /** Entries that are chained as they should be and do not fit their type. */
  readonly misfits: Told
  readonly keys: unknown
}

export interface NamedNote {
  readonly name: string
  readonly note: string
}

const MAX_TOLD = 20
/** A file with so many lines that are no entries is no export; the rest of it is not worth reading. */
const MAX_FOREIGN_LINES = 10
const MAX_NOTES = 1_000
const ENTRY_START = Buffer.from('{"hash":"')

/** The checkpoints in a file. Lines that begin as the broker writes entries are passed over, so this costs little more than reading the file. */
export async function notesIn(path: string): Promise<readonly NamedNote[]> {
  const notes: NamedNote[] = []
  let number = 0
  for await (const lines of fileLines(path)) {
    for (const line of lines) {
      number++
      if (line === undefined || line.subarray(0, ENTRY_START.length).equals(ENTRY_START)) continue
      const read = readLedgerLine(line.toString('utf8'))
      if (read.is === 'checkpoint') notes.push({ name: `the checkpoint in line ${number}`, note: read.note })
      if (notes.length >= MAX_NOTES) return notes
    }
  }
  return notes
}

interface Reading {
  entries: number
  foreignLines: number
  firstRecord: number | undefined
  keys: unknown
  readonly marks: Marks
  readonly heads: Map<string, LedgerHead>
  readonly marked: Map<string, Marked>
  readonly breaks: Telling
  readonly misfits: Telling
  /** Ledgers with a break: what follows one cannot be judged. */
  readonly lost: Set<string>
}

interface Telling {
  readonly first: string[]
  count: number
}

export async function readLedgerFile(path: string, marks: Marks): Promise<LedgerFile> {
  const reading: Reading = {
    entries: 0,
    foreignLines: 0,
    firstRecord: undefined,
    keys: undefined,
    marks,
    heads: new Map(),
    marked: new Map(),
    breaks: { first: [], count: 0 },
    misfits: { first: [], count: 0 },
    lost: new Set(),
  }
  let number = 0
  for await (const lines of fileLines(path)) {
    for (const line of lines) {
      number++
      if (!readLine(reading, line, number)) return reading
    }
  }
  return reading
}

/** False when nothing more is to be read. */
function readLine(reading: Reading, line: Buffer | undefined, number: number): boolean {
  if (line === undefined) {
    tell(
      reading.breaks,
      `line ${number} is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB: this is no export of a ledger, and was not read further`,
    )
    return false
  }
  const text = line.toString('utf8')
  if (text.trim() === '') return true
  take(reading, readLedgerLine(text), number)
  if (reading.foreignLines < MAX_FOREIGN_LINES) return true
  tell(reading.breaks, `${MAX_FOREIGN_LINES} lines are no entries: this is no export of a ledger, and was not read further`)
  return false
}

function take(reading: Reading, line: LedgerLine, number: number): void {
  switch (line.is) {
    case 'entry':
      takeEntry(reading, line.entry, line.isUnchanged)
      return
    case 'keys':
      reading.keys = { keys: line.keys }
      return
    case 'nothing':
      reading.foreignLines++
      tell(reading.breaks, `line ${number} is not an entry of a ledger: ${line.why}`)
      return
    case 'checkpoint':
      return
  }
}

function takeEntry(reading: Reading, entry: Entry & JsonObject, isUnchanged: () => boolean): void {
  const { ledger, seq, type } = entry
  reading.entries++
  if (reading.lost.has(ledger)) return
  const followed = followIf(reading.heads.get(ledger) ?? { seq: 0, hash: GENESIS_HASH }, entry, isUnchanged)
  if (!followed.ok) {
    reading.lost.add(ledger)
    tell(reading.breaks, `${ledger} entry ${seq}: ${PROBLEMS[followed.error.problem]}`)
    return
  }
  reading.heads.set(ledger, followed.value)
  const others = type === 'checkpointed' && ledger === AUTHORITY_LEDGER ? String(entry.others) : undefined
  if (others !== undefined) reading.firstRecord ??= seq
  if (reading.marks.get(ledger)?.has(seq) === true) reading.marked.set(markName(ledger, seq), { hash: entry.hash, others })
  const [misfit] = misfits(entry)
  if (misfit !== undefined) tell(reading.misfits, `${ledger} entry ${seq} (${type}): ${misfit}`)
}

export function markName(ledger: string, seq: number): string {
  return `${seq} ${ledger}`
}

function tell(telling: Telling, line: string): void {
  telling.count++
  if (telling.first.length < MAX_TOLD) telling.first.push(line)
}

export const PROBLEMS = {
  changed: 'its content is not what its hash was taken of',
  missing_or_reordered: 'it is not the next one: an entry is missing, doubled or out of order',
  not_chained: 'it does not follow the entry before it',
} as const
