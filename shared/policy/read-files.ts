/** From the files of a policy to a checked document, with every error in its place: what all commands begin with. */
import { checkDocument } from './check-document.ts'
import { type Finding, mergePolicyFiles } from './merge.ts'
import type { ParseFile, PolicyFile } from './parse.ts'
import type { Problem } from './problem.ts'
import type { PolicyDocument } from './schema.ts'

export type ReadPolicy =
  | { readonly ok: true; readonly document: PolicyDocument; readonly place: (problem: Problem) => Finding }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** All errors of the language at once, in the order of files and lines. */
export function readPolicyFiles(files: readonly PolicyFile[], parse?: ParseFile): ReadPolicy {
  const merged = mergePolicyFiles(files, parse)
  const checked = checkDocument(merged.document)
  if (checked.ok && merged.findings.length === 0) return { ok: true, document: checked.document, place: merged.place }
  const problems = checked.ok ? [] : checked.problems.filter((problem) => merged.isComplete || !mayBeElsewhere(problem))
  const known = new Set(merged.findings.map(placeKey))
  const placed = problems.map(merged.place).filter((finding) => !known.has(placeKey(finding)))
  return { ok: false, findings: inOrder([...merged.findings, ...placed]) }
}

/** What a document lacks may well be in a file that could not be read. */
function mayBeElsewhere({ id, path }: Problem): boolean {
  return id === 'undefined-name' || (id === 'missing-key' && path.length === 0)
}

/** Where a text could not be read, what the check says about the gap is only an echo. */
function placeKey({ file, line, column }: Finding): string {
  return `${line}:${column}:${file}`
}

export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1))
}
