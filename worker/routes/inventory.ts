/** `GET /inventory?days=N`: for an auditor, what there is, whose it is, what was done with it, and what is wider than its use. Reads alone; no exchange waits for it. */

import { actsOf } from '../../shared/acts.ts'
import { inventoryOf } from '../../shared/inventory.ts'
import type { Inventory } from '../../shared/inventory-wire.ts'
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import { ledgerParts } from '../../shared/ledger-name.ts'
import { openCompiled } from '../../shared/policy/compile.ts'
import { loadPolicy } from '../../shared/policy/load.ts'
import type { LiveLease } from '../../shared/usage.ts'
import { recordAct } from '../authenticate/authority.ts'
import { policyText } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { eachLease } from '../find-leases.ts'
import { recordedActs } from '../recorded-acts.ts'
import { recordedAsks } from '../replay.ts'
import { jsonAnswer, problemAnswer } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'

const DEFAULT_DAYS = 90
const MAX_DAYS = 400
const DAYS = /^[1-9][0-9]{0,2}$/
const DAY_MS = 86_400_000
const MAX_LEASES = 20_000

export async function getInventory(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const days = readDays(new URL(request.url).searchParams.get('days'))
    if (days === undefined) return problemAnswer({ status: 400, title: 'The period is not usable', detail: `days=1…${MAX_DAYS}.` })
    const recorded = await recordAct(authority, { action: 'read_inventory', days }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const read = await callState(() => readInventory(days, deps))
    if (!read.ok) return problemAnswer({ status: 503, title: 'The record cannot be read at the moment', headers: { 'retry-after': '5' } })
    return read.value === undefined ? problemAnswer({ status: 404, title: 'No policy is active' }) : jsonAnswer(read.value)
  })
}

/** `undefined`: no policy is active. */
async function readInventory(days: number, deps: Deps): Promise<Inventory | undefined> {
  const { policy: digest } = await deps.policyStore().activation()
  if (digest === null) return undefined
  const document = openCompiled(await policyText(digest, deps))
  const now = deps.nowMs()
  const since = new Date(now - days * DAY_MS).toISOString()
  const [asks, live, acts] = await Promise.all([recordedAsks(since, deps), liveLeases(deps), recordedActs(AUTHORITY_LEDGER, since, deps)])
  return inventoryOf({
    document,
    policy: loadPolicy(document, digest),
    entries: asks.entries,
    sampled: asks.sampled,
    ...live,
    acts: actsOf(acts.entries, acts.cut),
    at: new Date(now).toISOString(),
    since,
    days,
  })
}

async function liveLeases(deps: Deps): Promise<{ leases: LiveLease[]; leasesCut: boolean; unreachable: string[] }> {
  const unreachable: string[] = []
  const leases: LiveLease[] = []
  for await (const { ledger, lease } of eachLease({}, { after: undefined, unreachable }, deps)) {
    if (leases.length === MAX_LEASES) return { leases, leasesCut: true, unreachable }
    const { grant, workload, connection } = lease
    leases.push({ grant, workload, connection, issuerUrl: ledgerParts(ledger)?.issuerUrl ?? '' })
  }
  return { leases, leasesCut: false, unreachable }
}

function readDays(text: string | null): number | undefined {
  const days = text === null ? DEFAULT_DAYS : DAYS.test(text) ? Number(text) : 0
  return days >= 1 && days <= MAX_DAYS ? days : undefined
}
