/** `plan --broker`: the asks that a real broker recorded, decided under a candidate. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { planCommand } from '../../cli/commands/plan.ts'
import { compileFolder } from '../../cli/compiled-folder.ts'
import { DevProcess, EXAMPLE_POLICY } from './dev-process.ts'
import { testIo } from './io.ts'

let dev: DevProcess
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  const compiled = await compileFolder(EXAMPLE_POLICY)
  if (!compiled.ok) throw new Error(compiled.error.text)
  const { scenarios: _, ...head } = JSON.parse(compiled.value.compiled)
  head.workloads['docs-site'].suspended = true
  await writeFile(join(folder, 'head'), JSON.stringify(head))
  dev = await DevProcess.ready([EXAMPLE_POLICY])
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', dev.line.idTokenRequestUrl)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', dev.line.idTokenRequestToken)
  for (let index = 0; index < 2; index++) await dev.exchange('call-internal-api')
  await dev.job({ iss: dev.line.issuer, repository: 'jobpass/auditor' })
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await dev.stop()
  await rm(folder, { recursive: true, force: true })
})

async function plan(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const io = testIo(folder)
  const code = await planCommand([EXAMPLE_POLICY, 'head', ...args], io)
  return { code, out: io.out(), errors: io.errors() }
}

describe('plan --broker', () => {
  test('says how many recorded asks would be decided otherwise, of which grant and repository', async () => {
    const { code, out, errors } = await plan('--broker', dev.line.broker)
    expect([code, errors]).toEqual([0, ''])
    expect(out).toContain('2 of 2 asks of the last 7 days would be decided otherwise')
    expect(out).toMatch(/- call-internal-api for acme\/docs: 2 would be refused, such as decision [0-9a-f]{32}/)
  })

  test('adds the replay to the JSON', async () => {
    const { out } = await plan('--broker', dev.line.broker, '--days', '1', '--format', 'json')
    expect(JSON.parse(out).replay).toMatchObject({
      days: 1,
      asks: 2,
      changed: 2,
      flips: [{ grant: 'call-internal-api', from: 'allow', to: 'refuse' }],
    })
  })

  test('ends with 2 when the caller is no authority, or the days are no number', async () => {
    expect((await plan('--broker', dev.line.broker, '--days', 'x')).code).toBe(2)
    await dev.job({})
    const refused = await plan('--broker', dev.line.broker)
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.errors).toContain('401')
  })
})
