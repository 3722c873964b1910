import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, isJsonObject } from '../../shared/json.ts'

describe('canonical JSON (RFC 8785)', () => {
  it('writes the example of section 3.2.2 as the section does', () => {
    const input = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    )
    expect(canonicalJson(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts members by UTF-16 code units, as the example of section 3.2.3', () => {
    const input = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    }
    const names = [...canonicalJson(input).matchAll(/"((?:[^"\\]|\\.)*)":/g)].map(([, name]) => JSON.parse(`"${name}"`))
    expect(names).toEqual(['\r', '1', '\u0080', 'ö', '€', '😀', '\ufb33'])
  })

  it('writes half a surrogate pair as an escape, so that a UTF-8 store keeps it', () => {
    expect(canonicalJson('\ud800')).toBe('"\\ud800"')
  })

  it('leaves undefined members out and sorts numeric names as text', () => {
    expect(canonicalJson({ 10: 1, 9: 2, a: undefined, '-0': -0 })).toBe('{"-0":0,"10":1,"9":2}')
  })

  it('keeps a member called __proto__', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"a":1},"a":2}'))).toBe('{"__proto__":{"a":1},"a":2}')
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1, Symbol('x')])('has no %s', (value) => {
    expect(() => canonicalJson({ a: [value] })).toThrow(TypeError)
  })

  it('is read back as the value it was written from, and does not depend on the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value))
        const text = canonicalJson(plain)
        expect(JSON.parse(text)).toEqual(plain)
        expect(canonicalJson(reversed(plain))).toBe(text)
      }),
    )
  })

  function reversed(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(reversed)
    if (!isJsonObject(value)) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, member]) => [name, reversed(member)]),
    )
  }
})

it.each([null, [], 'x', 1, undefined])('%j is no JSON object', (value) => {
  expect(isJsonObject(value)).toBe(false)
})
