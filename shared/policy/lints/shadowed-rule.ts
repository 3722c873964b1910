/** `shadowed-rule`: a rule that lets in nobody whom the rules before it do not let in already. Proved. */
import type { Lint } from './lint.ts'

export const shadowedRule: Lint = {
  id: 'shadowed-rule',
  severity: 'warning',
  why: 'It reads as if it limited or added something and does neither: the first rule that matches has decided.',
  fix: 'Remove it, or narrow the rule before it if that one is too wide.',
  find: ({ proofs }) =>
    proofs().flatMap(({ grant, index, verdict }) =>
      verdict === 'shadowed'
        ? [{ path: ['grants', grant.name, 'allow', index], message: `the rules before it let in everybody whom it lets in` }]
        : [],
    ),
}
