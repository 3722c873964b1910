/**
 * The embedded default: the real worker in workerd on loopback, a local CI issuer beside it, and a policy folder that is published
 * through the real path, again on every save. It must never differ from a deployed broker in anything but its configuration.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { CompiledFolder, NotCompiled } from '../compiled-folder.ts'
import type { NotDone } from '../publishing.ts'
import { issuedAs } from './issued-as.ts'
import { type LocalIssuer, startIssuer } from './issuer.ts'
import { AUTHORITY_OWNER, AUTHORITY_OWNER_ID } from './job.ts'
import { isFree, portPair } from './ports.ts'
import { publisherOf } from './publisher.ts'
import { type DevState, openState, StateUnusable } from './state.ts'
import { fingerprint, watchFolder } from './watch.ts'
import { startWorkerd, type Workerd, WorkerdFailed } from './workerd.ts'

export interface LocalBrokerOptions {
  /** The policy folder. */
  readonly dir: string
  /** The policy in the folder now, or what is wrong with it, as `check` prints it. */
  readonly readPolicy: (dir: string) => Promise<Result<CompiledFolder, NotCompiled>>
  /** The broker's port; the issuer has the next. 0 takes two free ones. */
  readonly port: number
  readonly stateDir?: string
  /** The `UPSTREAM_*` bindings and `WEBHOOK_SECRET`. */
  readonly secrets: Readonly<Record<string, string>>
  /** `TWO_PERSON` of the broker. */
  readonly twoPerson?: string
  /** What happens meanwhile, for people; and whatever the worker logs. */
  readonly tell: (text: string) => void
}

/** The line `dev` prints once it can serve. */
export interface Ready {
  readonly ready: true
  readonly broker: string
  readonly issuer: string
  readonly idTokenRequestUrl: string
  readonly idTokenRequestToken: string
  readonly policy: PolicyDigest
}

export interface LocalBroker {
  readonly ready: Ready
  /** The process id of workerd. */
  readonly pid: number
  /** Settles when workerd has ended, wanted or not, with what it ended by. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

/** `policy`: the folder holds no policy that can be published · `machine`: a port, a file or the runtime. */
export interface NotStarted {
  readonly because: 'policy' | 'machine'
  readonly message: string
}

/** The bundled worker; at the same place seen from the sources and from the bundle of the command line. */
const WORKER_BUNDLE = fileURLToPath(new URL('../../dist/worker/index.js', import.meta.url))

const DURABLE_OBJECTS = { LEDGER: 'Ledger', POLICY_STORE: 'PolicyStore', KEYRING: 'Keyring' }

export async function startLocalBroker(options: LocalBrokerOptions): Promise<Result<LocalBroker, NotStarted>> {
  const since = await fingerprint(options.dir)
  const policy = await options.readPolicy(options.dir)
  if (!policy.ok) return err({ because: policy.error.because === 'findings' ? 'policy' : 'machine', message: policy.error.text.trimEnd() })
  try {
    return await startAll(options, policy.value, since)
  } catch (error) {
    if (error instanceof WorkerdFailed || error instanceof StateUnusable || isSystemError(error)) return notStarted(error.message)
    throw error
  }
}

function notStarted(message: string): Result<never, NotStarted> {
  return err({ because: 'machine', message })
}

function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error
}

async function startAll(options: LocalBrokerOptions, policy: CompiledFolder, since: string): Promise<Result<LocalBroker, NotStarted>> {
  if (!existsSync(WORKER_BUNDLE)) return notStarted(`${WORKER_BUNDLE} is missing: run \`npm run build\``)
  const port = await portPair(options.port)
  for (const wanted of [port, port + 1]) {
    if (!(await isFree(wanted)))
      return notStarted(`port ${wanted} on 127.0.0.1 is in use; choose another with --port (the issuer takes the port after it)`)
  }
  await using started = new AsyncDisposableStack()
  const state = await openState(options.stateDir)
  started.defer(() => state.release())
  const issuer = await startIssuer(port + 1, state.issuerKey)
  started.defer(() => issuer.stop())
  const workerd = await startWorkerd({ script: WORKER_BUNDLE, port, log: options.tell, ...workerSettings(options, port, issuer, state) })
  started.defer(() => workerd.stop())
  const folder = publishedFolder(options, `http://127.0.0.1:${port}`, issuer)
  const digest = await folder.publish(policy)
  if (!digest.ok) return err({ because: digest.error.by === 'broker' ? 'policy' : 'machine', message: digest.error.lines.join('\n') })
  const watch = watchFolder(options.dir, since, folder.publishAgain)
  started.defer(() => watch.stop())
  return ok(running(started.move(), workerd, readyLine(port, issuer, digest.value)))
}

function running(started: AsyncDisposableStack, workerd: Workerd, ready: Ready): LocalBroker {
  return { ready, pid: workerd.pid, ended: workerd.exited, stop: () => started.disposeAsync() }
}

function readyLine(port: number, issuer: LocalIssuer, policy: PolicyDigest): Ready {
  return {
    ready: true,
    broker: `http://127.0.0.1:${port}`,
    issuer: issuer.origin,
    idTokenRequestUrl: issuer.idTokenRequestUrl,
    idTokenRequestToken: issuer.idTokenRequestToken,
    policy,
  }
}

function workerSettings({ secrets, twoPerson }: LocalBrokerOptions, port: number, issuer: LocalIssuer, state: DevState) {
  const authority = (name: string) => [
    { issuer: issuer.origin, is: { repository: `${AUTHORITY_OWNER}/${name}`, repository_owner_id: AUTHORITY_OWNER_ID } },
  ]
  return {
    ...(state.storageDir === undefined ? {} : { storageDir: state.storageDir }),
    durableObjects: DURABLE_OBJECTS,
    bindings: {
      BROKER_ORIGIN: `http://127.0.0.1:${port}`,
      AUTHORITIES: JSON.stringify({ publishers: authority('publisher'), operators: authority('operator'), auditors: authority('auditor') }),
      SEALING_KEY: state.sealingKey,
      DEV_ISSUER_KEYS: issuer.keysUrl,
      ...(twoPerson === undefined ? {} : { TWO_PERSON: twoPerson }),
      ...secrets,
    },
  }
}

interface PublishedFolder {
  publish(policy: CompiledFolder): Promise<Result<PolicyDigest, NotDone>>
  /** Reads the folder and publishes what changed; a broken save leaves the last good policy active. */
  publishAgain(): Promise<void>
}

function publishedFolder({ dir, readPolicy, tell }: LocalBrokerOptions, broker: string, issuer: LocalIssuer): PublishedFolder {
  const publishAs = publisherOf(broker, issuer)
  let active: PolicyDigest | undefined
  const publish = async (policy: CompiledFolder): Promise<Result<PolicyDigest, NotDone>> => {
    const result = await publishAs(policy)
    if (!result.ok) return result
    active = policy.digest
    issuer.follow(issuedAs(policy.document, issuer.origin))
    return result
  }
  const publishAgain = async (): Promise<void> => {
    const policy = await readPolicy(dir)
    if (!policy.ok) return tell(`${policy.error.text}The policy published before stays active: ${active}\n`)
    if (policy.value.digest === active) return tell(`The policy means the same as before: ${active}\n`)
    const result = await publish(policy.value)
    tell(
      result.ok ? `Published ${result.value}\n` : `${result.error.lines.join('\n')}\nThe policy published before stays active: ${active}\n`,
    )
  }
  return { publish, publishAgain }
}
