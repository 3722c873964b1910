import { describe, expect, test } from 'vitest'
import { parsedOnce, parsePolicyFile } from '../../../shared/policy/parse.ts'

const read = (text: string) => parsePolicyFile({ name: 'p.yaml', text })
const problems = (text: string): readonly string[] => read(text).problems.map(({ line, column, id }) => `${line}:${column} ${id}`)

describe('YAML 1.2 core', () => {
  test.each([
    ['a: 2027-05-01', { a: '2027-05-01' }],
    ['a: yes', { a: 'yes' }],
    ['a: off', { a: 'off' }],
    ['a: 0o17', { a: 15 }],
    ['a: 017', { a: 17 }],
    ['a: 1_000', { a: '1_000' }],
    ['a: 12:30', { a: '12:30' }],
    ['a: true', { a: true }],
    ['a: ~', { a: null }],
    ['a: "true"', { a: 'true' }],
    ['on: 1\n', { on: 1 }],
    ['1: x', { '1': 'x' }],
    ['<<: { a: 1 }', { '<<': { a: 1 } }],
    ['a: |\n  b\n  c\n', { a: 'b\nc\n' }],
    ['\ufeffa: 1', { a: 1 }],
    ['a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['constructor: 1\ntoString: 2', { constructor: 1, toString: 2 }],
  ])('%j is read as it stands', (text, expected) => {
    const { value, problems: found } = read(text)
    expect(found).toEqual([])
    expect(value).toEqual(expected)
  })

  test('a file with nothing in it holds nothing', () => {
    expect(read('').value).toBeNull()
    expect(read('# only a comment\n').value).toBeNull()
  })

  test.each([
    ['a: 1\na: 2', ['2:1 duplicate-key']],
    ['a:\n  b: 1\n  c: 2\n  b: 3', ['4:3 duplicate-key']],
    ['a: {b: 1, "b": 2}', ['1:11 duplicate-key']],
    ['1: a\n"1": b', ['2:1 duplicate-key']],
    ['a: !!str 1', ['1:10 yaml-tag']],
    ['a: !secret x', ['1:12 yaml-tag']],
    ['a: ! x', ['1:6 yaml-tag']],
    ['a: !!binary aGk=', ['1:13 yaml-tag']],
    ['!!map\na: 1', ['2:1 yaml-tag']],
    ['!!str a: 1', ['1:7 wrong-type']],
    ['%YAML 1.1\n---\na: yes', ['1:1 yaml-syntax']],
    ['%TAG !e! tag:x,2000:\n---\na: 1', ['1:1 yaml-syntax']],
    ['a: 1\n---\nb: 2', ['2:1 yaml-syntax']],
    ['a: [1', ['1:6 yaml-syntax']],
    ['a: "b', ['1:6 yaml-syntax']],
    ['a: b: c', ['1:4 yaml-syntax']],
    ['\ta: 1', ['1:1 yaml-syntax']],
    ['? [a]\n: 1', ['1:3 wrong-type']],
    ['? {a: 1}\n: 1', ['1:3 wrong-type']],
    ['~: 1', ['1:1 wrong-type']],
    ['a: .inf', ['1:4 wrong-value']],
    ['a: .nan', ['1:4 wrong-value']],
    ['a: "\\ud800"', ['1:4 wrong-value']],
    ['a: *nope', ['1:4 yaml-alias']],
    ['a: *x\nb: &x 1', ['1:4 yaml-alias']],
    ['a: &x [*x]', ['1:8 yaml-alias']],
    ['a: &x { b: *x }', ['1:12 yaml-alias']],
    ['a: &x [&y [*x]]', ['1:12 yaml-alias']],
    ['__proto__: 1', ['1:1 unknown-key']],
    ['a: { __proto__: { b: 1 } }', ['1:6 unknown-key']],
  ])('%j is an error in its place', (text, expected) => {
    expect(problems(text)).toEqual(expected)
  })

  test('all problems of a file are told, not only the first', () => {
    expect(problems('a: !x 1\nb: !y 2\n')).toEqual(['1:7 yaml-tag', '2:7 yaml-tag'])
    expect(problems('a: 1\na: 2\nb: 1\nb: 2')).toEqual(['2:1 duplicate-key', '4:1 duplicate-key'])
  })
})

describe('anchors', () => {
  test('stand for what they name', () => {
    expect(read('a: &main refs/heads/main\nb: [*main, *main]').value).toEqual({
      a: 'refs/heads/main',
      b: ['refs/heads/main', 'refs/heads/main'],
    })
  })

  test('that are given again stand for the last node before each alias, as YAML has it', () => {
    const file = read('a: &x { k: 1 }\nb: *x\nc: &x { k: 2 }\nd: *x\ne: &x [&x 3, *x]\nf: *x')
    expect(file.value).toEqual({ a: { k: 1 }, b: { k: 1 }, c: { k: 2 }, d: { k: 2 }, e: [3, 3], f: 3 })
    expect(file.positionOf(['b', 'k'], 'value')).toEqual({ line: 1, column: 12 })
    expect(file.positionOf(['d', 'k'], 'value')).toEqual({ line: 3, column: 12 })
  })

  test('that multiply are a bomb, found at once', () => {
    const levels = Array.from({ length: 20 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`)
    const bomb = `l0: &l0 [${Array(10).fill('x').join(', ')}]\n${levels.join('\n')}\n`
    const started = performance.now()
    const found = problems(bomb)
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(found.filter((line) => line.endsWith('yaml-alias'))).toHaveLength(1)
  })
})

describe('nesting', () => {
  test.each(['[', '{a: ', '- ', '? ', '- - - '])('of many %j ends in an error, never in a crash', (opening) => {
    for (const count of [33, 1_000, 20_000]) expect(read(opening.repeat(count)).problems.length).toBeGreaterThan(0)
  })

  test('is allowed to 32 levels', () => {
    const nested = (levels: number): string => `a: ${'['.repeat(levels)}x${']'.repeat(levels)}`
    expect(problems(nested(31))).toEqual([])
    expect(problems(nested(32)).map((line) => line.split(' ')[1])).toEqual(['yaml-depth'])
  })
})

describe('places', () => {
  const file = read('a:\n  b: [x, { c: 1 }]\n  d:\n  e: ""\nf: &f { g: 1 }\nh: *f\n')

  test.each([
    [[], 'value', 1, 1],
    [['a'], 'key', 1, 1],
    [['a'], 'value', 2, 3],
    [['a', 'b'], 'value', 2, 6],
    [['a', 'b', 1, 'c'], 'key', 2, 12],
    [['a', 'b', 1, 'c'], 'value', 2, 15],
    // nothing stands there: the key does
    [['a', 'd'], 'value', 3, 3],
    [['a', 'e'], 'value', 4, 6],
    // nothing is there: the nearest place above
    [['a', 'b', 7], 'value', 2, 6],
    [['a', 'none', 'below'], 'value', 2, 3],
    // through an alias
    [['h', 'g'], 'value', 5, 12],
  ] as const)('%j (%s) is at %i:%i', (path, at, line, column) => {
    expect(file.positionOf(path, at)).toEqual({ line, column })
  })
})

test('a map of very many keys is read in a time that grows with it, not with its square', () => {
  const text = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n')
  const started = performance.now()
  expect(problems(text)).toEqual([])
  expect(performance.now() - started).toBeLessThan(15_000)
})

describe('files of two revisions', () => {
  const parse = parsedOnce()
  const first = parse({ name: 'p.yaml', text: 'a: 1' })

  test('a file with the same name and text is read once', () => {
    expect(parse({ name: 'p.yaml', text: 'a: 1' })).toBe(first)
  })

  test.each([
    ['another text', { name: 'p.yaml', text: 'a: 2' }, { a: 2 }],
    ['another name', { name: 'q.yaml', text: 'a: 1' }, { a: 1 }],
    ['the text it had before', { name: 'p.yaml', text: 'a: 1' }, { a: 1 }],
  ])('%s is read as it is', (_, file, value) => {
    expect(parse(file)).toMatchObject({ ...file, value, problems: [] })
  })
})
