/** A policy folder as `check`, `compile` and `explain` want it: read, judged by the language, the lints and its own scenarios, and loaded when it is a policy. */
import { createHash } from 'node:crypto'
import { compilePolicy, policyDigest } from '../shared/policy/compile.ts'
import { lintDocument, withoutIgnored } from '../shared/policy/lint.ts'
import { loadPolicy } from '../shared/policy/load.ts'
import type { Finding } from '../shared/policy/merge.ts'
import type { PolicyFile } from '../shared/policy/parse.ts'
import type { Policy } from '../shared/policy/policy.ts'
import { inOrder, readPolicyFiles } from '../shared/policy/read-files.ts'
import { failedScenarios } from '../shared/policy/scenario.ts'
import type { PolicyDocument } from '../shared/policy/schema.ts'
import { ok, type Result } from '../shared/result.ts'
import { readPolicyFolder } from './policy-folder.ts'

export interface LoadedFolder {
  readonly files: readonly PolicyFile[]
  /** Errors of the language; or, when there are none, lints and failed scenarios. */
  readonly findings: readonly Finding[]
  /** Absent when the language has errors. */
  readonly loaded?: Loaded
}

export interface Loaded {
  readonly document: PolicyDocument
  /** The canonical JSON. */
  readonly compiled: string
  readonly policy: Policy
}

/** The folder, or one sentence that says why it could not be read. */
export async function readLoadedFolder(folder: string, cwd: string): Promise<Result<LoadedFolder, string>> {
  const files = await readPolicyFolder(folder, cwd)
  if (!files.ok) return files
  const read = readPolicyFiles(files.value)
  if (!read.ok) return ok({ files: files.value, findings: read.findings })
  const { document, place } = read
  const compiled = compilePolicy(document)
  const digest = policyDigest(compiled, (text) => createHash('sha256').update(text).digest('hex'))
  const policy = loadPolicy(document, digest)
  const lints = withoutIgnored(lintDocument(document).map(place), files.value)
  const failures = failedScenarios(document, policy).map(place)
  return ok({ files: files.value, findings: inOrder([...lints, ...failures]), loaded: { document, compiled, policy } })
}
