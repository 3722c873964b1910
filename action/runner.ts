/**
 * The port to the runner: inputs, environment, masks, outputs, state, messages, summary. The only file that names `@actions/core` and the
 * process's environment. It prints what it is given, so a value must have been masked before it comes here.
 */
import { readFileSync } from 'node:fs'
import * as core from '@actions/core'
import { isJsonObject } from '../shared/json.ts'

/** What is kept for the post step. The runner stores it as plain text, so nothing secret has a name here. */
export type StateName = 'lease' | 'broker' | 'audience' | 'directory' | 'variables'

export interface Message {
  readonly title: string
  readonly text: string
}

/** A line of a secret shorter than this is left alone: masking `{` would star out every log. */
const SHORTEST_MASKED_LINE = 4

/** An input of the step, trimmed; empty when it was not given. */
export const readInput = (name: string): string => core.getInput(name)

/** A variable of the environment; an empty one counts as unset. */
export function readVariable(name: string): string | undefined {
  const value = process.env[name]
  return value === undefined || value === '' ? undefined : value
}

/**
 * Has the runner star out a value in every log from now on. A text of several lines (a PEM) is masked line by line, without its boundary
 * lines, and in the form it takes inside JSON.
 */
export function mask(value: string): void {
  for (const form of maskedForms(value)) core.setSecret(form)
}

/** The texts that `mask` has starred out for a value. */
export function maskedForms(value: string): readonly string[] {
  if (value.trim() === '') return []
  if (!/[\r\n]/.test(value)) return [value]
  const lines = value.split(/[\r\n]+/).map((line) => line.trim())
  const telling = lines.filter((line) => line.length >= SHORTEST_MASKED_LINE && !line.startsWith('-----'))
  return [...telling, JSON.stringify(value).slice(1, -1)]
}

export const setOutput = (name: string, value: string): void => core.setOutput(name, value)

export const exportVariable = (name: string, value: string): void => core.exportVariable(name, value)

export const saveState = (name: StateName, value: string): void => core.saveState(name, value)

/** What main saved; empty when it saved nothing. */
export const readState = (name: StateName): string => core.getState(name)

export const info = (text: string): void => core.info(text)

export const warn = (message: Message): void => core.warning(message.text, { title: message.title })

/** One annotation, and a failed step. */
export function fail(message: Message): void {
  core.error(message.text, { title: message.title })
  process.exitCode = core.ExitCode.Failure
}

/** A place in a file of the repository: its path from the root, line and column from 1. */
export interface FilePlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

const ANNOTATIONS = { error: core.error, warning: core.warning, info: core.notice } as const

/** An annotation that the pull request shows at its line. It needs no token. */
export function annotate(severity: keyof typeof ANNOTATIONS, { title, text }: Message, { file, line, column }: FilePlace): void {
  ANNOTATIONS[severity](text, { title, file, startLine: line, startColumn: column })
}

/** Appends to the step's summary. An older server has none: that is no reason to fail. */
export async function writeSummary(markdown: string): Promise<void> {
  if (readVariable('GITHUB_STEP_SUMMARY') === undefined) return
  await core.summary.addRaw(markdown, true).write()
}

/** Whether the run is for a pull request whose head is another repository than its base, or gone. */
export function isForkPullRequest(): boolean {
  const path = readVariable('GITHUB_EVENT_PATH')
  const pullRequest = path === undefined ? undefined : member(readEvent(path), 'pull_request')
  const base = repositoryName(pullRequest, 'base')
  return base !== undefined && base !== repositoryName(pullRequest, 'head')
}

function repositoryName(pullRequest: unknown, side: 'base' | 'head'): unknown {
  return member(member(member(pullRequest, side), 'repo'), 'full_name')
}

function readEvent(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function member(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined
}
