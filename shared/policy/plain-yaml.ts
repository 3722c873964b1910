/**
 * A fast reader for the YAML that policies are nearly always written in: block mappings and lists, flow ones on one line, scalars on one line.
 * It answers only where it is certain, with exactly the value the YAML parser gives; for everything else (tags, anchors, block scalars, texts over
 * several lines, anything odd or wrong) it answers `undefined` and the parser reads the file. It never reports and never guesses: a file it accepts has no errors.
 */
import type { Json } from '../json.ts'
import type { EntryPlace, Places } from './plain-yaml-places.ts'
import { inlineValue, isWord, MAX_DEPTH } from './plain-yaml-value.ts'

interface Line {
  readonly indent: number
  /** Without indentation, comment and trailing space. Never empty. */
  readonly text: string
  /** Where that text begins in the file. */
  readonly offset: number
}

interface Reading {
  readonly lines: readonly Line[]
  at: number
  readonly places: Places | undefined
}

/** Printable characters of the basic plane and line ends: no byte order mark, no surrogates. */
const PLAIN_FILE = /^[\n\x20-\x7e\u00a1-\ud7ff\ue000-\ufefe]*$/
/** White space that is no space: some of it YAML takes for text. */
const ODD_SPACE = /[^\S\n ]/

/** Notes in `places` where everything stands, when it is given: that costs as much again, and few files are ever asked. */
export function readPlainYaml(text: string, places?: Places): Json | undefined {
  if (!PLAIN_FILE.test(text) || ODD_SPACE.test(text)) return undefined
  const lines = linesOf(text)
  if (lines === undefined || lines[0]?.indent !== 0) return undefined
  const reading: Reading = { lines, at: 0, places }
  const value = blockValue(reading, 0, 0)
  return reading.at === lines.length ? value : undefined
}

function linesOf(text: string): readonly Line[] | undefined {
  const lines: Line[] = []
  let next = 0
  for (const raw of text.split('\n')) {
    const body = raw.trimStart()
    const offset = next + raw.length - body.length
    next += raw.length + 1
    if (body === '' || body.startsWith('#')) continue
    const cut = withoutComment(body)
    // a line that begins a document, a directive or another marker
    if (cut === undefined || /^(?:---|\.\.\.|%)/.test(body)) return undefined
    lines.push({ indent: raw.length - body.length, text: cut, offset })
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
  return blockMap(reading, { indent, first: line.text, depth, offset: line.offset })
}

function blockList(reading: Reading, indent: number, depth: number): Json | undefined {
  const items: Json[] = []
  const offsets: number[] = []
  for (let line = reading.lines[reading.at]; line?.indent === indent; line = reading.lines[reading.at]) {
    if (!line.text.startsWith('- ')) break
    const body = line.text.slice(2).trimStart()
    const before = line.text.length - body.length
    const offset = line.offset + before
    const item = KEY.test(body)
      ? blockMap(reading, { indent: indent + before, first: body, depth: depth + 1, offset })
      : oneLineValue(reading, { text: body, offset, depth })
    if (item === undefined) return undefined
    items.push(item)
    offsets.push(offset)
  }
  reading.places?.lists.set(items, offsets)
  return endsAt(reading, indent) ? items : undefined
}

interface OneLine {
  readonly text: string
  readonly offset: number
  readonly depth: number
}

function oneLineValue(reading: Reading, { text, offset, depth }: OneLine): Json | undefined {
  const { indent } = reading.lines[reading.at] ?? { indent: 0 }
  reading.at++
  const value = inlineValue(text, depth + 1, { offset, places: reading.places })
  // a deeper line would go on with this text
  return (reading.lines[reading.at]?.indent ?? -1) > indent ? undefined : value
}

/** `name:` or `name: value`, the name plain, beginning with a letter. */
const KEY = /^[A-Za-z][A-Za-z0-9_-]*:(?: |$)/

interface MapStart {
  readonly indent: number
  /** The first entry, which may stand behind the dash of a list. */
  readonly first: string
  readonly offset: number
  readonly depth: number
}

function blockMap(reading: Reading, { indent, first, offset: start, depth }: MapStart): Json | undefined {
  const map: Record<string, Json> = {}
  const places = reading.places && new Map<string, EntryPlace>()
  for (let entry: Entry | undefined = { text: first, offset: start }; entry !== undefined; entry = entryAt(reading, indent)) {
    if (!KEY.test(entry.text) || depth > MAX_DEPTH) return undefined
    const colon = entry.text.indexOf(':')
    const [key, inline] = [entry.text.slice(0, colon), entry.text.slice(colon + 1).trimStart()]
    if (isWord(key) || Object.hasOwn(map, key)) return undefined
    const below = reading.lines[++reading.at]
    const offset = entry.offset + entry.text.length - inline.length
    const value = mapValue(reading, indent, { text: inline, offset, depth })
    if (value === undefined) return undefined
    map[key] = value
    places?.set(key, { key: entry.offset, value: inline === '' ? offsetBelow(value, below, entry) : offset })
  }
  if (!endsAt(reading, indent)) return undefined
  if (places !== undefined) reading.places?.maps.set(map, places)
  return map
}

/** A value below its key begins on the next line; one that is not there stands where the key does. */
function offsetBelow(value: Json, below: Line | undefined, key: Entry): number {
  return value === null || below === undefined ? key.offset : below.offset
}

/** What stands behind the key, or below it. */
function mapValue(reading: Reading, indent: number, { text, offset, depth }: OneLine): Json | undefined {
  if (text === '') return nestedValue(reading, indent, depth)
  // a deeper line would go on with this text
  if ((reading.lines[reading.at]?.indent ?? -1) > indent) return undefined
  return inlineValue(text, depth + 1, { offset, places: reading.places })
}

type Entry = Pick<Line, 'text' | 'offset'>

/** The next line of a mapping; a list item in its place ends it. */
function entryAt({ lines, at }: Reading, indent: number): Entry | undefined {
  const line = lines[at]
  return line?.indent === indent && !line.text.startsWith('- ') && line.text !== '-' ? line : undefined
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
