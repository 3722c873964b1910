/**
 * A policy's folder in a revision of a git repository, read as data: the files of the tree, never a checkout, never a hook or filter, no network.
 * It reads the same files `policy-folder.ts` would find on disk.
 */
import { execFile } from 'node:child_process'
import type { PolicyFile } from '../shared/policy/parse.ts'
import { isPolicyPath } from '../shared/policy/policy-path.ts'
import { err, ok, type Result } from '../shared/result.ts'

export interface GitPlace {
  /** Any folder of the repository. */
  readonly repository: string
  readonly revision: string
  /** Relative to the root of the repository. */
  readonly folder: string
}

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024
/** `100644 blob <id>\t<path>` */
const TREE_ENTRY = /^([0-7]{6}) ([a-z]+) ([0-9a-f]+)\t(.*)$/s

/** `REV:DIR` → its two parts; `undefined` for any other text. A revision never begins with a dash, so it is never taken for an option. */
export function gitPlaceOf(text: string, repository: string): GitPlace | undefined {
  const colon = text.indexOf(':')
  if (colon <= 0 || text.startsWith('-')) return undefined
  const folder = text
    .slice(colon + 1)
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '')
  return { repository, revision: text.slice(0, colon), folder: folder === '.' ? '' : folder }
}

export async function readGitFolder(place: GitPlace): Promise<Result<readonly PolicyFile[], string>> {
  const name = `${place.revision}:${place.folder}`
  const tree = await git(place.repository, ['ls-tree', '-r', '-z', '--full-tree', name])
  if (!tree.ok) return err(`${name}: ${tree.error}`)
  const entries = treeEntries(tree.value.toString('utf8'))
  const linked = entries.find(({ mode }) => mode === '120000')
  if (linked !== undefined) return err(`${name}: ${linked.path} is a symbolic link: in a revision only files are read`)
  if (entries.length === 0) return err(`${name}: no *.yaml or *.yml file below this folder`)
  const blobs = await git(place.repository, ['cat-file', '--batch'], `${entries.map(({ id }) => id).join('\n')}\n`)
  if (!blobs.ok) return err(`${name}: ${blobs.error}`)
  return filesOf(entries, blobs.value, name)
}

interface Entry {
  readonly mode: string
  readonly id: string
  readonly path: string
}

function treeEntries(listing: string): readonly Entry[] {
  return listing.split('\0').flatMap((text) => {
    const [, mode = '', sort = '', id = '', path = ''] = TREE_ENTRY.exec(text) ?? []
    return sort === 'blob' && isPolicyPath(path) ? [{ mode, id, path }] : []
  })
}

/** The batch holds, for each id asked for: a line with its size, that many bytes, and a line feed. */
function filesOf(entries: readonly Entry[], batch: Buffer, name: string): Result<readonly PolicyFile[], string> {
  const files: PolicyFile[] = []
  let at = 0
  for (const { path } of entries) {
    const lineEnd = batch.indexOf(0x0a, at)
    const size = Number(/^[0-9a-f]+ blob ([0-9]+)$/.exec(batch.toString('utf8', at, lineEnd))?.[1] ?? Number.NaN)
    if (lineEnd < 0 || Number.isNaN(size)) return err(`${name}: git did not give ${path}`)
    const text = decode(batch.subarray(lineEnd + 1, lineEnd + 1 + size))
    if (text === undefined) return err(`${name}/${path}: not UTF-8 text`)
    files.push({ name: path, text })
    at = lineEnd + 1 + size + 1
  }
  return ok(files)
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Runs git without a shell. `GIT_NO_LAZY_FETCH`: what is not there is not fetched. */
function git(repository: string, args: readonly string[], input = ''): Promise<Result<Buffer, string>> {
  const options = {
    cwd: repository,
    encoding: 'buffer' as const,
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_NO_REPLACE_OBJECTS: '1' },
  }
  return new Promise((resolve) => {
    const child = execFile('git', [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(ok(stdout))
      else resolve(err(stderr.toString('utf8').trim().split('\n')[0] || error.message))
    })
    // a git that failed at once no longer listens; its exit says why
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}
