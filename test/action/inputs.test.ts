import { describe, expect, it } from 'vitest'
import { readInputs, readOrigin } from '../../action/inputs.ts'

const read = (given: Readonly<Record<string, string>>) => {
  const all: Readonly<Record<string, string>> = { broker: 'https://jobpass.example.com', grant: 'deploy-docs', ...given }
  return readInputs((name) => all[name] ?? '')
}

/** The names of the inputs that were found unusable. */
const unusable = (given: Readonly<Record<string, string>>): readonly string[] => {
  const inputs = read(given)
  return inputs.ok || inputs.error.code !== 'inputs_unusable' ? [] : inputs.error.problems.map(({ input }) => input)
}

describe('readInputs', () => {
  it('gives every absent input its default', () => {
    expect(read({})).toEqual({
      ok: true,
      value: {
        broker: 'https://jobpass.example.com',
        grant: 'deploy-docs',
        audience: 'https://jobpass.example.com',
        env: false,
        revoke: true,
      },
    })
  })

  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('reads the boolean %s', (text, value) => {
    expect(read({ env: text, revoke: text })).toMatchObject({ ok: true, value: { env: value, revoke: value } })
  })

  it.each(['yes', 'no', '1', '0', 'tRUE', 'null'])('takes %s for no boolean', (text) => {
    expect(unusable({ env: text, revoke: text })).toEqual(['env', 'revoke'])
  })

  it.each([
    ['90s', 90],
    ['10m', 600],
    ['1h', 3600],
    ['2d', 172_800],
  ])('reads the ttl %s', (text, seconds) => {
    expect(read({ ttl: text })).toMatchObject({ ok: true, value: { ttl: seconds } })
  })

  it.each(['0s', '10', '-5m', '1.5h', '10 m', '1h30m', '10M', '9999999999s'])('takes %s for no ttl', (text) => {
    expect(unusable({ ttl: text })).toEqual(['ttl'])
  })

  it.each([
    ['permissions: {contents: read}', { permissions: { contents: 'read' } }],
    ['{"scopes":["a","b"]}', { scopes: ['a', 'b'] }],
    ['principals:\n  - deploy\n', { principals: ['deploy'] }],
    ['level: no\nid: 0123', { level: 'no', id: 123 }],
  ])('reads the scope %j', (text, scope) => {
    expect(read({ scope: text })).toMatchObject({ ok: true, value: { scope } })
  })

  it.each([
    ['a list', '[a, b]'],
    ['a word', 'contents'],
    ['an empty mapping', '{}'],
    ['nothing but a comment', '# none'],
    ['a duplicate key', 'a: 1\na: 2'],
    ['a tag', 'a: !!js/function x'],
    ['an unknown tag', 'a: !secret x'],
    ['an alias', 'a: &x [1]\nb: *x'],
    ['two documents', 'a: 1\n---\nb: 2'],
    ['broken YAML', 'a: [1'],
    ['a key that is no string', '? [a]\n: b'],
    ['a tab', 'a:\n\t- b'],
    ['a hundred kilobytes', `a: ${'x'.repeat(100_000)}`],
    ['deep nesting', `a: ${'['.repeat(15_000)}${']'.repeat(15_000)}`],
  ])('takes %s for no scope', (_, text) => {
    expect(unusable({ scope: text })).toEqual(['scope'])
  })

  it.each(['x'.repeat(257), 'two\nlines', 'a\u0000b', 'a\tb'])('takes %j for no reason', (text) => {
    expect(unusable({ reason: text })).toEqual(['reason'])
  })

  it('survives an alias bomb', () => {
    const levels = Array.from({ length: 20 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}, *a${index}]`)
    expect(unusable({ scope: ['a0: &a0 x', ...levels].join('\n') })).toEqual(['scope'])
  })

  it('shows at most the beginning of what was given', () => {
    const inputs = read({ grant: 'X'.repeat(5000) })
    expect(inputs.ok || inputs.error.code !== 'inputs_unusable' ? 0 : inputs.error.problems[0]?.seen.length).toBe(81)
  })

  it('names every problem at once', () => {
    expect(
      unusable({ broker: 'x', grant: '-', scope: '1', ttl: 'x', audience: 'a b', env: 'x', revoke: 'x', reason: 'x'.repeat(257) }),
    ).toEqual(['broker', 'grant', 'scope', 'ttl', 'audience', 'env', 'revoke', 'reason'])
  })
})

describe('readOrigin', () => {
  it.each([
    ['https://jobpass.example.com', 'https://jobpass.example.com'],
    ['https://jobpass.example.com/', 'https://jobpass.example.com'],
    ['https://JOBPASS.example.com:443/', 'https://jobpass.example.com'],
    ['https://jobpass.example.com:8443', 'https://jobpass.example.com:8443'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['http://127.8.9.1', 'http://127.8.9.1'],
    ['http://localhost:8787/', 'http://localhost:8787'],
    ['http://[::1]:8787', 'http://[::1]:8787'],
  ])('takes %s', (text, origin) => {
    expect(readOrigin(text)).toBe(origin)
  })

  it.each([
    'jobpass.example.com',
    'http://jobpass.example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://128.0.0.1',
    'http://0.0.0.0:8787',
    'https://user@jobpass.example.com',
    'https://user:secret@jobpass.example.com',
    'https://@jobpass.example.com',
    'https://good.example@evil.example',
    'https://jobpass.example.com/path',
    'https://jobpass.example.com/..',
    'https://jobpass.example.com?x=1',
    'https://jobpass.example.com/?',
    'https://jobpass.example.com#',
    'https:\\\\jobpass.example.com',
    'https://jobpass.example.com\\@evil.example',
    'https://job pass.example.com',
    'https://jobpass\n.example.com',
    'ftp://jobpass.example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '//jobpass.example.com',
    '',
  ])('refuses %j', (text) => {
    expect(readOrigin(text)).toBeUndefined()
  })
})
