import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkCommand } from '../../cli/commands/check.ts'
import { POLICY_YAML, spoilt } from '../shared/policy/policies.ts'
import { testIo } from './io.ts'

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
    await write({ 'p/policy.yaml': POLICY_YAML })
    expect(await check('p')).toEqual({ code: 0, out: '', errors: 'p: 1 files, 2 grants, 1 workloads, 1 scenarios: clean\n' })
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
      out: expect.stringMatching(/^p\.yaml:53:5: error scenario-failed: scenario "main deploys": expected a refusal/),
    })
    await write({ 'p.yaml': spoilt('https://token.actions.githubusercontent.com', 'http://127.0.0.1:8788') })
    expect(await check('.')).toMatchObject({ code: 1, out: expect.stringMatching(/^p\.yaml:5:10: warning loopback-issuer: /) })
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
