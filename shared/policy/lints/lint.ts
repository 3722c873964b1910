/** What a lint is: an opinion about a checked document, with an id, a severity, a why and a fix. One lint, one file. It never stops more than `check`. */
import type { DocumentPath, Place, Severity } from '../problem.ts'
import type { PolicyDocument } from '../schema.ts'

export interface LintFinding {
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
  readonly find: (document: PolicyDocument) => readonly LintFinding[]
}
