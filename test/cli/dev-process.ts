/**
 * `jobpass dev` as a process of its own, from the bundles in `dist/` as users have them, and what a job does with it over HTTP.
 * `npm run build` first: `npm run check` proves that dist/ is fresh.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'

export const JOBPASS = join(import.meta.dirname, '../../dist/jobpass/main.js')
export const EXAMPLE_POLICY = join(import.meta.dirname, '../../examples/policy')

const readyLine = z.strictObject({
  ready: z.literal(true),
  broker: z.url(),
  issuer: z.url(),
  idTokenRequestUrl: z.url(),
  idTokenRequestToken: z.string().min(1),
  policy: z.string().regex(/^sha256:[0-9a-f]{64}$/),
})

export type ReadyLine = z.infer<typeof readyLine>

/** An answer of the broker or the issuer. */
export interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

export class DevProcess {
  readonly child: ChildProcess
  readonly exited: Promise<number | NodeJS.Signals | null>
  #stdout = ''
  #stderr = ''
  #ready: ReadyLine | undefined

  constructor(args: readonly string[], cwd?: string) {
    this.child = spawn(process.execPath, [JOBPASS, 'dev', ...args], { stdio: ['ignore', 'pipe', 'pipe'], cwd })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text
    })
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
    })
    this.exited = new Promise((settle) => this.child.on('exit', (code, signal) => settle(code ?? signal)))
  }

  static async ready(args: readonly string[], cwd?: string): Promise<DevProcess> {
    const dev = new DevProcess(args.includes('--port') ? args : [...args, '--port', '0'], cwd)
    await until(
      () => dev.#stdout.includes('\n') || dev.child.exitCode !== null,
      () => `dev is not ready: ${dev.stderr()}`,
    )
    if (dev.child.exitCode !== null) throw new Error(`dev ended with ${dev.child.exitCode}: ${dev.stderr()}`)
    dev.#ready = readyLine.parse(JSON.parse(dev.#stdout))
    return dev
  }

  get line(): ReadyLine {
    if (this.#ready === undefined) throw new Error('dev was not started by ready()')
    return this.#ready
  }

  stdout(): string {
    return this.#stdout
  }

  stderr(): string {
    return this.#stderr
  }

  /** The process ids of its children: workerd. */
  children(): number[] {
    const { pid } = this.child
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.child.kill(signal)
    return this.exited
  }

  async job(claims: Record<string, unknown>): Promise<Answer> {
    return answer(await fetch(`${this.line.issuer}/job`, { method: 'POST', body: JSON.stringify(claims) }))
  }

  async idToken(audience: string = this.line.broker): Promise<string> {
    const url = `${this.line.idTokenRequestUrl}&audience=${encodeURIComponent(audience)}`
    const { status, body } = await answer(await fetch(url, { headers: { authorization: `Bearer ${this.line.idTokenRequestToken}` } }))
    if (status !== 200) throw new Error(`no ID token: ${status}`)
    return String(body.value)
  }

  /** `POST /token` with a fresh token of the current job, or with the one given. */
  async exchange(grant: string, more: Record<string, string> = {}): Promise<Answer> {
    const body = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: more.subject_token ?? (await this.idToken()),
      audience: grant,
      ...more,
    })
    return answer(await fetch(`${this.line.broker}/token`, { method: 'POST', body }))
  }

  async health(): Promise<Answer> {
    return answer(await fetch(`${this.line.broker}/healthz`))
  }

  /** As the authority of a role: becomes that job, asks, and is the default job again. */
  async asAuthority(role: 'publisher' | 'operator' | 'auditor', path: string, init: RequestInit = {}): Promise<Response> {
    await this.job({ iss: this.line.issuer, repository: `jobpass/${role}` })
    const headers = { ...init.headers, authorization: `Bearer ${await this.idToken()}` }
    await this.job({})
    return fetch(`${this.line.broker}${path}`, { ...init, headers })
  }
}

async function answer(response: Response): Promise<Answer> {
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) }
}

/** Waits until something holds; fails after 20 seconds with what it waited for. */
export async function until(holds: () => boolean | Promise<boolean>, what: () => string): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(what())
    await sleep(30)
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
