/**
 * SSH certificates of the broker against OpenSSH itself: `ssh-keygen` reads them, a real sshd on loopback accepts or refuses them.
 * Needs the Debian packages openssh-server and openssh-client; without them the tests are skipped, loudly: a skipped peer proves nothing.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SshCertCredential, SshCertScope } from '../../shared/kinds/ssh-cert.ts'
import type { Result } from '../../shared/result.ts'
import { importEd25519Key, makeEd25519Key } from '../../worker/keys/key-pairs.ts'
import type { Ed25519Key, Keys } from '../../worker/keys/keys.ts'
import { ed25519Line } from '../../worker/keys/ssh-public-key.ts'
import type { Minted, MintRefusal, Order } from '../../worker/providers/provider.ts'
import { sshCertProvider } from '../../worker/providers/ssh-cert.ts'
import { RUN } from '../fakes/provider-order.ts'

const SSHD = '/usr/sbin/sshd'
const hasOpenSsh = existsSync(SSHD) && existsSync('/usr/bin/ssh') && existsSync('/usr/bin/ssh-keygen')
if (!hasOpenSsh) {
  process.stderr.write(
    `\nSKIPPED: SSH certificates were NOT tested against OpenSSH: ${SSHD} is missing (apt-get install openssh-server)\n\n`,
  )
}

const USER = userInfo().username
const NOW = Math.floor(Date.now() / 1000)
const LEASE = 'b1946ac92492d2347c6235b4d2611184'

interface Login {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** One temporary folder with an sshd, its host key, its log, and the CA it trusts. */
interface Host {
  readonly folder: string
  readonly port: number
  readonly daemon: ChildProcess
  readonly authority: Ed25519Key
}

async function startHost(): Promise<Host> {
  const folder = await mkdtemp(join(tmpdir(), 'jobpass-ssh-'))
  const { publicKey, pkcs8 } = await makeEd25519Key()
  const authority = await importEd25519Key(publicKey, pkcs8)
  const port = await freePort()
  makeKey(join(folder, 'host'), ['-t', 'ed25519'])
  await writeFile(join(folder, 'ca.pub'), `${ed25519Line(publicKey, 'acme-ssh')}\n`)
  await writeFile(join(folder, 'principals'), 'deploy\nci:acme/docs:production\n')
  await writeFile(
    join(folder, 'sshd_config'),
    [
      `ListenAddress 127.0.0.1:${port}`,
      `HostKey ${join(folder, 'host')}`,
      `PidFile ${join(folder, 'sshd.pid')}`,
      `TrustedUserCAKeys ${join(folder, 'ca.pub')}`,
      `AuthorizedPrincipalsFile ${join(folder, 'principals')}`,
      'AuthorizedKeysFile none',
      'AuthenticationMethods publickey',
      'PermitRootLogin yes',
      'StrictModes no',
      'UsePAM no',
      'LogLevel VERBOSE',
      '',
    ].join('\n'),
  )
  execFileSync('mkdir', ['-p', '/run/sshd'])
  const daemon = spawn(SSHD, ['-D', '-f', join(folder, 'sshd_config'), '-E', join(folder, 'log')], { stdio: 'ignore' })
  const host = { folder, port, daemon, authority }
  await waitForLog(host, 'Server listening')
  return host
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function makeKey(path: string, options: readonly string[]): void {
  execFileSync('ssh-keygen', ['-q', '-N', '', '-C', 'runner', ...options, '-f', path])
}

async function readLog({ folder }: Host): Promise<string> {
  return existsSync(join(folder, 'log')) ? readFile(join(folder, 'log'), 'utf8') : ''
}

/** The log after `from`, once `text` is in that part of it. */
async function waitForLog(host: Host, text: string, from = 0): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const log = (await readLog(host)).slice(from)
    if (log.includes(text)) return log
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`sshd never logged ${text}:\n${(await readLog(host)).slice(from)}`)
}

/** A certificate as the provider makes it, over the public key at `keyPath`. */
async function mint(
  host: Host,
  keyPath: string,
  scope: SshCertScope,
  changes: Partial<Order<{ ca: 'ed25519' }, SshCertScope>> = {},
): Promise<Result<Minted<SshCertCredential>, MintRefusal>> {
  const order = {
    leaseId: LEASE,
    grant: 'deploy',
    connectionName: 'acme-ssh',
    connection: { ca: 'ed25519' as const },
    scope,
    issuedAt: NOW,
    expiresAt: NOW + 300,
    workload: 'docs-site',
    run: RUN,
    publicKey: await readFile(`${keyPath}.pub`, 'utf8'),
    callerAddress: '127.0.0.1',
    ...changes,
  }
  const keys: Keys = {
    certificateAuthority: async () => host.authority,
    signingKey: async () => Promise.reject(new Error('an SSH certificate needs no JWT key')),
    checkpointKey: async () => Promise.reject(new Error('a certificate needs no checkpoint key')),
    publicKeys: async () => [],
    publicAuthorities: async () => [],
    forget: () => undefined,
  }
  return sshCertProvider.mint(order, {
    now: () => NOW,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    fetch: () => Promise.reject(new Error('an SSH certificate needs no network')),
    secret: () => undefined,
    keys,
    origin: 'https://jobpass.example.com',
  })
}

async function certify(
  host: Host,
  keyPath: string,
  ...rest: [SshCertScope, Partial<Order<{ ca: 'ed25519' }, SshCertScope>>?]
): Promise<SshCertCredential> {
  const minted = await mint(host, keyPath, ...rest)
  if (!minted.ok) throw new Error(JSON.stringify(minted.error))
  await writeFile(`${keyPath}-cert.pub`, `${minted.value.credential.certificate}\n`)
  return minted.value.credential
}

function login(host: Host, keyPath: string, command: string, options: readonly string[] = []): Promise<Login> {
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
  const target = ['-o', 'UserKnownHostsFile=/dev/null', '-o', 'IdentityAgent=none', '-i', keyPath, '-p', String(host.port)]
  return new Promise((resolve) => {
    execFile('ssh', [...isolated, ...target, ...options, `${USER}@127.0.0.1`, command], { timeout: 20_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr })
    })
  })
}

function describeCertificate(keyPath: string): string {
  return execFileSync('ssh-keygen', ['-L', '-f', `${keyPath}-cert.pub`], { encoding: 'utf8' })
}

describe.skipIf(!hasOpenSsh)('a certificate of the broker, before a real sshd', () => {
  let host: Host
  let key: string

  beforeAll(async () => {
    host = await startHost()
    key = join(host.folder, 'id_ed25519')
    makeKey(key, ['-t', 'ed25519'])
  })

  afterAll(async () => {
    host.daemon.kill()
    await rm(host.folder, { recursive: true, force: true })
  })

  it('logs in, runs the command, and leaves its lease id in the log of the host', async () => {
    await certify(host, key, { principals: ['deploy'] })
    expect(await login(host, key, 'echo hello from $((6*7))')).toMatchObject({ code: 0, stdout: 'hello from 42\n' })
    expect(await waitForLog(host, 'Accepted publickey')).toContain(`ID ${LEASE}`)
  })

  it('says to ssh-keygen exactly what was meant', async () => {
    const credential = await certify(host, key, {
      principals: ['deploy', 'ci:acme/docs:production'],
      force_command: 'systemctl restart docs',
      source_address: ['127.0.0.0/8', '2001:db8::/32'],
      extensions: ['permit-pty', 'permit-X11-forwarding'],
    })
    const text = describeCertificate(key)
    expect(text).toContain('Type: ssh-ed25519-cert-v01@openssh.com user certificate')
    expect(text).toContain(`Key ID: "${LEASE}"`)
    expect(text).toContain(`Serial: ${credential.serial}\n`)
    expect(text).toMatch(/Principals: \n +deploy\n +ci:acme\/docs:production\n +Critical/)
    expect(text).toMatch(
      /Critical Options: \n +force-command systemctl restart docs\n +source-address 127\.0\.0\.0\/8,2001:db8::\/32\n +Extensions/,
    )
    expect(text).toMatch(/Extensions: \n +permit-X11-forwarding\n +permit-pty\n*$/)
    const [, from = '', to = ''] = /Valid: from (\S+) to (\S+)/.exec(text) ?? []
    const seconds = (Date.parse(to) - Date.parse(from)) / 1000
    expect(seconds).toBe(330)
    expect(credential).toMatchObject({ key_id: LEASE, principals: ['deploy', 'ci:acme/docs:production'] })
    const [caFile, keygen] = [
      join(host.folder, 'ca.pub'),
      (file: string) => execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' }),
    ]
    expect(text).toContain(`Signing CA: ED25519 ${keygen(caFile).split(' ')[1]}`)
    expect(credential.ca).toBe((await readFile(caFile, 'utf8')).trim())
  })

  it('has no extension and no option that was not granted', async () => {
    await certify(host, key, { principals: ['deploy'] })
    expect(describeCertificate(key)).toMatch(/Critical Options: \(none\)\n +Extensions: \(none\)\n*$/)
    const forwarding = await login(host, key, 'true', ['-o', 'ExitOnForwardFailure=yes', '-R', '0:127.0.0.1:9'])
    expect(forwarding.code).not.toBe(0)
  })

  it('runs the forced command, whatever was asked of sshd', async () => {
    await certify(host, key, { principals: ['deploy'], force_command: 'echo forced, not "$SSH_ORIGINAL_COMMAND"' })
    expect(await login(host, key, 'id -u')).toMatchObject({ code: 0, stdout: 'forced, not id -u\n' })
  })

  it('is good from the caller’s address', async () => {
    await certify(host, key, { principals: ['deploy'], source_address: 'caller' })
    expect(describeCertificate(key)).toContain('source-address 127.0.0.1/32')
    expect(await login(host, key, 'true')).toMatchObject({ code: 0 })
  })

  it.each<[string, SshCertScope, Partial<Order<{ ca: 'ed25519' }, SshCertScope>>, string]>([
    ['for another principal', { principals: ['root-of-another-host'] }, {}, 'does not contain an authorized principal'],
    ['that has expired', { principals: ['deploy'] }, { issuedAt: NOW - 900, expiresAt: NOW - 60 }, 'Certificate invalid: expired'],
    ['that is not valid yet', { principals: ['deploy'] }, { issuedAt: NOW + 900, expiresAt: NOW + 1200 }, 'not yet valid'],
    ['from another address', { principals: ['deploy'], source_address: ['192.0.2.0/24'] }, {}, 'not from a permitted source address'],
    [
      'of another caller',
      { principals: ['deploy'], source_address: 'caller' },
      { callerAddress: '2001:db8::7' },
      'not from a permitted source address',
    ],
  ])('is refused when it is one %s', async (_what, scope, changes, reason) => {
    await certify(host, key, scope, changes)
    const { length } = await readLog(host)
    const refused = await login(host, key, 'true')
    expect(refused.code).toBe(255)
    expect(refused.stderr).toContain('Permission denied')
    await waitForLog(host, reason, length)
  })

  it('is refused when another CA signed it', async () => {
    const { publicKey, pkcs8 } = await makeEd25519Key()
    await certify({ ...host, authority: await importEd25519Key(publicKey, pkcs8) }, key, { principals: ['deploy'] })
    expect(await login(host, key, 'true')).toMatchObject({ code: 255 })
  })

  it('is refused once a byte of it was changed', async () => {
    const { certificate } = await certify(host, key, { principals: ['logs'] })
    const [format = '', base64 = ''] = certificate.split(' ')
    const blob = Buffer.from(base64, 'base64')
    // the principal in the list becomes one the host knows, of another length: sizes are mended too
    const forged = Buffer.from(blob.toString('latin1').replace('\0\0\0\x08\0\0\0\x04logs', '\0\0\0\x0a\0\0\0\x06deploy'), 'latin1')
    expect(forged.equals(blob)).toBe(false)
    await writeFile(`${key}-cert.pub`, `${format} ${forged.toString('base64')} forged\n`)
    expect(await login(host, key, 'true')).toMatchObject({ code: 255 })
  })

  it.each([
    ['ecdsa-sha2-nistp256', ['-t', 'ecdsa', '-b', '256']],
    ['ecdsa-sha2-nistp384', ['-t', 'ecdsa', '-b', '384']],
    ['ecdsa-sha2-nistp521', ['-t', 'ecdsa', '-b', '521']],
    ['ssh-rsa', ['-t', 'rsa', '-b', '3072']],
  ])('logs in with a holder’s key of format %s', async (format, options) => {
    const path = join(host.folder, `id_${format}`)
    makeKey(path, options)
    await certify(host, path, { principals: ['deploy'] })
    expect(describeCertificate(path)).toContain(`Type: ${format}-cert-v01@openssh.com user certificate`)
    expect(await login(host, path, 'echo in')).toMatchObject({ code: 0, stdout: 'in\n' })
  })

  it.each([
    ['RSA of 2048 bits', ['-t', 'rsa', '-b', '2048']],
    ['RSA of 3071 bits', ['-t', 'rsa', '-b', '3071']],
  ])('is not made for a holder’s key that is %s', async (name, options) => {
    const path = join(host.folder, name.replaceAll(' ', '-'))
    makeKey(path, options)
    expect(await mint(host, path, { principals: ['deploy'] })).toMatchObject({
      ok: false,
      error: { code: 'request_malformed', parameter: 'public_key', problem: 'malformed' },
    })
  })

  it('is not made over a certificate', async () => {
    const { certificate } = await certify(host, key, { principals: ['deploy'] })
    expect(await mint(host, key, { principals: ['deploy'] }, { publicKey: certificate })).toMatchObject({
      ok: false,
      error: { parameter: 'public_key' },
    })
  })
})
