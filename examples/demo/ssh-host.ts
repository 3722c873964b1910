/**
 * A web host of the demo: a real sshd on loopback that trusts the broker's CA and nothing else: no password, no authorized_keys.
 * People who hold a certificate with the principal `deploy` may log in as the user who runs the demo.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const SSHD = '/usr/sbin/sshd'

export interface SshHost {
  /** Runs a command on the host with a key and the certificate beside it. */
  login(keyPath: string, command: string): Promise<Login>
  stop(): Promise<void>
}

export interface Login {
  readonly code: number
  readonly output: string
  /** What the host wrote about it. */
  readonly hostLog: string
}

/** Starts the host; a sentence when this machine cannot have one. */
export async function startSshHost(authority: string): Promise<SshHost | string> {
  if (!existsSync(SSHD)) return `${SSHD} is not installed (Debian: apt-get install openssh-server), so nobody logs in`
  if (spawnSync('ssh', ['-V']).status !== 0) return 'ssh is not installed (Debian: apt-get install openssh-client), so nobody logs in'
  const folder = await mkdtemp(join(tmpdir(), 'jobpass-demo-host-'))
  const [port, log] = [await freePort(), join(folder, 'log')]
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'host')])
  await writeFile(join(folder, 'ca.pub'), authority)
  await writeFile(join(folder, 'principals'), 'deploy\n')
  await writeFile(join(folder, 'config'), sshdConfig(folder, port))
  // where sshd runs as root it wants this folder, which its start script would make
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true })
  const daemon = spawn(SSHD, ['-D', '-f', join(folder, 'config'), '-E', log], { stdio: 'ignore' })
  const gone = new Promise<void>((settle) => daemon.on('exit', () => settle()))
  const readLog = async (): Promise<string> => (existsSync(log) ? readFile(log, 'utf8') : '')
  const stop = async (): Promise<void> => {
    daemon.kill('SIGTERM')
    await gone
    await rm(folder, { recursive: true, force: true })
  }
  if (!(await listens(readLog))) {
    const said = await readLog()
    await stop()
    return `sshd does not start here: ${said.trim()}`
  }
  return { login: (keyPath, command) => login({ keyPath, command, port, readLog }), stop }
}

function sshdConfig(folder: string, port: number): string {
  return `ListenAddress 127.0.0.1:${port}
HostKey ${folder}/host
PidFile ${folder}/pid
TrustedUserCAKeys ${folder}/ca.pub
AuthorizedPrincipalsFile ${folder}/principals
AuthorizedKeysFile none
AuthenticationMethods publickey
PermitRootLogin yes
StrictModes no
UsePAM no
LogLevel VERBOSE
`
}

async function listens(readLog: () => Promise<string>): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await readLog()).includes('Server listening')) return true
    await sleep(30)
  }
  return false
}

interface LoginSpec {
  readonly keyPath: string
  readonly command: string
  readonly port: number
  readonly readLog: () => Promise<string>
}

async function login({ keyPath, command, port, readLog }: LoginSpec): Promise<Login> {
  const before = (await readLog()).length
  const options = ['IdentitiesOnly=yes', 'StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes', 'LogLevel=ERROR']
  const child = spawn(
    'ssh',
    [
      '-F',
      'none',
      '-p',
      String(port),
      '-i',
      keyPath,
      ...options.flatMap((option) => ['-o', option]),
      `${userInfo().username}@127.0.0.1`,
      command,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, HOME: process.env.HOME } },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const code = await new Promise<number>((settle) => child.on('close', (status) => settle(status ?? 1)))
  return { code, output, hostLog: (await readLog()).slice(before) }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const address = server.address()
  await new Promise((settle) => server.close(settle))
  return typeof address === 'object' && address !== null ? address.port : 0
}
