import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { keysCommand } from '../../cli/commands/keys.ts'
import { DevProcess, EXAMPLE_POLICY } from './dev-process.ts'
import { testIo } from './io.ts'

let dev: DevProcess

beforeAll(async () => {
  dev = await DevProcess.ready([EXAMPLE_POLICY])
  await fetch(`${dev.line.broker}/.well-known/jwks.json`)
})

afterAll(() => dev.stop())

beforeEach(async () => {
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', dev.line.idTokenRequestUrl)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', dev.line.idTokenRequestToken)
  await be('operator')
})

afterEach(() => {
  vi.unstubAllEnvs()
})

const be = (role: string) => dev.job({ iss: dev.line.issuer, repository: `jobpass/${role}` })

async function keys(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const io = testIo()
  const code = await keysCommand([...args, '--broker', dev.line.broker], io)
  return { code, out: io.out(), errors: io.errors() }
}

const listed = z.looseObject({ keys: z.array(z.looseObject({ key: z.string(), kid: z.string(), phase: z.string() })) })

async function kidIn(key: string, phase: string): Promise<string> {
  const { keys: all } = listed.parse(JSON.parse((await keys('--format', 'json')).out))
  return all.find((one) => one.key === key && one.phase === phase)?.kid ?? `no ${phase} ${key}`
}

describe('jobpass keys', () => {
  test.each(['operator', 'auditor'])('lists every key for an %s, in columns', async (role) => {
    await be(role)
    const { code, out, errors } = await keys()
    const lines = out.trimEnd().split('\n')
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(lines[0]).toMatch(/^KEY +PHASE +SINCE +UNTIL +DAYS +SEALED +KID$/)
    expect(
      lines.slice(1).every((line) => /^\S+ +(current|next|previous|revoked) +\S+Z +(\S+Z|-) +\d+ +(current|nothing) +\S+$/.test(line)),
    ).toBe(true)
  })

  test('rotates a key, at its time or at once', async () => {
    const next = await kidIn('signing:ES256', 'next')
    expect(await keys('rotate', 'signing:ES256', '--reason', 'drill')).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`^signing:ES256: ${next} signs from 20[^ ]+Z\\n$`)),
    })
    expect(await kidIn('signing:ES256', 'current')).not.toBe(next)
    expect((await keys('rotate', 'signing:ES256', '--reason', 'drill', '--at-once')).code).toBe(0)
    expect(await kidIn('signing:ES256', 'current')).toBe(next)
  })

  test('revokes a key and says what signs now and how many leases ended', async () => {
    await dev.job({})
    expect((await dev.exchange('call-internal-api')).status).toBe(200)
    await be('operator')
    const [kid, successor] = [await kidIn('signing:ES256', 'current'), await kidIn('signing:ES256', 'next')]
    const { code, out } = await keys('revoke', kid, '--reason', 'stolen')
    expect({ code, out }).toEqual({
      code: 0,
      out: `signing:ES256: ${kid} is revoked; ${successor} signs now\nleases of what it signed: 1 ended\n`,
    })
    await dev.job({})
    expect((await dev.exchange('call-internal-api')).status).toBe(200)
  })

  test('seals everything again and says that the previous sealing key can go', async () => {
    const { code, out } = await keys('reseal')
    expect({ code, last: out.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: 'nothing is left under SEALING_KEY_PREVIOUS: it can be removed',
    })
  })

  test.each(['publisher', 'auditor'])('is refused to a job that is %s and would change something', async (role) => {
    await be(role)
    for (const args of [['rotate', 'checkpoint', '--reason', 'x'], ['revoke', 'x', '--reason', 'x'], ['reseal']]) {
      const { code, out, errors } = await keys(...args)
      expect({ code, out }).toEqual({ code: 4, out: '' })
      expect(errors).toContain('403')
    }
  })

  test.each([
    [['rotate', 'HS256', '--reason', 'x'], 4, 'signing:ES256, signing:RS256, ssh-ca:<connection> or checkpoint'],
    [['rotate', 'ssh-ca:nobody', '--reason', 'x'], 4, '404'],
    [['revoke', 'nobody', '--reason', 'x'], 4, '404'],
    [['rotate', 'checkpoint'], 2, '--reason is missing'],
    [['revoke', '--reason', 'x'], 2, 'KID is missing'],
    [['forget'], 2, 'no action "forget"'],
    [['--format', 'yaml'], 2, '--format: text or json'],
    [['reseal', '--reason', 'x'], 2, 'unknown option --reason'],
  ])('with %j exits %i and says why', async (args, code, said) => {
    const answer = await keys(...args)
    expect(answer.code).toBe(code)
    expect(answer.errors).toContain(said)
  })
})
