import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { publishCommand } from '../../cli/commands/publish.ts'
import { DevProcess, EXAMPLE_POLICY } from './dev-process.ts'
import { testIo } from './io.ts'

let dev: DevProcess
let folder: string
let policy: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  policy = join(folder, 'policy')
  await cp(EXAMPLE_POLICY, policy, { recursive: true })
  dev = await DevProcess.ready([EXAMPLE_POLICY])
})

afterAll(async () => {
  await dev.stop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', dev.line.idTokenRequestUrl)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', dev.line.idTokenRequestToken)
  await dev.job({ iss: dev.line.issuer, repository: 'jobpass/publisher' })
})

afterEach(() => {
  vi.unstubAllEnvs()
})

let edits = 0

/** Another policy each time, all good. */
async function edit(): Promise<void> {
  edits++
  const file = join(policy, 'grants', 'call-internal-api.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace(/ttl: .*/, `ttl: ${edits}m`))
}

async function publish(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const io = testIo(folder)
  const code = await publishCommand(['policy', '--broker', dev.line.broker, ...args], io)
  return { code, out: io.out(), errors: io.errors() }
}

async function active(): Promise<string> {
  return String((await dev.health()).body.policy)
}

describe('jobpass publish', () => {
  test('makes the policy active and prints its digest; again is no error', async () => {
    await edit()
    const first = await publish()
    expect(first).toEqual({ code: 0, out: `${await active()}\n`, errors: '' })
    expect(await publish()).toEqual(first)
  })

  test('replaces only the policy it was told to replace', async () => {
    const before = await active()
    await edit()
    const wrong = await publish('--replaces', `sha256:${'0'.repeat(64)}`)
    expect(wrong.code).toBe(4)
    expect(wrong.errors).toContain('412')
    expect((await publish('--replaces', '*')).code).toBe(4)
    expect(await active()).toBe(before)
    expect((await publish('--replaces', before)).code).toBe(0)
  })

  test('is refused to a job that is no publisher', async () => {
    const before = await active()
    await edit()
    for (const job of [
      {},
      { iss: dev.line.issuer, repository: 'jobpass/auditor' },
      { iss: dev.line.issuer, repository: 'jobpass/operator' },
    ]) {
      await dev.job(job)
      const { code, out } = await publish()
      expect({ code, out }).toEqual({ code: 4, out: '' })
    }
    expect(await active()).toBe(before)
  })

  test('stops at errors with their places, before anybody is asked', async () => {
    const broken = join(policy, 'broken.yaml')
    await writeFile(broken, 'workloads:\n  x: { issuer: nowhere }\n')
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', '')
    const { code, out, errors } = await publish()
    await rm(broken)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(errors).toMatch(/^broken\.yaml:2:[0-9]+: error /m)
  })

  test.each([
    [['--replaces', 'latest'], '--replaces'],
    [['--broker', 'https://x.example'], 'given twice'],
    [['--audience', 'https://elsewhere.example', '--replaces', '*'], '401'],
  ])('with %j does nothing', async (args, said) => {
    const before = await active()
    await edit()
    const { code, errors } = await publish(...args)
    expect(code).toBeGreaterThan(1)
    expect(errors).toContain(said)
    expect(await active()).toBe(before)
  })

  test('cannot run when nobody answers at the broker', async () => {
    const io = testIo(folder)
    expect(await publishCommand(['policy', '--broker', 'http://127.0.0.1:9'], io)).toBe(2)
    expect(io.errors()).toContain('could not be reached')
  })
})
