import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkCommand } from '../../cli/commands/check.ts'
import { POLICY_YAML, spoilt } from '../shared/policy/policies.ts'
import { testIo } from './io.ts'

const MORE_SCENARIOS = `  - name: a feature branch does not
    ask: deploy-docs
    as: { workload: docs-site, ref: refs/heads/feature, environment: production }
    expect: { refuse: ref }
  - name: main calls the API
    ask: call-api
    as: { workload: docs-site }
    expect: allow
  - name: a feature branch does not call the API
    ask: call-api
    as: { workload: docs-site, ref: refs/heads/feature }
    expect: { refuse: ref }
`

/** Nothing to be said of it. */
const CLEAN = `${POLICY_YAML}${MORE_SCENARIOS}`

let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'jobpass-check-'))
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), text)
  }
}

async function check(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const io = testIo(root)
  const code = await checkCommand(args, io)
  return { code, out: io.out(), errors: io.errors() }
}

describe('check', () => {
  test('finds the example policy clean', async () => {
    const io = testIo()
    expect([await checkCommand(['examples/policy'], io), io.out()]).toEqual([0, ''])
  })

  test('prints nothing of a clean policy and exits 0', async () => {
    await write({ 'p/policy.yaml': CLEAN })
    expect(await check('p', '--today', '2026-11-22')).toEqual({
      code: 0,
      out: '',
      errors: 'p: 1 files, 2 grants, 1 workloads, 4 scenarios: clean\n',
    })
  })

  test('prints one finding a line, files relative to the folder, and exits 1', async () => {
    await write({ 'p/a/policy.yaml': spoilt('per_job: 1', 'per_job: 0'), 'p/b.yml': 'grnts: {}\n' })
    const { code, out } = await check('p')
    expect(code).toBe(1)
    expect(out).toBe(
      'a/policy.yaml:46:24: error wrong-value: expected at least 1, found the number 0\nb.yml:1:1: error unknown-key: unknown key "grnts" (did you mean "grants"?)\n',
    )
  })

  test('fails for a failed scenario and for a warning, not for info', async () => {
    await write({ 'p.yaml': spoilt('expect: allow', 'expect: { refuse: ref }') })
    expect(await check('.')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^p\.yaml:53:5: error scenario-failed: scenario "main deploys": expected a refusal/m),
    })
    await write({ 'p.yaml': spoilt('https://token.actions.githubusercontent.com', 'http://127.0.0.1:8788') })
    expect(await check('.')).toMatchObject({ code: 1, out: expect.stringMatching(/^p\.yaml:5:10: warning loopback-issuer: /m) })
    await write({ 'p.yaml': spoilt('kind: jwt', 'kind: jwt # jobpass-ignore: loopback-issuer none here') })
    expect(await check('.')).toMatchObject({ code: 0, out: expect.stringContaining('info ignore') })
  })

  test('writes JSON, SARIF and workflow commands', async () => {
    await write({ 'a,b:c.yaml': spoilt('ref: refs/heads/main', 'ref: "50%"') })
    const json: unknown = JSON.parse((await check('.', '--format', 'json')).out)
    expect(json).toMatchObject({ findings: [{ file: 'a,b:c.yaml', line: 34, column: 14, severity: 'error', id: 'invalid-pattern' }] })
    const sarif: unknown = JSON.parse((await check('.', '--format=sarif')).out)
    const region = { startLine: 34, startColumn: 14 }
    expect(sarif).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'invalid-pattern', level: 'error', locations: [{ physicalLocation: { region } }] }] }],
    })
    const { out } = await check('.', '--format', 'github')
    expect(out).toMatch(/^::error file=a%2Cb%3Ac\.yaml,line=34,col=14,title=invalid-pattern::ref: expected .*"50%25"\n$/)
  })

  test('shows what a comment silences, with its reason, to programs', async () => {
    await write({ 'p.yaml': CLEAN.replace('ttl: 10m', 'ttl: 2h # jobpass-ignore: ttl-above-maximum the service asks for it') })
    const { code, out, errors } = await check('.', '--format', 'json', '--today', '2026-11-22')
    expect({ code, errors }).toEqual({ code: 0, errors: '.: 1 files, 2 grants, 1 workloads, 4 scenarios: clean, 1 ignored\n' })
    expect(JSON.parse(out)).toMatchObject({
      findings: [{ id: 'ttl-above-need', severity: 'info' }],
      ignored: [{ file: 'p.yaml', line: 31, id: 'ttl-above-maximum', reason: 'the service asks for it', edit: { text: 'ttl: 1h' } }],
    })
  })

  test('knows today, or is told', async () => {
    await write({ 'p.yaml': CLEAN })
    expect((await check('.', '--today', '2027-05-01')).out).toMatch(/^p\.yaml:24:15: warning rotation-overdue: .*2026-12-30\n$/)
    expect((await check('.', '--today=2027-05-02')).out).toMatch(
      /^p\.yaml:38:13: warning review-overdue: the review of 2027-05-01 is overdue$/m,
    )
    for (const day of ['2027-02-30', 'today', '2027-5-1']) {
      expect(await check('.', '--today', day)).toMatchObject({ code: 2, out: '', errors: expect.stringContaining('--today: a date') })
    }
  })

  test('is told which repository the policy is kept in', async () => {
    await write({ 'p.yaml': CLEAN })
    expect((await check('.', '--repository', 'acme/docs', '--today', '2026-11-22')).out).toMatch(/^p\.yaml:33:19: warning self-service: /m)
  })

  test('names files from the current directory where others look for them there, and from DIR in text', async () => {
    await write({ 'a/b c/p.yaml': CLEAN.replace('ttl: 10m', 'ttl: soon') })
    expect((await check('a')).out).toMatch(/^b c\/p\.yaml:31:10: error wrong-value/)
    expect((await check('a', '--format', 'github')).out).toMatch(/^::error file=a\/b c\/p\.yaml,line=31,col=10,/)
    expect((await check('a', '--format', 'sarif')).out).toContain('"uri": "a/b%20c/p.yaml"')
    const elsewhere = testIo(join(root, 'a', 'b c'))
    await checkCommand(['../..', '--format', 'github'], elsewhere)
    expect(elsewhere.out()).toMatch(/^::error file=a\/b c\/p\.yaml,/)
  })

  test('says what no scenario tests when it is asked to', async () => {
    await write({ 'p.yaml': CLEAN })
    const { code, out, errors } = await check('.', '--coverage', '--today', '2026-11-22')
    expect({ code, out }).toEqual({
      code: 0,
      out: `p.yaml:45:9: info untested-condition: no scenario is refused for environment alone
p.yaml:48:3: info untested-guardrail: no scenario meets the guardrail no-pull-requests
`,
    })
    expect(errors).toContain('.: 2 of 2 rules allow a scenario, 2 of 3 conditions refuse one, 0 of 1 guardrails stop one\n')
    const json: unknown = JSON.parse((await check('.', '--coverage', '--format', 'json')).out)
    expect(json).toMatchObject({ coverage: { rules: { tested: 2, all: 2 }, conditions: { tested: 2, all: 3 } } })
  })

  test('reads every .yaml and .yml below, and passes over names that begin with a dot', async () => {
    await write({
      'p/policy.yaml': POLICY_YAML,
      'p/.github/workflows/ci.yaml': 'on: push',
      'p/.hidden.yml': 'x: 1',
      'p/notes.md': '# x',
      'p/x/y/z.yml': 'bad: 1',
    })
    expect((await check('p')).out).toMatch(/^x\/y\/z\.yml:1:1: error unknown-key.*\n$/)
  })

  test('follows a link, so that nothing is left out unseen', async () => {
    await write({ 'p/policy.yaml': POLICY_YAML, 'q/team.yaml': 'bad: 1' })
    await symlink(join(root, 'q'), join(root, 'p', 'teams'))
    expect((await check('p')).out).toMatch(/^teams\/team\.yaml:1:1: error unknown-key/)
  })

  test('cannot run without a folder, files or text: exit 2', async () => {
    await write({ 'empty/notes.md': 'x', 'latin/p.yaml': new Uint8Array([0x61, 0x3a, 0x20, 0xe9]), 'file.yaml': POLICY_YAML })
    expect(await check('none')).toMatchObject({ code: 2, out: '', errors: expect.stringContaining('none') })
    expect(await check('empty')).toMatchObject({ code: 2, errors: expect.stringContaining('no *.yaml or *.yml file') })
    expect(await check('latin')).toMatchObject({ code: 2, errors: expect.stringContaining('not UTF-8') })
    expect(await check('file.yaml')).toMatchObject({ code: 2 })
    expect(await check()).toMatchObject({ code: 2, errors: expect.stringContaining('DIR is missing') })
    expect(await check('.', '--format', 'xml')).toMatchObject({
      code: 2,
      errors: expect.stringContaining('--format: text, json, sarif, github'),
    })
    expect(await check('.', '--formt', 'json')).toMatchObject({ code: 2 })
  })
})
