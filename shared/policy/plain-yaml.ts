/**
 * A fast reader for the YAML that policies are nearly always written in: block mappings and lists, flow ones on one line, scalars on one line.
 * It answers only where it is certain, with exactly the value the YAML parser gives; for everything else (tags, anchors, block scalars, texts over
 * several lines, anything odd or wrong) it answers `undefined` and the parser reads the file. It never reports and never guesses: a file it accepts has no errors.
 */
import type { Json } from '../json.ts'

interface Line {
  readonly indent: number
  /** Without indentation, comment and trailing space. Never empty. */
  readonly text: string
}

interface Reading {
  readonly lines: readonly Line[]
  at: number
}

/** Deeper nesting is for the parser to judge. */
const MAX_DEPTH = 16
/** Printable characters of the basic plane and line ends: no byte order mark, no surrogates. */
const PLAIN_FILE = /^[\n\x20-\x7e\u00a1-\ud7ff\ue000-\ufefe]*$/
/** White space that is no space: some of it YAML takes for text. */
const ODD_SPACE = /[^\S\n ]/

export function readPlainYaml(text: string): Json | undefined {
  if (!PLAIN_FILE.test(text) || ODD_SPACE.test(text)) return undefined
  const lines = linesOf(text)
  if (lines === undefined || lines[0]?.indent !== 0) return undefined
  const reading: Reading = { lines, at: 0 }
  const value = blockValue(reading, 0, 0)
  return reading.at === lines.length ? value : undefined
}

function linesOf(text: string): readonly Line[] | undefined {
  const lines: Line[] = []
  for (const raw of text.split('\n')) {
    const body = raw.trimStart()
    if (body === '' || body.startsWith('#')) continue
    const cut = withoutComment(body)
    // a line that begins a document, a directive or another marker
    if (cut === undefined || /^(?:---|\.\.\.|%)/.test(body)) return undefined
    lines.push({ indent: raw.length - body.length, text: cut })
  }
  return lines
}

/** A comment begins at a `#` after a space, outside quotes. */
function withoutComment(body: string): string | undefined {
  const hash = body.indexOf(' #')
  if (hash < 0) return body.trimEnd()
  const quote = body.search(/["']/)
  return quote < 0 || quote > hash ? body.slice(0, hash).trimEnd() : commentAfterQuotes(body)
}

const QUOTED = /(?:^|[ [{,])(?:"(?:[^"\\]|\\.)*"|'[^']*')/g

/** A quote that neither begins nor ends a quoted text is for the parser to make sense of. */
function commentAfterQuotes(body: string): string | undefined {
  const masked = body.replaceAll(QUOTED, (quoted) => 'x'.repeat(quoted.length))
  const hash = masked.indexOf(' #')
  const end = hash < 0 ? body.length : hash
  return /["']/.test(masked.slice(0, end)) ? undefined : body.slice(0, end).trimEnd()
}

/** The block whose lines have exactly this indent. */
function blockValue(reading: Reading, indent: number, depth: number): Json | undefined {
  const line = reading.lines[reading.at]
  if (line === undefined || line.indent !== indent || depth > MAX_DEPTH) return undefined
  if (line.text === '-' || line.text.startsWith('- ')) return blockList(reading, indent, depth)
  return blockMap(reading, { indent, first: line.text, depth })
}

function blockList(reading: Reading, indent: number, depth: number): Json | undefined {
  const items: Json[] = []
  for (let line = reading.lines[reading.at]; line?.indent === indent; line = reading.lines[reading.at]) {
    if (!line.text.startsWith('- ')) break
    const body = line.text.slice(2).trimStart()
    const item = KEY.test(body)
      ? blockMap(reading, { indent: indent + line.text.length - body.length, first: body, depth: depth + 1 })
      : oneLineValue(reading, body, depth)
    if (item === undefined) return undefined
    items.push(item)
  }
  return endsAt(reading, indent) ? items : undefined
}

function oneLineValue(reading: Reading, text: string, depth: number): Json | undefined {
  const { indent } = reading.lines[reading.at] ?? { indent: 0 }
  reading.at++
  const value = inlineValue(text, depth + 1)
  // a deeper line would go on with this text
  return (reading.lines[reading.at]?.indent ?? -1) > indent ? undefined : value
}

/** `name:` or `name: value`, the name plain, beginning with a letter. */
const KEY = /^([A-Za-z][A-Za-z0-9_-]*):(?: +(.*))?$/

interface MapStart {
  readonly indent: number
  /** The first entry, which may stand behind the dash of a list. */
  readonly first: string
  readonly depth: number
}

function blockMap(reading: Reading, { indent, first, depth }: MapStart): Json | undefined {
  const entries = new Map<string, Json>()
  for (let text: string | undefined = first; text !== undefined; text = textAt(reading, indent)) {
    const [, key = '', inline = ''] = KEY.exec(text) ?? []
    if (key === '' || isWord(key) || entries.has(key) || depth > MAX_DEPTH) return undefined
    reading.at++
    const value = inline === '' ? nestedValue(reading, indent, depth) : entryValue(reading, { inline, indent, depth })
    if (value === undefined) return undefined
    entries.set(key, value)
  }
  return endsAt(reading, indent) ? Object.fromEntries(entries) : undefined
}

/** The text of the next line of a mapping; a list item in its place ends it. */
function textAt({ lines, at }: Reading, indent: number): string | undefined {
  const line = lines[at]
  return line?.indent === indent && !line.text.startsWith('- ') && line.text !== '-' ? line.text : undefined
}

function entryValue(reading: Reading, { inline, indent, depth }: { inline: string; indent: number; depth: number }): Json | undefined {
  if ((reading.lines[reading.at]?.indent ?? -1) > indent) return undefined
  return inlineValue(inline, depth + 1)
}

/** What stands below a key: a deeper block, a list as deep as the key, or nothing. */
function nestedValue(reading: Reading, indent: number, depth: number): Json | undefined {
  const next = reading.lines[reading.at]
  if (next === undefined || next.indent < indent) return null
  if (next.indent > indent) return blockValue(reading, next.indent, depth + 1)
  return next.text.startsWith('- ') ? blockList(reading, indent, depth + 1) : null
}

/** What comes after a block lies further out; a list's items may be followed by the key after them. */
function endsAt({ lines, at }: Reading, indent: number): boolean {
  const next = lines[at]
  return next === undefined || next.indent <= indent
}

/** A value that begins and ends on its line. */
function inlineValue(text: string, depth: number): Json | undefined {
  const cursor: Cursor = { text, at: 0 }
  const value = flowValue(cursor, depth, false)
  return value !== undefined && cursor.at === text.length ? value : undefined
}

interface Cursor {
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
  cursor.at++
  if (skipSpace(cursor) === ']') return closed(cursor, items)
  for (;;) {
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

const FLOW_KEY = /([A-Za-z][A-Za-z0-9_-]*): +/y

function flowMap(cursor: Cursor, depth: number): Json | undefined {
  const entries = new Map<string, Json>()
  cursor.at++
  if (skipSpace(cursor) === '}') return closed(cursor, {})
  for (;;) {
    FLOW_KEY.lastIndex = cursor.at
    const [whole = '', key = ''] = FLOW_KEY.exec(cursor.text) ?? []
    if (key === '' || isWord(key) || entries.has(key)) return undefined
    cursor.at += whole.length
    const value = flowValue(cursor, depth + 1, true)
    if (value === undefined) return undefined
    entries.set(key, value)
    const next = skipSpace(cursor)
    if (next === '}') return closed(cursor, Object.fromEntries(entries))
    if (next !== ',') return undefined
    cursor.at++
    skipSpace(cursor)
  }
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

function isWord(text: string): boolean {
  return WORDS.has(text)
}
