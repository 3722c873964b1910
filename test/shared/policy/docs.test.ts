import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { github } from '../../../shared/platforms/github.ts'
import { LINTS } from '../../../shared/policy/lint.ts'
import { loadPolicy } from '../../../shared/policy/load.ts'
import { ERROR_IDS, type ErrorId } from '../../../shared/policy/problem.ts'
import { readPolicyFiles } from '../../../shared/policy/read-files.ts'
import { failedScenarios } from '../../../shared/policy/scenario.ts'
import { linesOf, spoilt } from './policies.ts'

const page = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8')

describe('docs/policy.md', () => {
  test('shows a policy that is one, and passes its own scenarios', () => {
    const [, text = ''] = /```yaml policy\n([\s\S]*?)```/.exec(page) ?? []
    const read = readPolicyFiles([{ name: 'policy.yaml', text }])
    expect(read.ok ? [] : read.findings).toEqual([])
    if (!read.ok) return
    expect(read.document.scenarios).toHaveLength(2)
    expect(failedScenarios(read.document, loadPolicy(read.document, 'sha256:0'))).toEqual([])
  })

  test('names every error, attribute and lint', () => {
    for (const name of [...ERROR_IDS, ...github.attributeNames]) expect(page).toContain(`\`${name}\``)
    for (const { id, severity, why } of LINTS) expect(page).toContain(`| [\`${id}\`](lints/${id}.md) | ${severity} | ${why} |\n`)
  })
})

const REF = 'ref: refs/heads/main'

/** One policy for each error of the language; but no kind there is has a shortest lifetime above the shortest `ttl` that can be written. */
const EXAMPLES: Readonly<Record<Exclude<ErrorId, 'ttl-out-of-range'>, string>> = {
  'yaml-syntax': 'jobpass: [',
  'yaml-tag': spoilt('jobpass: 1', 'jobpass: !x 1'),
  'yaml-alias': spoilt(REF, 'ref: *main'),
  'yaml-depth': spoilt(REF, `ref: ${'['.repeat(40)}${']'.repeat(40)}`),
  'duplicate-key': spoilt('ttl: 10m', 'ttl: 10m\n    ttl: 5m'),
  'duplicate-name': spoilt(
    'workloads:',
    '  other: { platform: github, url: https://token.actions.githubusercontent.com, owners: [{ name: a, id: "1" }] }\nworkloads:',
  ),
  'unknown-key': spoilt('ttl: 10m', 'ttl: 10m\n    tll: 5m'),
  'missing-key': spoilt('    ttl: 10m\n', ''),
  'wrong-type': spoilt('purpose: Call the API', 'purpose: [a]'),
  'wrong-value': spoilt('ttl: 10m', 'ttl: soon'),
  empty: spoilt('scope: { scopes: [pages.write] }', 'scope: {}'),
  'invalid-name': spoilt('  call-api:', '  Call_API:'),
  'undefined-name': spoilt('connection: acme-api\n', 'connection: acme-aws\n'),
  'unknown-attribute': spoilt(REF, 'branch: main'),
  'forbidden-attribute': spoilt(REF, 'sub: x'),
  'invalid-pattern': spoilt(REF, 'ref: main'),
  'matches-everything': spoilt(REF, 'ref: "**"'),
  'wildcard-not-allowed': spoilt(REF, 'actor: "a*"'),
  'unconditional-rule': spoilt(REF, 'event_name: push'),
  'invalid-url': spoilt('https://token', 'http://token'),
  'invalid-connection': spoilt('UPSTREAM_GITHUB_APP_KEY', 'SEALING_KEY'),
  'invalid-scope': spoilt('repositories: [docs]', 'repositories: [docs/*]'),
}

test.each(Object.entries(EXAMPLES))('the error %s is told in its place', (id, text) => {
  expect(linesOf(text).map((line) => line.split(' ')[1])).toContain(id)
})
