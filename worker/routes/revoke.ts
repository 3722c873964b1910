/**
 * `POST /revoke`: RFC 7009. The credential itself as `token`, or its `lease_id` with an ID token of the same run as Bearer. A bare lease id ends nothing:
 * it is printed in job summaries. An unknown credential gets 200 like any other (RFC 7009 §2.2).
 */

import { LEASE_ID } from '../../shared/lease.ts'
import { type Refusal, WIRE_FORMS } from '../../shared/refusal.ts'
import { REVOKE_PARAMETERS } from '../../shared/wire.ts'
import { authenticate } from '../authenticate/authenticate.ts'
import { currentPolicy } from '../authorize/policy-cache.ts'
import { callState, LEDGER_UNAVAILABLE } from '../call-state.ts'
import { hashOf } from '../credential-hash.ts'
import { type Deps, randomId } from '../deps.ts'
import { type FoundLeases, findLeases } from '../find-leases.ts'
import { type EndFailure, endLease } from '../revoke.ts'
import { jsonAnswer, refusalAnswer, refuse } from './answers.ts'
import { bearerOf } from './bearer.ts'
import { readForm } from './form.ts'

const RETRY_AFTER = 5
const MAX_TOKEN_CHARACTERS = 32 * 1024

export async function revoke(request: Request, deps: Deps): Promise<Response> {
  const decision = randomId(deps)
  const form = await readForm(request)
  if (!form.ok) return refuse(form.error, false, { event: 'revoke', decision, deps })
  const token = form.value.get(REVOKE_PARAMETERS.token)
  const leaseId = form.value.get(REVOKE_PARAMETERS.leaseId)
  if (token !== undefined) return token.length > MAX_TOKEN_CHARACTERS ? done() : endByCredential(token, decision, deps)
  const bearer = bearerOf(request)
  if (leaseId === undefined)
    return refuse(missing(REVOKE_PARAMETERS.token, 'the credential, or lease_id with an ID token of the same run as Bearer'), false, {
      event: 'revoke',
      decision,
      deps,
    })
  if (bearer === undefined)
    return refuse(missing('Authorization', 'an ID token of the run that holds the lease, as Bearer'), false, {
      event: 'revoke',
      decision,
      deps,
    })
  return endByRun(leaseId, bearer, decision, deps)
}

async function endByRun(leaseId: string, bearer: string, decision: string, deps: Deps): Promise<Response> {
  const policy = await callState(() => currentPolicy(deps))
  if (!policy.ok) return refuse(policy.error, false, { event: 'revoke', decision, deps })
  if (policy.value === undefined)
    return refuse({ code: 'policy_missing', retryAfter: RETRY_AFTER }, false, { event: 'revoke', decision, deps })
  const workload = await authenticate(bearer, policy.value, deps)
  if (!workload.ok) return refuse(workload.error, WIRE_FORMS[workload.error.code].told === 'proven', { event: 'revoke', decision, deps })
  if (!LEASE_ID.test(leaseId)) return done()
  const { ledger, token } = workload.value
  const leases = await callState(() => deps.ledger(ledger).leases({ lease: leaseId }, 1))
  if (!leases.ok) return refuse(leases.error, true, { event: 'revoke', decision, deps })
  const foreign = leases.value.some(({ runId }) => runId !== token.facts.run.runId)
  if (foreign)
    return refuse(
      { code: 'request_malformed', parameter: 'lease_id', problem: 'malformed', expected: 'a lease of the run the ID token is of' },
      true,
      { event: 'revoke', decision, deps },
    )
  return endFound({ found: leases.value.map((lease) => ({ ledger, lease })), unreachable: [] }, decision, deps)
}

async function endByCredential(token: string, decision: string, deps: Deps): Promise<Response> {
  const credential = await hashOf(token)
  const found = await callState(() => findLeases({ credential }, 1, deps))
  return found.ok ? endFound(found.value, decision, deps) : refuse(found.error, true, { event: 'revoke', decision, deps })
}

/** A ledger that does not answer may be the one that holds the lease: then nothing can be promised. */
async function endFound({ found, unreachable }: FoundLeases, decision: string, deps: Deps): Promise<Response> {
  if (found.length === 0 && unreachable.length > 0) return refuse(LEDGER_UNAVAILABLE, true, { event: 'revoke', decision, deps })
  for (const { ledger, lease } of found) {
    const ended = await endLease(lease, 'returned', ledger, deps)
    deps.log({
      event: 'revoke',
      decision,
      lease: lease.id,
      grant: lease.grant,
      outcome: ended.ok ? ended.value.outcome : 'failed',
      ...(ended.ok ? {} : { code: ended.error.code }),
    })
    if (!ended.ok) return refusalAnswer(notEnded(ended.error), decision, true)
  }
  return done()
}

/** RFC 7009 §2.2.1: 503 says that the credential still exists and the call may be tried again. */
function notEnded(failure: EndFailure): Refusal {
  const retryAfter = failure.retryAfter ?? RETRY_AFTER
  return failure.code === 'ledger_unavailable' ? { code: failure.code, retryAfter } : { code: 'upstream_unavailable', retryAfter }
}

function done(): Response {
  return jsonAnswer({})
}

function missing(parameter: string, expected: string): Refusal {
  return { code: 'request_malformed', parameter, problem: 'missing', expected }
}
