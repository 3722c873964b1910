/**
 * Findings as a SARIF 2.1.0 log, for code scanning: the rules that were found, what each is for, where it struck, how it is mended, and what a comment
 * silences. Paths are relative, so that whoever reads the log resolves them against the root of its own checkout.
 */
import { type IgnoredFinding, LINTS } from '../shared/policy/lint.ts'
import type { Finding } from '../shared/policy/merge.ts'
import { VERSION } from '../shared/version.ts'

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const

export function sarifLog(findings: readonly Finding[], ignored: readonly IgnoredFinding[], prefix: string): object {
  const rules = [...new Map([...findings, ...ignored].map((finding) => [finding.id, ruleOf(finding)])).values()]
  const indexes = new Map(rules.map(({ id }, index) => [id, index]))
  const resultOf = (finding: Finding, suppressions: readonly object[]): object => ({
    ruleId: finding.id,
    ruleIndex: indexes.get(finding.id),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: { artifactLocation: artifact(finding, prefix), region: regionOf(finding) } }],
    ...fixesOf(finding, prefix),
    suppressions,
  })
  const results = [
    ...findings.map((finding) => resultOf(finding, [])),
    ...ignored.map((finding) => resultOf(finding, [{ kind: 'inSource', justification: finding.reason }])),
  ]
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'jobpass', version: VERSION, rules } }, columnKind: 'utf16CodeUnits', results }],
  }
}

/** A lint says why and how to mend it; an error of the language says all in its message. */
function ruleOf({ id, severity }: Finding): { readonly id: string; readonly [member: string]: unknown } {
  const lint = LINTS.find((each) => each.id === id)
  const defaultConfiguration = { level: LEVELS[severity] }
  if (lint === undefined) return { id, defaultConfiguration }
  return { id, shortDescription: { text: lint.why }, help: { text: `${lint.why} ${lint.fix}` }, defaultConfiguration }
}

function regionOf({ line, column }: Finding): object {
  return { startLine: line, startColumn: column }
}

/** Each part of a path is escaped for itself: a name may hold what means something in a URI. */
function artifact({ file }: Finding, prefix: string): object {
  return { uri: `${prefix}${file}`.split('/').map(encodeURIComponent).join('/') }
}

function fixesOf(finding: Finding, prefix: string): object {
  const { edit, id } = finding
  if (edit === undefined) return {}
  const replacement = { deletedRegion: { charOffset: edit.offset, charLength: edit.length }, insertedContent: { text: edit.text } }
  const description = { text: LINTS.find((each) => each.id === id)?.fix ?? 'Apply the edit.' }
  return { fixes: [{ description, artifactChanges: [{ artifactLocation: artifact(finding, prefix), replacements: [replacement] }] }] }
}
