/** What the ledger keeps of every ask: the decision's id, the run, and the attributes as they were judged. No token, no credential. */
import type { JsonObject } from '../../shared/json.ts'
import type { Note } from '../../shared/policy/policy.ts'
import type { Workload } from '../authenticate/authenticate.ts'

export interface AskFacts {
  readonly workload: Workload
  readonly decision: string
  readonly notes: readonly Note[]
  readonly reason?: string
}

export function askFacts({ workload, decision, notes, reason }: AskFacts): JsonObject {
  const { run, unknownClaims } = workload.token.facts
  return {
    decision,
    jti: workload.token.registered.jti,
    run_id: run.runId,
    job: run.job,
    attributes: Object.fromEntries(workload.attributes),
    ...(notes.length === 0
      ? {}
      : { notes: notes.map(({ about, policyName, tokenName }) => ({ about, policy_name: policyName, token_name: tokenName })) }),
    ...(unknownClaims.length === 0 ? {} : { unknown_claims: unknownClaims }),
    ...(reason === undefined ? {} : { reason }),
  }
}
