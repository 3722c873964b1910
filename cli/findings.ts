/** Findings on paper: one line each for people, JSON for programs, SARIF 2.1.0 for code scanning, workflow commands for annotations. */
import type { Finding } from '../shared/policy/merge.ts'

export const FINDING_FORMATS = ['text', 'json', 'sarif', 'github'] as const

export type FindingFormat = (typeof FINDING_FORMATS)[number]

const WRITERS: Readonly<Record<FindingFormat, (findings: readonly Finding[]) => string>> = {
  text: (findings) => findings.map(textLine).join(''),
  json: (findings) => `${JSON.stringify({ findings }, null, 2)}\n`,
  sarif: (findings) => `${JSON.stringify(sarifLog(findings), null, 2)}\n`,
  github: (findings) => findings.map(annotation).join(''),
}

export function writeFindings(findings: readonly Finding[], format: FindingFormat): string {
  return WRITERS[format](findings)
}

/** `FILE:LINE:COLUMN: severity id: message` */
export function textLine({ file, line, column, severity, id, message }: Finding): string {
  return `${file}:${line}:${column}: ${severity} ${id}: ${message}\n`
}

const ANNOTATION_COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const

function annotation({ file, line, column, severity, id, message }: Finding): string {
  const properties = `file=${escapeProperty(file)},line=${line},col=${column},title=${escapeProperty(id)}`
  return `::${ANNOTATION_COMMANDS[severity]} ${properties}::${escapeData(message)}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

const SARIF_LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const

function sarifLog(findings: readonly Finding[]): object {
  const rules = [...new Set(findings.map(({ id }) => id))].map((id) => ({ id }))
  const results = findings.map(({ file, line, column, severity, id, message }) => ({
    ruleId: id,
    level: SARIF_LEVELS[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line, startColumn: column } } }],
  }))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'jobpass', rules } }, columnKind: 'utf16CodeUnits', results }],
  }
}
