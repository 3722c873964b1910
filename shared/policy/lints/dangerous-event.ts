/** `dangerous-event`: a rule that lets in events which strangers can cause, with the ref of the default branch. Proved, with a run that gets through. */
import { textSet } from '../language.ts'
import { compilePattern } from '../pattern.ts'
import type { RuleProof } from '../rule-proofs.ts'
import type { Lint, LintFinding } from './lint.ts'

export const dangerousEvent: Lint = {
  id: 'dangerous-event',
  severity: 'warning',
  why: 'Anybody on the internet can cause such a run and choose what it works on, while its ref reads like that of the default branch.',
  fix: 'Take the event out of the rule; do the privileged part in a workflow that `push` or `workflow_dispatch` starts.',
  find: ({ proofs }) => proofs().flatMap(findInRule),
}

function findInRule({ grant, rule, index, letsIn }: RuleProof): readonly LintFinding[] {
  const { roles, strangerEvents } = rule.workload.issuer.platform
  const stated = rule.conditions.find(({ attribute, byDefault }) => attribute === roles.event && byDefault !== true)
  return (stated?.patterns ?? []).flatMap(({ text }): LintFinding[] => {
    if (!strangerEvents.has(text)) return []
    const set = textSet([compilePattern(text, { foldCase: false, literal: true })])
    const run = letsIn([{ attribute: roles.event, set, key: `${roles.event}=${set.key}` }])
    if (run === undefined) return []
    const message = `${text} reaches this grant, for example ${run.words}`
    return [{ path: ['grants', grant.name, 'allow', index, roles.event], message, example: run.payload }]
  })
}
