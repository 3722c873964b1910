import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable, tableCell } from '../../action/printable.ts'
import { maskedForms } from '../../action/runner.ts'

describe('printable', () => {
  it('is one short line without control, direction or command marks, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 2000 }),
        fc.constantFrom('', '::', '##[', '\n::error::', '\u202e', '\u2028'),
        (text, mark) => {
          const shown = printable(`${text}${mark}${text}`)
          expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|::|##\[/u)
          expect([...shown].length).toBeLessThanOrEqual(301)
        },
      ),
    )
  })

  it.each(['refs/heads/main', 'acme/docs', 'Zürich – 東京 🚀', 'https://x.example:8443/a?b=c'])('leaves %s as it is', (text) => {
    expect(printable(text)).toBe(text)
  })
})

describe('tableCell', () => {
  it('holds no character that Markdown, HTML or a linkifier could read as markup', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const [, inner = '!'] = /^<code>(.*)<\/code>$/s.exec(tableCell(text)) ?? []
        expect(inner.replace(/&#\d+;/g, '')).not.toMatch(/[|`*<>[\]()!#@~\\$&"'\n]|:\/\/|www\./i)
      }),
    )
  })

  it.each([
    ['deploy-docs/0', '<code>deploy-docs/0</code>'],
    ['pull_requests _x_', '<code>pull_requests &#95;x&#95;</code>'],
    ['a|b', '<code>a&#124;b</code>'],
    ['http://x', '<code>http:&#47;&#47;x</code>'],
  ])('shows %s', (text, cell) => {
    expect(tableCell(text)).toBe(cell)
  })
})

describe('maskedForms', () => {
  it('of one line is the line itself', () => {
    expect(maskedForms('ghs_abc')).toEqual(['ghs_abc'])
  })

  it('of several lines is each telling line and the form inside JSON, never a boundary or a brace', () => {
    expect(maskedForms('-----BEGIN KEY-----\r\n  abcdefgh\r\n{\r\n}\r\nijkl\r\n-----END KEY-----\r\n')).toEqual([
      'abcdefgh',
      'ijkl',
      '-----BEGIN KEY-----\\r\\n  abcdefgh\\r\\n{\\r\\n}\\r\\nijkl\\r\\n-----END KEY-----\\r\\n',
    ])
  })

  it.each(['', ' ', '\n\n'])('of nothing (%j) is nothing', (text) => {
    expect(maskedForms(text)).toEqual([])
  })
})
