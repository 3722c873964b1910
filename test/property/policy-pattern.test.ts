import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePattern, matches } from '../../shared/policy/pattern.ts'

/** The definition, word for word: slow and plainly right. What was answered once is kept, or many wildcards would ask it for ever. */
function reference(pattern: string, value: string, known: Map<string, boolean> = new Map()): boolean {
  const question = `${pattern.length} ${value.length}`
  const answer = known.get(question) ?? defined(pattern, value, known)
  known.set(question, answer)
  return answer
}

function defined(pattern: string, value: string, known: Map<string, boolean>): boolean {
  if (pattern === '') return value === ''
  if (pattern.startsWith('*')) {
    const isAny = pattern.startsWith('**')
    const rest = pattern.slice(isAny ? 2 : 1)
    for (let taken = 1; taken <= value.length; taken++) {
      if (!isAny && value[taken - 1] === '/') return false
      if (reference(rest, value.slice(taken), known)) return true
    }
    return false
  }
  return value !== '' && value[0] === pattern[0] && reference(pattern.slice(1), value.slice(1), known)
}

const fold = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

const patternText = fc
  .array(fc.constantFrom('a', 'b', 'A', '/', '*', '**', '-'), { minLength: 1, maxLength: 10 })
  .map((parts) => parts.join(''))
const value = fc.array(fc.constantFrom('a', 'b', 'A', '/', '-'), { maxLength: 12 }).map((parts) => parts.join(''))

test('matching agrees with the definition', () => {
  fc.assert(
    fc.property(patternText, value, fc.boolean(), (pattern, text, foldCase) => {
      const expected = foldCase ? reference(fold(pattern), fold(text)) : reference(pattern, text)
      expect(matches(compilePattern(pattern, { foldCase }), text)).toBe(expected)
    }),
    { numRuns: 3_000 },
  )
})

test('a pattern longer than a machine word agrees with the definition', () => {
  const padding = fc.constantFrom('', 'x'.repeat(31), 'x'.repeat(63), 'x'.repeat(64))
  fc.assert(
    fc.property(padding, patternText, value, padding, (before, pattern, text, after) => {
      const whole = `${before}${pattern}${after}`
      const candidate = `${before}${text}${after}`
      expect(matches(compilePattern(whole, { foldCase: false }), candidate)).toBe(reference(whole, candidate))
    }),
    { numRuns: 1_000 },
  )
})

test('a pattern never matches past its literal ends', () => {
  const word = fc.stringMatching(/^[a-z/]{1,8}$/)
  fc.assert(
    fc.property(word, word, fc.string({ maxLength: 20 }), (start, end, text) => {
      if (!matches(compilePattern(`${start}**${end}`, { foldCase: false }), text)) return
      expect(text.startsWith(start) && text.endsWith(end) && text.length > start.length + end.length).toBe(true)
    }),
  )
})
