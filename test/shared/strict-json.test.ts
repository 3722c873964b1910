import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStrictJson } from '../../shared/strict-json.ts'

describe('JSON from strangers', () => {
  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"a":{"b":1,"b":1}}',
    '[{"a":1},{"a":1,"a":1}]',
    '{"__proto__":1,"__proto__":2}',
    '{"":1,"":2}',
    '{"a" : 1 ,\n"a"\t:2}',
    '{"a\\\\":1,"a\\\\":2}',
    '{"x":"\\"a\\":","a":1,"a":2}',
  ])('is refused when a member is named twice: %s', (text) => {
    expect(parseStrictJson(text)).toEqual({ ok: false, error: 'duplicate_member' })
  })

  it.each([
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a:a:a","b":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a\\\\":1,"a":2}',
    '{"a":"\\\\"}',
    '{"A":1,"a":2}',
    '":"',
    '1',
    'null',
  ])('is taken when only values and other objects repeat a name: %s', (text) => {
    expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  it.each(['', ' ', 'hello', '{', '{a:1}', "{'a':1}", '[1,]', '\ufeff{}', '/**/{}', 'NaN', '{"a":1}{"b":2}', '01', '"\t"'])(
    'is refused when it is not JSON: %j',
    (text) => {
      expect(parseStrictJson(text)).toEqual({ ok: false, error: 'not_json' })
    },
  )

  it('is refused beyond 32 levels, and taken up to them', () => {
    expect(parseStrictJson(`${'['.repeat(32)}${']'.repeat(32)}`).ok).toBe(true)
    expect(parseStrictJson(`${'['.repeat(33)}${']'.repeat(33)}`)).toEqual({ ok: false, error: 'too_deep' })
    expect(parseStrictJson(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)).toEqual({ ok: false, error: 'too_deep' })
    expect(parseStrictJson(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`).ok).toBe(false)
  })

  it.each([
    ['one string of 20 million characters', `{"a":"${'x'.repeat(20_000_000)}"}`],
    ['a million escaped quotes', `{"a":"${'\\"'.repeat(1_000_000)}"}`],
    ['a million backslashes', `{"a":"${'\\\\'.repeat(1_000_000)}"}`],
    ['a million colons in a string', `{"a":"${':'.repeat(1_000_000)}"}`],
  ])('is read in time that grows with its length: %s', (_name, text) => {
    const started = performance.now()
    expect(parseStrictJson(text).ok).toBe(true)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('reads whatever JSON.stringify writes as JSON.parse does, and nothing more', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        const read = parseStrictJson(text)
        expect(read.ok || read.error === 'too_deep').toBe(true)
        if (read.ok) expect(read.value).toEqual(JSON.parse(text))
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        let parsed: unknown
        try {
          parsed = JSON.parse(text)
        } catch {
          expect(parseStrictJson(text).ok).toBe(false)
          return
        }
        const read = parseStrictJson(text)
        if (read.ok) expect(read.value).toEqual(parsed)
      }),
    )
  })

  it('finds a member named twice wherever it is put', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string(), fc.jsonValue({ maxDepth: 2 }), (value, name, other) => {
        const member = `${JSON.stringify(name)}:${JSON.stringify(other)}`
        expect(parseStrictJson(`[${JSON.stringify(value)},{${member},${member}}]`).ok).toBe(false)
      }),
    )
  })
})
