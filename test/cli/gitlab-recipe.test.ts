/** The recipe of a job of another CI, run as a project on GitLab would run it: its policy in a real broker, its script in a real shell. */
import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { readText } from '../import-graph.ts'
import { DevProcess, JOBPASS } from './dev-process.ts'

const page = readText('docs/recipes.md')
const section = page.slice(page.indexOf('## A job of another CI'))
const block = (text: string, info: string): string =>
  new RegExp(`^\`\`\`${info}\n([\\s\\S]*?)^\`\`\``, 'm').exec(text)?.[1] ?? expect.fail(info)

const pipeline = z
  .object({
    deploy: z.object({
      environment: z.string(),
      id_tokens: z.record(z.string(), z.object({ aud: z.url() })),
      script: z.array(z.string()),
    }),
  })
  .parse(parse(block(section, 'yaml gitlab-ci')))
const [[variable, { aud }] = expect.fail('no id_tokens')] = Object.entries(pipeline.deploy.id_tokens)

let folder: string
let dev: DevProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  await writeFile(join(folder, 'base.yaml'), block(page, 'yaml base'))
  await writeFile(join(folder, 'recipe.yaml'), block(section, 'yaml recipe'))
  dev = await DevProcess.ready([folder])
})

afterAll(async () => {
  await dev.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Runs the lines of the script that talk to the broker, as the job with these claims; the broker's address is the one thing that is changed. */
async function runJob(claims: Record<string, unknown>): Promise<{ code: number | null; errors: string }> {
  await dev.job({ iss: 'https://gitlab.com', environment: pipeline.deploy.environment, ...claims })
  const lines = pipeline.deploy.script.filter((line) => line.startsWith('node '))
  const script = lines.join('\n').replaceAll(aud, dev.line.broker).replace('jobpass/dist/jobpass/main.js', JOBPASS)
  const env = { PATH: `${join(process.execPath, '..')}:${process.env.PATH}`, [variable]: await dev.idToken() }
  const shell = spawn('sh', ['-e', '-c', script], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  return new Promise((settle) => shell.on('close', (code) => settle({ code, errors })))
}

/** `ssh-keygen -t ed25519`, without needing it: the wire form is the type and the key, each with its length. */
async function writeHolderKey(): Promise<void> {
  const { publicKey } = generateKeyPairSync('ed25519')
  const field = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
  const key = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const wire = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(key)]).toString('base64')
  await writeFile(join(folder, 'id.pub'), `ssh-ed25519 ${wire} job\n`)
}

describe('the job of the recipe', () => {
  beforeAll(writeHolderKey)

  test('on main, in its environment, has a certificate where ssh looks for it', async () => {
    expect(await runJob({})).toEqual({ code: 0, errors: '' })
    expect(await readFile(join(folder, 'id-cert.pub'), 'utf8')).toMatch(/^ssh-ed25519-cert-v01@openssh\.com /)
  })

  test('on a branch is refused in the words of the recipe', async () => {
    const { code, errors } = await runJob({ ref: 'feature' })
    const withoutId = (text: string): string => text.replace(/decision [0-9a-f]{32}/, 'decision')
    expect(code).toBe(4)
    expect(withoutId(errors)).toBe(withoutId(block(section, 'text refusal')))
  })

  test('of a project in a subgroup does not pass the fence', async () => {
    const { code, errors } = await runJob({ project_path: 'acme/web/deep/shop' })
    expect(code).toBe(4)
    expect(errors).toContain('owner_outside_fence')
  })
})
