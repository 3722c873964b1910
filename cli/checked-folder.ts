/** A policy folder as `check`, `compile` and `explain` want it: read, judged by the language, the lints and its own scenarios, and loaded when it is a policy. */

import { type Circumstances, type JudgedFiles, judgePolicyFiles } from '../shared/policy/judge-files.ts'
import type { PolicyFile } from '../shared/policy/parse.ts'
import { ok, type Result } from '../shared/result.ts'
import { readPolicyFolder } from './policy-folder.ts'
import { sha256Hex } from './sha256-hex.ts'

export interface LoadedFolder extends JudgedFiles {
  readonly files: readonly PolicyFile[]
}

/** The folder, or one sentence that says why it could not be read. */
export async function readLoadedFolder(
  folder: string,
  cwd: string,
  known: Partial<Circumstances> = {},
): Promise<Result<LoadedFolder, string>> {
  const files = await readPolicyFolder(folder, cwd)
  if (!files.ok) return files
  return ok({ files: files.value, ...judgePolicyFiles(files.value, { sha256Hex, today: new Date().toISOString().slice(0, 10), ...known }) })
}
