/** What a lint is: an opinion about a policy that is right, with an id, a severity, a why and a fix. One lint, one file. It never stops more than `check`. */

import type { Policy } from '../policy.ts'
import type { DocumentPath, Place, ProblemDetails, Severity } from '../problem.ts'
import type { RuleProof } from '../rule-proofs.ts'
import type { PolicyDocument } from '../schema.ts'

/** What a lint looks at. */
export interface LintSubject {
  readonly document: PolicyDocument
  /** The same policy, loaded. */
  readonly policy: Policy
  /** `2026-11-22`: overdue is what lies before it. */
  readonly today: string
  /** `owner/name` of the repository the policy is kept in, where that is known. */
  readonly policyRepository?: string
  /** What is proved of each rule that can authorise. Worked out at the first call. */
  readonly proofs: () => readonly RuleProof[]
}

export interface LintFinding extends ProblemDetails {
  readonly path: DocumentPath
  /** Default: the value. */
  readonly at?: Place
  readonly message: string
}

export interface Lint {
  readonly id: string
  readonly severity: Severity
  /** What goes wrong when it is left as it is. One sentence. */
  readonly why: string
  /** What to do. One sentence. */
  readonly fix: string
  readonly find: (subject: LintSubject) => readonly LintFinding[]
}
