/** Which leases a caller means: names that all must fit, read strictly, so that a misspelt one never means more than was meant. */
import * as z from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import { formatInstant } from '../../shared/units.ts'
import { activePolicy } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import type { FoundLease, LeaseSelection } from '../find-leases.ts'
import { problemAnswer, storeUnreachable } from './answers.ts'

const text = z.string().min(1).max(400)

export const leaseNames = z.strictObject({
  lease: text.exactOptional(),
  run: text.exactOptional(),
  workload: text.exactOptional(),
  grant: text.exactOptional(),
  connection: text.exactOptional(),
  kind: text.exactOptional(),
  /** Its name in the active policy, or its URL. */
  issuer: text.exactOptional(),
})

export type LeaseNames = z.infer<typeof leaseNames>

export const LEASE_NAMES = 'lease, run, workload, grant, connection, kind, issuer'

/** The names as the ledgers know them. An issuer is told by its URL there. */
export async function selectionOf({ issuer, ...filter }: LeaseNames, deps: Deps): Promise<Result<LeaseSelection, Response>> {
  if (issuer === undefined) return ok(filter)
  if (issuer.includes('://')) return ok({ ...filter, issuerUrl: issuer })
  const policy = await callState(() => activePolicy(deps))
  if (!policy.ok) return err(storeUnreachable())
  const known = [...(policy.value?.issuers.values() ?? [])].find(({ name }) => name === issuer)
  if (known !== undefined) return ok({ ...filter, issuerUrl: known.url })
  return err(
    problemAnswer({
      status: 404,
      title: 'The active policy has no such issuer',
      detail: 'An issuer that has left the policy is named by its URL.',
    }),
  )
}

/** What people may see of a lease: never its handle, nor the hash of its credential. */
export function shownLease({
  ledger,
  lease: { id, state, grant, workload, connection, kind, runId, openedAt, expiresAt, recalled, failing },
}: FoundLease) {
  return {
    lease: id,
    ledger,
    state,
    grant,
    workload,
    connection,
    kind,
    run_id: runId,
    opened_at: formatInstant(openedAt),
    expires_at: formatInstant(expiresAt),
    ...(recalled === undefined ? {} : { recalled: recalled.cause ?? recalled.how }),
    ...(failing === undefined ? {} : { failed_tries: failing.tries, next_try: formatInstant(failing.nextTry) }),
  }
}
