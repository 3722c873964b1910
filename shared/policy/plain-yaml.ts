/**
 * A fast reader for the YAML that policies are nearly always written in: block mappings and lists, flow ones on one line, scalars on one line.
 * It answers only where it is certain, with exactly the value the YAML parser gives; for everything else (tags, anchors, block scalars, texts over
 * several lines, anything odd or wrong) it answers `undefined` and the parser reads the file. It never reports and never guesses: a file it accepts has no errors.
 */
import type { Json } from '../json.ts'
import { inlineValue, isWord, MAX_DEPTH } from './plain-yaml-value.ts'

interface Line {
  readonly indent: number
  /** Without indentation, comment and trailing space. Never empty. */
  readonly text: string
}

interface Reading {
  readonly lines: readonly Line[]
  at: number
}

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
