/**
 * A policy folder, read, checked, compiled: what can be published. It stops at what the broker would refuse, errors of the language
 * and failed scenarios, so that they are told with file and line.
 */

import { compilePolicy, policyDigest } from '../shared/policy/compile.ts'
import { loadPolicy } from '../shared/policy/load.ts'
import type { PolicyDigest } from '../shared/policy/policy.ts'
import { inOrder, readPolicyFiles } from '../shared/policy/read-files.ts'
import { failedScenarios } from '../shared/policy/scenario.ts'
import type { PolicyDocument } from '../shared/policy/schema.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { textLine } from './findings.ts'
import { readPolicyFolder } from './policy-folder.ts'
import { sha256Hex } from './sha256-hex.ts'

export interface CompiledFolder {
  readonly document: PolicyDocument
  /** The canonical JSON. */
  readonly compiled: string
  readonly digest: PolicyDigest
}

/** `findings`: the policy has errors · `folder`: it could not be read. The text is for a person, each finding as `check` prints it. */
export interface NotCompiled {
  readonly because: 'findings' | 'folder'
  readonly text: string
}

export async function compileFolder(dir: string): Promise<Result<CompiledFolder, NotCompiled>> {
  const files = await readPolicyFolder(dir, dir)
  if (!files.ok) return err({ because: 'folder', text: `${files.error}\n` })
  const read = readPolicyFiles(files.value)
  if (!read.ok) return err({ because: 'findings', text: read.findings.map(textLine).join('') })
  const compiled = compilePolicy(read.document)
  const digest = policyDigest(compiled, sha256Hex)
  const failures = failedScenarios(read.document, loadPolicy(read.document, digest))
  if (failures.length > 0) return err({ because: 'findings', text: inOrder(failures.map(read.place)).map(textLine).join('') })
  return ok({ document: read.document, compiled, digest })
}
