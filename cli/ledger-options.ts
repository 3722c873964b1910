/** The options that say what to read of a ledger and where to begin. Times are told to the broker as it writes them; nothing is asked of it here. */
import { GENESIS_HASH } from '../shared/ledger.ts'
import { ENTRIES, isEntryType } from '../shared/ledger-entries.ts'
import { type EntryFilter, FILTER_NAMES, instantText } from '../shared/ledger-filter.ts'
import { suggestion } from '../shared/policy/nearest.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { parseDuration } from '../shared/units.ts'
import type { StartingPoint } from './ledger-catch-up.ts'
import { readLedgerFile } from './ledger-file.ts'
import type { SeenHead } from './ledger-heads.ts'
import type { Options } from './options.ts'

/** For `readOptions`: every filter takes a value. */
export const FILTER_OPTIONS = Object.fromEntries([...FILTER_NAMES, 'since', 'until'].map((name) => [name, 'value' as const]))

export function filterOf({ option }: Options, nowMs: number): Result<EntryFilter, readonly string[]> {
  const problems: string[] = []
  const filter: Record<string, string> = {}
  for (const name of FILTER_NAMES) {
    const value = option(name)
    if (value !== undefined) filter[name] = value
  }
  const { type } = filter
  if (type !== undefined && !isEntryType(type))
    problems.push(`--type: no type ${JSON.stringify(type)}${suggestion(type, Object.keys(ENTRIES))}`)
  for (const name of ['since', 'until']) {
    const value = option(name)
    const time = value === undefined ? undefined : timeOf(value, nowMs)
    if (time !== undefined) filter[name] = time
    else if (value !== undefined) problems.push(`--${name}: a time such as 2026-11-22T02:00:00Z, a date, or how long ago, such as 24h`)
  }
  return problems.length > 0 ? err(problems) : ok(filter)
}

function timeOf(text: string, nowMs: number): string | undefined {
  const ago = parseDuration(text)
  return ago === undefined ? instantText(text) : new Date(nowMs - ago * 1000).toISOString()
}

const FROM = /^(\S{1,400}):([0-9]{1,15})$/

/** `--from LEDGER:SEQ`, any number of them, or `--resume FILE`: all that a file holds. Rejects when the file cannot be read. */
export async function startingPointOf(
  from: readonly string[],
  resume: string | undefined,
): Promise<Result<StartingPoint, readonly string[]>> {
  if (from.length > 0 && resume !== undefined) return err(['--from or --resume, not both'])
  if (resume !== undefined) return resumeFrom(resume)
  const heads = new Map<string, SeenHead>()
  for (const text of from) {
    const [, ledger = '', seq = ''] = FROM.exec(text) ?? []
    if (ledger === '') return err([`--from: ${JSON.stringify(text)} is no LEDGER:SEQ such as v1:authorities:12`])
    heads.set(ledger, { seq: Number(seq), hash: Number(seq) === 0 ? GENESIS_HASH : '', at: '' })
  }
  return ok({ heads, isComplete: false })
}

async function resumeFrom(path: string): Promise<Result<StartingPoint, readonly string[]>> {
  const { breaks, heads } = await readLedgerFile(path, new Map())
  if (breaks.count > 0) return err([`--resume: the file is broken: ${breaks.first[0] ?? ''}`])
  return ok({ heads: new Map([...heads].map(([ledger, head]) => [ledger, { ...head, at: '' }])), isComplete: true })
}
