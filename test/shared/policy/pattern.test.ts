import { describe, expect, test } from 'vitest'
import { compilePattern, matches, patternElements, sameText } from '../../../shared/policy/pattern.ts'

function match(pattern: string, value: string, options: { foldCase?: boolean; literal?: boolean } = {}): boolean {
  return matches(compilePattern(pattern, { foldCase: options.foldCase ?? false, literal: options.literal ?? false }), value)
}

describe('an exact pattern', () => {
  test.each([
    ['refs/heads/main', 'refs/heads/main', true],
    ['refs/heads/main', 'refs/heads/main ', false],
    ['refs/heads/main', 'refs/heads/Main', false],
    ['refs/heads/main', 'refs/heads/main2', false],
    ['refs/heads/main', 'xrefs/heads/main', false],
    ['refs/heads/main', '', false],
    ['.', 'x', false],
    ['a+', 'aa', false],
    ['[ab]', 'a', false],
    ['?', 'x', false],
    ['a\\*', 'a*', false],
  ])('%j against %j is %j', (pattern, value, expected) => {
    expect(match(pattern, value)).toBe(expected)
  })

  test('never matches by being empty', () => {
    expect(match('', '')).toBe(false)
  })

  test('that holds a control character matches nothing, not even itself', () => {
    for (const bad of ['a\nb', 'a\u0000', '\u007f', 'a\u2028b', '\u0085']) expect(match(bad, bad)).toBe(false)
  })

  test('takes * as it stands where wildcards have no place', () => {
    expect(match('a*', 'a*', { literal: true })).toBe(true)
    expect(match('a*', 'ab', { literal: true })).toBe(false)
  })
})

describe('a wildcard', () => {
  test.each([
    // one or more of anything but /
    ['refs/heads/*', 'refs/heads/main', true],
    ['refs/heads/*', 'refs/heads/', false],
    ['refs/heads/*', 'refs/heads/a/b', false],
    ['refs/*/main', 'refs/heads/main', true],
    ['refs/*/main', 'refs//main', false],
    ['release-*-x', 'release-1-2-x', true],
    ['release-*-x', 'release--x', false],
    ['*a', 'aa', true],
    ['*a', 'a', false],
    // one or more of anything
    ['refs/**', 'refs/heads/a/b', true],
    ['refs/**', 'refs/', false],
    ['a**b', 'a/b', true],
    ['a**b', 'ab', false],
    ['**/main', 'refs/heads/main', true],
    ['**/main', '/main', false],
    // the two side by side
    ['a***', 'a/b', true],
    ['a***', 'ab', false],
    ['a***', 'ab/', false],
    ['a****', 'abc', true],
    ['a****', 'ab', false],
    // anchored at both ends
    ['acme/*', 'acme/docs', true],
    ['acme/*', 'evil/acme/docs', false],
    ['acme/*', 'acme/docs/../evil', false],
    ['acme/docs/.github/workflows/*@refs/heads/main', 'acme/docs/.github/workflows/ci.yml@refs/heads/main', true],
    ['acme/docs/.github/workflows/*@refs/heads/main', 'acme/docs/.github/workflows/ci.yml@refs/heads/main2', false],
    ['acme/docs/.github/workflows/*@refs/heads/main', 'acme/docs/.github/workflows/x/ci.yml@refs/heads/main', false],
  ])('%j against %j is %j', (pattern, value, expected) => {
    expect(match(pattern, value)).toBe(expected)
  })

  test('never stands for a control character', () => {
    for (const unit of ['\n', '\r', '\t', '\u0000', '\u001b', '\u007f', '\u009f', '\u2028', '\u2029']) {
      expect(match('refs/**', `refs/heads${unit}main`)).toBe(false)
      expect(match('refs/heads/*', `refs/heads/a${unit}`)).toBe(false)
    }
  })

  test('stands for any other unit, also half of a surrogate pair', () => {
    expect(match('a*', 'a\u{1f600}')).toBe(true)
    expect(match('a*', 'a\ud83d')).toBe(true)
    expect(match('a*', 'aé中 ')).toBe(true)
  })
})

describe('letter case', () => {
  test.each([
    ['Acme/Docs', 'acme/dOCS', true],
    ['acme/*', 'ACME/Docs', true],
    ['AZaz', 'azAZ', true],
    // only ASCII folds: the Kelvin sign is no k, the long s no s
    ['acme/k', 'acme/\u212a', false],
    ['acme/s', 'acme/\u017f', false],
    ['acme/é', 'acme/É', false],
    ['acme/@', 'acme/`', false],
    ['acme/[', 'acme/{', false],
  ])('of %j and %j is ignored in ASCII alone: %j', (pattern, value, expected) => {
    expect(match(pattern, value, { foldCase: true })).toBe(expected)
  })

  test('counts everywhere else', () => {
    expect(match('acme/*', 'ACME/docs')).toBe(false)
    expect(sameText('a', 'A', false)).toBe(false)
    expect(sameText('a', 'A', true)).toBe(true)
  })
})

describe('hostile patterns', () => {
  const limit = 512
  const megabyte = 'a'.repeat(1_000_000)

  test.each([
    ['**a'.repeat(170), `${megabyte}b`],
    ['*a'.repeat(256), `${megabyte}b`],
    ['**'.repeat(256), megabyte],
    [`${'a'.repeat(511)}*`, megabyte],
    [`${'*a'.repeat(200)}${'b'.repeat(100)}`, megabyte],
    ['**/'.repeat(170), '/a'.repeat(500_000)],
  ])('%.20s… against a megabyte end soon', (pattern, value) => {
    expect(pattern.length).toBeLessThanOrEqual(limit)
    const compiled = compilePattern(pattern, { foldCase: true })
    const started = performance.now()
    matches(compiled, value)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test.each([
    ['170 times **', '**a'.repeat(170)],
    ['256 times *', '*a'.repeat(256)],
    ['100 times * in words', `**${'ab*'.repeat(100)}b`],
    ['a tail that nearly fits everywhere', `refs/**${'a'.repeat(20)}b`],
  ])('%s: ten times the value takes about ten times as long, not a hundred times', (_, pattern) => {
    const compiled = compilePattern(pattern, { foldCase: true })
    const leastMs = (value: string): number => {
      const times = Array.from({ length: 5 }, () => {
        const started = performance.now()
        matches(compiled, value)
        return performance.now() - started
      })
      return Math.min(...times)
    }
    const value = `refs/${megabyte}`
    leastMs(value)
    expect(leastMs(value)).toBeLessThan(40 * leastMs(value.slice(0, 100_000)) + 5)
  })

  test('give the right answer past 32 and 64 positions', () => {
    for (const length of [31, 32, 33, 63, 64, 65, 511]) {
      const pattern = `${'a'.repeat(length)}*`
      expect(match(pattern, `${'a'.repeat(length)}xyz`)).toBe(true)
      expect(match(pattern, 'a'.repeat(length))).toBe(false)
      expect(match(pattern, `${'a'.repeat(length - 1)}b`)).toBe(false)
      expect(match(`*${'a'.repeat(length)}`, `zz${'a'.repeat(length)}`)).toBe(true)
      expect(match(`*${'a'.repeat(length)}`, `zz${'a'.repeat(length)}z`)).toBe(false)
    }
  })
})

test('the elements of a pattern are its units and its wildcards', () => {
  expect(patternElements('a*/***', false)).toEqual([97, 'segment', 47, 'any', 'segment'])
  expect(patternElements('A', true)).toEqual([97])
})
