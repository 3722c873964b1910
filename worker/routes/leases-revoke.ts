/**
 * `POST /leases/revoke`: an operator ends what is out, or asks what would end. The body must say what it means. Many are ended in a stream of lines,
 * one for each as it ends, so that whoever stops a poisoned build sees it happen; how it went is an entry of its own, also when the caller hung up.
 */

import * as z from 'zod'
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import { err, ok } from '../../shared/result.ts'
import { formatInstant, type InstantMs } from '../../shared/units.ts'
import { type ActingAuthority, recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { type EndedLease, effectOf, endLeases, type Tally } from '../end-leases.ts'
import { eachLease, type FoundLease, findLeases, type LeasePlace, type LeaseSelection } from '../find-leases.ts'
import { jsonAnswer, problemAnswer, storeUnreachable } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'
import { jsonBody } from './json-body.ts'
import { LEASE_NAMES, leaseNames, selectionOf, shownLease } from './lease-selection.ts'

const UNCLEAR = {
  title: 'What to end is not clear',
  detail: `A JSON object with one or more of ${LEASE_NAMES}; or "all": true. Besides: reason, dry_run, after.`,
}

const MAX_LEASES = 1_000
const MAX_COUNTED = 100_000
/** How long it goes on for nobody: the platform allows half a minute. */
const UNHEARD_MS = 20_000
const NDJSON = 'application/x-ndjson'

const place = z.strictObject({ ledger: z.string().min(1).max(400), lease: z.string().min(1).max(200) })

const revocation = z.strictObject({
  ...leaseNames.shape,
  all: z.literal(true).exactOptional(),
  reason: z.string().min(1).max(256).exactOptional(),
  dry_run: z.boolean().exactOptional(),
  /** Of a stream: goes on behind this lease. */
  after: place.exactOptional(),
})

type Revocation = z.infer<typeof revocation>

export async function revokeLeases(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['operator'], deps, async (authority) => {
    const asked = await readRevocation(request)
    if (!asked.ok) return asked.error
    const { names, isDryRun, because, after } = asked.value
    // asking what would end reads what is live, and is recorded as that
    const act = { action: isDryRun ? 'read_leases' : 'revoke_leases', filter: JSON.stringify(names), ...because }
    const recorded = await recordAct(authority, act, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const selection = await selectionOf(names, deps)
    if (!selection.ok) return selection.error
    if (isDryRun) return wouldEnd(selection.value, deps)
    const revoke = { authority, selection: selection.value, after }
    return (request.headers.get('accept') ?? '').includes(NDJSON) ? endInStream(revoke, deps) : endAtOnce(revoke, deps)
  })
}

async function readRevocation(request: Request) {
  const asked = await jsonBody(request, revocation, UNCLEAR)
  if (!asked.ok) return asked
  if (!saysWhat(asked.value)) return err(problemAnswer({ status: 400, ...UNCLEAR }))
  const { all: _, reason, dry_run: isDryRun = false, after, ...names } = asked.value
  return ok({ names, isDryRun, after, because: reason === undefined ? {} : { reason } })
}

function saysWhat({ all, reason: _reason, dry_run: _dryRun, after: _after, ...names }: Revocation): boolean {
  return (all === true) !== Object.keys(names).length > 0
}

/** Counts of all, a list of the first. */
async function wouldEnd(selection: LeaseSelection, deps: Deps): Promise<Response> {
  const unreachable: string[] = []
  const leases: (ReturnType<typeof shownLease> & { effect: string })[] = []
  const counts: Record<string, number> = { ends_at_upstream: 0, ends_at_introspection: 0, lives_on: 0, not_yet_minted: 0 }
  let count = 0
  const walked = await callState(async () => {
    for await (const found of eachLease(selection, { after: undefined, unreachable }, deps)) {
      if (count === MAX_COUNTED) return false
      count++
      const effect = effectOf(found)
      counts[effect] = (counts[effect] ?? 0) + 1
      if (leases.length < MAX_LEASES) leases.push({ ...shownLease(found), effect })
    }
    return true
  })
  if (!walked.ok) return storeUnreachable()
  return jsonAnswer({ dry_run: true, count, effects: counts, leases, truncated: count > leases.length || !walked.value, unreachable })
}

interface Revoke {
  readonly authority: ActingAuthority
  readonly selection: LeaseSelection
  readonly after: LeasePlace | undefined
}

async function endAtOnce({ authority, selection }: Revoke, deps: Deps): Promise<Response> {
  const found = await callState(() => findLeases(selection, MAX_LEASES, deps))
  if (!found.ok) return storeUnreachable()
  const { found: leases, unreachable } = found.value
  const all: EndedLease[] = []
  const tally = await endLeases({ leases: iterate(leases), onEnded: (ended) => void all.push(ended), isStopped: () => false }, deps)
  const truncated = leases.length === MAX_LEASES
  await recordOutcome(authority, { ...tally, complete: !truncated && unreachable.length === 0 }, deps)
  const ids = (wanted: (ended: EndedLease) => boolean): string[] => all.filter(wanted).map(({ lease }) => lease.id)
  return jsonAnswer({
    ended: ids(({ outcome }) => outcome !== 'failed'),
    failed: ids(({ outcome }) => outcome === 'failed'),
    lives_on: ids(({ detail }) => detail === 'lives_on'),
    truncated,
    unreachable,
  })
}

async function* iterate(leases: readonly FoundLease[]): AsyncGenerator<FoundLease, void, undefined> {
  yield* leases
}

/**
 * A reader that hangs up does not stop it at once: it goes on without being heard for as long as the platform lets it with time to spare, then begins no
 * more. Either way the entry says how far it came; an act without one was cut off by the platform.
 */
function endInStream(revoke: Revoke, deps: Deps): Response {
  let hungUpAt: InstantMs | undefined
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const encoder = new TextEncoder()
      const isHeard = (): boolean => hungUpAt === undefined && controller.desiredSize !== null
      const write = (line: object): void => {
        if (isHeard()) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      const isStopped = (): boolean => hungUpAt !== undefined && deps.nowMs() - hungUpAt >= UNHEARD_MS
      const over = endAndTell(revoke, { write, isStopped }, deps).then(() => {
        if (isHeard()) controller.close()
      })
      deps.afterAnswer(over)
    },
    cancel: () => {
      hungUpAt = deps.nowMs()
    },
  })
  return new Response(body, { headers: { 'content-type': NDJSON, 'cache-control': 'no-store' } })
}

interface Listener {
  readonly write: (line: object) => void
  readonly isStopped: () => boolean
}

async function endAndTell({ authority, selection, after }: Revoke, { write, isStopped }: Listener, deps: Deps): Promise<void> {
  const unreachable: string[] = []
  const onEnded = (one: EndedLease): void => write(lineOf(one))
  const ended = await callState(() => endLeases({ leases: eachLease(selection, { after, unreachable }, deps), onEnded, isStopped }, deps))
  if (!ended.ok) return write({ type: 'summary', complete: false, problem: 'The policy store cannot be reached.', unreachable })
  const { last, ...counts } = ended.value
  const outcome = { ...counts, complete: counts.complete && unreachable.length === 0 }
  await recordOutcome(authority, outcome, deps)
  // what one call may do is used up: another goes on from here
  const goOn = counts.complete || last === undefined ? {} : { after: last }
  write({ type: 'summary', ...outcome, ...goOn, unreachable })
}

function lineOf({ ledger, lease, outcome, detail }: EndedLease) {
  const { id, grant, workload, connection, kind, expiresAt } = lease
  return {
    type: outcome,
    lease: id,
    ledger,
    grant,
    workload,
    connection,
    kind,
    detail,
    expires_at: formatInstant(expiresAt),
  }
}

/** Best effort beyond the act itself, which is on record already, as is each lease that ended. */
async function recordOutcome({ name, proof: { jti } }: ActingAuthority, { last: _, ...tally }: Tally, deps: Deps): Promise<void> {
  const entry = { type: 'revocation', by: name, ...(jti === undefined ? {} : { jti }), ...tally } as const
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entry))
}
