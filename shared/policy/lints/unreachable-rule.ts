/** `unreachable-rule`: a rule by which nobody can ever have the grant. Proved: no run its CI platform could sign for meets it. */
import type { Lint } from './lint.ts'

export const unreachableRule: Lint = {
  id: 'unreachable-rule',
  severity: 'warning',
  why: 'Its author meant somebody, and that somebody is refused.',
  fix: 'Correct the condition that contradicts the others, or remove the rule.',
  find: ({ proofs }) =>
    proofs().flatMap(({ grant, index, verdict, stopped }) => {
      const path = ['grants', grant.name, 'allow', index]
      if (verdict === 'impossible') return [{ path, message: 'no run can meet all of its conditions' }]
      if (verdict !== 'forbidden') return []
      const names = stopped.map(({ guardrail }) => guardrail.name).join(' and ')
      return [{ path, message: `every run that meets it is stopped by ${names === '' ? 'guardrails' : names}` }]
    }),
}
