/**
 * Exports variables for the later steps and, in post, sets back what was there before. What was there may be a secret (another GITHUB_TOKEN),
 * so it is kept in a file of mode 0600 and not in the runner's state. GITHUB_ENV cannot unset: what was unset before becomes empty.
 */
import * as z from 'zod'
import { type JobFiles, readJobFile } from './job-files.ts'
import { parseJson } from './json-text.ts'
import { exportVariable, readVariable, saveState } from './runner.ts'

const FOUND_FILE = 'environment.json'
const SEPARATOR = ','

const foundVariables = z.record(z.string(), z.string())

/** Remembers what the names hold now, then exports the values. */
export function exportVariables(variables: Readonly<Record<string, string>>, files: JobFiles): void {
  const names = Object.keys(variables)
  if (names.length === 0) return
  const found = Object.fromEntries(names.map((name) => [name, readVariable(name) ?? '']))
  files.write(FOUND_FILE, JSON.stringify(found))
  saveState('variables', names.join(SEPARATOR))
  for (const [name, value] of Object.entries(variables)) exportVariable(name, value)
}

/**
 * Sets the named variables back. The names come from the runner's state, so a step that tampered with the file can name no other;
 * without a readable file every one becomes empty, and the answer is `false`.
 */
export function restoreVariables(names: string, directory: string): boolean {
  const found = readFound(directory)
  for (const name of names.split(SEPARATOR)) exportVariable(name, found?.[name] ?? '')
  return found !== undefined
}

function readFound(directory: string): Readonly<Record<string, string>> | undefined {
  try {
    return foundVariables.safeParse(parseJson(readJobFile(directory, FOUND_FILE))).data
  } catch {
    return undefined
  }
}
