/** The broker of the demo: `jobpass dev` as a user starts it, and the questions the demo asks over HTTP. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'

export const ROOT = join(import.meta.dirname, '../..')
export const JOBPASS = join(ROOT, 'dist/jobpass/main.js')

const readyLine = z.object({
  broker: z.string(),
  issuer: z.string(),
  idTokenRequestUrl: z.string(),
  idTokenRequestToken: z.string(),
  policy: z.string(),
})

export interface DemoBroker extends z.infer<typeof readyLine> {
  stop(): Promise<void>
}

/** Starts `jobpass dev` on two free ports; rejects with what it printed when it does not come up. */
export async function startBroker(policyDir: string): Promise<DemoBroker> {
  const child = spawn(process.execPath, [JOBPASS, 'dev', policyDir, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const exited = new Promise<void>((settle) => child.on('exit', () => settle()))
  const first = new Promise<string>((settle) => createInterface({ input: child.stdout }).once('line', settle))
  const line = await Promise.race([first, exited])
  if (line === undefined) throw new Error(`jobpass dev did not start:\n${errors}`)
  const stop = (): Promise<void> => {
    child.kill('SIGTERM')
    return exited
  }
  return { ...readyLine.parse(JSON.parse(line)), stop }
}

/** Tells the CI which job runs now. */
export async function becomeJob({ issuer }: DemoBroker, claims: Readonly<Record<string, string>>): Promise<void> {
  const response = await fetch(`${issuer}/job`, { method: 'POST', body: JSON.stringify(claims) })
  if (!response.ok) throw new Error(`the CI refuses the job: ${await response.text()}`)
}

export function becomeAuditor(broker: DemoBroker): Promise<void> {
  return becomeJob(broker, { iss: broker.issuer, repository: 'jobpass/auditor' })
}

/** An ID token of the job that runs now, as any step of it can have one. */
export async function idToken({ broker, idTokenRequestUrl, idTokenRequestToken }: DemoBroker): Promise<string> {
  const headers = { authorization: `Bearer ${idTokenRequestToken}` }
  const response = await fetch(`${idTokenRequestUrl}&audience=${encodeURIComponent(broker)}`, { headers })
  return z.object({ value: z.string() }).parse(await response.json()).value
}

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** `POST /token` with a given ID token, as anybody on the network can. */
export function exchange(broker: DemoBroker, grant: string, subjectToken: string): Promise<Answer> {
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subjectToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience: grant,
  })
  return ask(broker, '/token', { method: 'POST', body: form })
}

export async function revoke(broker: DemoBroker, credential: string): Promise<number> {
  const response = await fetch(`${broker.broker}/revoke`, { method: 'POST', body: new URLSearchParams({ token: credential }) })
  return response.status
}

/** What is live, as an auditor sees it. */
export async function liveLeases(broker: DemoBroker): Promise<Answer> {
  await becomeAuditor(broker)
  return ask(broker, '/leases', { headers: { authorization: `Bearer ${await idToken(broker)}` } })
}

async function ask(broker: DemoBroker, path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(`${broker.broker}${path}`, init)
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) }
}
