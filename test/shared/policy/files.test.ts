import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { checkDocument } from '../../../shared/policy/check-document.ts'
import { compilePolicy, openCompiled, policyDigest } from '../../../shared/policy/compile.ts'
import { readPolicyFiles } from '../../../shared/policy/read-files.ts'
import { documentOf, findingsOf, POLICY_YAML, sha256Hex, spoilt } from './policies.ts'

/** The sections of the policy, a file each. */
function split(): Record<string, string> {
  const parts = POLICY_YAML.split(/^(?=[a-z]+:)/m)
  return Object.fromEntries(parts.map((part, index) => [`${index}/${part.slice(0, part.indexOf(':'))}.yaml`, part]))
}

const said = (files: string | Readonly<Record<string, string>>): readonly string[] =>
  findingsOf(files).map(({ file, line, column, id, message }) => `${file}:${line}:${column} ${id} ${message}`)

describe('the files of a policy', () => {
  test('merge into one', () => {
    expect(said(split())).toEqual([])
  })

  test('may not define a name twice: both places are named', () => {
    const files = { ...split(), 'a/more.yml': 'workloads:\n  docs-site: { issuer: github, is: { repository: acme/x }, owner: t }\n' }
    expect(said(files)).toEqual(['a/more.yml:2:3 duplicate-name "docs-site" is defined already, at 2/workloads.yaml:2:3'])
  })

  test('may not set a setting twice', () => {
    const files = { ...split(), 'a.yaml': 'settings: { explain: none }', 'b.yaml': 'settings: { explain: rules, max_ttl: 1h }' }
    expect(said(files)).toEqual(['b.yaml:1:13 duplicate-name "explain" is defined already, at a.yaml:1:13'])
  })

  test('state the version of the language once', () => {
    expect(said({ ...split(), 'z.yaml': 'jobpass: 1\n' })).toEqual([
      'z.yaml:1:1 duplicate-name "jobpass" is defined already, at 0/jobpass.yaml:1:1',
    ])
    const { '0/jobpass.yaml': _version, ...rest } = split()
    expect(said(rest)).toEqual(['1/issuers.yaml:1:1 missing-key jobpass is missing: expected "jobpass: 1" in one file'])
  })

  test('may each hold scenarios, which are told apart', () => {
    const bad = 'scenarios:\n  - { name: x, ask: none-such, as: { workload: docs-site }, expect: allow }\n'
    expect(said({ ...split(), 'y.yaml': bad, 'z.yaml': bad }).map((line) => line.split(' ')[0])).toEqual(['y.yaml:2:21', 'z.yaml:2:21'])
  })

  test.each([
    ['', 'x.yaml:1:1 empty'],
    ['# nothing here\n', 'x.yaml:1:1 empty'],
    ['- a\n', 'x.yaml:1:1 wrong-type'],
    ['hello', 'x.yaml:1:1 wrong-type'],
  ])('must be mappings: %j is none', (text, expected) => {
    expect(said({ ...split(), 'x.yaml': text })[0]).toContain(expected)
  })

  test('that cannot be read cause no errors elsewhere about what they may hold', () => {
    const files = { ...split(), '2/workloads.yaml': 'workloads: [' }
    expect(said(files).map((line) => line.split(' ')[1])).toEqual(['yaml-syntax'])
    expect(said({ ...split(), '2/workloads.yaml': 'workloads: []\n' }).map((line) => line.split(' ')[1])).toEqual(['wrong-type'])
  })

  test('with errors of both sorts have them all told', () => {
    const files = { ...split(), 'a.yaml': 'workloads:\n  x: !t { issuer: github, is: {}, owner: t }\n', 'b.yaml': 'grnts: {}\n' }
    expect(said(files).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'a.yaml:2:9 yaml-tag',
      'a.yaml:2:31 empty',
      'b.yaml:1:1 unknown-key',
    ])
  })
})

describe('the compiled policy', () => {
  const compiled = compilePolicy(documentOf())

  test('is the same however the files are split, named and ordered', () => {
    const files = Object.entries(split()).map(([name, text]) => ({ name: name.replace(/^\d/, (digit) => String(9 - Number(digit))), text }))
    const read = readPolicyFiles(files.reverse())
    expect(read.ok && compilePolicy(read.document)).toBe(compiled)
  })

  test('is the same whatever order scenarios come in', () => {
    const more = `${POLICY_YAML}  - name: a\n    ask: call-api\n    as: { workload: docs-site }\n    expect: allow\n`
    const swapped = `${POLICY_YAML.slice(0, POLICY_YAML.indexOf('  - name: main'))}  - name: a\n    ask: call-api\n    as: { workload: docs-site }\n    expect: allow\n${POLICY_YAML.slice(POLICY_YAML.indexOf('  - name: main'))}`
    expect(compilePolicy(documentOf(swapped))).toBe(compilePolicy(documentOf(more)))
  })

  test('has no comments, no formatting and no empty sections', () => {
    const commented = spoilt('grants:\n', '# who may what\ngrants:   # all of them\n')
    expect(compilePolicy(documentOf(commented))).toBe(compiled)
    expect(compilePolicy(documentOf(`${POLICY_YAML}settings: {}\n`))).toBe(compiled)
    expect(compilePolicy(documentOf('jobpass: 1\ngrants: {}\n'))).toBe('{"jobpass":1}')
  })

  test('changes with every record', () => {
    for (const [from, to] of [
      ['ttl: 10m', 'ttl: 9m'],
      ['team-docs', 'team-x'],
      ['main deploys', 'main does'],
      ['last: 2026-10-01', 'last: 2026-10-02'],
    ] as const) {
      expect(compilePolicy(documentOf(spoilt(from, to)))).not.toBe(compiled)
    }
  })

  test('is canonical JSON and holds everything', () => {
    const parsed: unknown = JSON.parse(compiled)
    expect(parsed).toMatchObject({
      jobpass: 1,
      grants: { 'deploy-docs': { ttl: '10m', limits: { per_job: 1 } } },
      scenarios: [{ name: 'main deploys' }],
    })
    expect(compiled.startsWith('{"connections":{"acme-api":{"audience":')).toBe(true)
  })

  test('is a policy again, by the check and without it', () => {
    const checked = checkDocument(JSON.parse(compiled))
    expect(checked.ok && compilePolicy(checked.document)).toBe(compiled)
    expect(compilePolicy(openCompiled(compiled))).toBe(compiled)
  })

  test('has its SHA-256 as name', () => {
    expect(policyDigest(compiled, sha256Hex)).toBe(`sha256:${createHash('sha256').update(compiled, 'utf8').digest('hex')}`)
  })

  test('is never taken from a text that is none', () => {
    for (const text of ['{}', '[]', 'null', '{"jobpass":2}']) expect(() => openCompiled(text)).toThrow(TypeError)
  })
})
