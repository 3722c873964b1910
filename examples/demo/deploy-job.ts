/** The deploy job of the shop: an SSH certificate for one environment, and, where this machine has an sshd, a login with it. */
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { claimMasked, type OpenedJob, openJob } from './jobs.ts'
import type { DemoBroker } from './local-broker.ts'
import { type SshHost, startSshHost } from './ssh-host.ts'
import { cannotShow, chapter, claim, quote, say } from './story.ts'

const CONNECTION = 'acme-hosts'

export async function deployJob(broker: DemoBroker): Promise<OpenedJob> {
  chapter('A job in the environment production of acme/web deploys over SSH')
  const authority = await (await fetch(`${broker.broker}/.well-known/ssh-ca/${CONNECTION}`)).text()
  const host = await startSshHost(authority)
  say('The web host trusts the CA of the broker, the present one and the next; it knows no password and no authorized key.')
  quote(authority.trim())
  try {
    return await deploy(broker, host)
  } finally {
    if (typeof host !== 'string') await host.stop()
  }
}

async function deploy(broker: DemoBroker, host: SshHost | string): Promise<OpenedJob> {
  const claims = { repository: 'acme/web', ref: 'refs/heads/main', environment: 'production', run_id: '102' }
  const job = await openJob(broker, 'deploy', 'deploy-web', claims)
  const { main } = job.running
  claim(main.code === 0, 'the step succeeds: a certificate over a key that this runner made and keeps', main.log)
  const [keyPath, certificatePath] = [main.outputs.get('ssh-key-path') ?? '', main.outputs.get('ssh-certificate-path') ?? '']
  const isPrivate = [keyPath, certificatePath].every((path) => existsSync(path) && (statSync(path).mode & 0o077) === 0)
  claim(isPrivate, 'key and certificate are files that only the job can read', [keyPath, certificatePath])
  if (isPrivate) claimMasked(main, [await readFile(keyPath, 'utf8')])
  if (typeof host === 'string') cannotShow(host)
  else if (isPrivate) await logIn(host, keyPath, main.outputs.get('lease') ?? '')
  return job
}

async function logIn(host: SshHost, keyPath: string, lease: string): Promise<void> {
  const login = await host.login(keyPath, 'echo "deployed by $(whoami) over SSH"')
  if (login.hostLog.includes('account is locked')) return cannotShow('sshd lets nobody in as this user, whose account is locked')
  quote(login.output)
  claim(login.code === 0 && login.output.includes('deployed by'), 'the host lets the job in and runs its command', login)
  claim(lease !== '' && login.hostLog.includes(lease), "the host's own log names the lease", login.hostLog)
}
