/** `GET /leases` and `POST /leases/revoke`: an auditor sees what is live, an operator ends it. The filter of a revocation must say what it means. */
import * as z from 'zod'
import { parseStrictJson } from '../../shared/strict-json.ts'
import { formatInstant } from '../../shared/units.ts'
import { recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { type FoundLease, type FoundLeases, findLeases } from '../find-leases.ts'
import { endLease } from '../revoke.ts'
import type { LeaseFilter } from '../state/ledger-port.ts'
import { jsonAnswer, problemAnswer } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'
import { readCapped } from './read-capped.ts'

const MAX_LEASES = 1_000
const MAX_BODY_BYTES = 16 * 1024

const filterNames = ['lease', 'run', 'workload', 'grant', 'connection'] as const

const text = z.string().min(1).max(200)
const selection = z
  .strictObject({
    all: z.literal(true),
    lease: text,
    run: text,
    workload: text,
    grant: text,
    connection: text,
    reason: z.string().min(1).max(256),
  })
  .partial({ all: true, lease: true, run: true, workload: true, grant: true, connection: true, reason: true })
  .refine(
    (value) => (value.all === true) !== filterNames.some((name) => value[name] !== undefined),
    'one or more of lease, run, workload, grant, connection; or all: true',
  )

export async function getLeases(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const filter = readFilter(Object.fromEntries(new URL(request.url).searchParams))
    const recorded = await recordAct(authority, { action: 'read_leases' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const found = await callState(() => findLeases(filter, MAX_LEASES, deps))
    if (!found.ok) return problemAnswer({ status: 503, title: 'The policy store cannot be reached', headers: { 'retry-after': '5' } })
    return jsonAnswer({ leases: found.value.found.map(shown), ...completeness(found.value) })
  })
}

export async function revokeLeases(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['operator'], deps, async (authority) => {
    const body = parseStrictJson((await readCapped(request, MAX_BODY_BYTES)) ?? '')
    const selected = selection.safeParse(body.ok ? body.value : undefined)
    if (!selected.success)
      return problemAnswer({ status: 400, title: 'What to end is not clear', detail: selected.error.issues[0]?.message ?? 'JSON' })
    const { all: _, reason, ...filter } = selected.data
    const recorded = await recordAct(
      authority,
      { action: 'revoke_leases', filter: JSON.stringify(filter), ...(reason === undefined ? {} : { reason }) },
      deps,
    )
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const found = await callState(() => findLeases(readFilter(filter), MAX_LEASES, deps))
    if (!found.ok) return problemAnswer({ status: 503, title: 'The policy store cannot be reached', headers: { 'retry-after': '5' } })
    return jsonAnswer({ ...(await endAll(found.value.found, deps)), ...completeness(found.value) })
  })
}

/** Whether the answer is the whole truth: more leases than fit, or ledgers that did not answer. */
function completeness({ found, unreachable }: FoundLeases): { truncated: boolean; unreachable: readonly string[] } {
  return { truncated: found.length === MAX_LEASES, unreachable }
}

async function endAll(found: readonly FoundLease[], deps: Deps): Promise<{ ended: string[]; failed: string[] }> {
  const ended: string[] = []
  const failed: string[] = []
  for (const { ledger, lease } of found) {
    const outcome = await endLease(lease, 'revoked', ledger, deps)
    const list = outcome.ok ? ended : failed
    list.push(lease.id)
  }
  return { ended, failed }
}

function readFilter(values: { readonly [name: string]: unknown }): LeaseFilter {
  const named = filterNames.map((name) => [name, values[name]] as const).filter(([, value]) => typeof value === 'string' && value !== '')
  return Object.fromEntries(named)
}

/** What people may see of a lease: never its handle, nor the hash of its credential. */
function shown({
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
