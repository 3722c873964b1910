/**
 * Ending many leases through a broker's stream, call after call until every one that was meant was tried: a call ends when its share is used up, or breaks.
 * What ended is not ended twice, so a broken call is simply made again. It counts what it was told and nothing else.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { authorized, type Caller } from './authority-call.ts'
import { streamLines } from './broker-stream.ts'
import { notDone } from './publishing.ts'
import type { LeaseNames } from './targets.ts'

const place = z.looseObject({ ledger: z.string(), lease: z.string() })

const line = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.enum(['ended', 'already_over', 'failed']),
    lease: z.string(),
    ledger: z.string(),
    grant: z.string(),
    workload: z.string(),
    kind: z.string(),
    detail: z.string(),
    expires_at: z.string(),
  }),
  z.looseObject({
    type: z.literal('summary'),
    complete: z.boolean(),
    problem: z.string().optional(),
    after: place.optional(),
    unreachable: z.array(z.string()),
  }),
])

type Line = z.infer<typeof line>
type Summary = Extract<Line, { type: 'summary' }>
export type LeaseLine = Exclude<Line, Summary>

export interface Revocation {
  readonly names: LeaseNames
  readonly reason: string
  readonly onLease: (lease: LeaseLine) => void
  /** Why it goes on with another call. */
  readonly onAgain: (why: string) => void
}

export interface Revoked {
  /** Leases that ended, and those that could not be ended, each once. */
  readonly ended: number
  readonly livesOn: number
  readonly failed: number
  readonly unreachable: readonly string[]
  /** Empty when every lease meant was tried. */
  readonly incomplete: string
}

export type RevokeOutcome =
  | { readonly outcome: 'ran'; readonly revoked: Revoked }
  | { readonly outcome: 'not_done'; readonly lines: readonly string[] }

const MAX_BROKEN_CALLS = 5
const PAUSE_MS = 2_000

export async function revokeLeases(caller: Caller, revocation: Revocation): Promise<RevokeOutcome> {
  const state: CallState = { revocation, after: undefined, seen: new Map(), unreachable: new Set() }
  for (let broken = 0; broken <= MAX_BROKEN_CALLS; ) {
    const call = await oneCall(caller, state)
    if (call.outcome === 'over') return outcomeOf(state, call)
    revocation.onAgain(call.lines[0] ?? '')
    if (call.outcome === 'share_used') continue
    broken++
    if (broken > MAX_BROKEN_CALLS) return outcomeOf(state, call)
    await sleep(PAUSE_MS)
  }
  return outcomeOf(state, { lines: [] })
}

/** Nothing happened and there is a reason: that is no result. */
function outcomeOf({ seen, unreachable }: CallState, { lines }: Pick<Call, 'lines'>): RevokeOutcome {
  if (seen.size === 0 && unreachable.size === 0 && lines.length > 0) return { outcome: 'not_done', lines }
  return { outcome: 'ran', revoked: { ...tallyOf(seen), unreachable: [...unreachable], incomplete: lines[0] ?? whyNot(unreachable) } }
}

function whyNot(unreachable: ReadonlySet<string>): string {
  return unreachable.size > 0 ? 'some ledgers did not answer' : ''
}

function tallyOf(seen: ReadonlyMap<string, LeaseLine>): Pick<Revoked, 'ended' | 'livesOn' | 'failed'> {
  const lines = [...seen.values()]
  const failed = lines.filter(({ type }) => type === 'failed').length
  const livesOn = lines.filter(({ type, detail }) => type === 'ended' && detail === 'lives_on').length
  return { ended: lines.length - failed, livesOn, failed }
}

/** `over`: nothing more is to be done, and `lines` say why when not all was. */
interface Call {
  readonly outcome: 'over' | 'share_used' | 'broken'
  readonly lines: readonly string[]
}

interface CallState {
  readonly revocation: Revocation
  after: z.infer<typeof place> | undefined
  /** By lease: the last word on each. */
  readonly seen: Map<string, LeaseLine>
  readonly unreachable: Set<string>
}

async function oneCall(caller: Caller, state: CallState): Promise<Call> {
  const { names, reason, onLease } = state.revocation
  const headers = await authorized(caller, { accept: 'application/x-ndjson', 'content-type': 'application/json' })
  if (!headers.ok) return { outcome: 'over', lines: [headers.error] }
  const what = Object.keys(names).length === 0 ? { all: true } : names
  const body = JSON.stringify({ ...what, reason, ...(state.after === undefined ? {} : { after: state.after }) })
  let summary: Summary | undefined
  const streamed = await streamLines(new URL('/leases/revoke', caller.broker), { method: 'POST', headers: headers.value, body }, (text) => {
    const read = line.safeParse(jsonOrNothing(text))
    // a line this version does not know says nothing to it
    if (!read.success) return
    if (read.data.type === 'summary') {
      summary = read.data
      return
    }
    state.seen.set(read.data.lease, read.data)
    onLease(read.data)
  })
  if (streamed.outcome === 'refused')
    return { outcome: streamed.answer.status >= 500 ? 'broken' : 'over', lines: notDone(streamed.answer).lines }
  if (summary === undefined) return { outcome: 'broken', lines: [streamed.outcome === 'broken' ? streamed.why : 'the answer broke off'] }
  return afterSummary(summary, state)
}

function afterSummary({ complete, problem, after, unreachable }: Summary, state: CallState): Call {
  for (const ledger of unreachable) state.unreachable.add(ledger)
  if (after === undefined) return { outcome: 'over', lines: complete || problem === undefined ? [] : [problem] }
  state.after = after
  return { outcome: 'share_used', lines: ['one call has done its share'] }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
