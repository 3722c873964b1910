import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { compileCommand } from '../../cli/commands/compile.ts'
import { explainCommand } from '../../cli/commands/explain.ts'
import { planCommand } from '../../cli/commands/plan.ts'
import { POLICY_YAML } from '../shared/policy/policies.ts'
import { testIo } from './io.ts'

const run = promisify(execFile)
const DEV = POLICY_YAML.replace('ref: refs/heads/main\n  deploy-docs', 'ref: [refs/heads/main, refs/heads/dev]\n  deploy-docs')
const LESS = POLICY_YAML.replace('contents: write', 'contents: read')

const planSchema = z.strictObject({
  base: z.string(),
  head: z.string(),
  grants: z.array(
    z.strictObject({
      grant: z.string(),
      change: z.enum(['added', 'removed', 'changed']),
      newly: z.array(z.strictObject({ witness: z.record(z.string(), z.string()) })),
      no_longer: z.array(z.strictObject({ witness: z.record(z.string(), z.string()) })),
      scope: z.enum(['same', 'wider', 'narrower', 'other']),
      ttl: z.enum(['same', 'longer', 'shorter']),
    }),
  ),
})

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'jobpass-plan-'))
  await put({ 'base/p.yaml': POLICY_YAML, 'dev/p.yaml': DEV, 'less/p.yaml': LESS })
})
afterEach(async () => {
  await rm(dir, { recursive: true })
})

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true })
    await writeFile(join(dir, name), text)
  }
}

async function plan(...args: readonly string[]): Promise<{ code: number; out: string; errors: string }> {
  const io = testIo(dir)
  const code = await planCommand(args, io)
  return { code, out: io.out(), errors: io.errors() }
}

async function git(...args: readonly string[]): Promise<void> {
  await run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main', ...args], { cwd: dir })
}

describe('exit codes', () => {
  test.each<[readonly string[], number]>([
    [['base', 'base'], 0],
    [['base', 'dev'], 0],
    [['base', 'dev', '--fail-on', 'none'], 0],
    [['base', 'dev', '--fail-on', 'widen'], 3],
    [['dev', 'base', '--fail-on', 'widen'], 0],
    [['dev', 'base', '--fail-on', 'any'], 3],
    [['base', 'base', '--fail-on', 'any'], 0],
    [['less', 'base', '--fail-on', 'widen'], 3],
    [['base', 'less', '--fail-on', 'widen'], 0],
  ])('plan %j ends with %i', async (args, expected) => {
    expect(await plan(...args)).toMatchObject({ code: expected, errors: '' })
  })

  test.each<[readonly string[], RegExp]>([
    [['base'], /HEAD is missing/],
    [['base', 'dev', 'more'], /unexpected "more"/],
    [['base', 'dev', '--format', 'xml'], /text, json or markdown/],
    [['base', 'dev', '--fail-on', 'constructor'], /widen, any or none/],
    [['base', 'nowhere'], /nowhere/],
    [['base', '--brokr', 'x'], /unknown option --brokr/],
  ])('plan %j cannot run and says why', async (args, why) => {
    const { code, out, errors } = await plan(...args)
    expect([code, out]).toEqual([2, ''])
    expect(errors).toMatch(why)
  })

  test('errors of both policies are told, each with its place', async () => {
    await put({ 'bad/p.yaml': 'jobpass: 2\n', 'worse/p.yaml': `${POLICY_YAML}\nunknown: 1\n` })
    const { code, errors } = await plan('bad', 'worse')
    expect(code).toBe(2)
    expect(errors).toMatch(/bad has errors:\np\.yaml:1:10: error/)
    expect(errors).toMatch(/worse has errors:\np\.yaml:\d+:1: error unknown-key/)
  })
})

describe('what is compared', () => {
  test('the JSON form holds witnesses that explain answers as the plan says', async () => {
    const { out } = await plan('base', 'dev', '--format', 'json')
    const { grants } = planSchema.parse(JSON.parse(out))
    expect(grants).toMatchObject([{ grant: 'call-api', change: 'changed', no_longer: [], scope: 'same', ttl: 'same' }])
    await put({ 'claims.json': JSON.stringify(grants[0]?.newly[0]?.witness) })
    const explain = (folder: string): Promise<number> =>
      explainCommand([folder, '--grant', 'call-api', '--claims', 'claims.json'], testIo(dir))
    expect([await explain('base'), await explain('dev')]).toEqual([4, 0])
  })

  test('compiled files compare as the folders they are made of, under their digests', async () => {
    const compile = async (folder: string): Promise<string> => {
      const io = testIo(dir)
      expect(await compileCommand([folder], io)).toBe(0)
      return io.out()
    }
    await put({ 'base.json': await compile('base'), 'dev.json': await compile('dev') })
    const folders = await plan('base', 'dev', '--format', 'json')
    expect(await plan('base.json', 'dev.json', '--format', 'json')).toEqual(folders)
    expect(await plan('base.json', 'dev', '--format', 'json')).toEqual(folders)
  })

  test('a file that is no compiled policy is refused', async () => {
    await put({ 'a.json': '{"jobpass":1,"jobpass":1}', 'b.json': '{"jobpass":1,"grants":{"x":1}}' })
    expect(await plan('a.json', 'base')).toMatchObject({ code: 2, errors: expect.stringMatching(/a\.json: expected the JSON/) })
    expect(await plan('b.json', 'base')).toMatchObject({ code: 2, errors: expect.stringMatching(/grants\.x: error/) })
  })

  test('files moved, split, reformatted and commented show nothing', async () => {
    const [before = '', after = ''] = POLICY_YAML.split('connections:\n')
    await put({
      'split/a.yaml': `# first\n${before}`,
      'split/deep/b.yml': `connections:\n${after}`.replaceAll('\n  ', '\n    ').replaceAll(/ {4}(?= {2})/g, '    '),
    })
    expect(await plan('base', 'split', '--fail-on', 'any', '--format', 'json')).toMatchObject({ code: 0, errors: '' })
  })
})

describe('git revisions', () => {
  beforeEach(async () => {
    await git('init', '-q')
    await put({ 'policy/p.yaml': POLICY_YAML, 'policy/.hidden/x.yaml': 'not: policy', 'policy/notes.txt': 'not yaml' })
    await git('add', 'policy')
    await git('commit', '-q', '-m', 'base')
    await put({ 'policy/p.yaml': DEV })
    await git('commit', '-q', '-am', 'dev')
    // the work tree is neither
    await put({ 'policy/p.yaml': 'spoilt' })
  })

  test('two revisions are read as data, whatever the work tree holds', async () => {
    const folders = await plan('base', 'dev', '--format', 'json')
    expect(await plan('HEAD~1:policy', 'HEAD:policy', '--format', 'json')).toEqual(folders)
    expect(await plan('HEAD~1:./policy/', 'main:policy', '--format', 'json')).toEqual(folders)
    expect(await plan('base', 'HEAD:policy', '--format', 'json')).toEqual(folders)
  })

  test('the folder is relative to the root of the repository, from wherever the command runs', async () => {
    const io = testIo(join(dir, 'policy'))
    expect(await planCommand(['HEAD~1:policy', 'HEAD:policy', '--fail-on', 'widen'], io)).toBe(3)
    const elsewhere = testIo(tmpdir())
    expect(await planCommand(['HEAD~1:policy', 'HEAD:policy', '--fail-on', 'widen', '--repo', dir], elsewhere)).toBe(3)
  })

  test.each([['HEAD:nowhere'], ['nothing:policy'], ['--output=x:policy'], ['HEAD:policy/notes.txt'], [':policy']])(
    '%s cannot be read',
    async (source) => {
      const { code, out, errors } = await plan('base', '--', source).catch(() => ({ code: 2, out: '', errors: 'x' }))
      expect([code, out]).toEqual([2, ''])
      expect(errors).not.toBe('')
    },
  )

  test('a symbolic link is not followed', async () => {
    await symlink('/etc/hostname', join(dir, 'policy', 'link.yaml'))
    await git('add', '-f', 'policy/link.yaml')
    await git('commit', '-q', '-m', 'link', 'policy/link.yaml')
    expect(await plan('base', 'HEAD:policy')).toMatchObject({ code: 2, errors: expect.stringMatching(/link\.yaml is a symbolic link/) })
  })
})
