/**
 * The replay of history for `plan --broker`: a candidate is sent to the broker, which decides the asks of its last days under the candidate and under the
 * policy that is active there, and changes nothing.
 */
import * as z from 'zod'
import { err, ok, type Result } from '../shared/result.ts'
import { callBroker, jsonOf, printable } from './broker.ts'
import type { IdTokenSource } from './id-token.ts'
import { problemLines } from './publishing.ts'

const flip = z.looseObject({
  grant: z.string(),
  repository: z.string(),
  from: z.string(),
  to: z.string(),
  asks: z.int(),
  decision: z.string(),
  at: z.string(),
})

const replayed = z.looseObject({
  base: z.string(),
  replay: z.looseObject({ days: z.int(), since: z.string(), sampled: z.boolean(), asks: z.int(), changed: z.int(), flips: z.array(flip) }),
})

export type Replayed = z.infer<typeof replayed>

export interface ReplayRequest {
  /** The broker's origin, which is also the `aud` of the ID token. */
  readonly broker: string
  readonly days: string
  /** The candidate's canonical JSON. */
  readonly compiled: string
}

/** The error is lines for a person. */
export async function requestReplay(
  { broker, days, compiled }: ReplayRequest,
  idToken: IdTokenSource,
): Promise<Result<Replayed, readonly string[]>> {
  const token = await idToken(broker)
  if (!token.ok) return err([token.error])
  const headers = { authorization: `Bearer ${token.value}`, 'content-type': 'application/json' }
  const answer = await callBroker(broker, `/policy/plan?days=${days}`, { method: 'POST', headers, body: compiled })
  if (!answer.ok) return err([answer.error])
  const read = replayed.safeParse(jsonOf(answer.value))
  return answer.value.status === 200 && read.success ? ok(read.data) : err(problemLines(answer.value))
}

/** For a terminal, and inside a fenced block for a pull request. */
export function replayText({ base, replay: { days, sampled, asks, changed, flips } }: Replayed): string {
  const counted = `${changed} of ${asks} asks of the last ${days} days would be decided otherwise than under the active policy (${printable(base)})`
  const lines = flips.map(
    ({ grant, repository, to, asks: count, decision }) =>
      `  ${to === 'refuse' ? '-' : '+'} ${printable(grant)} for ${printable(repository)}: ${count} would be ${to === 'refuse' ? 'refused' : 'allowed'}, such as decision ${printable(decision)}`,
  )
  return `${[sampled ? `${counted}; the newest stand for more` : counted, ...lines].join('\n')}\n`
}
