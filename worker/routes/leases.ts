/** `GET /leases`: an auditor sees what is live. It ends nothing and shows no secret. */
import { recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { findLeases } from '../find-leases.ts'
import { jsonAnswer, problemAnswer, storeUnreachable } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'
import { LEASE_NAMES, leaseNames, selectionOf, shownLease } from './lease-selection.ts'

const MAX_LEASES = 1_000

export async function getLeases(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const given = [...new URL(request.url).searchParams].filter(([, value]) => value !== '')
    const names = leaseNames.safeParse(Object.fromEntries(given))
    if (!names.success || new Set(given.map(([name]) => name)).size < given.length)
      return problemAnswer({ status: 400, title: 'Which leases is not clear', detail: `Any of ${LEASE_NAMES}, each once.` })
    const recorded = await recordAct(authority, { action: 'read_leases', filter: JSON.stringify(names.data) }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const selection = await selectionOf(names.data, deps)
    if (!selection.ok) return selection.error
    const found = await callState(() => findLeases(selection.value, MAX_LEASES, deps))
    if (!found.ok) return storeUnreachable()
    const { found: leases, unreachable } = found.value
    // more leases than fit, or ledgers that did not answer: the answer is not the whole truth
    return jsonAnswer({ leases: leases.map(shownLease), truncated: leases.length === MAX_LEASES, unreachable })
  })
}
