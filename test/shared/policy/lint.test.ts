import { describe, expect, test } from 'vitest'
import { LINTS, lintDocument, withoutIgnored } from '../../../shared/policy/lint.ts'
import { readPolicyFiles } from '../../../shared/policy/read-files.ts'
import { GITHUB, spoilt } from './policies.ts'

function lint(text: string): readonly string[] {
  const files = [{ name: 'p.yaml', text }]
  const read = readPolicyFiles(files)
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  const findings = withoutIgnored(lintDocument(read.document).map(read.place), files)
  return findings.map(({ line, column, severity, id, message }) => `${line}:${column} ${severity} ${id} ${message}`)
}

const loopback = (comment: string): string => spoilt(`url: ${GITHUB}`, `url: http://127.0.0.1:8788${comment}`)

test('every lint has an id of its own, a why and a fix', () => {
  expect(new Set(LINTS.map(({ id }) => id)).size).toBe(LINTS.length)
  for (const { id, why, fix } of LINTS) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect([why, fix].every((text) => text.endsWith('.'))).toBe(true)
  }
})

test('a loopback issuer is a warning', () => {
  expect(lint(loopback(''))).toEqual([expect.stringContaining('5:10 warning loopback-issuer the issuer github is a loopback http URL')])
  expect(lint(spoilt('kind: jwt', 'kind: jwt'))).toEqual([])
})

describe('a comment that ignores', () => {
  test('silences the finding of its line', () => {
    expect(lint(loopback(' # jobpass-ignore: loopback-issuer only dev reads this'))).toEqual([])
  })

  test('needs a reason', () => {
    expect(lint(loopback(' # jobpass-ignore: loopback-issuer'))).toEqual([
      expect.stringContaining('5:10 warning loopback-issuer'),
      expect.stringContaining('5:32 error ignore expected a reason'),
    ])
  })

  test('names a lint, never an error or a scenario', () => {
    for (const id of ['loopback', 'scenario-failed', 'unknown-key', '']) {
      expect(lint(spoilt('kind: jwt', `kind: jwt # jobpass-ignore: ${id} because`))).toEqual([
        expect.stringContaining('15:15 warning ignore expected the id of a lint'),
      ])
    }
  })

  test('that silences nothing is said to', () => {
    expect(lint(spoilt('kind: jwt', 'kind: jwt # jobpass-ignore: loopback-issuer because'))).toEqual([
      expect.stringContaining('15:15 info ignore nothing on this line'),
    ])
  })

  test('on another line silences nothing', () => {
    expect(
      lint(spoilt(`    url: ${GITHUB}`, '    # jobpass-ignore: loopback-issuer because\n    url: http://127.0.0.1:8788')),
    ).toHaveLength(2)
  })
})
