/**
 * A policy's folder on disk: every `*.yaml` and `*.yml` below it, in path order. Names that begin with a dot are passed over (`.git`, `.github`),
 * so that a policy can live at the root of its repository. It only reads, and says why when it cannot.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { PolicyFile } from '../shared/policy/parse.ts'
import { isPolicyPath } from '../shared/policy/policy-path.ts'
import { err, ok, type Result } from '../shared/result.ts'

/** The files, or one sentence that says why they could not be read. */
export async function readPolicyFolder(folder: string, cwd: string): Promise<Result<readonly PolicyFile[], string>> {
  const root = resolve(cwd, folder)
  try {
    const paths = await policyPaths(root)
    if (paths.length === 0) return err(`${folder}: no *.yaml or *.yml file below this folder`)
    const files: PolicyFile[] = []
    for (const path of paths.sort()) {
      const text = decode(await readFile(join(root, path)))
      if (text === undefined) return err(`${join(folder, path)}: not UTF-8 text`)
      files.push({ name: path, text })
    }
    return ok(files)
  } catch (thrown) {
    return err(`${folder}: ${unreadable(thrown)}`)
  }
}

function unreadable(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const code = 'code' in thrown ? thrown.code : undefined
  if (code === 'ENOENT') return 'there is no such folder'
  return code === 'ENOTDIR' ? 'expected a folder, this is a file' : thrown.message
}

/** Paths relative to the root, with `/` between their parts. */
async function policyPaths(root: string, below = root): Promise<string[]> {
  const paths: string[] = []
  for (const name of await readdir(below)) {
    if (name.startsWith('.')) continue
    const path = join(below, name)
    const isFolder = (await stat(path)).isDirectory()
    if (isFolder) paths.push(...(await policyPaths(root, path)))
    else if (isPolicyPath(name)) paths.push(relative(root, path).split(sep).join('/'))
  }
  return paths
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
