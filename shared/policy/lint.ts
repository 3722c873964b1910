/**
 * The lints: rules about rules, one file each in `lints/`, listed here. A lint sees a checked document, has an opinion and stops nothing but `check`.
 * `# jobpass-ignore: <id> <reason>` on the line of a finding silences it; the reason is required.
 */
import type { Lint } from './lints/lint.ts'
import { loopbackIssuer } from './lints/loopback-issuer.ts'
import type { Finding } from './merge.ts'
import type { PolicyFile } from './parse.ts'
import type { Problem, Severity } from './problem.ts'
import type { PolicyDocument } from './schema.ts'
import { quoted } from './shape-problems.ts'

export const LINTS: readonly Lint[] = [loopbackIssuer]

/** Every finding of every lint, silenced or not. */
export function lintDocument(document: PolicyDocument): readonly Problem[] {
  return LINTS.flatMap(({ id, severity, find }) =>
    find(document).map(({ path, at = 'value', message }): Problem => ({ path, at, id, severity, message })),
  )
}

/** A comment that silences one finding of its line. */
interface Ignore {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly id: string
  readonly reason: string
}

const IGNORE = /(?:^|\s)#\s*jobpass-ignore:\s*(\S*)[ \t]*(.*)$/

/** The findings that no comment silences, and one for each comment that is wrong or idle. */
export function withoutIgnored(findings: readonly Finding[], files: readonly PolicyFile[]): readonly Finding[] {
  const ignores = files.flatMap(ignoresOf)
  const used = new Set<Ignore>()
  const kept = findings.filter((finding) => {
    const ignore = ignores.find((candidate) => !used.has(candidate) && silences(candidate, finding))
    if (ignore !== undefined) used.add(ignore)
    return ignore === undefined
  })
  return [...kept, ...ignores.flatMap((ignore) => ignoreFinding(ignore, used.has(ignore)))]
}

function ignoresOf({ name, text }: PolicyFile): readonly Ignore[] {
  if (!text.includes('jobpass-ignore')) return []
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    const match = IGNORE.exec(line)
    if (match === null) return []
    const [, id = '', reason = ''] = match
    return [{ file: name, line: index + 1, column: line.indexOf('#', match.index) + 1, id, reason: reason.trim() }]
  })
}

function silences({ file, line, id, reason }: Ignore, finding: Finding): boolean {
  return reason !== '' && finding.file === file && finding.line === line && finding.id === id && isLint(id)
}

function isLint(id: string): boolean {
  return LINTS.some((lint) => lint.id === id)
}

function ignoreFinding({ id, reason, ...place }: Ignore, isUsed: boolean): readonly Finding[] {
  const say = (severity: Severity, message: string): readonly Finding[] => [{ ...place, severity, id: 'ignore', message }]
  if (!isLint(id)) return say('warning', `expected the id of a lint, found ${quoted(id)}: errors and scenarios cannot be ignored`)
  if (reason === '') return say('error', `expected a reason after the id: # jobpass-ignore: ${id} <reason>`)
  return isUsed ? [] : say('info', `nothing on this line is found by ${id}`)
}
