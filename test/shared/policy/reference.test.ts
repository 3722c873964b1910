/** The reference for people: fresh, whole, and with examples that are a policy. */
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { isJsonObject } from '../../../shared/json.ts'
import { KIND_NAMES, kindOf } from '../../../shared/kinds/index.ts'
import { platforms } from '../../../shared/platforms/index.ts'
import { judgePolicyFiles } from '../../../shared/policy/judge-files.ts'
import { policyReference } from '../../../shared/policy/reference.ts'
import { KIND_EXAMPLES, SECTION_EXAMPLES } from '../../../shared/policy/reference-example.ts'
import { type KeyRow, rowsOf } from '../../../shared/policy/reference-shape.ts'
import { SECTIONS, scenarioSchema, settingsSchema, TOP_LEVEL_KEYS } from '../../../shared/policy/schema.ts'
import { readText } from '../../import-graph.ts'
import { sha256Hex } from './policies.ts'

const page = policyReference()
const DEFINITIONS = { settings: settingsSchema, ...SECTIONS, scenarios: scenarioSchema }

test('docs/policy-reference.md is what jobpass schema --format markdown prints', () => {
  expect(readText('docs/policy-reference.md')).toBe(page)
})

describe.each(Object.entries(DEFINITIONS))('%s', (name, definition) => {
  const rows = rowsOf(definition)

  test('has every key, each with what it means and how it is written', () => {
    expect(rows.filter(({ meaning, form }) => meaning === '' || form === '').map(({ key }) => key)).toEqual([])
    for (const { key } of rows) expect(page).toContain(`| \`${key}\` |`)
  })

  test('has an example with every key', () => {
    const example: unknown = parse(SECTION_EXAMPLES[name as keyof typeof SECTION_EXAMPLES])
    expect(missingFrom(rows, isJsonObject(example) ? example[name] : undefined)).toEqual([])
  })
})

test('the examples of the records are one policy, without an error and with scenarios that pass', () => {
  const judged = judgePolicyFiles([{ name: 'reference.yaml', text: Object.values(SECTION_EXAMPLES).join('') }], {
    sha256Hex,
    today: '2026-11-25',
  })
  expect(judged.findings.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(judged.loaded?.document.scenarios.length).toBe(2)
})

describe.each(KIND_NAMES)('kind %s', (name) => {
  const { connection, scope } = kindOf(name)

  test.each([
    ['connection', connection, KIND_EXAMPLES[name].connection],
    ['scope', scope, KIND_EXAMPLES[name].scope],
  ] as const)('has every key of its %s: explained, and in an example it accepts', (_part, definition, text) => {
    const rows = rowsOf(definition)
    expect(rows.filter(({ meaning }) => meaning === '').map(({ key }) => key)).toEqual([])
    for (const { key } of rows) expect(page).toContain(`| \`${key}\` |`)
    expect(definition.safeParse(parse(text)).error).toBeUndefined()
    expect(missingFrom(rows, parse(text))).toEqual([])
  })
})

test('has every section of a file and every attribute of every platform', () => {
  for (const key of TOP_LEVEL_KEYS) expect(page).toContain(`\`${key}\``)
  for (const { attributeNames } of Object.values(platforms)) for (const name of attributeNames) expect(page).toContain(`| \`${name}\` |`)
})

test('has no cell that ends early and no word of the machine', () => {
  for (const line of page.split('\n').filter((text) => text.startsWith('|')))
    expect(line.replaceAll('\\|', '').split('|').length).toBeLessThan(7)
  expect(page).not.toMatch(/undefined|\[object|x-expected|\^\(|\\p\{/)
})

/** Keys no entry of the example has. A key inside another is looked for there. */
function missingFrom(rows: readonly KeyRow[], example: unknown): readonly string[] {
  const text = JSON.stringify(example)
  return rows.map(({ key }) => key.split('.').at(-1)?.replace('[]', '') ?? key).filter((key) => !text.includes(`"${key}":`))
}
