/**
 * Runs one bundled worker in plain `workerd serve` on loopback: the same runtime as in production, without simulators.
 * It must never leave a process or a file with secrets behind: a guardian kills workerd and removes the scratch folder
 * when the pipe from this process closes, however this process ends.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import * as z from 'zod'
import { type BrokerConfig, brokerConfig } from './capnp.ts'

export interface WorkerdOptions extends Pick<BrokerConfig, 'durableObjects' | 'bindings'> {
  /** The folder that keeps the Durable Objects; absent: one that goes when workerd ends. */
  readonly storageDir?: string
  /** Path of the bundled worker, one ES module. */
  readonly script: string
  /** Loopback port; 0 takes a free one. */
  readonly port: number
  /** Whatever workerd and the worker's console print. */
  readonly log: (text: string) => void
}

export interface Workerd {
  readonly pid: number
  readonly port: number
  /** Settles when workerd has ended, by `stop` or by itself, with what it ended by. */
  readonly exited: Promise<string>
  /** Ends workerd: gently, then after two seconds for good. May be called twice. */
  stop(): Promise<void>
}

/** workerd did not come up; the message holds what it printed. */
export class WorkerdFailed extends Error {
  override readonly name = 'WorkerdFailed'
}

const startTimeoutMs = 20_000
const stopTimeoutMs = 2_000

/**
 * `exec` keeps the process id, so signals and CPU accounting reach workerd itself. The guardian reads the pipe: a line
 * lets it go, the end of the pipe without a line means that the parent died.
 */
const GUARDED_START = `
scratch=$1; shift
exec 5<&0 </dev/null
(trap "" HUP INT TERM; read -r line <&5 && exit; kill -KILL $$; rm -rf "$scratch") >/dev/null 2>&1 3>&- &
exec "$@" 5<&-
`

const workerdPackage = z.looseObject({ default: z.string() })

/** Starts workerd and answers once its socket listens. Throws `WorkerdFailed` when it does not. */
export async function startWorkerd(options: WorkerdOptions): Promise<Workerd> {
  const scratch = await mkdtemp(join(tmpdir(), 'jobpass-workerd-'))
  const storageDir = resolve(options.storageDir ?? join(scratch, 'objects'))
  await mkdir(storageDir, { recursive: true, mode: 0o700 })
  await copyFile(options.script, join(scratch, 'worker.js'))
  const configFile = join(scratch, 'broker.capnp')
  await writeFile(configFile, brokerConfig({ ...options, storageDir, moduleName: 'worker.js' }), { mode: 0o600 })
  const child = spawnGuarded(scratch, [
    workerdPath(),
    'serve',
    '--control-fd=3',
    `--socket-addr=broker=127.0.0.1:${options.port}`,
    configFile,
  ])
  const printed = collectOutput(child, options.log)
  const exited = new Promise<string>((settle) => child.on('exit', (code, signal) => settle(signal ?? `exit code ${code}`)))
  try {
    const port = await listening(child, exited, printed)
    const { pid } = child
    if (pid === undefined) throw new WorkerdFailed('workerd has no process id')
    await rm(configFile)
    return { pid, port, exited, stop: () => stop(child, exited, scratch) }
  } catch (error) {
    await stop(child, exited, scratch)
    throw error
  }
}

function workerdPath(): string {
  return workerdPackage.parse(createRequire(import.meta.url)('workerd')).default
}

function spawnGuarded(scratch: string, command: readonly string[]): ChildProcess {
  const child = spawn('/bin/sh', ['-c', GUARDED_START, 'sh', scratch, ...command], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
  })
  child.stdin?.on('error', ignoreClosedPipe)
  child.on('exit', () => child.stdin?.end('over\n'))
  return child
}

/** Writing the farewell line to a guardian that is gone already is no failure. */
function ignoreClosedPipe(): void {
  // the guardian ended first
}

function collectOutput(child: ChildProcess, log: (text: string) => void): () => string {
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (lines.length < 100) lines.push(text)
      log(text)
    })
  }
  return () => lines.join('').trim()
}

const listenMessage = z.looseObject({ event: z.literal('listen'), socket: z.literal('broker'), port: z.int() })

async function listening(child: ChildProcess, exited: Promise<string>, printed: () => string): Promise<number> {
  const timer = new AbortController()
  const timeout = new Promise<never>((_, fail) => {
    const late = setTimeout(
      () => fail(new WorkerdFailed(`workerd did not listen within ${startTimeoutMs / 1000} s\n${printed()}`)),
      startTimeoutMs,
    )
    timer.signal.addEventListener('abort', () => clearTimeout(late))
  })
  const died = exited.then((how) => Promise.reject(new WorkerdFailed(`workerd ended at start (${how})\n${printed()}`)))
  const absent = new Promise<never>((_, fail) => child.on('error', (error) => fail(new WorkerdFailed(error.message))))
  try {
    return await Promise.race([firstPort(child), timeout, died, absent])
  } finally {
    timer.abort()
    // the losers of the race may still reject, when workerd is stopped
    Promise.allSettled([died, absent])
  }
}

function firstPort(child: ChildProcess): Promise<number> {
  const control = child.stdio[3]
  if (control === null || control === undefined || !('setEncoding' in control)) return Promise.reject(new WorkerdFailed('no control pipe'))
  return new Promise((settle) => {
    let text = ''
    readText(control, (chunk) => {
      text += chunk
      for (const line of text.split('\n').slice(0, -1)) {
        const message = listenMessage.safeParse(JSON.parse(line))
        if (message.success) settle(message.data.port)
      }
    })
  })
}

function readText(stream: Readable, onText: (text: string) => void): void {
  stream.setEncoding('utf8').on('data', onText)
}

async function stop(child: ChildProcess, exited: Promise<string>, scratch: string): Promise<void> {
  if (child.pid !== undefined) {
    const kill = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    child.kill('SIGTERM')
    await exited
    clearTimeout(kill)
  }
  await rm(scratch, { recursive: true, force: true })
}
