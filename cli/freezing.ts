/** Putting a freeze or taking one back, until every ledger has it: what is asked once is asked again while the broker says that it is not everywhere yet. */
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import type { FreezeTarget } from '../shared/freeze.ts'
import { type Caller, callAs } from './authority-call.ts'
import { type BrokerAnswer, jsonOf } from './broker.ts'
import { type Proposed, proposalSchema } from './proposal.ts'
import { notDone } from './publishing.ts'

export interface FreezeChange {
  readonly method: 'PUT' | 'DELETE'
  readonly target: FreezeTarget
  /** Of a freeze alone. */
  readonly reason?: string
  /** How long to go on asking. */
  readonly waitMs: number
  /** Called before each pause, once for each answer that was not the last. */
  readonly onWait: (why: string) => void
}

/** `not_everywhere`: in force where it could be brought to, and the broker goes on by itself. */
export type Changed =
  | { readonly outcome: 'not_everywhere' }
  /** `isUnknown`: the active policy has nothing of that name. */
  | { readonly outcome: 'everywhere'; readonly isUnknown: boolean }
  /** Nothing is changed before a second person confirms. */
  | { readonly outcome: 'proposed'; readonly proposal: Proposed }
  | { readonly outcome: 'not_done'; readonly lines: readonly string[] }

const DEFAULT_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 10_000

const unknownName = z.looseObject({ unknown: z.literal(true) })
const recordedProblem = z.looseObject({ recorded: z.literal(true) })

export async function changeFreeze(caller: Caller, change: FreezeChange): Promise<Changed> {
  const end = Date.now() + change.waitMs
  let isRecorded = false
  for (;;) {
    const answered = await askOnce(caller, change)
    isRecorded ||= answered.isRecorded
    // not there any more: taken back by the call before, whose last ledgers have been told since
    if (answered.isDone || (answered.isGone && isRecorded)) return { outcome: 'everywhere', isUnknown: answered.isUnknown }
    if (answered.proposal !== undefined) return { outcome: 'proposed', proposal: answered.proposal }
    if (answered.isFinal) return { outcome: 'not_done', lines: answered.lines }
    if (Date.now() >= end) return isRecorded ? { outcome: 'not_everywhere' } : { outcome: 'not_done', lines: answered.lines }
    change.onWait(answered.lines[0] ?? '')
    await sleep(Math.min(answered.pauseMs, Math.max(0, end - Date.now())))
  }
}

async function askOnce(caller: Caller, { method, target, reason }: FreezeChange) {
  const body = JSON.stringify({ ...target, ...(reason === undefined ? {} : { reason }) })
  const answer = await callAs(caller, '/freezes', { method, headers: { 'content-type': 'application/json' }, body })
  const status = answer.ok ? answer.value.status : 0
  return {
    isDone: status === 200,
    isUnknown: answer.ok && status === 200 && unknownName.safeParse(jsonOf(answer.value)).success,
    isGone: status === 404,
    /** The broker said no: asking again changes nothing. */
    isFinal: status >= 400 && status < 500,
    proposal: answer.ok && status === 202 ? proposalSchema.safeParse(jsonOf(answer.value)).data : undefined,
    isRecorded: answer.ok && recordedProblem.safeParse(jsonOf(answer.value)).success,
    lines: answer.ok ? notDone(answer.value).lines : [answer.error],
    pauseMs: answer.ok ? pauseOf(answer.value) : DEFAULT_PAUSE_MS,
  }
}

function pauseOf({ retryAfter }: BrokerAnswer): number {
  const seconds = Number(retryAfter ?? '')
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, LONGEST_PAUSE_MS) : DEFAULT_PAUSE_MS
}
