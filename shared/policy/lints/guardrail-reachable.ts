/** `guardrail-reachable`: a rule that would let in what a guardrail forbids. The guardrail wins, so nothing is open; but one of the two is not meant. Proved, with a run. */
import type { Lint } from './lint.ts'

export const guardrailReachable: Lint = {
  id: 'guardrail-reachable',
  severity: 'warning',
  why: 'The rule promises what the guardrail refuses: the day the guardrail is loosened, the rule opens.',
  fix: 'Narrow the rule so that it never meets what the guardrail forbids.',
  find: ({ proofs }) =>
    proofs().flatMap(({ grant, index, verdict, stopped }) =>
      // a rule that is stopped altogether is told as unreachable
      (verdict === 'forbidden' ? [] : stopped).map(({ guardrail, run }) => ({
        path: ['grants', grant.name, 'allow', index],
        message: `the guardrail ${guardrail.name} has to stop ${run.words}, which this rule lets in`,
        example: run.payload,
      })),
    ),
}
