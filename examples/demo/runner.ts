/**
 * Runs the built action as GitHub's runner does: inputs and their defaults as variables, command files, main and then post with the
 * state main saved, and a log in which every masked value is stars. It knows nothing of the broker.
 */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { ROOT } from './local-broker.ts'

const actionFile = z.looseObject({
  inputs: z.record(z.string(), z.looseObject({ default: z.string().optional() })),
  runs: z.looseObject({ main: z.string(), post: z.string() }),
})

export interface JobSpec {
  readonly name: string
  /** The step's `with:`. */
  readonly inputs: Readonly<Record<string, string>>
  /** What the runner is given for ID tokens, with `permissions: id-token: write`. */
  readonly idTokenRequestUrl: string
  readonly idTokenRequestToken: string
}

export interface StepResult {
  readonly code: number
  /** As the log of the job shows it: masked. */
  readonly log: string
  readonly outputs: ReadonlyMap<string, string>
  readonly summary: string
}

export interface RunningJob {
  readonly main: StepResult
  /** Ends the job: post, then the job's temporary folder goes. */
  end(): Promise<StepResult>
}

const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const

/** Starts a job whose one interesting step uses the action, and runs that step. */
export async function startJob(spec: JobSpec): Promise<RunningJob> {
  const action = actionFile.parse(parse(await readFile(join(ROOT, 'action.yml'), 'utf8')))
  const folder = await mkdtemp(join(tmpdir(), 'jobpass-demo-'))
  await mkdir(join(folder, 'temp'))
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ''])
  const inputs: Record<string, string> = { ...Object.fromEntries(defaults), ...spec.inputs }
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_JOB: spec.name,
    RUNNER_TEMP: join(folder, 'temp'),
    ACTIONS_ID_TOKEN_REQUEST_URL: spec.idTokenRequestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: spec.idTokenRequestToken,
    ...prefixed(
      'INPUT_',
      Object.entries(inputs).map(([name, value]) => [name.replaceAll(' ', '_').toUpperCase(), value]),
    ),
  }
  const masks: string[] = []
  const main = await runStep(join(ROOT, action.runs.main), { folder, environment, masks })
  const end = async (): Promise<StepResult> => {
    const state = prefixed('STATE_', [...main.state])
    const post = await runStep(join(ROOT, action.runs.post), { folder, environment: { ...environment, ...state }, masks })
    await rm(folder, { recursive: true, force: true })
    return post
  }
  return { main, end }
}

function prefixed(prefix: string, entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(entries.map(([name, value]) => [`${prefix}${name}`, value]))
}

interface Step {
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Grows over the job: what one step masks stays masked. */
  readonly masks: string[]
}

async function runStep(script: string, { folder, environment, masks }: Step): Promise<StepResult & { state: ReadonlyMap<string, string> }> {
  const files: Record<string, string> = {}
  for (const name of COMMAND_FILES) {
    files[name] = join(folder, name)
    await writeFile(join(folder, name), '')
  }
  const child = spawn(process.execPath, [script], { env: { ...environment, ...files }, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  }
  const code = await new Promise<number>((settle) => child.on('close', (status) => settle(status ?? 1)))
  const read = async (name: (typeof COMMAND_FILES)[number]): Promise<string> => readFile(join(folder, name), 'utf8')
  return {
    code,
    log: shownLog(printed, masks),
    outputs: readCommandFile(await read('GITHUB_OUTPUT')),
    state: readCommandFile(await read('GITHUB_STATE')),
    summary: await read('GITHUB_STEP_SUMMARY'),
  }
}

const COMMAND = /^::([a-z-]+)(?: [^:]*(?::(?!:)[^:]*)*)?::(.*)$/

/** Workflow commands are obeyed, not shown; a value is stars from the line that masks it on. */
function shownLog(printed: string, masks: string[]): string {
  const shown: string[] = []
  for (const line of printed.split(/\r?\n/)) {
    const [, command, data = ''] = COMMAND.exec(line) ?? []
    const text = data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
    if (command === 'add-mask') masks.push(text)
    else if (command === 'error' || command === 'warning') shown.push(`${command === 'error' ? 'Error' : 'Warning'}: ${text}`)
    else if (command === undefined && line !== '') shown.push(line)
  }
  return masks.filter((mask) => mask !== '').reduce((text, mask) => text.replaceAll(mask, '***'), shown.join('\n'))
}

/** The runner's grammar: `name<<delimiter`, the lines of the value, the delimiter. */
function readCommandFile(content: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  const lines = content.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const [name = '', delimiter] = (lines[index] ?? '').split('<<')
    if (delimiter === undefined) continue
    const end = lines.indexOf(delimiter, index + 1)
    values.set(name, lines.slice(index + 1, end).join('\n'))
    index = end
  }
  return values
}
