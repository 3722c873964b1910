/**
 * The files of a policy at a commit, read as data through GitHub's git objects: nothing is checked out and nothing of the commit is ever run.
 * A file of the workspace stands in for a blob only when its content has the blob's own id, so it makes no difference but in the number of calls.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicyFile } from '../../shared/policy/parse.ts'
import { isPolicyPath } from '../../shared/policy/policy-path.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { readVariable } from '../runner.ts'
import type { ApiProblem, Github, TreeEntry } from './github.ts'
import type { PolicyFailure } from './policy-failure.ts'

export interface Place {
  readonly revision: string
  /** Empty for the root. */
  readonly directory: string
}

const FILE_MODES: readonly string[] = ['100644', '100755']
const AT_ONCE = 8

/** The files in path order; `undefined` when the commit has no such folder or no policy file in it. */
export async function readPolicyAt(place: Place, github: Github): Promise<Result<readonly PolicyFile[] | undefined, PolicyFailure>> {
  const tree = await folderTree(place, github)
  if (!tree.ok) return tree
  const entries = (tree.value ?? []).filter(({ path, type }) => type !== 'tree' && isPolicyPath(path))
  if (entries.length === 0) return ok(undefined)
  const odd = entries.find(({ mode }) => !FILE_MODES.includes(mode))
  if (odd !== undefined) return err({ code: 'file_unreadable', ...place, path: odd.path, detail: 'it is a link, and only files are read' })
  const files: PolicyFile[] = []
  for (let next = 0; next < entries.length; next += AT_ONCE) {
    for (const file of await Promise.all(entries.slice(next, next + AT_ONCE).map((entry) => readFile(entry, place, github)))) {
      if (!file.ok) return file
      files.push(file.value)
    }
  }
  return ok(files)
}

/** Every entry below the folder. A folder is looked for step by step, because only a whole tree can be listed by a commit. */
async function folderTree(
  { revision, directory }: Place,
  github: Github,
): Promise<Result<readonly TreeEntry[] | undefined, PolicyFailure>> {
  let tree = revision
  for (const step of directory === '' ? [] : directory.split('/')) {
    const listed = await github.tree(tree, { recursive: false })
    if (!listed.ok) return err(unreadable(`the tree of ${revision}`, listed.error))
    const folder = listed.value.entries.find(({ path, type }) => path === step && type === 'tree')
    if (folder === undefined) return ok(undefined)
    tree = folder.sha
  }
  const listed = await github.tree(tree, { recursive: true })
  if (!listed.ok) return err(unreadable(`the tree of ${revision}`, listed.error))
  return listed.value.isCut ? err({ code: 'folder_too_large', revision, directory }) : ok(listed.value.entries)
}

async function readFile({ path, sha }: TreeEntry, place: Place, github: Github): Promise<Result<PolicyFile, PolicyFailure>> {
  const local = localBytes(join(place.directory, path), sha)
  const bytes = local === undefined ? await github.blob(sha) : ok(local)
  if (!bytes.ok) return err(unreadable(`${path} at ${place.revision}`, bytes.error))
  try {
    return ok({ name: path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes.value) })
  } catch {
    return err({ code: 'file_unreadable', ...place, path, detail: 'it is not UTF-8 text' })
  }
}

/** What the workspace has, when it is the very same content: git names a blob by a hash of its length and its bytes. */
function localBytes(path: string, sha: string): Uint8Array | undefined {
  const workspace = readVariable('GITHUB_WORKSPACE')
  if (workspace === undefined) return undefined
  try {
    const bytes = readFileSync(join(workspace, path))
    const hash = createHash(sha.length === 64 ? 'sha256' : 'sha1')
      .update(`blob ${bytes.length}\0`)
      .update(bytes)
      .digest('hex')
    return hash === sha ? bytes : undefined
  } catch {
    return undefined
  }
}

function unreadable(what: string, problem: ApiProblem): PolicyFailure {
  return { code: 'github_unreadable', what, ...problem }
}
