/** `GET /ledger/sinks`, for auditors: how far each sink is behind, and why. Without a sink the list is empty. */
import { recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { sinkLag } from '../sink-lag.ts'
import { jsonAnswer, storeUnreachable } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'

export async function getSinks(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const recorded = await recordAct(authority, { action: 'read_sinks' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const lag = await callState(() => sinkLag(deps))
    if (lag.ok) return jsonAnswer(lag.value)
    return storeUnreachable()
  })
}
