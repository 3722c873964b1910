/**
 * The law of the house, read from the real sources: who imports whom, no circles, one name one file, nothing too long, nothing half there.
 * The reader of imports has its own test, on every form an import can have.
 */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { KIND_NAMES, kinds } from '../shared/kinds/index.ts'
import { WIRE_FORMS } from '../shared/refusal.ts'
import { edgesOf, filesBelow, findCircles, ROOT, readText } from './import-graph.ts'
import { breaksTheLaw, ZONES, zonesOf } from './law.ts'

const ASK_WHY_LINES = 250
const MAX_LINES = 400
const NAMELESS = /^(?:utils?|helpers?|common|misc|types?)$/i

const SOURCES = [...['shared', 'worker', 'action', 'cli', 'examples'].flatMap((folder) => filesBelow(folder, '.ts')), 'build.ts'].filter(
  (path) => !path.endsWith('.d.ts'),
)
const TESTS = filesBelow('test', '.ts')
const EDGES = edgesOf(SOURCES)
/** The test of the import reader is full of sources that are none. */
const TEST_EDGES = edgesOf(TESTS.filter((path) => path !== 'test/import-reader.test.ts'))

const shown = ({ from, to, typeOnly }: (typeof EDGES)[number]): string => `${from} → ${to}${typeOnly ? ' (types)' : ''}`

describe('the law of the arrows', () => {
  test.each([
    ['worker/app.ts', 'action/main.ts'],
    ['action/main.ts', 'worker/app.ts'],
    ['action/main.ts', 'cli/main.ts'],
    ['cli/dev/local-broker.ts', 'worker/index.ts'],
    ['shared/units.ts', 'worker/deps.ts'],
    ['shared/units.ts', 'node:crypto'],
    ['shared/policy/load.ts', 'yaml'],
    ['worker/routes/token.ts', 'worker/providers/index.ts'],
    ['worker/routes/token.ts', 'worker/mint.ts'],
    ['worker/routes/token.ts', 'hono'],
    ['worker/routes/token.ts', 'worker/state/ledger.ts'],
    ['worker/providers/jwt.ts', 'shared/policy/policy.ts'],
    ['worker/providers/jwt.ts', 'shared/ledger.ts'],
    ['worker/providers/jwt.ts', 'worker/deps.ts'],
    ['worker/providers/jwt.ts', 'hono'],
    ['worker/authorize/authorize.ts', 'worker/authenticate/verify.ts'],
    ['worker/settle.ts', 'worker/mint.ts'],
    ['worker/admit/admit.ts', 'worker/state/ledger.ts'],
    ['worker/deps.ts', 'worker/providers/index.ts'],
    ['worker/a-new-file.ts', 'shared/units.ts'],
    ['shared/units.ts', '*'],
  ])('forbids %s → %s', (from, to) => {
    expect(breaksTheLaw({ from, to, typeOnly: false })).toBe(true)
  })

  test('every source lies in exactly one zone, and no zone is empty', () => {
    expect(SOURCES.filter((path) => zonesOf(path).length !== 1)).toEqual([])
    expect(ZONES.filter(({ files }) => !SOURCES.some((path) => files.test(path)))).toEqual([])
  })

  test('every arrow is one the law allows', () => {
    expect(EDGES.length).toBeGreaterThan(500)
    expect(EDGES.filter(breaksTheLaw).map(shown)).toEqual([])
  })

  test('the two entries of the action do not import each other', () => {
    const entries = ['action/main.ts', 'action/post.ts']
    expect(EDGES.filter(({ from, to }) => entries.includes(from) && entries.includes(to)).map(shown)).toEqual([])
  })

  test('the command line reaches the worker only as a built artefact', () => {
    const sources = SOURCES.filter((path) => /^(?:cli|examples)\//.test(path))
    expect(sources.filter((path) => /(?<!dist\/)\bworker\/[\w/-]+\.ts\b/.test(withoutComments(readText(path))))).toEqual([])
  })

  test('every relative import names an existing file with its ending', () => {
    const missing = [...EDGES, ...TEST_EDGES].filter(
      ({ to }) => /^(?:\w[\w-]*\/|\.\.)/.test(to) && to.endsWith('.ts') && !existsSync(join(ROOT, to)),
    )
    const endless = EDGES.filter(({ to }) => SOURCES.some((path) => path.startsWith(`${to}.`) || path.startsWith(`${to}/`)))
    expect([...missing, ...endless].map(shown)).toEqual([])
  })

  test('no circle anywhere, type imports included', () => {
    const circles = findCircles([...EDGES, ...TEST_EDGES])
    expect(circles.map((circle) => [...circle, circle[0]].join(' → '))).toEqual([])
  })
})

describe('shared/', () => {
  const files = SOURCES.filter((path) => path.startsWith('shared/'))

  test('compiles without any platform: its own tsconfig knows no types but those of the language', () => {
    expect(JSON.parse(readText('shared/tsconfig.json'))).toMatchObject({ compilerOptions: { lib: ['ES2023'], types: [] }, include: ['.'] })
  })

  test.each([
    ['reads no clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\./],
    ['draws no randomness', /\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b/],
    [
      'reaches for no global of a platform',
      /\bglobalThis\b|\bprocess\.|\bconsole\.|\bfetch\(|\bcrypto\.|\bBuffer\b|\bsetTimeout\b|\bDeno\b/,
    ],
    [
      'declares none either',
      /\bdeclare\s+(?:global|const|let|var|function|class|module)\b|@ts-(?:ignore|expect-error|nocheck)|\/\/\/\s*<reference/,
    ],
  ])('%s', (_law, forbidden) => {
    expect(files.filter((path) => forbidden.test(withoutComments(readText(path))))).toEqual([])
  })
})

describe('the shape of the tree', () => {
  test('an index.ts is a registry: it lists, and passes nothing on', () => {
    const indexes = SOURCES.filter((path) => basename(path) === 'index.ts' && path !== 'worker/index.ts')
    expect(indexes.filter((path) => /^\s*export\b[^;=()]*?\bfrom\b/m.test(withoutComments(readText(path))))).toEqual([])
  })

  test('nothing is called utils, helpers, common, misc or types', () => {
    const names = [...SOURCES, ...TESTS].flatMap((path) =>
      path.split('/').map((part) => ({ path, part: part.replace(/(?:\.test)?\.ts$/, '') })),
    )
    expect(names.filter(({ part }) => NAMELESS.test(part)).map(({ path }) => path)).toEqual([])
  })

  test(`no file is longer than ${MAX_LINES} lines`, () => {
    const lengths = [...SOURCES, ...TESTS].map((path) => ({ path, lines: readText(path).split('\n').length - 1 }))
    const long = lengths.filter(({ lines }) => lines > ASK_WHY_LINES).map(({ path, lines }) => `${path}: ${lines} lines`)
    if (long.length > 0) process.stdout.write(`Longer than ${ASK_WHY_LINES} lines; each should have a reason:\n  ${long.join('\n  ')}\n`)
    expect(lengths.filter(({ lines }) => lines > MAX_LINES)).toEqual([])
  })

  test('every source opens with a paragraph that says what it is for', () => {
    expect(SOURCES.filter((path) => !/^(?:#![^\n]*\n)?\/\*\*/.test(readText(path)))).toEqual([])
  })
})

describe('one name, one file', () => {
  test('the list of kind names is the registry', () => {
    expect([...KIND_NAMES].sort()).toEqual(Object.keys(kinds).sort())
    for (const [name, kind] of Object.entries(kinds)) expect(kind.name).toBe(name)
  })

  test.each(KIND_NAMES)('%s has its pure half, its provider, its delivery and its page', (name) => {
    const files = [`shared/kinds/${name}.ts`, `worker/providers/${name}.ts`, `action/deliver/${name}.ts`, `docs/kinds/${name}.md`]
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  test('no page, and no delivery, is of a kind that is not there', () => {
    const named = (folder: string, ending: string) =>
      (existsSync(join(ROOT, folder)) ? filesBelow(folder, ending) : []).map((path) => basename(path, ending))
    const known: readonly string[] = [...KIND_NAMES, 'README', 'index', 'deliver']
    expect([...named('docs/kinds', '.md'), ...named('action/deliver', '.ts')].filter((name) => !known.includes(name))).toEqual([])
  })
})

describe('refusals', () => {
  const asserted = TESTS.filter((path) => path.endsWith('.test.ts') && path !== 'test/architecture.test.ts')
    .map(readText)
    .join('\n')

  test.each(Object.keys(WIRE_FORMS))('%s is named by a test, as a text or in a table by code', (code) => {
    expect(new RegExp(`'${code}'|^\\s*${code}: `, 'm').test(asserted)).toBe(true)
  })
})

/** Blanks comments; strings stay. A `//` inside a string ends that line early, which hides a little and invents nothing. */
function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/(^|[^:'"`\\])\/\/(?!\/\s*<)[^\n]*/g, '$1 ')
}
