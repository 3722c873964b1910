/** The sides of a comparison: each a policy from a folder, from the JSON that `jobpass compile` printed, or from a revision of a git repository. */
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { checkDocument } from '../shared/policy/check-document.ts'
import { compilePolicy, policyDigest } from '../shared/policy/compile.ts'
import { loadPolicy } from '../shared/policy/load.ts'
import { type ParseFile, type PolicyFile, parsedOnce } from '../shared/policy/parse.ts'
import type { Policy } from '../shared/policy/policy.ts'
import { formatPath } from '../shared/policy/problem.ts'
import { readPolicyFiles } from '../shared/policy/read-files.ts'
import type { PolicyDocument } from '../shared/policy/schema.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { parseStrictJson } from '../shared/strict-json.ts'
import { textLine } from './findings.ts'
import { gitPlaceOf, readGitFolder } from './git-folder.ts'
import { readPolicyFolder } from './policy-folder.ts'
import { sha256Hex } from './sha256-hex.ts'

export interface SourcePolicy {
  readonly document: PolicyDocument
  readonly policy: Policy
}

export interface SourceOptions {
  readonly cwd: string
  /** Any folder of the repository that revisions are looked up in. */
  readonly repository: string
}

/** Each policy, or everything that keeps it from being one, for a person. What is on disk goes before a revision of the same spelling. */
export function readPolicySources(sources: readonly string[], options: SourceOptions): Promise<readonly Result<SourcePolicy, string>[]> {
  const parse = parsedOnce()
  return Promise.all(sources.map((source) => readSource(source, options, parse)))
}

async function readSource(source: string, { cwd, repository }: SourceOptions, parse: ParseFile): Promise<Result<SourcePolicy, string>> {
  const sort = await sortOf(resolve(cwd, source))
  if (sort === 'file') return compiledPolicy(source, cwd)
  const place = gitPlaceOf(source, resolve(cwd, repository))
  const files = sort === 'nothing' && place !== undefined ? await readGitFolder(place) : await readPolicyFolder(source, cwd)
  return files.ok ? policyOf(files.value, source, parse) : err(`${files.error}\n`)
}

async function sortOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch {
    return 'nothing'
  }
}

function policyOf(files: readonly PolicyFile[], source: string, parse: ParseFile): Result<SourcePolicy, string> {
  const read = readPolicyFiles(files, parse)
  return read.ok ? ok(loaded(read.document)) : err(`${source} has errors:\n${read.findings.map(textLine).join('')}`)
}

async function compiledPolicy(source: string, cwd: string): Promise<Result<SourcePolicy, string>> {
  const text = await textOf(resolve(cwd, source))
  const json = text === undefined ? err('not readable') : parseStrictJson(text)
  if (!json.ok) return err(`${source}: expected the JSON that jobpass compile prints: ${json.error}\n`)
  const checked = checkDocument(json.value)
  if (checked.ok) return ok(loaded(checked.document))
  const lines = checked.problems.map(({ path, severity, id, message }) => `${formatPath(path)}: ${severity} ${id}: ${message}\n`)
  return err(`${source} has errors:\n${lines.join('')}`)
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return undefined
  }
}

function loaded(document: PolicyDocument): SourcePolicy {
  const digest = policyDigest(compilePolicy(document), sha256Hex)
  return { document, policy: loadPolicy(document, digest) }
}
