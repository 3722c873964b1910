/**
 * The rotation of an SSH CA against a real sshd: the broker of `jobpass dev` serves the CAs, a host trusts the file it fetched once, and certificates of the
 * old CA and of the new one log in. Needs openssh-server and openssh-client; without them the tests are skipped, loudly.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { exchangeCommand } from '../../cli/commands/exchange.ts'
import { keysCommand } from '../../cli/commands/keys.ts'
import { DevProcess, EXAMPLE_POLICY } from '../cli/dev-process.ts'
import { testIo } from '../cli/io.ts'

const SSHD = '/usr/sbin/sshd'
const hasOpenSsh = existsSync(SSHD) && existsSync('/usr/bin/ssh') && existsSync('/usr/bin/ssh-keygen')
if (!hasOpenSsh) {
  process.stderr.write(
    `\nSKIPPED: the rotation of a CA was NOT tested against OpenSSH: ${SSHD} is missing (apt-get install openssh-server)\n\n`,
  )
}

const GRANT = `grants:
  log-in:
    purpose: Test of a rotation
    owner: team-docs
    connection: acme-hosts
    scope: { principals: [deploy] }
    ttl: 5m
    allow:
      - { workload: docs-site, ref: refs/heads/main }
`

const answer = z.looseObject({ access_token: z.string() })
const credential = z.looseObject({ certificate: z.string(), ca: z.string() })

describe.skipIf(!hasOpenSsh)('a rotation of an SSH CA, before a real sshd', () => {
  let dev: DevProcess
  let folder: string
  let port: number
  let daemon: ChildProcess

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobpass-ssh-'))
    await cp(EXAMPLE_POLICY, join(folder, 'policy'), { recursive: true })
    await writeFile(join(folder, 'policy', 'log-in.yaml'), GRANT)
    dev = await DevProcess.ready([join(folder, 'policy')])
    for (const name of ['host', 'old', 'new']) execFileSync('ssh-keygen', ['-q', '-N', '', '-t', 'ed25519', '-f', join(folder, name)])
    await writeFile(join(folder, 'principals'), 'deploy\n')
    await fetchAuthorities()
    port = await freePort()
    const config = [
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey ${join(folder, 'host')}`,
      `PidFile ${join(folder, 'sshd.pid')}`,
      `TrustedUserCAKeys ${join(folder, 'ca.pub')}`,
      `AuthorizedPrincipalsFile ${join(folder, 'principals')}`,
      'AuthorizedKeysFile none\nAuthenticationMethods publickey\nPermitRootLogin yes\nStrictModes no\nUsePAM no\nLogLevel VERBOSE\n',
    ]
    await writeFile(join(folder, 'sshd_config'), config.join('\n'))
    execFileSync('mkdir', ['-p', '/run/sshd'])
    daemon = spawn(SSHD, ['-D', '-f', join(folder, 'sshd_config'), '-E', join(folder, 'log')], { stdio: 'ignore' })
    await vi.waitUntil(
      async () => existsSync(join(folder, 'log')) && (await readFile(join(folder, 'log'), 'utf8')).includes('Server listening'),
      10_000,
    )
  })

  afterAll(async () => {
    daemon.kill()
    await dev.stop()
    await rm(folder, { recursive: true, force: true })
  })

  beforeEach(() => {
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', dev.line.idTokenRequestUrl)
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', dev.line.idTokenRequestToken)
  })

  afterEach(() => vi.unstubAllEnvs())

  /** What a host does once in a while. Answers the lines. */
  async function fetchAuthorities(): Promise<readonly string[]> {
    const text = await (await fetch(`${dev.line.broker}/.well-known/ssh-ca/acme-hosts`)).text()
    await writeFile(join(folder, 'ca.pub'), text)
    return text.trimEnd().split('\n')
  }

  /** A certificate over the key of that name; answers the CA that signed it. */
  async function certify(name: string): Promise<string> {
    await dev.job({})
    const io = testIo(folder)
    const args = ['--broker', dev.line.broker, '--grant', 'log-in', '--public-key', join(folder, `${name}.pub`)]
    const code = await exchangeCommand(args, io)
    expect({ code, errors: io.errors() }).toEqual({ code: 0, errors: '' })
    const { certificate, ca } = credential.parse(JSON.parse(answer.parse(JSON.parse(io.out())).access_token))
    await writeFile(join(folder, `${name}-cert.pub`), `${certificate}\n`)
    return ca
  }

  async function operate(...args: string[]): Promise<string> {
    await dev.job({ iss: dev.line.issuer, repository: 'jobpass/operator' })
    const io = testIo(folder)
    const code = await keysCommand([...args, '--broker', dev.line.broker], io)
    expect({ code, errors: io.errors() }).toEqual({ code: 0, errors: '' })
    return io.out()
  }

  function logIn(name: string): Promise<boolean> {
    const isolated = [
      '-F',
      'none',
      '-o',
      'IdentitiesOnly=yes',
      '-o',
      'BatchMode=yes',
      '-o',
      'StrictHostKeyChecking=no',
      '-o',
      'LogLevel=ERROR',
    ]
    const target = ['-o', 'UserKnownHostsFile=/dev/null', '-o', 'IdentityAgent=none', '-i', join(folder, name), '-p', String(port)]
    return new Promise((settle) => {
      execFile('ssh', [...isolated, ...target, `${userInfo().username}@127.0.0.1`, 'true'], { timeout: 20_000 }, (error) =>
        settle(error === null),
      )
    })
  }

  it('lets certificates of the old CA and of the new one log in to a host that fetched the CAs before it', async () => {
    const trusted = await fetchAuthorities()
    const old = await certify('old')
    expect(await operate('rotate', 'ssh-ca:acme-hosts', '--at-once', '--reason', 'test')).toContain('signs from')
    const renewed = await certify('new')
    expect([renewed === old, trusted.includes(old), trusted.includes(renewed)]).toEqual([false, true, true])
    expect([await logIn('old'), await logIn('new')]).toEqual([true, true])
    expect(await fetchAuthorities()).toEqual(expect.arrayContaining([old, renewed]))
    expect([await logIn('old'), await logIn('new')]).toEqual([true, true])
  })

  it('after a revocation refuses what the revoked CA signed, as soon as the host fetches the CAs again', async () => {
    await certify('old')
    expect(await logIn('old')).toBe(true)
    const keys = z.looseObject({ keys: z.array(z.looseObject({ key: z.string(), kid: z.string(), phase: z.string() })) })
    const listed = keys.parse(JSON.parse(await operate('--format', 'json'))).keys
    const kid = listed.find(({ key, phase }) => key === 'ssh-ca:acme-hosts' && phase === 'current')?.kid ?? ''
    expect(await operate('revoke', kid, '--reason', 'test')).toContain(`${kid} is revoked`)
    await certify('new')
    await fetchAuthorities()
    expect([await logIn('old'), await logIn('new')]).toEqual([false, true])
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
