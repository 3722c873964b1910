import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compileCommand } from '../../cli/commands/compile.ts'
import { canonicalJson } from '../../shared/json.ts'
import { POLICY_YAML, spoilt } from '../shared/policy/policies.ts'
import { testIo } from './io.ts'

let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'jobpass-compile-'))
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

async function compile(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const io = testIo(root)
  const code = await compileCommand(args, io)
  return { code, out: io.out(), errors: io.errors() }
}

test('prints canonical JSON and one newline, and the digest of the JSON without it', async () => {
  await writeFile(join(root, 'p.yaml'), POLICY_YAML)
  const { code, out } = await compile('.')
  expect(code).toBe(0)
  expect(out.endsWith('}\n')).toBe(true)
  const text = out.slice(0, -1)
  expect(canonicalJson(JSON.parse(text))).toBe(text)
  expect(await compile('--digest', '.')).toMatchObject({ code: 0, out: `sha256:${createHash('sha256').update(text).digest('hex')}\n` })
})

test('gives the same digest for the same records in other files', async () => {
  await writeFile(join(root, 'p.yaml'), POLICY_YAML)
  const { out: before } = await compile('.', '--digest')
  const half = POLICY_YAML.indexOf('grants:')
  await writeFile(join(root, 'p.yaml'), POLICY_YAML.slice(half))
  await writeFile(join(root, 'a.yml'), `# moved\n${POLICY_YAML.slice(0, half)}`)
  expect((await compile('.', '--digest')).out).toBe(before)
})

test('exits 1 with the errors and no output for a broken policy, also for its digest', async () => {
  await writeFile(join(root, 'p.yaml'), spoilt('kind: jwt', 'kind: jtw'))
  for (const args of [['.'], ['.', '--digest']]) {
    expect(await compile(...args)).toMatchObject({
      code: 1,
      out: '',
      errors: expect.stringMatching(/^p\.yaml:15:11: error undefined-name: /),
    })
  }
})

test('is not stopped by lints and scenarios, which are for check', async () => {
  await writeFile(
    join(root, 'p.yaml'),
    spoilt('expect: allow', 'expect: refuse').replace('https://token.actions.githubusercontent.com', 'http://127.0.0.1:1'),
  )
  expect(await compile('.')).toMatchObject({ code: 0 })
})

test('exits 2 when it could not run', async () => {
  expect(await compile('none')).toMatchObject({ code: 2, out: '' })
  expect(await compile()).toMatchObject({ code: 2, out: '' })
  expect(await compile('.', 'x')).toMatchObject({ code: 2, out: '' })
})
