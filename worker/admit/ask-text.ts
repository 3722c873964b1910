/** The `ask` member of an entry: what the ledger keeps of every ask and its caller, attributes as they were judged. No token, no credential. */
import { canonicalJson } from '../../shared/json.ts'
import type { AskFacts } from '../../shared/ledger-entries.ts'
import type { Workload } from '../authenticate/authenticate.ts'

/** Canonical JSON, made in the worker: the ledger's one thread only puts it in its place. */
export function askText({ token, attributes }: Workload, more: Partial<AskFacts>): string {
  const { facts, registered } = token
  return canonicalJson({
    ...more,
    jti: registered.jti,
    job: facts.run.job,
    attributes: Object.fromEntries(attributes),
    ...(facts.unknownClaims.length === 0 ? {} : { unknown_claims: facts.unknownClaims }),
  })
}
