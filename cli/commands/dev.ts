/**
 * `jobpass dev`: a whole broker on this machine, with a CI to try it with. It runs until it is stopped; what a script needs is on
 * standard output, one line; everything else is on standard error.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { err, ok, type Result } from '../../shared/result.ts'
import { reason } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { compileFolder } from '../compiled-folder.ts'
import { type LocalBroker, startLocalBroker } from '../dev/local-broker.ts'
import { type DevSecrets, readSecrets } from '../dev/secrets-file.ts'
import { readOptions, usageError } from '../options.ts'

export const devHelp = `jobpass dev DIR [--port 8787] [--state DIR] [--secrets FILE] [--two-person ACTS]

Runs the real broker on this machine (workerd, 127.0.0.1) with the policy of DIR, and a local CI issuer on the next port.
A change in DIR is published at once. Works without a network.

  --port N        the broker's port; the issuer takes N + 1 (default: 8787; 0 takes two free ones)
  --state DIR     keeps keys, leases and the ledger there (default: a temporary folder)
  --secrets FILE  UPSTREAM_* secrets and WEBHOOK_SECRET in dotenv form (default: .dev.vars when present)
  --two-person ACTS  what takes a second person, as TWO_PERSON of a deployed broker: thaw, widen or thaw,widen

Prints one line of JSON once it can serve: broker, issuer, idTokenRequestUrl, idTokenRequestToken, policy.
POST a JSON object of claims to ISSUER/job to become another job; docs/cli.md shows how.
Exit: 0 stopped · 1 the policy cannot be published · 2 could not run.
`

const SPEC = { operands: ['DIR'], options: { port: 'value', state: 'value', secrets: 'value', 'two-person': 'value' } } as const
const DEFAULT_SECRETS_FILE = '.dev.vars'
const lookForParentEveryMs = 200

export async function devCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'dev', read.error)
  const port = portOf(read.value.option('port') ?? '8787')
  if (!port.ok) return usageError(io, 'dev', [port.error])
  const secrets = await secretsOf(read.value.option('secrets'), io.cwd)
  if (!secrets.ok) return usageError(io, 'dev', [secrets.error])
  if (secrets.value.ignored.length > 0)
    io.stderr(`Neither UPSTREAM_* nor WEBHOOK_SECRET, so not passed on: ${secrets.value.ignored.join(', ')}\n`)
  const stateDir = read.value.option('state')
  const twoPerson = read.value.option('two-person')
  if (twoPerson !== undefined && !/^(thaw|widen|thaw,widen|widen,thaw)$/.test(twoPerson))
    return usageError(io, 'dev', [`--two-person: thaw, widen or thaw,widen, not ${JSON.stringify(twoPerson)}`])
  const stopped = stopSignal()
  const started = await startLocalBroker({
    dir: resolve(io.cwd, read.value.operands[0] ?? '.'),
    readPolicy: compileFolder,
    port: port.value,
    secrets: secrets.value.secrets,
    tell: io.stderr,
    ...(twoPerson === undefined ? {} : { twoPerson }),
    ...(stateDir === undefined ? {} : { stateDir: resolve(io.cwd, stateDir) }),
  })
  if (started.ok) return serve(started.value, stopped, io)
  io.stderr(`${started.error.message}\n`)
  return started.error.because === 'policy' ? EXIT.findings : EXIT.couldNotRun
}

async function serve(broker: LocalBroker, stopped: Promise<void>, io: CommandIo): Promise<number> {
  io.stdout(`${JSON.stringify(broker.ready)}\n`)
  const died = await Promise.race([stopped.then(() => undefined), broker.ended])
  await broker.stop()
  if (died === undefined) return EXIT.success
  io.stderr(`jobpass dev: workerd ended by itself (${died})\n`)
  return EXIT.couldNotRun
}

/** Settles at the first signal to stop; later ones change nothing, so that stopping is always orderly. */
function stopSignal(): Promise<void> {
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => settle())
    if (process.env.npm_lifecycle_event !== undefined) whenParentIsGone(settle)
  })
}

/** `npm run` hands a signal to the shell between it and its script, which dies of it and tells nobody: the script's parent is gone. */
function whenParentIsGone(settle: () => void): void {
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    settle()
  }, lookForParentEveryMs)
  look.unref()
}

function portOf(text: string): Result<number, string> {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN
  return port <= 65_534 ? ok(port) : err(`--port: a number from 1 to 65534, or 0 for free ones, not ${JSON.stringify(text)}`)
}

async function secretsOf(option: string | undefined, cwd: string): Promise<Result<DevSecrets, string>> {
  const file = resolve(cwd, option ?? DEFAULT_SECRETS_FILE)
  if (option === undefined && !existsSync(file)) return ok({ secrets: {}, ignored: [] })
  try {
    return ok(readSecrets(await readFile(file, 'utf8')))
  } catch (error) {
    return err(`--secrets: ${reason(error)}`)
  }
}
