import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ledgerCommand } from '../../cli/commands/ledger.ts'
import { DevProcess, EXAMPLE_POLICY } from '../cli/dev-process.ts'
import { testIo } from '../cli/io.ts'

let dev: DevProcess
let folder: string
let lines: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  dev = await DevProcess.ready([EXAMPLE_POLICY])
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', dev.line.idTokenRequestUrl)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', dev.line.idTokenRequestToken)
  await dev.exchange('call-internal-api')
  await dev.job({ ref: 'refs/heads/feature' })
  await dev.exchange('call-internal-api')
  await dev.job({ iss: dev.line.issuer, repository: 'jobpass/auditor' })
  const io = testIo()
  expect(await ledgerCommand(['export', '--broker', dev.line.broker], io), io.errors()).toBe(0)
  lines = io.out().trim().split('\n')
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await dev.stop()
  await rm(folder, { recursive: true, force: true })
})

async function verify(content: readonly string[], ...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  await writeFile(join(folder, 'ledger.ndjson'), content.map((line) => `${line}\n`).join(''))
  const io = testIo(folder)
  const code = await ledgerCommand(['verify', 'ledger.ndjson', ...args], io)
  return { code, out: io.out(), errors: io.errors() }
}

describe('the ledger of a real broker', () => {
  test('tells of the exchange and of the refusal, and ends with checkpoint and keys', () => {
    const types = lines.map((line) => JSON.parse(line).type)
    expect(types).toContain('issued')
    expect(types).toContain('refused')
    expect(types.slice(-2)).toEqual(['checkpoint', 'keys'])
  })

  test('is found intact by verify, offline', async () => {
    const { code, out, errors } = await verify(lines)
    expect(errors).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('intact')
  })

  test('is verified against a checkpoint and keys taken from the endpoints', async () => {
    const checkpoint = await dev.asAuthority('auditor', '/ledger/checkpoint')
    await writeFile(join(folder, 'checkpoint'), await checkpoint.text())
    const keys = await fetch(`${dev.line.broker}/.well-known/jwks.json`)
    await writeFile(join(folder, 'keys.json'), await keys.text())
    await dev.job({ iss: dev.line.issuer, repository: 'jobpass/auditor' })
    const io = testIo()
    expect(await ledgerCommand(['export', '--broker', dev.line.broker], io)).toBe(0)
    const later = io.out().trim().split('\n')
    const { code, out } = await verify(later, '--checkpoint', 'checkpoint', '--keys', 'keys.json')
    expect(code).toBe(0)
    expect(out).toMatch(/[1-9][0-9]* of them came after the checkpoint/)
    expect(await readFile(join(folder, 'checkpoint'), 'utf8')).toContain(dev.line.broker)
  })

  test('shows every single line that is taken out, and every byte that is changed in an entry', async () => {
    const entries = lines.slice(0, -2)
    const note = JSON.parse(lines.at(-2) ?? '{}').note
    for (const [index, line] of entries.entries()) {
      const { ledger, seq } = JSON.parse(line)
      const covered = new RegExp(`^${ledger.replaceAll('.', '\\.')} ([0-9]+) `, 'm').exec(note)
      const without = await verify(lines.filter((_, other) => other !== index))
      if (seq <= Number(covered?.[1] ?? 0)) expect(without.code, `${ledger} ${seq}`).toBe(5)
      const changed = line.replace(/"at":"(\d)/, (_, digit) => `"at":"${(Number(digit) + 1) % 10}`)
      expect(changed).not.toBe(line)
      expect((await verify(lines.with(index, changed))).code).toBe(5)
    }
  })

  test('is not exported to a job that is no auditor', async () => {
    await dev.job({})
    const io = testIo()
    expect(await ledgerCommand(['export', '--broker', dev.line.broker], io)).toBe(4)
    expect(io.out()).toBe('')
  })
})
