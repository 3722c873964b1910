/** The reader of imports, on every form in which one module can name another: what it missed, the law of the house would not see. */
import { describe, expect, test } from 'vitest'
import { findCircles, resolveSpecifier } from './import-graph.ts'
import { readImports } from './import-reader.ts'

describe('the reader of imports', () => {
  const value = { typeOnly: false }
  const type = { typeOnly: true }
  test.each([
    ["import { a } from './a.ts'", './a.ts', value],
    ["import a, { b as c } from './a.ts'", './a.ts', value],
    ["import * as a from 'a'", 'a', value],
    ["import { 'a.b' as c } from './a.ts'", './a.ts', value],
    ["import {\n  a,\n  b,\n} from './a.ts'", './a.ts', value],
    ["import{a}from'./a.ts'", './a.ts', value],
    ['import { a } from "./a.ts"', './a.ts', value],
    ["import { /* from here */ a } from /* there */ './a.ts'", './a.ts', value],
    ["import { a } from // why\n  './a.ts'", './a.ts', value],
    ["import type { A } from './a.ts'", './a.ts', type],
    ["import type A from './a.ts'", './a.ts', type],
    ["import type * as A from './a.ts'", './a.ts', type],
    ["import { type A, type B } from './a.ts'", './a.ts', type],
    ["import { type A, b } from './a.ts'", './a.ts', value],
    ["import { b, type A } from './a.ts'", './a.ts', value],
    ["import type, { A } from './a.ts'", './a.ts', value],
    ["export { a } from './a.ts'", './a.ts', value],
    ["export * from './a.ts'", './a.ts', value],
    ["export * as a from './a.ts'", './a.ts', value],
    ["export type { A } from './a.ts'", './a.ts', type],
    ["export { type A } from './a.ts'", './a.ts', type],
    ["import './a.ts'", './a.ts', value],
    ["import'./a.ts'", './a.ts', value],
    ["/* first */ import './a.ts'", './a.ts', value],
    ["f();import './a.ts'", './a.ts', value],
    ["const a = await import('./a.ts')", './a.ts', value],
    ['const a = await import(`./a.ts`)', './a.ts', value],
    ["const a = await import( /* why */ './a.ts' )", './a.ts', value],
    ["type A = import('./a.ts').A", './a.ts', value],
    ['const a = await import(name)', '*', value],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a source
    ['const a = await import(`./${name}.ts`)', '*', value],
    ["const a = require('./a.ts')", './a.ts', value],
    ["import a from './a.json' with { type: 'json' }", './a.json', value],
    ["const x = 1; import { a } from './a.ts'", './a.ts', value],
  ])('sees the import in %j', (source, specifier, { typeOnly }) => {
    expect(readImports(source)).toEqual([{ specifier, typeOnly }])
  })

  test('tells the imports of neighbours apart', () => {
    const source =
      "import './a.ts'\nimport type { B } from './b.ts'\nimport { c } from './c.ts'\nexport type { D } from './d.ts'\nexport * from './e.ts'"
    expect(Object.fromEntries(readImports(source).map(({ specifier, typeOnly }) => [specifier, typeOnly]))).toEqual({
      './a.ts': false,
      './b.ts': true,
      './c.ts': false,
      './d.ts': true,
      './e.ts': false,
    })
  })

  test.each([
    'const from = "a"',
    "const origin = array.from('abc')",
    'export interface Import {\n  readonly from: string\n}',
    'const url = import.meta.url',
    "const told = run.from + ' from ' + 'now'",
    'const capnp = `using Workerd = import "/a.capnp";`',
  ])('sees none in %j', (source) => {
    expect(readImports(source)).toEqual([])
  })

  test.each([
    ['./b.ts', 'worker/a/b.ts'],
    ['../b.ts', 'worker/b.ts'],
    ['../../shared/b.ts', 'shared/b.ts'],
    ['zod', 'zod'],
    ['zod/v4/core', 'zod'],
    ['@actions/core', '@actions/core'],
    ['@actions/core/lib/command', '@actions/core'],
    ['node:fs/promises', 'node:fs/promises'],
    ['cloudflare:workers', 'cloudflare:workers'],
  ])('resolves %s seen from worker/a/a.ts to %s', (specifier, path) => {
    expect(resolveSpecifier('worker/a/a.ts', specifier)).toBe(path)
  })

  test('finds circles, also through types, and none where there are none', () => {
    const arrow = (from: string, to: string) => ({ from, to, typeOnly: true })
    expect(findCircles([arrow('a', 'b'), arrow('b', 'c'), arrow('c', 'a'), arrow('c', 'd')])).toEqual([['a', 'b', 'c']])
    expect(findCircles([arrow('a', 'a')])).toEqual([['a']])
    expect(findCircles([arrow('a', 'b'), arrow('a', 'c'), arrow('b', 'd'), arrow('c', 'd')])).toEqual([])
  })
})
