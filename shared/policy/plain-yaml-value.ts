/**
 * The values of plain YAML that stand on one line: scalars of the core schema, lists in brackets, mappings in braces. Like `plain-yaml.ts`, whose other half
 * it is, it answers only where it is certain and leaves escapes, odd numbers and everything unusual to the parser.
 */
import type { Json, JsonObject } from '../json.ts'
import type { EntryPlace, Places } from './plain-yaml-places.ts'

/** Deeper nesting is for the parser to judge. */
export const MAX_DEPTH = 16

/** Where a text begins in its file, and where to note what stands in it. */
export interface Standing {
  readonly offset: number
  readonly places: Places | undefined
}

/** A value that begins and ends on its line. */
export function inlineValue(text: string, depth: number, { offset, places }: Standing): Json | undefined {
  const cursor: Cursor = { text, at: 0, offset, places }
  const value = flowValue(cursor, depth, false)
  return value !== undefined && cursor.at === text.length ? value : undefined
}

interface Cursor extends Standing {
  readonly text: string
  at: number
}

function flowValue(cursor: Cursor, depth: number, isInside: boolean): Json | undefined {
  if (depth > MAX_DEPTH) return undefined
  const character = cursor.text[cursor.at]
  if (character === '[') return flowList(cursor, depth)
  if (character === '{') return flowMap(cursor, depth)
  if (character === '"') return doubleQuoted(cursor)
  if (character === "'") return singleQuoted(cursor)
  return plainScalar(cursor, isInside)
}

function skipSpace(cursor: Cursor): string | undefined {
  while (cursor.text[cursor.at] === ' ') cursor.at++
  return cursor.text[cursor.at]
}

/** `[a, b]`: no empty entries, no entry without its comma, no comma at the end. */
function flowList(cursor: Cursor, depth: number): Json | undefined {
  const items: Json[] = []
  const offsets: number[] = []
  cursor.places?.lists.set(items, offsets)
  cursor.at++
  if (skipSpace(cursor) === ']') return closed(cursor, items)
  for (;;) {
    offsets.push(cursor.offset + cursor.at)
    const item = flowValue(cursor, depth + 1, true)
    if (item === undefined) return undefined
    items.push(item)
    const next = skipSpace(cursor)
    if (next === ']') return closed(cursor, items)
    if (next !== ',') return undefined
    cursor.at++
    skipSpace(cursor)
  }
}

const FLOW_KEY = /[A-Za-z][A-Za-z0-9_-]*: +/y

function flowMap(cursor: Cursor, depth: number): Json | undefined {
  const map: Record<string, Json> = {}
  const places = cursor.places && new Map<string, EntryPlace>()
  cursor.at++
  if (skipSpace(cursor) === '}') return closedMap(cursor, map, places)
  for (;;) {
    FLOW_KEY.lastIndex = cursor.at
    if (!FLOW_KEY.test(cursor.text)) return undefined
    const key = cursor.text.slice(cursor.at, cursor.text.indexOf(':', cursor.at))
    if (isWord(key) || Object.hasOwn(map, key)) return undefined
    places?.set(key, { key: cursor.offset + cursor.at, value: cursor.offset + FLOW_KEY.lastIndex })
    cursor.at = FLOW_KEY.lastIndex
    const value = flowValue(cursor, depth + 1, true)
    if (value === undefined) return undefined
    map[key] = value
    const next = skipSpace(cursor)
    if (next === '}') return closedMap(cursor, map, places)
    if (next !== ',') return undefined
    cursor.at++
    skipSpace(cursor)
  }
}

function closedMap(cursor: Cursor, map: JsonObject, places: ReadonlyMap<string, EntryPlace> | undefined): Json {
  if (places !== undefined) cursor.places?.maps.set(map, places)
  return closed(cursor, map)
}

function closed(cursor: Cursor, value: Json): Json {
  cursor.at++
  return value
}

const DOUBLE_QUOTED = /"([^"\\]*)"/y
const SINGLE_QUOTED = /'([^']*)'(?!')/y

/** Escapes are for the parser. */
function doubleQuoted(cursor: Cursor): string | undefined {
  return quotedText(cursor, DOUBLE_QUOTED)
}

function singleQuoted(cursor: Cursor): string | undefined {
  return quotedText(cursor, SINGLE_QUOTED)
}

function quotedText(cursor: Cursor, form: RegExp): string | undefined {
  form.lastIndex = cursor.at
  const [whole, text] = form.exec(cursor.text) ?? []
  if (whole === undefined) return undefined
  cursor.at += whole.length
  return text
}

/** Both begin with a letter, a digit or `/` and hold no colon before a space; inside a flow none of its signs, and no quotes. */
const PLAIN = /[A-Za-z0-9/](?:[^:\n]|:(?=[^ ]))*/y
const PLAIN_INSIDE = /[A-Za-z0-9/](?:[^:,[\]{}"'\n]|:(?=[^ ,[\]{}"']))*/y
const WHOLE_NUMBER = /^(?:0|[1-9][0-9]{0,14})$/
/** What else the core schema takes for a number. */
const NUMBER = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)$/

function plainScalar(cursor: Cursor, isInside: boolean): Json | undefined {
  const form = isInside ? PLAIN_INSIDE : PLAIN
  form.lastIndex = cursor.at
  const [whole = ''] = form.exec(cursor.text) ?? []
  const text = whole.trimEnd()
  const end = cursor.at + whole.length
  if (text === '' || (!isInside && end !== cursor.text.length) || / #/.test(text)) return undefined
  cursor.at = end
  if (isWord(text)) return WORDS.get(text)
  if (WHOLE_NUMBER.test(text)) return Number(text)
  return NUMBER.test(text) ? undefined : text
}

/** The words the core schema reads as something else than text. */
const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...['null', 'Null', 'NULL'].map((word): [string, Json] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, Json] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, Json] => [word, false]),
])

export function isWord(text: string): boolean {
  return WORDS.has(text)
}
