/** What is left when the jobs are over: no lease, no file, and a ledger that tells all of it and can be verified offline. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import type { OpenedJob } from './jobs.ts'
import { becomeAuditor, becomeJob, type DemoBroker, JOBPASS, liveLeases } from './local-broker.ts'
import { chapter, claim, quote } from './story.ts'

const leaseList = z.looseObject({ leases: z.array(z.unknown()) })

async function countLive(broker: DemoBroker): Promise<number | undefined> {
  const { body } = await liveLeases(broker)
  const read = leaseList.safeParse(body)
  return read.success ? read.data.leases.length : undefined
}

export async function afterTheJobs(broker: DemoBroker, jobs: readonly OpenedJob[]): Promise<void> {
  chapter('The jobs end')
  const before = await countLive(broker)
  claim(before === jobs.length, `an auditor sees ${jobs.length} leases that are live`, before)
  for (const { name, claims, running } of jobs) {
    await becomeJob(broker, claims)
    const post = await running.end()
    quote(post.log)
    const lease = running.main.outputs.get('lease') ?? ''
    claim(post.code === 0 && lease !== '' && post.log.includes(lease), `the post step of ${name} gave its lease back`, post.log)
    const keyPath = running.main.outputs.get('ssh-key-path')
    if (keyPath !== undefined) claim(!existsSync(keyPath), 'and took its key away')
  }
  const after = await countLive(broker)
  claim(after === 0, 'every lease is over', after)
}

const entry = z.looseObject({ type: z.string(), seq: z.number().optional(), at: z.string().optional() })

export async function ledgerOfItAll(broker: DemoBroker): Promise<void> {
  chapter('The ledger of it all')
  await becomeAuditor(broker)
  const exported = await jobpass(broker, 'ledger', 'export', '--broker', broker.broker)
  claim(exported.code === 0, 'an auditor exports it', exported.output)
  const entries = exported.output
    .trim()
    .split('\n')
    .map((line) => entry.parse(JSON.parse(line)))
  for (const line of entries.filter(({ type }) => TOLD.includes(type))) quote(tell(line))
  const seen = (type: string): number => entries.filter((line) => line.type === type).length
  claim(seen('issued') === 3 && seen('returned') === 3, 'it has three credentials issued and three given back', entries)
  claim(seen('refused') >= 1, 'and what was refused', entries)
  await verify(broker, exported.output)
}

const TOLD = ['published', 'issued', 'refused', 'returned', 'revoked', 'expired']

function tell(line: z.infer<typeof entry>): string {
  const text = (name: string): string => (typeof line[name] === 'string' ? line[name] : '')
  const subject = [text('grant'), text('workload'), text('code')].filter((part) => part !== '').join('  ')
  return `${line.at?.slice(11, 23) ?? ''}  ${line.type.padEnd(10)} ${subject === '' ? text('policy').slice(0, 19) : subject}`
}

async function verify(broker: DemoBroker, exported: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jobpass-demo-'))
  const file = join(folder, 'ledger.ndjson')
  await writeFile(file, exported)
  const intact = await jobpass(broker, 'ledger', 'verify', file)
  quote(intact.output)
  claim(intact.code === 0, 'verified offline: no entry was changed, removed or added', intact.output)
  await writeFile(file, exported.replace('refs/heads/feature', 'refs/heads/main'))
  const edited = await jobpass(broker, 'ledger', 'verify', file)
  quote(edited.output)
  claim(edited.code === 5, 'and an export in which somebody edits the refused branch is found broken', edited.output)
  await rm(folder, { recursive: true, force: true })
}

/** The command line as a process of its own, with the ID tokens of the job that runs now. */
async function jobpass(broker: DemoBroker, ...args: string[]): Promise<{ code: number; output: string }> {
  const env = {
    PATH: process.env.PATH,
    ACTIONS_ID_TOKEN_REQUEST_URL: broker.idTokenRequestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: broker.idTokenRequestToken,
  }
  const child = spawn(process.execPath, [JOBPASS, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const code = await new Promise<number>((settle) => child.on('close', (status) => settle(status ?? 1)))
  return { code, output }
}
