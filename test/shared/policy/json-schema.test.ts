/** The schema editors use, run as they run it: right policies pass, broken ones do not, and it is never stricter than the language. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { isJsonObject } from '../../../shared/json.ts'
import { KIND_NAMES } from '../../../shared/kinds/index.ts'
import { github } from '../../../shared/platforms/github.ts'
import { policyJsonSchema } from '../../../shared/policy/json-schema.ts'
import { TOP_LEVEL_KEYS } from '../../../shared/policy/schema.ts'
import { filesBelow, ROOT, readText } from '../../import-graph.ts'
import { findingsOf, POLICY_YAML, spoilt } from './policies.ts'

const schema = policyJsonSchema()
const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(schema)
const isValid = (yaml: string): boolean => validate(parse(yaml))
const problems = (yaml: string): readonly string[] =>
  isValid(yaml) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)

const EXAMPLES = filesBelow('examples', '.yaml').filter((path) => /polic/.test(path) && !path.includes('/.'))

test('docs/policy.schema.json is what jobpass schema prints', () => {
  expect(readText('docs/policy.schema.json')).toBe(`${JSON.stringify(schema, null, 2)}\n`)
})

describe('the example files', () => {
  test.each(EXAMPLES)('%s passes, and names the schema', (path) => {
    const text = readText(path)
    expect(problems(text)).toEqual([])
    const [, named = ''] = /^# yaml-language-server: \$schema=(\S+)$/m.exec(text) ?? []
    expect(named.startsWith('https://') || existsSync(join(ROOT, dirname(path), named))).toBe(true)
  })

  test('there are some', () => expect(EXAMPLES.length).toBeGreaterThan(3))
})

test('passes the policies of the documents', () => {
  const pages = ['README.md', ...filesBelow('docs', '.md')]
  const shown = pages.flatMap((page) =>
    [...readText(page).matchAll(/^```yaml[ \w]*\n(jobpass: 1[\s\S]*?)^```/gm)].map(([, text = '']) => text),
  )
  expect(shown.length).toBeGreaterThan(2)
  for (const text of [...shown, POLICY_YAML]) expect(problems(text)).toEqual([])
})

test('knows every key, kind and attribute, and explains them', () => {
  expect(Object.keys(isJsonObject(schema.properties) ? schema.properties : {}).sort()).toEqual([...TOP_LEVEL_KEYS].sort())
  const text = JSON.stringify(schema)
  for (const kind of KIND_NAMES) expect(text).toContain(`{"const":"${kind}"}`)
  for (const name of github.attributeNames) expect(text).toContain(JSON.stringify(github.attribute(name)?.about))
})

/** What the schema refuses; the language refuses it too. */
const BROKEN: readonly (readonly [string, string])[] = [
  ['jobpass: 1', 'jobpass: 2'],
  ['jobpass: 1', 'jobpass: 1\ngrnts: {}'],
  ['jobpass: 1', 'jobpass: 1\nsettings: { max_tl: 1h }'],
  ['jobpass: 1', 'jobpass: 1\nsettings: { explain: all }'],
  ['platform: github', 'platform: githb'],
  ['id: "65000001"', 'id: 65000001'],
  ['    owners:\n      - { name: acme, id: "65000001" }\n', ''],
  ['is: { repository: acme/docs', 'is: { event_name: push, repository: acme/docs'],
  ['is: { repository: acme/docs', 'is: { repo: acme/docs'],
  ['is: { repository: acme/docs, repository_id: "1217768983" }', 'is: {}'],
  ['repository_id: "1217768983"', 'repository_id: "12*"'],
  ['    owner: team-docs\nconn', 'conn'],
  ['kind: jwt', 'kind: jtw'],
  ['kind: jwt', 'kind: ssh-cert'],
  ['audience: https', 'audiense: https'],
  ['app_id: "12345"', 'app_id: 12345'],
  ['UPSTREAM_GITHUB_APP_KEY', 'SEALING_KEY'],
  ['every: 90d', 'every: often'],
  ['review: 2027-05-01', 'review: next year'],
  ['contents: write', 'content: write'],
  ['contents: write', 'contents: wirte'],
  ['scope: { scopes: [pages.write] }', 'scope: { scope: [pages.write] }'],
  ['ttl: 10m', 'ttl: 10'],
  ['ttl: 10m', 'tll: 10m'],
  ['per_job: 1', 'per_job: 0'],
  ['        ref: refs/heads/main\n  deploy', '  deploy'],
  ['ref: refs/heads/main', 'ref: main'],
  ['ref: refs/heads/main', 'branch: main'],
  ['ref: refs/heads/main', 'ref: []'],
  ['ref: refs/heads/main', 'actor: "a*"'],
  ['ref: refs/heads/main', 'sub: x'],
  ['[pull_request, pull_request_target]', '[pull_reqest]'],
  ['grants: { connection: [acme-github] }', 'grants: everything'],
  ['forbid: { event_name: [pull_request, pull_request_target] }', 'forbid: {}'],
  ['expect: allow', 'expect: alow'],
  ['as: { workload: docs-site, ref: refs/heads/main, environment: production }', 'as: { ref: refs/heads/main }'],
  ['environment: production }', 'environment: [production] }'],
]

test.each(BROKEN)('refuses %j → %j, as the language does', (from, to) => {
  expect(isValid(spoilt(from, to))).toBe(false)
  expect(findingsOf(spoilt(from, to))).not.toEqual([])
})

/** What the language accepts; the schema does too. */
const RIGHT: readonly (readonly [string, string])[] = [
  ['ref: refs/heads/main', 'ref: ["refs/heads/*", "**/main"]'],
  ['ref: refs/heads/main', 'ref_protected: true'],
  ['ref: refs/heads/main', 'ref_protected: ["true", false]'],
  ['ref: refs/heads/main', 'repo_property_team: docs'],
  ['grants: { connection: [acme-github] }', 'grants: all'],
  ['grants: { connection: [acme-github] }', 'grants: { kind: jwt, name: [call-api] }'],
  ['expect: allow', 'expect: refuse'],
  ['environment: production }', 'environment: "" }'],
  [
    'url: https://token.actions.githubusercontent.com',
    'url: https://token.actions.githubusercontent.com\n    jwks: { keys: [{ kty: RSA, n: x, e: AQAB }] }',
  ],
  ['repositories: [docs]', 'repositories: all'],
  ['audience: https://api.acme.example', 'audience: https://api.acme.example\n    resource_servers: [docs-site]'],
]

test.each(RIGHT)('accepts %j → %j, as the language does', (from, to) => {
  expect(problems(spoilt(from, to))).toEqual([])
  if (!to.includes('refuse') && !to.includes('environment')) expect(findingsOf(spoilt(from, to))).toEqual([])
})
