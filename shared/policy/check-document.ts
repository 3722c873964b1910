/**
 * Is this document a policy? The one check of the language, for the command line and for the broker alike: the same problems, in the same order,
 * whether the document came from files or over the wire. It must never throw, whatever it is given, and never stop at the first problem.
 */
import { isJsonObject } from '../json.ts'
import { checkConnections, checkGrants, checkGuardrails } from './check-access.ts'
import { checkIssuers, checkWorkloads } from './check-callers.ts'
import { checkContext } from './check-context.ts'
import { checkScenarios } from './check-scenarios.ts'
import { checkShape, type Report } from './check-shape.ts'
import { checkTripwires } from './check-tripwires.ts'
import { errorAt, errorAtKey, type Problem } from './problem.ts'
import type { PolicyDocument } from './schema.ts'

/** No policy needs to nest deeper, and every reader of it may recurse. */
export const MAX_DOCUMENT_DEPTH = 32

export type CheckedDocument =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] }

/** Every error of the language in a document that was read from JSON or YAML. Lints and scenarios are run elsewhere. */
export function checkDocument(value: unknown): CheckedDocument {
  const problems: Problem[] = []
  const report: Report = (problem) => void problems.push(problem)
  if (isTooDeep(value, MAX_DOCUMENT_DEPTH)) {
    return { ok: false, problems: [errorAt([], 'yaml-depth', `expected at most ${MAX_DOCUMENT_DEPTH} levels of nesting`)] }
  }
  const shaped = checkShape(value, report)
  reportReservedKeys(value, [], report)
  const context = checkContext(shaped, report)
  checkIssuers(context)
  checkWorkloads(context)
  checkConnections(context)
  checkGrants(context)
  checkGuardrails(context)
  checkTripwires(context)
  checkScenarios(context, shaped.scenarioIndexes)
  const [first, ...rest] = problems
  return first === undefined ? { ok: true, document: shaped.document } : { ok: false, problems: [first, ...rest] }
}

/** `__proto__` is a key that some readers drop and others obey: it has no place anywhere in a policy. `place` is the path to `value`. */
function reportReservedKeys(value: unknown, place: (string | number)[], report: Report): void {
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      if (typeof item === 'object') reportBelow(index, item, place, report)
    })
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      const member = value[key]
      if (key === '__proto__') report(errorAtKey([...place, key], 'unknown-key', 'the key __proto__ is reserved'))
      if (typeof member === 'object') reportBelow(key, member, place, report)
    }
  }
}

function reportBelow(step: string | number, member: unknown, place: (string | number)[], report: Report): void {
  place.push(step)
  reportReservedKeys(member, place, report)
  place.pop()
}

function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  return members.some((member) => typeof member === 'object' && isTooDeep(member, levels - 1))
}
