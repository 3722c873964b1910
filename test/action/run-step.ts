/**
 * Runs a bundled step as the runner does: a process of its own, inputs as variables, command files, state handed from main to post.
 * It reads back what the runner would read: commands on standard output and files in the delimiter grammar.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Job {
  readonly folder: string
  readonly runnerTemp: string
  readonly remove: () => void
}

export interface StepRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly commands: readonly Command[]
  readonly outputs: ReadonlyMap<string, string>
  readonly state: ReadonlyMap<string, string>
  readonly exported: ReadonlyMap<string, string>
  readonly summary: string
  readonly milliseconds: number
  /** The state and the summary as they lie on disk, and both streams without the mask commands: where no secret may be. */
  readonly readable: string
}

export interface Command {
  readonly name: string
  readonly properties: string
  readonly data: string
}

export interface StepOptions {
  readonly inputs?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  readonly state?: ReadonlyMap<string, string>
  readonly without?: readonly string[]
}

const FILES = ['OUTPUT', 'STATE', 'ENV', 'PATH', 'STEP_SUMMARY'] as const

export function startJob(): Job {
  const folder = mkdtempSync(join(tmpdir(), 'jobpass-test-job-'))
  const runnerTemp = join(folder, 'temp')
  mkdirSync(runnerTemp)
  return { folder, runnerTemp, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export async function runStep(script: string, job: Job, options: StepOptions = {}): Promise<StepRun> {
  const files = mkdtempSync(join(job.folder, 'files-'))
  for (const name of FILES) writeFileSync(join(files, name), '')
  const started = performance.now()
  const child = spawn(process.execPath, [script], { env: environmentOf(job, files, options), stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [exitCode]] = await Promise.all([collect(child.stdout), collect(child.stderr), once(child, 'exit')])
  const milliseconds = performance.now() - started
  const read = (name: (typeof FILES)[number]) => readFileSync(join(files, name), 'utf8')
  const unmasked = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return {
    exitCode,
    stdout,
    stderr,
    commands: parseCommands(stdout),
    outputs: parseFile(read('OUTPUT')),
    state: parseFile(read('STATE')),
    exported: parseFile(read('ENV')),
    summary: read('STEP_SUMMARY'),
    milliseconds,
    readable: [...unmasked, stderr, read('STATE'), read('STEP_SUMMARY')].join('\n'),
  }
}

function environmentOf(job: Job, files: string, { inputs = {}, environment = {}, state = new Map(), without = [] }: StepOptions) {
  const variables: Record<string, string> = {
    GITHUB_ACTIONS: 'true',
    RUNNER_TEMP: job.runnerTemp,
    PATH: process.env.PATH ?? '',
    ...environment,
  }
  for (const name of FILES) variables[`GITHUB_${name}`] = join(files, name)
  for (const [name, value] of Object.entries(inputs)) variables[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value
  for (const [name, value] of state) variables[`STATE_${name}`] = value
  for (const name of without) delete variables[name]
  return variables
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

/** `::name key=value::data`, with the runner's escapes undone. */
function parseCommands(stdout: string): readonly Command[] {
  return stdout.split('\n').flatMap((line) => {
    const match = /^::([a-z-]+)(?: ([^:]*))?::(.*)$/.exec(line)
    return match === null
      ? []
      : [{ name: match[1] ?? '', properties: withoutEscapes(match[2] ?? ''), data: withoutEscapes(match[3] ?? '') }]
  })
}

function withoutEscapes(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' }
  return text.replace(/%(?:0D|0A|3A|2C|25)/g, (code) => escapes[code] ?? code)
}

/** `name<<delimiter`, lines of the value, `delimiter`. A later entry replaces an earlier one; anything else is an error of the writer. */
function parseFile(text: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>()
  const lines = text.split('\n')
  for (let index = 0; index < lines.length - 1; index += 1) {
    const [, name = '', delimiter = ''] = /^([^<]+)<<(ghadelimiter_[0-9a-f-]{36})$/.exec(lines[index] ?? '') ?? []
    const end = lines.indexOf(delimiter, index + 1)
    if (name === '' || end === -1) throw new Error(`line ${index + 1} of the command file begins no entry`)
    entries.set(name, lines.slice(index + 1, end).join('\n'))
    index = end
  }
  return entries
}
