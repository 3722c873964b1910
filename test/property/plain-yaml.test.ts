/** The fast reader may only ever say what the YAML parser says: over policies that are right, spoilt in every way, and texts made of YAML's own signs. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { isJsonObject, type Json } from '../../shared/json.ts'
import { parsePolicyFile } from '../../shared/policy/parse.ts'
import { readPlainYaml } from '../../shared/policy/plain-yaml.ts'
import type { DocumentPath } from '../../shared/policy/problem.ts'
import { filesBelow, readText } from '../import-graph.ts'
import { POLICY_YAML } from '../shared/policy/policies.ts'

/** What the parser reads, errors and warnings counting as nothing read. */
function parsed(text: string): unknown {
  const document = parseDocument(text, { version: '1.2', schema: 'core', merge: false, uniqueKeys: true, prettyErrors: false })
  const hasDirectives = document.directives.yaml.explicit === true || Object.keys(document.directives.tags).length > 1
  return document.errors.length + document.warnings.length > 0 || hasDirectives ? undefined : document.toJS()
}

/** Answers are equal; no answer is always right. Whoever read it, everything stands at the same place. */
function agree(text: string): void {
  const value = readPlainYaml(text)
  if (value === undefined) return
  expect(value).toStrictEqual(parsed(text))
  const [fast, slow] = [placesIn(text, value), placesIn(`${text}${FOR_THE_PARSER}`, value)]
  expect(fast).toEqual(slow)
}

/** The fast reader never takes a file with a surrogate pair. */
const FOR_THE_PARSER = '\n# \u{1f600}'

/** Of every path of the value, and of paths that lead nowhere. */
function placesIn(text: string, value: Json): readonly string[] {
  const { positionOf } = parsePolicyFile({ name: 'p.yaml', text })
  return [...pathsOf(value)].flatMap((path) =>
    (['key', 'value'] as const).map((at) => {
      const { line, column } = positionOf(path, at)
      return `${path.join('.')} ${at} ${line}:${column}`
    }),
  )
}

function* pathsOf(value: Json, path: DocumentPath = []): Generator<DocumentPath> {
  yield path
  yield [...path, 'nowhere']
  yield [...path, 99, 'nowhere']
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* pathsOf(item, [...path, index])
  else if (isJsonObject(value)) for (const [name, member] of Object.entries(value)) yield* pathsOf(member, [...path, name])
}

const SIGNS = [
  'a',
  'b:',
  ': ',
  ':',
  '- ',
  '-',
  '#',
  ' #',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ', ',
  ',',
  '\n',
  '\n  ',
  '\n    ',
  '\n- ',
  '|',
  '>',
  '&a',
  '*a',
  '!t',
]
const WORDS = [
  '1',
  '007',
  '0x1f',
  '1e3',
  '1.5',
  '90d',
  '2027-05-01',
  'null',
  'true',
  '~',
  'yes',
  'refs/heads/main',
  'x: y',
  '\u00a0',
  '\t',
  '\r\n',
  '---',
  '%',
  '?',
  '\\',
]
const sign = fc.constantFrom(...SIGNS, ...WORDS)

describe('the fast reader', () => {
  test('answers for every example policy, and as the parser does', () => {
    const texts = [
      ...filesBelow('examples', '.yaml')
        .filter((path) => path.includes('policy'))
        .map(readText),
      POLICY_YAML,
    ]
    expect(texts.length).toBeGreaterThan(4)
    for (const text of texts) {
      expect(readPlainYaml(text)).toStrictEqual(parsed(text))
      agree(text)
    }
  })

  test.each([
    ['a: 1 # c', { a: 1 }],
    ['a: "x # y" # c', { a: 'x # y' }],
    ["a: 'x # y'", { a: 'x # y' }],
    ['a: x#y', { a: 'x#y' }],
    ['a:\n- b\n- c: d\n  e: f\ng: h', { a: ['b', { c: 'd', e: 'f' }], g: 'h' }],
    ['a: https://x.example:8443/y', { a: 'https://x.example:8443/y' }],
    ['a: [b, { c: "d, e" }, true]', { a: ['b', { c: 'd, e' }, true] }],
    ['a: 90d\nb: 2027-05-01', { a: '90d', b: '2027-05-01' }],
    ['a:\nb: ', { a: null, b: null }],
    ["a: don't, do [it]", { a: "don't, do [it]" }],
  ])('reads %j', (text, value) => {
    expect(readPlainYaml(text)).toStrictEqual(value)
    expect(parsed(text)).toStrictEqual(value)
  })

  test.each([
    'a: |\n  b',
    'a: &x 1',
    'a: *x',
    'a: !t b',
    'a: b: c',
    'a: 1\na: 2',
    '"a": 1',
    '? a',
    '--- a',
    'a: b\n  c',
    'a: "\\u0041"',
    'a: 0x1f',
    'a:\tb',
    '- - a',
    '',
    'a: 😀',
    'a: [b',
    'a: [b,]',
  ])('leaves %j to the parser', (text) => {
    expect(readPlainYaml(text)).toBeUndefined()
  })

  test('agrees with the parser on texts made of signs', () => {
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 14 }), (parts) => agree(parts.join(''))),
      { numRuns: 20_000 },
    )
  })

  test('agrees with the parser on lines of keys, lists and flows', () => {
    const scalar = fc.oneof(
      sign,
      fc.array(sign, { maxLength: 4 }).map((parts) => parts.join('')),
      fc.constantFrom('[a, b]', '{ a: b }', '"c d"', "'e'", '{ a: [b], c: 1 }'),
    )
    const line = fc
      .tuple(fc.constantFrom('', '  ', '    ', ' ', '- ', '  - ', '    - '), fc.constantFrom('', 'k: ', 'l: ', 'm:', '- '), scalar)
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 7 }), (lines) => agree(lines.join('\n'))),
      { numRuns: 20_000 },
    )
  })

  test('agrees with the parser on spoilt policies', () => {
    const edit = fc.record({
      from: fc.nat({ max: POLICY_YAML.length }),
      length: fc.nat({ max: 8 }),
      text: fc.oneof(sign, fc.string({ maxLength: 3 })),
    })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        agree(edits.reduce((text, { from, length, text: put }) => text.slice(0, from) + put + text.slice(from + length), POLICY_YAML))
      }),
      { numRuns: 1_500 },
    )
  })
})
