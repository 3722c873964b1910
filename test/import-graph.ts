/** The house as a graph: every source file of this repository, and which file or package each one imports. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { readImports } from './import-reader.ts'

export const ROOT = dirname(import.meta.dirname)

export interface Edge {
  /** Path below the root, with `/`. */
  readonly from: string
  /** A path below the root, or the name of a package: `zod`, `@scope/name`, `node:fs`, `cloudflare:workers`. */
  readonly to: string
  readonly typeOnly: boolean
}

/** Files below a folder of the root that end so, as paths below the root, sorted. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.includes('node_modules/') && !path.includes('/.'))
    .sort()
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

export function edgesOf(paths: readonly string[]): readonly Edge[] {
  return paths.flatMap((from) =>
    readImports(readText(from)).map(({ specifier, typeOnly }) => ({ from, to: resolveSpecifier(from, specifier), typeOnly })),
  )
}

export function resolveSpecifier(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  if (specifier.includes(':')) return specifier
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

/** Circles, each as the files on it in order; every file on any circle is on one of those returned. Empty when there are none. */
export function findCircles(edges: readonly Edge[]): readonly (readonly string[])[] {
  const nextOf = new Map<string, string[]>()
  for (const { from, to } of edges) nextOf.set(from, [...(nextOf.get(from) ?? []), to])
  const circles: string[][] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): void => {
    const start = path.indexOf(file)
    if (start >= 0) circles.push(path.slice(start))
    if (start >= 0 || done.has(file)) return
    path.push(file)
    for (const next of nextOf.get(file) ?? []) visit(next)
    path.pop()
    done.add(file)
  }
  for (const file of nextOf.keys()) visit(file)
  return circles
}
