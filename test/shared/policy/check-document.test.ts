import { describe, expect, test } from 'vitest'
import { checkDocument, MAX_DOCUMENT_DEPTH } from '../../../shared/policy/check-document.ts'
import { findingsOf, GITHUB, linesOf, POLICY_YAML, spoilt } from './policies.ts'

const RULE = '- workload: docs-site\n        ref: refs/heads/main\n  deploy'
const REF = 'ref: refs/heads/main'
const IS = 'is: { repository: acme/docs, repository_id: "1217768983" }'
const FORBID = 'forbid: { event_name: [pull_request, pull_request_target] }'
const OWNERS = '    owners:\n      - { name: acme, id: "65000001" }\n'
const SCOPE = 'scope: { scopes: [pages.write] }'

test('the policy the errors are made from has none', () => {
  expect(findingsOf(POLICY_YAML)).toEqual([])
})

/** What is spoilt, how, and the findings: place, id and a part of the message. */
const TABLE: readonly (readonly [string, string, readonly string[]])[] = [
  // the top of the document
  ['jobpass: 1\n', '', ['1:1 missing-key jobpass is missing']],
  ['jobpass: 1', 'jobpass: 2', ['1:10 wrong-value expected the language version 1, found 2']],
  ['jobpass: 1', 'jobpass: "1"', ['1:10 wrong-value']],
  ['jobpass: 1', 'jobpass: 1\ngrnats: {}', ['2:1 unknown-key unknown key "grnats" (did you mean "grants"?)']],
  ['jobpass: 1', 'jobpass: 1\nsettings: { max_tl: 1h }', ['2:13 unknown-key unknown key "max_tl" (did you mean "max_ttl"?)']],
  ['jobpass: 1', 'jobpass: 1\nsettings: { explain: all }', ['2:22 wrong-value expected one of none, attributes, rules']],
  ['jobpass: 1', 'jobpass: 1\nsettings: { token_max_age: 0s }', ['2:28 wrong-value expected a duration']],
  ['jobpass: 1', 'jobpass: 1\nsettings:', ['2:1 empty']],
  // issuers
  ['platform: github', 'platform: githb', ['4:15 wrong-value expected one of github, gitlab']],
  [OWNERS, '', ['3:3 missing-key owners is missing']],
  [OWNERS, '    owners: []\n', ['6:13 empty expected at least one owner']],
  ['id: "65000001"', 'id: 65000001', ['7:27 wrong-type expected a decimal id in quotes']],
  ['id: "65000001"', 'id: "065000001"', ['7:27 wrong-value expected a decimal id']],
  ['{ name: acme, id: "65000001" }', '{ name: acme }', ['7:9 missing-key id is missing']],
  ['{ name: acme, id: "65000001" }', '{ id: "65000001" }', ['7:9 missing-key name is missing']],
  ['name: acme,', 'name: "ac*",', ['7:17 wrong-value expected the name of an owner']],
  [OWNERS, `${OWNERS}    jwks: { keys: [{ kty: RSA, d: x }] }\n`, ['8:35 wrong-value expected a public key']],
  [OWNERS, `${OWNERS}    jwks: { keys: [] }\n`, ['8:19 empty expected at least one key']],
  [
    OWNERS,
    `${OWNERS}  again:\n    platform: github\n    url: ${GITHUB}\n    owners: [{ name: a, id: "1" }]\n`,
    ['10:10 duplicate-name the issuer "github" has this url already'],
  ],
  // tripwires
  ['jobpass: 1', 'jobpass: 1\ntripwires: { canaries: [deploy-docs] }', ['2:25 duplicate-name "deploy-docs" is a grant']],
  ['jobpass: 1', 'jobpass: 1\ntripwires: { canaries: [root-key, root-key] }', ['2:35 duplicate-name "root-key" is listed already']],
  ['jobpass: 1', 'jobpass: 1\ntripwires: { canaries: [] }', ['2:24 empty expected at least one name']],
  ['jobpass: 1', 'jobpass: 1\ntripwires: { canaries: ["Root Key"] }', ['2:25 wrong-value expected a name like that of a grant']],
  ['jobpass: 1', 'jobpass: 1\ntripwires: { canary: [x] }', ['2:14 unknown-key unknown key "canary"; expected one of canaries']],
  ['jobpass: 1', 'jobpass: 1\ntripwires: { freeze: true }', ['2:22 wrong-value expected canaries or refusals_per_minute beside it']],
  ['jobpass: 1', 'jobpass: 1\ntripwires: { refusals_per_minute: 0 }', ['2:35 wrong-value expected at least 1']],
  ['jobpass: 1', 'jobpass: 1\ntripwires:', ['2:1 empty']],
  ['limits: { per_job: 1, per_hour: 60 }', 'limits: { per_hour_total: 0 }', ['46:31 wrong-value expected at least 1']],
  [
    '    owner: team-docs\nconn',
    '    owner: team-docs\n    limits: { per_hour_total: 1 }\nconn',
    ['13:15 unknown-key unknown key "per_hour_total"'],
  ],
  // workloads
  [`    ${IS}\n`, '', ['9:3 missing-key is is missing']],
  [IS, 'is: {}', ['11:9 empty']],
  [IS, 'is: { event_name: push }', ['11:11 forbidden-attribute event_name is never a condition here: it is no identity']],
  [IS, 'is: { sub: "repo:acme/docs:ref:refs/heads/main" }', ['11:11 forbidden-attribute sub is never a condition here']],
  [IS, 'is: { repository: "acme*/docs" }', ['11:23 wildcard-not-allowed repository: expected the owner written out']],
  [IS, 'is: { repository: "**" }', ['11:23 matches-everything']],
  [
    'repository_id: "1217768983"',
    'repository_id: 1217768983',
    ['11:49 wrong-type repository_id: expected text or a list of texts, found 1217768983: put ids'],
  ],
  ['repository_id: "1217768983"', 'repository_id: "12*"', ['11:49 wildcard-not-allowed']],
  ['repository_id: "1217768983"', 'repository_id: "-1"', ['11:49 wrong-value']],
  ['issuer: github\n', 'issuer: gihub\n', ['10:13 undefined-name no issuer "gihub" is defined (did you mean "github"?)']],
  ['    owner: team-docs\nconn', 'conn', ['9:3 missing-key owner is missing']],
  [
    '    owner: team-docs\nconn',
    '    owner: team-docs\n    suspended: yes\nconn',
    ['13:16 wrong-type expected true or false, found "yes"'],
  ],
  // connections
  ['kind: jwt', 'kind: jtw', ['15:11 undefined-name unknown kind "jtw" (did you mean "jwt"?)']],
  ['    kind: jwt\n', '', ['14:3 missing-key kind is missing']],
  [
    'audience: https://api.acme.example',
    'audiense: x',
    ['14:3 missing-key audience is missing', '17:5 unknown-key unknown key "audiense" (did you mean "audience"?)'],
  ],
  ['audience: https://api.acme.example', 'audience: x\n    resource_servers: [docs-sit]', ['18:24 undefined-name no workload "docs-sit"']],
  [
    'secret: UPSTREAM_GITHUB_APP_KEY',
    'secret: SEALING_KEY',
    ['23:28 invalid-connection expected the name of a binding that begins with UPSTREAM_'],
  ],
  ['secret: UPSTREAM_GITHUB_APP_KEY', 'secret: "UPSTREAM_*"', ['23:28 invalid-connection']],
  ['app_id: "12345"', 'app_id: 12345', ['21:13 wrong-type']],
  ['every: 90d', 'every: often', ['24:24 wrong-value expected a duration']],
  ['last: 2026-10-01', 'last: 2026-13-01', ['24:35 wrong-value expected a date']],
  // grants
  ['purpose: Call the API', 'purpose: ""', ['27:14 empty']],
  ['purpose: Call the API', 'purpose: " "', ['27:14 wrong-value expected text that is not blank']],
  ['purpose: Call the API', 'purpose: "a\\u001bb"', ['27:14 wrong-value expected text without control characters']],
  ['    purpose: Call the API\n', '', ['26:3 missing-key purpose is missing']],
  ['review: 2027-05-01', 'review: 2027-02-30', ['38:13 wrong-value expected a date']],
  [
    'connection: acme-api\n',
    'connection: acme-aws\n',
    ['29:17 undefined-name no connection "acme-aws" is defined (did you mean "acme-api"?)'],
  ],
  [SCOPE, 'scope: {}', ['30:12 empty']],
  [SCOPE, 'scope:', ['30:5 empty']],
  [`    ${SCOPE}\n`, '', ['26:3 missing-key scope is missing']],
  [SCOPE, 'scope: { scopes: [a b] }', ['30:23 invalid-scope']],
  [SCOPE, 'scope: { claims: { iss: evil } }', ['30:24 invalid-scope expected a claim name that is not reserved']],
  ['contents: write', 'content: read', ['40:51 unknown-key unknown key "content" (did you mean "contents"?)']],
  ['contents: write', 'contents: wirte', ['40:61 invalid-scope expected one of read, write, found "wirte" (did you mean "write"?)']],
  ['repositories: [docs]', 'repositories: []', ['40:28 empty']],
  ['repositories: [docs]', 'repositories: [docs/*]', ['40:29 invalid-scope']],
  ['ttl: 10m', 'ttl: 10', ['31:10 wrong-type expected a duration']],
  ['ttl: 10m', 'ttl: 0s', ['31:10 wrong-value expected a duration']],
  ['ttl: 10m', 'ttl: -5m', ['31:10 wrong-value expected a duration']],
  ['ttl: 10m', 'tll: 10m', ['26:3 missing-key ttl is missing', '31:5 unknown-key unknown key "tll" (did you mean "ttl"?)']],
  [
    'allow:\n      - workload: docs-site\n        ref: refs/heads/main\n  deploy',
    'allow: []\n  deploy',
    ['32:12 empty expected at least one rule'],
  ],
  [
    RULE,
    '- workload: doc-site\n        ref: refs/heads/main\n  deploy',
    ['33:19 undefined-name no workload "doc-site" is defined (did you mean "docs-site"?)'],
  ],
  [RULE, '- ref: refs/heads/main\n  deploy', ['33:9 missing-key workload is missing']],
  ['per_job: 1', 'per_job: 0', ['46:24 wrong-value expected at least 1']],
  ['per_job: 1', 'per_job: "1"', ['46:24 wrong-type expected a whole number']],
  ['per_job: 1', 'per_day: 1', ['46:15 unknown-key unknown key "per_day"']],
  // rules
  [RULE, '- workload: docs-site\n  deploy', ['33:9 unconditional-rule']],
  [REF, 'event_name: push', ['33:9 unconditional-rule']],
  [REF, 'runner_environment: self-hosted', ['33:9 unconditional-rule']],
  [REF, 'reff: refs/heads/main', ['34:9 unknown-attribute unknown attribute "reff" (did you mean "ref"?)']],
  [REF, 'workflow: ci', ['34:9 forbidden-attribute workflow is never a condition here']],
  [REF, 'jti: x', ['34:9 forbidden-attribute']],
  [REF, 'run_id: "1"', ['34:9 forbidden-attribute']],
  [REF, 'ref: main', ['34:14 invalid-pattern ref: expected refs/… in full (refs/heads/main?)']],
  [REF, 'ref: "*"', ['34:14 matches-everything']],
  [REF, 'ref: [refs/heads/main, "**"]', ['34:32 matches-everything']],
  [REF, 'ref: "***"', ['34:14 matches-everything']],
  [REF, 'ref: ""', ['34:14 empty']],
  [REF, 'ref: []', ['34:14 empty']],
  [REF, 'ref:', ['34:9 empty']],
  [REF, 'ref: ~', ['34:14 empty']],
  [REF, 'ref: "refs/heads/main "', ['34:14 invalid-pattern ref: expected no space around']],
  [REF, 'ref: "refs/heads/main\\u00a0"', ['34:14 invalid-pattern ref: expected no space around']],
  [REF, `ref: refs/${'a'.repeat(508)}`, ['34:14 invalid-pattern ref: expected at most 512 characters, found 513']],
  [REF, 'ref: "refs/heads/a\\tb"', ['34:14 invalid-pattern ref: expected no control characters']],
  [REF, 'ref: { a: 1 }', ['34:14 wrong-type']],
  [REF, 'ref: [refs/heads/main, [x]]', ['34:32 wrong-type']],
  [REF, 'actor: "dep*"', ['34:16 wildcard-not-allowed actor: this attribute is compared exactly']],
  [REF, 'actor_id: 12', ['34:19 wrong-type actor_id: expected text or a list of texts, found 12: put ids and numbers in quotes']],
  [REF, 'ref_protected: yes', ['34:24 wrong-value ref_protected: expected true or false']],
  [REF, 'ref_type: brnch', ['34:19 wrong-value ref_type: unknown value "brnch" (did you mean "branch"?)']],
  [
    `${REF}\n  deploy`,
    `${REF}\n        event_name: pul_request\n  deploy`,
    ['35:21 wrong-value event_name: unknown value "pul_request" (did you mean "pull_request"?)'],
  ],
  [`${REF}\n  deploy`, `${REF}\n        event_name: "*"\n  deploy`, ['35:21 wildcard-not-allowed']],
  // guardrails
  ['    why: A pull request runs code nobody has reviewed\n', '', ['48:3 missing-key why is missing']],
  [FORBID, 'forbid: {}', ['51:13 empty']],
  [FORBID, 'forbid: { environment: "**" }', ['51:28 matches-everything']],
  [FORBID, 'forbid: { sub: x }', ['51:15 forbidden-attribute']],
  ['grants: { connection: [acme-github] }', 'grants: {}', ['50:13 empty']],
  ['grants: { connection: [acme-github] }', 'grants: everything', ['50:13 wrong-value expected the word all']],
  ['connection: [acme-github]', 'connection: []', ['50:27 empty']],
  ['connection: [acme-github]', 'connection: [acme-githb]', ['50:28 undefined-name no connection "acme-githb"']],
  [
    'connection: [acme-github]',
    'name: deploy-doc',
    ['50:21 undefined-name no grant "deploy-doc" is defined (did you mean "deploy-docs"?)'],
  ],
  ['connection: [acme-github]', 'kind: [github-ap]', ['50:22 undefined-name unknown kind "github-ap" (did you mean "github-app"?)']],
  ['connection: [acme-github]', 'conection: [acme-github]', ['50:15 unknown-key unknown key "conection" (did you mean "connection"?)']],
  // scenarios
  ['ask: deploy-docs', 'ask: deploy-doc', ['54:10 undefined-name no grant "deploy-doc"']],
  ['as: { workload: docs-site,', 'as: { workload: docs-sit,', ['55:21 undefined-name no workload "docs-sit"']],
  ['expect: allow', 'expect: alow', ['56:13 wrong-value expected allow, refuse, or']],
  [
    'expect: allow',
    'expect: { refuse: reff }',
    ['56:23 undefined-name no attribute, guardrail or rule is called "reff" (did you mean "ref"?)'],
  ],
  ['expect: allow', 'expect: { refuse: deploy-docs/1 }', ['56:23 undefined-name']],
  ['environment: production }', 'environment: [a] }', ['55:67 wrong-type environment: a token carries one value']],
  ['environment: production }', 'event_name: psh }', ['55:66 wrong-value']],
  ['environment: production }', 'sub: x }', ['55:54 forbidden-attribute']],
  // names
  [
    '  docs-site:\n',
    '  Docs_Site:\n',
    ['9:3 invalid-name "Docs_Site" is no name', '33:19 undefined-name', '43:19 undefined-name', '55:21 undefined-name'],
  ],
  ['  call-api:\n', `  ${'a'.repeat(64)}:\n`, ['26:3 invalid-name']],
  ['  call-api:\n', '  "call\\u0000api":\n', ['26:3 invalid-name']],
]

test.each(TABLE)('%j → %j is an error in its place', (from, to, expected) => {
  const lines = linesOf(spoilt(from, to))
  expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(expected.map((line) => line.split(' ').slice(0, 2).join(' ')))
  for (const [index, wanted] of expected.entries()) expect(lines[index]).toContain(wanted)
})

describe('an issuer’s url', () => {
  const problems = (url: string): readonly string[] => linesOf(spoilt(GITHUB, JSON.stringify(url)))

  test.each([
    'https://token.actions.githubusercontent.com/acme',
    'https://ghes.acme.example/_services/token',
    'https://ci.acme.example:8443/a-b/~c',
    'https://oidc.example/org/0f1e',
  ])('may be %s', (url) => {
    expect(problems(url)).toEqual([])
  })

  test.each([
    'http://token.actions.githubusercontent.com',
    'https://Token.actions.githubusercontent.com',
    'https://tökens.example',
    'https://user@ci.example',
    'https://user:pw@ci.example',
    'https://ci.example?x=1',
    'https://ci.example/#top',
    'https://ci.example/a/../b',
    'https://ci.example/a/./b',
    'https://ci.example/..',
    'https://ci.example//a',
    'https://ci.example/a//b',
    'https://ci.example/a%2fb',
    'https://ci.example/a b',
    'https://ci.example/a\nb',
    'https://ci.example\\evil.example',
    'https://-ci.example',
    'https://ci..example',
    'https://ci.example:0',
    'https://ci.example:',
    `https://ci.example/${'a'.repeat(240)}`,
    'ftp://ci.example',
    'ci.example',
    '',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://10.0.0.1',
  ])('is an error as %j', (url) => {
    expect(problems(url).map((line) => line.split(' ')[1])).toEqual(['invalid-url'])
  })

  test('may be http on loopback alone, which is for a lint to say', () => {
    for (const url of ['http://127.0.0.1:8788', 'http://localhost:1', 'http://[::1]:8788/x']) expect(problems(url)).toEqual([])
  })
})

test('all errors are told at once, in the order of lines', () => {
  const text = POLICY_YAML.replace('kind: jwt', 'kind: jtw')
    .replace('issuer: github\n', 'issuer: gihub\n')
    .replace('per_job: 1', 'per_job: 0')
    .replace('expect: allow', 'expect: alow')
  expect(linesOf(text).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    '10:13 undefined-name',
    '15:11 undefined-name',
    '46:24 wrong-value',
    '56:13 wrong-value',
  ])
})

test.each([
  ['ttl: 10m', 'ttl: 30d'],
  ['purpose: Call the API', 'purpose: |\n      Call the API\n      from main\n'],
  ['limits: { per_job: 1, per_hour: 60 }', 'limits: {}'],
  ['limits: { per_job: 1, per_hour: 60 }', 'limits: { per_hour_total: 60 }'],
  ['    owner: team-docs\nconn', '    owner: team-docs\n    limits: { per_job: 3, per_hour: 60 }\nconn'],
  ['jobpass: 1', 'jobpass: 1\ntripwires: { canaries: [root-key], refusals_per_minute: 30, freeze: true }'],
])('%j → %j is no error', (from, to) => {
  expect(linesOf(spoilt(from, to))).toEqual([])
})

test('booleans may be bare or quoted', () => {
  for (const value of ['true', '"true"', '[true, "false"]']) expect(linesOf(spoilt(REF, `ref_protected: ${value}`))).toEqual([])
})

test('patterns may be a list, wildcards may stand where they mean something', () => {
  for (const value of ['"refs/heads/*"', '["refs/heads/release/**", refs/tags/v1]', '"*/heads/main"', '"**/main"']) {
    expect(linesOf(spoilt(REF, `ref: ${value}`))).toEqual([])
  }
  for (const condition of [
    'environment: "prod-*"',
    'workflow_ref: "acme/docs/.github/workflows/*@**"',
    'repository: "acme/*"',
    'repo_property_tier: prod',
  ]) {
    expect(linesOf(spoilt(REF, condition))).toEqual([])
  }
})

describe('a document from the wire', () => {
  test.each([
    null,
    undefined,
    1,
    'x',
    true,
    [],
    [[]],
    { jobpass: 1, grants: [] },
    { jobpass: 1, scenarios: {} },
    { jobpass: 1, grants: null },
  ])('that is %j is refused, not thrown at', (value) => {
    expect(checkDocument(value).ok).toBe(false)
  })

  test('needs nothing but its version', () => {
    expect(checkDocument({ jobpass: 1 }).ok).toBe(true)
  })

  test('that nests too deeply is refused before anything else', () => {
    let value: unknown = 1
    for (let level = 0; level < 100_000; level++) value = [value]
    const checked = checkDocument({ jobpass: 1, grants: { a: value } })
    expect(checked).toMatchObject({ ok: false, problems: [{ id: 'yaml-depth' }] })
    expect(MAX_DOCUMENT_DEPTH).toBe(32)
  })

  test('has no key __proto__, however deep', () => {
    const checked = checkDocument(
      JSON.parse('{"jobpass":1,"connections":{"a":{"kind":"jwt","owner":"t","audience":"x","__proto__":{"kind":"ssh-cert"}}}}'),
    )
    expect(checked).toMatchObject({ ok: false })
    const problems = checked.ok ? [] : checked.problems
    expect(problems).toContainEqual(expect.objectContaining({ id: 'unknown-key', path: ['connections', 'a', '__proto__'] }))
  })

  test('never takes a name from the members every object inherits', () => {
    const grant = {
      purpose: 'p',
      owner: 't',
      connection: 'constructor',
      scope: { a: 1 },
      ttl: '1m',
      allow: [{ workload: 'constructor', ref: 'refs/a' }],
    }
    const checked = checkDocument({
      jobpass: 1,
      grants: { a: grant },
      workloads: { w: { issuer: 'constructor', is: { ref: 'refs/a' }, owner: 't' } },
    })
    expect(checked.ok ? [] : checked.problems.map(({ id }) => id)).toEqual(['undefined-name', 'undefined-name', 'undefined-name'])
  })

  test('with many undefined names is told without searching for ever', () => {
    const grant = (index: number): object => ({
      purpose: 'p',
      owner: 't',
      connection: `none-${index}`,
      scope: { a: 1 },
      ttl: '1m',
      allow: [{ workload: 'w', ref: 'refs/a' }],
    })
    const grants = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`grant-${index}`, grant(index)]))
    const connections = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [`some-${index}`, { kind: 'jwt', owner: 't', audience: 'x' }]),
    )
    const started = performance.now()
    const checked = checkDocument({ jobpass: 1, grants, connections })
    expect(checked.ok ? 0 : checked.problems.filter(({ id }) => id === 'undefined-name').length).toBe(10_000)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
