/** Findings on paper: one line each for people, JSON for programs, SARIF 2.1.0 for code scanning, workflow commands for annotations. */
import type { Coverage } from '../shared/policy/coverage.ts'
import type { IgnoredFinding } from '../shared/policy/lint.ts'
import type { Finding } from '../shared/policy/merge.ts'
import { sarifLog } from './sarif.ts'

export const FINDING_FORMATS = ['text', 'json', 'sarif', 'github'] as const

export type FindingFormat = (typeof FINDING_FORMATS)[number]

export interface Report {
  readonly findings: readonly Finding[]
  readonly ignored: readonly IgnoredFinding[]
  readonly coverage?: Coverage
  /** What stands before a file's name where names are read from the root of the repository: empty, or a path that ends with `/`. */
  readonly prefix: string
}

const WRITERS: Readonly<Record<FindingFormat, (report: Report) => string>> = {
  text: ({ findings }) => findings.map(textLine).join(''),
  json: jsonText,
  sarif: ({ findings, ignored, prefix }) => `${JSON.stringify(sarifLog(findings, ignored, prefix), null, 2)}\n`,
  github: ({ findings, prefix }) => findings.map((finding) => annotation(finding, prefix)).join(''),
}

export function writeReport(report: Report, format: FindingFormat): string {
  return WRITERS[format](report)
}

/** `FILE:LINE:COLUMN: severity id: message` */
export function textLine({ file, line, column, severity, id, message }: Finding): string {
  return `${file}:${line}:${column}: ${severity} ${id}: ${message}\n`
}

function jsonText({ findings, ignored, coverage }: Report): string {
  const shares = coverage && { rules: coverage.rules, conditions: coverage.conditions, guardrails: coverage.guardrails }
  return `${JSON.stringify({ findings, ignored, ...(shares === undefined ? {} : { coverage: shares }) }, null, 2)}\n`
}

const ANNOTATION_COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const

function annotation({ file, line, column, severity, id, message }: Finding, prefix: string): string {
  const properties = `file=${escapeProperty(`${prefix}${file}`)},line=${line},col=${column},title=${escapeProperty(id)}`
  return `::${ANNOTATION_COMMANDS[severity]} ${properties}::${escapeData(message)}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
