/**
 * The lints: rules about rules, one file each in `lints/`, listed here. A lint sees a checked policy, has an opinion and stops nothing but `check`.
 * `# jobpass-ignore: <id> <reason>` on the line of a finding silences it; the reason is required, and kept for those who want to see it.
 */
import { branchPatternOnProduction } from './lints/branch-pattern-on-production.ts'
import { dangerousEvent } from './lints/dangerous-event.ts'
import { environmentNotPinned } from './lints/environment-not-pinned.ts'
import { grantWithoutScenarios } from './lints/grant-without-scenarios.ts'
import { guardrailReachable } from './lints/guardrail-reachable.ts'
import { idNotPinned } from './lints/id-not-pinned.ts'
import type { Lint, LintSubject } from './lints/lint.ts'
import { loopbackIssuer } from './lints/loopback-issuer.ts'
import { ownerMissing } from './lints/owner-missing.ts'
import { reviewOverdue } from './lints/review-overdue.ts'
import { rotationOverdue } from './lints/rotation-overdue.ts'
import { scopeOfAll } from './lints/scope-of-all.ts'
import { selfService } from './lints/self-service.ts'
import { shadowedRule } from './lints/shadowed-rule.ts'
import { staticSecretWithoutSunset } from './lints/static-secret-without-sunset.ts'
import { ttlAboveMaximum } from './lints/ttl-above-maximum.ts'
import { ttlAboveNeed } from './lints/ttl-above-need.ts'
import { unreachableRule } from './lints/unreachable-rule.ts'
import { unusedConnection } from './lints/unused-connection.ts'
import { unusedWorkload } from './lints/unused-workload.ts'
import type { Finding } from './merge.ts'
import type { PolicyFile } from './parse.ts'
import type { Problem, Severity } from './problem.ts'
import { proveRules, type RuleProof } from './rule-proofs.ts'
import { quoted } from './shape-problems.ts'

export const LINTS: readonly Lint[] = [
  branchPatternOnProduction,
  dangerousEvent,
  environmentNotPinned,
  grantWithoutScenarios,
  guardrailReachable,
  idNotPinned,
  loopbackIssuer,
  ownerMissing,
  reviewOverdue,
  rotationOverdue,
  scopeOfAll,
  selfService,
  shadowedRule,
  staticSecretWithoutSunset,
  ttlAboveMaximum,
  ttlAboveNeed,
  unreachableRule,
  unusedConnection,
  unusedWorkload,
]

/** Every finding of every lint, silenced or not. */
export function lintPolicy(subject: Omit<LintSubject, 'proofs'>): readonly Problem[] {
  let proved: readonly RuleProof[] | undefined
  const proofs = (): readonly RuleProof[] => {
    proved ??= proveRules(subject.policy)
    return proved
  }
  return LINTS.flatMap(({ id, severity, find }) =>
    find({ ...subject, proofs }).map(({ at = 'value', ...finding }): Problem => ({ ...finding, at, id, severity })),
  )
}

/** A finding that a comment silences, and why. */
export interface IgnoredFinding extends Finding {
  readonly reason: string
}

export interface SortedFindings {
  /** What no comment silences, and one for each comment that is wrong or idle. */
  readonly kept: readonly Finding[]
  readonly ignored: readonly IgnoredFinding[]
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

export function sortIgnored(findings: readonly Finding[], files: readonly PolicyFile[]): SortedFindings {
  const ignores = files.flatMap(ignoresOf)
  const used = new Set<Ignore>()
  const kept: Finding[] = []
  const ignored: IgnoredFinding[] = []
  for (const finding of findings) {
    const ignore = ignores.find((candidate) => !used.has(candidate) && silences(candidate, finding))
    if (ignore === undefined) {
      kept.push(finding)
      continue
    }
    used.add(ignore)
    ignored.push({ ...finding, reason: ignore.reason })
  }
  return { kept: [...kept, ...ignores.flatMap((ignore) => ignoreFinding(ignore, used.has(ignore)))], ignored }
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
