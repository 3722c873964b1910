/**
 * The files of one step: a directory of its own below RUNNER_TEMP, readable by its owner alone, made at first need and removed in post.
 * Nothing is written or removed anywhere else.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { readVariable } from './runner.ts'

const PREFIX = 'jobpass-'

export interface JobFiles {
  /** Writes a new file of mode 0600 and gives its path. Throws what the system throws. */
  readonly write: (name: string, content: string) => string
}

/** `onDirectory` hears the directory's path once, before the first file is in it. */
export function jobFiles(onDirectory: (path: string) => void): JobFiles {
  let directory: string | undefined
  const made = (): string => {
    if (directory === undefined) {
      directory = makeDirectory()
      onDirectory(directory)
    }
    return directory
  }
  return {
    write: (name, content) => {
      const path = join(made(), name)
      writeFileSync(path, content, { mode: 0o600, flag: 'wx' })
      return path
    },
  }
}

/** Mode 0700 (mkdtemp's own), under a name nobody can foresee. */
function makeDirectory(): string {
  const parent = readVariable('RUNNER_TEMP')
  if (parent === undefined) throw new Error('RUNNER_TEMP is not set')
  return mkdtempSync(join(resolve(parent), PREFIX))
}

/** A file of the directory, as text. */
export function readJobFile(directory: string, name: string): string {
  return readFileSync(join(checked(directory), name), 'utf8')
}

/** Removes the directory with all that is in it; one that is gone already is fine. */
export function removeJobFiles(directory: string): void {
  rmSync(checked(directory), { recursive: true, force: true })
}

/** INVARIANT: only what `makeDirectory` could have made is ever read or removed. */
function checked(directory: string): string {
  const parent = readVariable('RUNNER_TEMP')
  const fits = parent !== undefined && dirname(directory) === resolve(parent) && basename(directory).startsWith(PREFIX)
  if (!fits) throw new Error('the directory is not below RUNNER_TEMP')
  return directory
}
