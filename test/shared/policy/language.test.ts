import { describe, expect, test } from 'vitest'
import { ANY_UNITS, holdsText, isIncluded, shortestText, type TextSet, textSet } from '../../../shared/policy/language.ts'
import { type SearchOutcome, search } from '../../../shared/policy/language-search.ts'
import { choice, hasShape, literal, maybe, oneOf, part, sequence, shapeOf, some } from '../../../shared/policy/language-shape.ts'
import { compilePattern } from '../../../shared/policy/pattern.ts'

function setOf(...texts: readonly string[]): TextSet {
  return textSet(texts.map((text) => compilePattern(text, { foldCase: false })))
}

function foldedSet(...texts: readonly string[]): TextSet {
  return textSet(texts.map((text) => compilePattern(text, { foldCase: true })))
}

function textOf(outcome: SearchOutcome): string | undefined {
  if (outcome === 'undecided') throw new Error('undecided')
  return outcome === 'none' ? undefined : outcome.text
}

/** Every text of an alphabet up to a length, shortest first. */
function texts(alphabet: readonly string[], length: number): readonly string[] {
  let level = ['']
  const all: string[] = []
  for (let at = 0; at < length; at++) {
    level = level.flatMap((text) => alphabet.map((letter) => text + letter))
    all.push(...level)
  }
  return all
}

describe('against brute force', () => {
  const elements = ['a', '/', '*', '**']
  const patterns = [
    ...new Set(['a', 'b', '/', '*', '**', ...texts(elements, 3), 'a*a*', '**/a', 'a/**/a', '*/*', '**a**', '*a/*', 'ab*', '*b*b']),
  ]
  const sets = patterns.map((pattern) => setOf(pattern))
  const candidates = texts(['a', 'b', '/', 'c'], 6)
  const languages = sets.map((set) => candidates.map((text) => holdsText(set, text)))

  test('the shortest text of a difference is the shortest there is, and none is none, for every pair of small patterns', () => {
    sets.forEach((inner, i) => {
      sets.forEach((outer, j) => {
        const found = textOf(shortestText({ all: [inner], none: [outer], shape: ANY_UNITS }))
        const expected = candidates.find((_, k) => languages[i]?.[k] === true && languages[j]?.[k] === false)
        expect({ inner: inner.key, outer: outer.key, length: found?.length }).toEqual({
          inner: inner.key,
          outer: outer.key,
          length: expected?.length,
        })
        if (found !== undefined) expect([holdsText(inner, found), holdsText(outer, found)]).toEqual([true, false])
      })
    })
  }, 120_000)

  test('the same for intersections, and for a list of patterns against another', () => {
    const some = sets.filter((_, index) => index % 5 === 0)
    for (const a of some) {
      for (const b of some) {
        const both = textOf(shortestText({ all: [a, b], none: [], shape: ANY_UNITS }))
        expect(both?.length).toBe(candidates.find((text) => holdsText(a, text) && holdsText(b, text))?.length)
        const list = textSet([
          ...a.wildcards,
          ...b.wildcards,
          ...[...a.texts, ...b.texts].map((text) => compilePattern(text, { foldCase: false })),
        ])
        expect(isIncluded(a, list, ANY_UNITS)).toBe(true)
        expect(isIncluded(b, list, ANY_UNITS)).toBe(true)
      }
    }
  }, 120_000)
})

describe('what two sets share and do not', () => {
  test.each([
    ['refs/heads/main', 'refs/heads/*', undefined],
    ['refs/heads/*', 'refs/heads/**', undefined],
    ['refs/heads/**', 'refs/heads/*', 'refs/heads//'],
    ['refs/heads/*', 'refs/heads/main', 'refs/heads/x'],
    ['**', '*', '/'],
    ['*', '**', undefined],
    ['***', '**', undefined],
    ['**', '***', 'x'],
    ['a*b', 'a**b', undefined],
    ['**a', '*a', '/a'],
  ])('%s without %s: %s', (inner, outer, expected) => {
    expect(textOf(shortestText({ all: [setOf(inner)], none: [setOf(outer)] }))).toBe(expected)
  })

  test('one pattern may be covered by several together and by none alone', () => {
    const a = setOf('a*')
    expect(isIncluded(a, setOf('a*'))).toBe(true)
    const covered = textSet([...setOf('x/*').wildcards, ...setOf('x/*/**').wildcards])
    expect(textOf(shortestText({ all: [setOf('x/**')], none: [covered] }))).toBe('x//')
    expect(isIncluded(setOf('ab', 'ac'), setOf('ab', 'a*'))).toBe(true)
  })

  test('a folded set holds both cases, and an exact one tells them apart', () => {
    expect(isIncluded(foldedSet('Acme/Docs'), foldedSet('acme/docs'))).toBe(true)
    expect(textOf(shortestText({ all: [foldedSet('ab')], none: [setOf('ab')] }))).toBe('aB')
    expect(textOf(shortestText({ all: [foldedSet('ab')], none: [setOf('ab', 'aB', 'Ab', 'AB')] }))).toBeUndefined()
  })

  test('control characters, halves of surrogate pairs and the empty text are in no answer', () => {
    expect(textOf(shortestText({ all: [setOf('a*')], none: [setOf('ax', 'ay')] }))).toBe('az')
    const found = textOf(shortestText({ all: [setOf('😀*')], none: [] }))
    expect(found).toBe('😀x')
    expect(found?.isWellFormed()).toBe(true)
  })

  test('an unnamed letter is found however many are named', () => {
    const printable = Array.from({ length: 0x5e }, (_, index) => String.fromCharCode(0x21 + index)).filter((letter) => letter !== '*')
    const named = setOf(...printable, ' ')
    const found = textOf(shortestText({ all: [setOf('**')], none: [named], shape: ANY_UNITS }))
    expect(found).toHaveLength(1)
    expect(printable).not.toContain(found)
  })

  test('every set of texts is equal to itself however it is ordered', () => {
    expect(setOf('a', 'b*', 'c*').key).toBe(setOf('c*', 'b*', 'a', 'a').key)
  })
})

describe('shapes', () => {
  const letters = oneOf({ admits: (unit) => unit >= 0x61 && unit <= 0x7a })
  const name = sequence(part('owner', some(letters)), literal('/'), part('name', some(letters)), maybe(literal('!')))

  test('a shape admits what it describes', () => {
    const shape = shapeOf(choice(name, literal('**')))
    expect(['ab/c', 'a/b!', '**'].map((text) => hasShape(shape, text))).toEqual([true, true, true])
    expect(['', 'ab', 'a/', 'a/b!!', '*', 'A/b'].map((text) => hasShape(shape, text))).toEqual([false, false, false, false, false, false])
  })

  test('a set may bind one part of a text and another the whole', () => {
    const shape = shapeOf(name)
    const all = [{ set: setOf('a*').automaton(), part: 'owner' }, { set: setOf('**z!').automaton() }]
    const none = [{ set: setOf('z').automaton(), part: 'name' }]
    const found = search({ shape, all, none })
    if (typeof found !== 'object') throw new Error('nothing found')
    expect(found.text).toBe('ax/xz!')
    expect(found.parts.get('owner')).toBe('ax')
    expect(found.parts.get('name')).toBe('xz')
  })
})

describe('hostile patterns stay cheap', () => {
  const many = (unit: string, count: number): string => new Array<string>(count).fill(unit).join('')
  test.each<[string, readonly string[], readonly string[]]>([
    ['a long chain of wildcards against itself', [many('**a', 170)], [many('**a', 170)]],
    ['a long chain against one that is shorter', [many('**a', 170)], [many('*a', 200)]],
    ['the n-th segment from the end, where determinising doubles with each', [`**/a*/${many('*/', 200)}x`], [`**/a*/${many('*/', 200)}x`]],
    ['the same against another letter', [`**/a*/${many('*/', 200)}x`], [`**/b*/${many('*/', 200)}x`]],
    ['the same of any letters', [`**a${many('*', 100)}`], [`**b${many('*', 100)}`]],
    [
      'a long list of texts',
      Array.from({ length: 500 }, (_, index) => `refs/heads/${index}`),
      Array.from({ length: 499 }, (_, index) => `refs/heads/${index}`),
    ],
    ['a long list of patterns', ['refs/heads/**'], Array.from({ length: 1000 }, (_, index) => `refs/heads/team-${index}/**`)],
    ['patterns that cover all together', ['refs/heads/**'], ['refs/heads/**x', 'refs/heads/**']],
  ])('%s', (_, inner, outer) => {
    const from = performance.now()
    const outcome = shortestText({ all: [setOf(...inner)], none: [setOf(...outer)] })
    const took = performance.now() - from
    expect(outcome).not.toBe('undecided')
    if (typeof outcome === 'object')
      expect([holdsText(setOf(...inner), outcome.text), holdsText(setOf(...outer), outcome.text)]).toEqual([true, false])
    expect(took).toBeLessThan(3_000)
  })
})
