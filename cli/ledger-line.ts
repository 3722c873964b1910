/**
 * One line of an export: an entry, a checkpoint or the key set. A line is read only one way: a member named twice makes it none of them.
 */

import * as z from 'zod'
import type { Json, JsonObject } from '../shared/json.ts'
import { isJsonObject } from '../shared/json.ts'
import { type Entry, hashedText, isEntry } from '../shared/ledger.ts'
import { LEDGER_VERSION } from '../shared/ledger-entries.ts'
import { parseStrictJson } from '../shared/strict-json.ts'
import { sha256Hex } from './sha256-hex.ts'

export type LedgerLine =
  | { readonly is: 'entry'; readonly entry: Entry & JsonObject; readonly isUnchanged: () => boolean }
  | { readonly is: 'checkpoint'; readonly note: string }
  | { readonly is: 'keys'; readonly keys: readonly unknown[] }
  | { readonly is: 'nothing'; readonly why: string }

/** The lines an export ends with, besides entries. */
const checkpointLine = z.strictObject({ type: z.literal('checkpoint'), note: z.string() })
const keysLine = z.strictObject({ type: z.literal('keys'), keys: z.array(z.unknown()) })

export function readLedgerLine(line: string): LedgerLine {
  const parsed = parseStored(line) ?? parseOther(line)
  if (parsed === undefined) return { is: 'nothing', why: 'it is no JSON, or names a member twice' }
  const { value, text } = parsed
  if (!isJsonObject(value)) return { is: 'nothing', why: 'it is no JSON object' }
  if (isEntry(value)) return { is: 'entry', entry: value, isUnchanged: () => sha256Hex(text ?? hashedText(value)) === value.hash }
  const checkpoint = checkpointLine.safeParse(value)
  if (checkpoint.success) return { is: 'checkpoint', note: checkpoint.data.note }
  const keys = keysLine.safeParse(value)
  if (keys.success) return { is: 'keys', keys: keys.data.keys }
  return { is: 'nothing', why: whyNot(value) }
}

function whyNot(value: JsonObject): string {
  if (typeof value.v === 'number' && value.v !== LEDGER_VERSION)
    return `it is of version ${value.v}, and this jobpass knows version ${LEDGER_VERSION}`
  return 'it has not the members every entry has'
}

/** How a line was understood, and the text the hash of an entry was taken of where that needs no work. */
interface Parsed {
  readonly value: Json
  readonly text?: string
}

const HASH_FIRST = /^\{"hash":"[0-9a-f]{64}",/
const HASH_LENGTH = '{"hash":"'.length + 64 + '",'.length
const MAX_DEPTH = 32

/** A line as the broker writes it: the canonical text with its hash in front. What JSON.stringify writes again in the same order names nothing twice. */
function parseStored(line: string): Parsed | undefined {
  if (!HASH_FIRST.test(line)) return undefined
  try {
    const value: Json = JSON.parse(line)
    if (!isJsonObject(value) || JSON.stringify(value) !== line) return undefined
    return isSorted(value, MAX_DEPTH, 'hash') ? { value, text: `{${line.slice(HASH_LENGTH)}` } : undefined
  } catch {
    return undefined
  }
}

/** Whether the members of every object stand in the order of canonical JSON; `besides` is one of the outermost that stands in front. */
function isSorted(value: Json, levels: number, besides?: string): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  if (Array.isArray(value)) return value.every((member) => isSorted(member, levels - 1))
  if (!isJsonObject(value)) return true
  let before = ''
  for (const name in value) {
    if (name === besides) continue
    if (name < before || !isSorted(value[name] ?? null, levels - 1)) return false
    before = name
  }
  return true
}

function parseOther(line: string): Parsed | undefined {
  const parsed = parseStrictJson(line)
  return parsed.ok ? { value: parsed.value } : undefined
}
