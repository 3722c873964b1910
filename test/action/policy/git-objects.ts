/** Git's objects in memory, under the ids git gives blobs: enough of a repository to be read through GitHub's API. */
import { createHash } from 'node:crypto'

/** Path → content. `-> target` makes a symbolic link; `latin1:` begins a text that is written in that encoding. */
export type Files = Readonly<Record<string, string>>

export interface TreeEntry {
  readonly path: string
  readonly mode: string
  readonly type: string
  readonly sha: string
}

export interface GitObjects {
  /** Makes a commit of these files; gives its id. */
  readonly commit: (files: Files) => string
  readonly tree: (sha: string) => readonly TreeEntry[] | undefined
  /** Every entry below a tree, folders too. */
  readonly wholeTree: (sha: string, above?: string) => readonly TreeEntry[]
  readonly blob: (sha: string) => Buffer | undefined
}

export function makeGitObjects(): GitObjects {
  const blobs = new Map<string, Buffer>()
  const trees = new Map<string, readonly TreeEntry[]>()
  const addBlob = (path: string, text: string): TreeEntry => {
    const bytes = Buffer.from(text, text.startsWith('latin1:') ? 'latin1' : 'utf8')
    const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
    blobs.set(sha, bytes)
    return { path, mode: text.startsWith('-> ') ? '120000' : '100644', type: 'blob', sha }
  }
  const commit = (files: Files): string => {
    const folders = new Map<string, Record<string, string>>()
    const entries: TreeEntry[] = []
    for (const [path, text] of Object.entries(files)) {
      const [first = '', ...rest] = path.split('/')
      if (rest.length === 0) entries.push(addBlob(path, text))
      else folders.set(first, { ...folders.get(first), [rest.join('/')]: text })
    }
    for (const [path, below] of folders) entries.push({ path, mode: '040000', type: 'tree', sha: commit(below) })
    const sha = createHash('sha1').update(JSON.stringify(entries)).digest('hex')
    trees.set(sha, entries)
    return sha
  }
  const wholeTree = (sha: string, above = ''): readonly TreeEntry[] =>
    (trees.get(sha) ?? []).flatMap((entry) => {
      const path = above + entry.path
      return [{ ...entry, path }, ...(entry.type === 'tree' ? wholeTree(entry.sha, `${path}/`) : [])]
    })
  return { commit, tree: (sha) => trees.get(sha), wholeTree, blob: (sha) => blobs.get(sha) }
}
