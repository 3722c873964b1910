/** The policy of a commit, read and judged: what check shows, what plan compares, what publish sends. */
import { createHash } from 'node:crypto'
import { type JudgedFiles, judgePolicyFiles, type LoadedFiles } from '../../shared/policy/judge-files.ts'
import type { Finding } from '../../shared/policy/merge.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { readVariable } from '../runner.ts'
import type { Github } from './github.ts'
import { type Place, readPolicyAt } from './policy-at.ts'
import type { PolicyFailure } from './policy-failure.ts'
import type { PolicyInputs } from './policy-inputs.ts'
import type { Subject } from './subject.ts'

/** What every command is given. */
export interface Step {
  readonly inputs: PolicyInputs
  readonly subject: Subject
  readonly github: Github
}

/** `undefined` when the commit has no policy there. */
export async function judgedAt(place: Place, github: Github): Promise<Result<JudgedFiles | undefined, PolicyFailure>> {
  const files = await readPolicyAt(place, github)
  if (!files.ok || files.value === undefined) return files.ok ? ok(undefined) : files
  const repository = readVariable('GITHUB_REPOSITORY')
  const today = new Date().toISOString().slice(0, 10)
  return ok(judgePolicyFiles(files.value, { sha256Hex, today, ...(repository === undefined ? {} : { policyRepository: repository }) }))
}

/** The policy the run is about; that there is none is a mistake of the inputs. */
export async function judgedHead({ inputs, subject, github }: Step): Promise<Result<JudgedFiles, PolicyFailure>> {
  const place = { revision: subject.head, directory: inputs.directory }
  const judged = await judgedAt(place, github)
  if (!judged.ok) return judged
  return judged.value === undefined ? err({ code: 'folder_missing', ...place }) : ok(judged.value)
}

/** A policy whose language is right; of another one its access is not known. */
export function loadedOf({ findings, loaded }: JudgedFiles, side: 'base' | 'head', revision: string): Result<LoadedFiles, PolicyFailure> {
  return loaded === undefined ? err({ code: 'policy_has_errors', side, revision, errors: countErrors(findings) }) : ok(loaded)
}

export function countErrors(findings: readonly Finding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
