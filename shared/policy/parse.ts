/**
 * YAML text to plain values that remember where they stood. YAML 1.2 core schema and nothing more: tags, directives, several documents,
 * duplicate keys and aliases that multiply are errors. The only file that imports the YAML parser; it must never throw, whatever the text.
 */

import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import type { Json } from '../json.ts'
import { once } from '../once.ts'
import { MAX_DOCUMENT_DEPTH } from './check-document.ts'
import { readPlainYaml } from './plain-yaml.ts'
import { noPlaces, offsetAt, positionsIn } from './plain-yaml-places.ts'
import type { DocumentPath, ErrorId, Place } from './problem.ts'
import { quoted } from './shape-problems.ts'

/** One file of a policy. `name` is relative to the policy's folder, with `/` between its parts. */
export interface PolicyFile {
  readonly name: string
  readonly text: string
}

/** Both count from 1; a column counts UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface TextProblem extends Position {
  readonly id: ErrorId
  readonly message: string
}

export interface ParsedFile {
  readonly name: string
  readonly text: string
  /** What the file holds, as far as it could be read; `undefined` when it could not be read at all. */
  readonly value: Json | undefined
  readonly problems: readonly TextProblem[]
  /** Where the value at a path of this file stands, or the key it stands under; the nearest place above when there is none. */
  readonly positionOf: (path: DocumentPath, at: Place) => Position
  /** How the entry of a mapping is written; `undefined` when the path leads to none. */
  readonly layoutOf: (path: DocumentPath) => EntryLayout | undefined
}

/** How one entry of a mapping is written: what an edit in place must know. Offsets count UTF-16 code units. */
export interface EntryLayout {
  readonly style: 'flow' | 'block'
  readonly keyStart: number
  readonly valueEnd: number
}

/** How many nodes aliases may stand for, all in all: beyond it an alias is a bomb. */
const MAX_ALIASED_NODES = 10_000

const LONE_SURROGATE = /\p{Surrogate}/u

/** What is kept while one file is read. */
interface Reading {
  readonly offsetProblem: (offset: number, id: ErrorId, message: string) => void
  readonly lineOf: (offset: number) => number
  /** By alias, the node it stands for. */
  readonly targets: ReadonlyMap<unknown, unknown>
  /** Nodes that aliases stand for, being read right now. */
  readonly following: Set<unknown>
  aliasedNodes: number
}

/** What the fast reader is certain of needs no parser, except to say how something is written. */
export function parsePolicyFile(file: PolicyFile): ParsedFile {
  const value = readPlainYaml(file.text)
  if (value === undefined) return parseWithParser(file)
  const position = once(() => plainPositions(file.text))
  const whole = once(() => parseWithParser(file))
  return { ...file, value, problems: [], positionOf: (path, at) => position()(path, at), layoutOf: (path) => whole().layoutOf(path) }
}

export type ParseFile = (file: PolicyFile) => ParsedFile

/** For policies that share most of their files, such as two revisions of one: a file that has the same name and text in both is read once. */
export function parsedOnce(): ParseFile {
  const known = new Map<string, ParsedFile>()
  return (file) => {
    const before = known.get(file.name)
    if (before?.text === file.text) return before
    const parsed = parsePolicyFile(file)
    known.set(file.name, parsed)
    return parsed
  }
}

/** The fast reader goes over the file again, for the places this time. */
function plainPositions(text: string): ParsedFile['positionOf'] {
  const places = noPlaces()
  const value = readPlainYaml(text, places) ?? null
  const positionAt = positionsIn(text)
  const start = text.search(FIRST_VALUE)
  return (path, at) => positionAt(offsetAt(path, at, { value, start, places }))
}

/** The first text of the file that is no comment. */
const FIRST_VALUE = /(?<=^ *)[^\s#]/m

function parseWithParser({ name, text }: PolicyFile): ParsedFile {
  const lines = new LineCounter()
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const problems: TextProblem[] = []
  const offsetProblem: Reading['offsetProblem'] = (offset, id, message) => void problems.push({ ...positionAt(offset), id, message })
  const document = readDocument(text, lines)
  if (document === undefined) {
    offsetProblem(0, 'yaml-depth', 'the file nests too deeply to be read')
    return { name, text, value: undefined, problems, positionOf: () => positionAt(0), layoutOf: () => undefined }
  }
  reportSyntax(document, offsetProblem)
  const targets = aliasesOf(document)
  const reading: Reading = { offsetProblem, lineOf: (offset) => positionAt(offset).line, targets, following: new Set(), aliasedNodes: 0 }
  const isReadable = problems.length === 0
  const value = isReadable ? jsonOf(document.contents, reading, 0) : undefined
  return {
    name,
    text,
    value,
    problems,
    positionOf: (path, at) => positionAt(locate(document.contents, path, at, targets)),
    layoutOf: (path) => layout(document.contents, path, targets),
  }
}

/** `undefined` when the text nests so deeply that the parser ran out of stack. */
function readDocument(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, { version: '1.2', schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false, lineCounter })
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined
    throw thrown
  }
}

function reportSyntax(document: Document.Parsed, offsetProblem: Reading['offsetProblem']): void {
  // a tag the schema does not know is a mere warning there, and told with all other tags here
  const warnings = document.warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED')
  for (const { code, message, pos } of [...document.errors, ...warnings]) {
    const id = code === 'TAG_RESOLVE_FAILED' ? 'yaml-tag' : code === 'BAD_ALIAS' ? 'yaml-alias' : 'yaml-syntax'
    const first = message.split(/[;\n]/)[0] ?? message
    offsetProblem(pos[0], id, code === 'MULTIPLE_DOCS' ? 'expected one document in a file' : first)
  }
  const { yaml, tags } = document.directives
  if (yaml.version !== '1.2' || Object.keys(tags).length > 1)
    offsetProblem(0, 'yaml-syntax', 'expected no directive (a line that begins with %) but %YAML 1.2')
}

/** What each alias stands for: the last node before it that has its anchor (YAML 1.2.2 §7.1). */
function aliasesOf(document: Document.Parsed): ReadonlyMap<unknown, unknown> {
  const anchors = new Map<string, unknown>()
  const targets = new Map<unknown, unknown>()
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) targets.set(node, anchors.get(node.source))
      else if (node.anchor !== undefined && node.anchor !== '') anchors.set(node.anchor, node)
    },
  })
  return targets
}

function jsonOf(node: unknown, reading: Reading, depth: number): Json {
  if (depth > MAX_DOCUMENT_DEPTH) {
    reading.offsetProblem(offsetOf(node), 'yaml-depth', `expected at most ${MAX_DOCUMENT_DEPTH} levels of nesting`)
    return null
  }
  if (reading.following.size > 0 && ++reading.aliasedNodes > MAX_ALIASED_NODES) {
    const message = `expected aliases that stand for at most ${MAX_ALIASED_NODES} values in all`
    if (reading.aliasedNodes === MAX_ALIASED_NODES + 1) reading.offsetProblem(offsetOf(node), 'yaml-alias', message)
    return null
  }
  if (isAlias(node)) return aliasValue(node, reading, depth)
  const isTagged = reportTag(node, reading)
  if (isMap(node)) return mapValue(node, reading, depth)
  if (isSeq(node)) return node.items.map((item) => jsonOf(item, reading, depth + 1))
  return isScalar(node) && !isTagged ? scalarValue(node.value, offsetOf(node), reading) : null
}

function aliasValue(alias: Alias, reading: Reading, depth: number): Json {
  const { source } = alias
  const target = reading.targets.get(alias)
  if (target === undefined) {
    reading.offsetProblem(offsetOf(alias), 'yaml-alias', `no anchor ${quoted(source)} is defined before this alias`)
    return null
  }
  if (reading.following.has(target)) {
    reading.offsetProblem(offsetOf(alias), 'yaml-alias', `the alias ${quoted(source)} stands inside its own anchor`)
    return null
  }
  reading.following.add(target)
  const value = jsonOf(target, reading, depth)
  reading.following.delete(target)
  return value
}

function reportTag(node: unknown, { offsetProblem }: Reading): boolean {
  if (!(isScalar(node) || isMap(node) || isSeq(node)) || node.tag === undefined) return false
  offsetProblem(offsetOf(node), 'yaml-tag', `expected no tag, found ${quoted(node.tag)}`)
  return true
}

function scalarValue(value: unknown, offset: number, { offsetProblem }: Reading): Json {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'string' && !LONE_SURROGATE.test(value)) return value
  offsetProblem(offset, 'wrong-value', 'expected text, a finite number, true, false, a list or a mapping')
  return null
}

function mapValue(map: YAMLMap, reading: Reading, depth: number): Json {
  const seen = new Map<string, number>()
  const entries: [string, Json][] = []
  for (const pair of map.items) {
    const offset = offsetOf(pair.key)
    const key = keyOf(pair)
    const first = key === undefined ? undefined : seen.get(key)
    if (key === undefined) reading.offsetProblem(offset, 'wrong-type', 'expected a text as key')
    else if (key === '__proto__') reading.offsetProblem(offset, 'unknown-key', 'the key __proto__ is reserved')
    else if (first !== undefined) {
      reading.offsetProblem(offset, 'duplicate-key', `the key ${quoted(key)} is there already, at line ${reading.lineOf(first)}`)
    } else {
      seen.set(key, offset)
      entries.push([key, jsonOf(pair.value, reading, depth + 1)])
    }
  }
  return Object.fromEntries(entries)
}

/** A key as text; numbers and booleans as they were written. */
function keyOf({ key }: Pair): string | undefined {
  if (!isScalar(key) || key.tag !== undefined) return undefined
  if (typeof key.value === 'string') return LONE_SURROGATE.test(key.value) ? undefined : key.value
  return typeof key.value === 'number' || typeof key.value === 'boolean' ? (key.source ?? String(key.value)) : undefined
}

function offsetOf(node: unknown): number {
  if (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) return node.range?.[0] ?? 0
  return 0
}

/** The offset of the value at a path, or of the key it stands under. */
function locate(root: unknown, path: DocumentPath, at: Place, targets: ReadonlyMap<unknown, unknown>): number {
  let node = root
  let offset = offsetOf(root)
  for (const [index, step] of path.entries()) {
    const child = childOf(isAlias(node) ? targets.get(node) : node, step)
    if (child === undefined) return offset
    const isKeyMeant = at === 'key' && index === path.length - 1
    offset = child.key !== undefined && (isKeyMeant || !hasPlace(child.value)) ? offsetOf(child.key) : offsetOf(child.value)
    node = child.value
  }
  return offset
}

function childOf(parent: unknown, step: string | number): { readonly key?: unknown; readonly value: unknown } | undefined {
  if (isSeq(parent)) return typeof step === 'number' && step < parent.items.length ? { value: parent.items[step] } : undefined
  return isMap(parent) ? parent.items.find((item) => keyOf(item) === String(step)) : undefined
}

function layout(root: unknown, path: DocumentPath, targets: ReadonlyMap<unknown, unknown>): EntryLayout | undefined {
  const follow = (node: unknown): unknown => (isAlias(node) ? targets.get(node) : node)
  let map = follow(root)
  for (const step of path.slice(0, -1)) map = follow(childOf(map, step)?.value)
  const child = isMap(map) ? childOf(map, path.at(-1) ?? '') : undefined
  if (!isMap(map) || child === undefined) return undefined
  return { style: map.flow === true ? 'flow' : 'block', keyStart: offsetOf(child.key), valueEnd: endOf(child.value) }
}

/** Where a value's own text ends, without the comments and line ends that the parser counts to a block. */
function endOf(node: unknown): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1)
    return endOf(isPair(last) ? (last.value ?? last.key) : last)
  }
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[1] ?? 0) : 0
}

/** An empty value (`scope:` and nothing after it) has no place of its own. */
function hasPlace(node: unknown): boolean {
  return !isScalar(node) || node.range?.[0] !== node.range?.[1]
}
