/**
 * What a schema found wrong, in the words of the policy language: the id of the error, what was expected, what stood there, the nearest valid name.
 * It works for the schemas of this folder and for those of the kinds alike, and never quotes a value that could be long or secret.
 */
import * as z from 'zod'
import { suggestion } from './nearest.ts'
import { type DocumentPath, type ErrorId, errorAt, errorAtKey, type Problem } from './problem.ts'

export interface Judged {
  readonly schema: z.ZodType
  readonly value: unknown
  /** Where the value stands in the document. */
  readonly path: DocumentPath
  /** The error a value of the right type but the wrong content is. */
  readonly otherwise: ErrorId
}

type Issue = z.core.$ZodIssue

const MAX_QUOTED_LENGTH = 60
const MAX_LISTED_VALUES = 12
const DEFAULT_MESSAGE = /^(Invalid|Too |Unrecognized)/

const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ['object', 'a mapping'],
  ['record', 'a mapping'],
  ['array', 'a list'],
  ['string', 'text'],
  ['boolean', 'true or false'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['null', 'nothing'],
  ['undefined', 'nothing'],
  ['nonoptional', 'a value'],
])

/** Every problem of a value that its schema refused. */
export function shapeProblems({ issues }: z.ZodError, judged: Judged): readonly Problem[] {
  return listProblems(issues, judged)
}

function listProblems(issues: readonly Issue[], judged: Judged): readonly Problem[] {
  const misspelt = new Set(issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join('\n')))
  // what a record lacks because a key is misspelt needs no second word
  return issues
    .filter(({ code, path }) => code !== 'custom' || !misspelt.has(path.join('\n')))
    .flatMap((issue) => issueProblems(issue, judged))
}

function issueProblems(issue: Issue, judged: Judged): readonly Problem[] {
  const inner = issue.path.map(stepOf)
  const path = [...judged.path, ...inner]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, keysAt(judged.schema, inner)))
  const value = valueAt(judged.value, inner)
  if (value === undefined) return [errorAtKey(path.slice(0, -1), 'missing-key', `${lastName(path)} is missing: ${expectation(issue)}`)]
  if (value === null) return [errorAt(path, 'empty', `${expectation(issue)}, found nothing`)]
  const branch = issue.code === 'invalid_union' ? meantBranch(issue.errors) : undefined
  if (branch !== undefined) {
    return listProblems(
      branch.map((each) => ({ ...each, path: [...inner, ...each.path] })),
      judged,
    )
  }
  if (issue.code === 'invalid_key') return [errorAtKey(path, judged.otherwise, `${expectation(issue)}, found ${quoted(lastName(path))}`)]
  const message = `${expectation(issue)}${found(issue, value)}`
  if (isEmpty(value)) return [errorAt(path, 'empty', message)]
  return [errorAt(path, issue.code === 'invalid_type' ? 'wrong-type' : judged.otherwise, message)]
}

/** The one form of several that the value was meant to have: the only one whose type it is of. */
function meantBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = branches.filter(([first]) => first !== undefined && (first.path.length > 0 || !ANOTHER_FORM.includes(first.code)))
  return meant.length === 1 ? meant[0] : undefined
}

const ANOTHER_FORM: readonly string[] = ['invalid_type', 'invalid_value']

/** An unknown key, with the one that was probably meant, or all valid ones. */
export function unknownKey(key: string, parent: DocumentPath, known: readonly string[]): Problem {
  const hint = suggestion(key, known)
  const valid = hint === '' && known.length > 0 && known.length <= MAX_LISTED_VALUES ? `; expected one of ${known.join(', ')}` : hint
  return errorAtKey([...parent, key], 'unknown-key', `unknown key ${quoted(key)}${valid}`)
}

/** What the schema wanted. A message of the schema's own wins over the general one. */
function expectation(issue: Issue): string {
  if (!DEFAULT_MESSAGE.test(issue.message)) return issue.message.startsWith('expected') ? issue.message : `expected ${issue.message}`
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPE_WORDS.get(issue.expected) ?? issue.expected}`
    case 'invalid_value':
      return `expected ${oneOf(issue.values.map(String))}`
    case 'too_small':
      return `expected at least ${issue.minimum}${unitOf(issue.origin)}`
    case 'too_big':
      return `expected at most ${issue.maximum}${unitOf(issue.origin)}`
    case 'invalid_format':
      return issue.pattern === undefined ? `expected a text of the form ${issue.format}` : `expected a text that matches ${issue.pattern}`
    case 'invalid_key':
      return issue.issues[0] === undefined ? 'expected another name' : expectation(issue.issues[0])
    case 'invalid_union':
      return `expected ${[...new Set(issue.errors.flatMap(firstExpectation))].join(', or ')}`
    default:
      return 'expected another value'
  }
}

function firstExpectation([first]: readonly Issue[]): readonly string[] {
  return first === undefined ? [] : [expectation(first).replace(/^expected /, '')]
}

function oneOf(values: readonly string[]): string {
  if (values.length === 1) return values[0] ?? ''
  const shown = values.slice(0, MAX_LISTED_VALUES).join(', ')
  return `one of ${shown}${values.length > MAX_LISTED_VALUES ? ', …' : ''}`
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' || origin === 'set' ? ' in the list' : ''
}

/** What stood there, as far as it helps. */
function found(issue: Issue, value: unknown): string {
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    return `, found ${quoted(value)}${suggestion(value, issue.values.map(String))}`
  }
  if (typeof value === 'number') {
    const isTextWanted = issue.code === 'invalid_type' && issue.expected === 'string'
    return `, found the number ${value}${isTextWanted ? ': put it in quotes' : ''}`
  }
  if (typeof value === 'string') return `, found ${quoted(value)}`
  return `, found ${describe(value)}`
}

export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping'
  return typeof value === 'string' ? quoted(value) : String(value)
}

/** A name or value as messages show it: escaped, and cut when it is long. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > MAX_QUOTED_LENGTH ? `${value.slice(0, MAX_QUOTED_LENGTH)}…` : value)
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return value === ''
}

function lastName(path: DocumentPath): string {
  return String(path.at(-1) ?? 'the document')
}

function stepOf(step: PropertyKey): string | number {
  return typeof step === 'symbol' ? String(step) : step
}

/** The value at a path, through own members alone. */
function valueAt(value: unknown, path: DocumentPath): unknown {
  let current = value
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined
    current = Reflect.get(current, step)
  }
  return current
}

/** The keys a schema knows at a path inside it; none when it does not say. */
function keysAt(schema: unknown, path: DocumentPath): readonly string[] {
  const [step, ...rest] = path
  if (schema instanceof z.ZodExactOptional || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return keysAt(schema.unwrap(), path)
  }
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap((option) => keysAt(option, path)))]
  if (schema instanceof z.ZodObject) return step === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[step], rest)
  if (schema instanceof z.ZodArray && step !== undefined) return keysAt(schema.element, rest)
  if (schema instanceof z.ZodRecord && step !== undefined) return keysAt(schema.valueType, rest)
  return []
}
