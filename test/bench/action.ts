/** The action's own time: the built `main` from process start to outputs set, against an empty script in the same Node, and the sizes of the bundles. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import * as z from 'zod'
import { median } from './exchange.ts'

const RUNS = 15
const PORT = '8931'
const FIRST_JOB = 72_463_523_102
const BUNDLES = ['dist/action/main.js', 'dist/action/post.js', 'dist/jobpass/main.js', 'dist/worker/index.js']

const readyLine = z.looseObject({ broker: z.string(), issuer: z.string(), idTokenRequestUrl: z.string(), idTokenRequestToken: z.string() })

export async function benchAction(): Promise<void> {
  const dev = spawn(process.execPath, ['dist/jobpass/main.js', 'dev', 'examples/policy', '--port', PORT], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const lines = createInterface({ input: dev.stdout })
  const [line] = await once(lines, 'line')
  const folder = mkdtempSync(join(tmpdir(), 'jobpass-bench-'))
  try {
    report(await timeRuns(folder, readyLine.parse(JSON.parse(String(line)))))
  } finally {
    dev.kill('SIGTERM')
    await once(dev, 'exit')
    rmSync(folder, { recursive: true })
  }
  for (const bundle of BUNDLES) console.log(`  ${bundle.padEnd(24)} ${(statSync(bundle).size / 1024).toFixed(0).padStart(6)} KiB`)
}

interface Times {
  readonly emptyMs: readonly number[]
  readonly actionMs: readonly number[]
}

async function timeRuns(folder: string, ready: z.infer<typeof readyLine>): Promise<Times> {
  const emptyMs: number[] = []
  const actionMs: number[] = []
  writeFileSync(join(folder, 'empty.js'), '')
  for (let index = 0; index < RUNS; index++) {
    emptyMs.push(await timed(join(folder, 'empty.js'), {}))
    await startJob(ready.issuer, index)
    actionMs.push(await timed('dist/action/main.js', runnerEnvironment(folder, ready)))
  }
  return { emptyMs, actionMs }
}

/** The grant may be drawn a few times in a job, so each run is a job of its own. */
async function startJob(issuer: string, index: number): Promise<void> {
  const response = await fetch(`${issuer}/job`, { method: 'POST', body: JSON.stringify({ check_run_id: String(FIRST_JOB + index) }) })
  if (!response.ok) throw new Error(`the job was not set: ${response.status}`)
}

function report({ emptyMs, actionMs }: Times): void {
  const ratios = actionMs.map((ms, index) => ms / (emptyMs[index] ?? 1))
  console.log(`action: process start to exit, median of ${RUNS} runs, against the broker of dev`)
  const added = (median(actionMs) - median(emptyMs)).toFixed(0)
  console.log(
    `  empty script ${median(emptyMs).toFixed(0)} ms   action ${median(actionMs).toFixed(0)} ms   ratio ${median(ratios).toFixed(1)}   added ${added} ms`,
  )
}

async function timed(script: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${withoutMasks(printed)}`)
  const output = environment.GITHUB_OUTPUT
  if (output !== undefined && !readFileSync(output, 'utf8').includes('token')) throw new Error('the action set no output')
  return performance.now() - startedAt
}

/** What the runner would swallow: the secrets to mask. */
function withoutMasks(printed: string): string {
  return printed.replaceAll(/^::add-mask::.*$/gm, '').trim()
}

function runnerEnvironment(folder: string, ready: z.infer<typeof readyLine>): Readonly<Record<string, string>> {
  const files = Object.fromEntries(['OUTPUT', 'ENV', 'STATE', 'PATH', 'STEP_SUMMARY'].map((name) => [`GITHUB_${name}`, join(folder, name)]))
  for (const file of Object.values(files)) writeFileSync(file, '')
  return {
    ...files,
    GITHUB_ACTIONS: 'true',
    RUNNER_TEMP: folder,
    ACTIONS_ID_TOKEN_REQUEST_URL: ready.idTokenRequestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: ready.idTokenRequestToken,
    INPUT_BROKER: ready.broker,
    INPUT_GRANT: 'call-internal-api',
    INPUT_REVOKE: 'true',
    INPUT_ENV: 'false',
  }
}
