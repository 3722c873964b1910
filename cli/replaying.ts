/**
 * The replay of history for `plan --broker`: a candidate is sent to the broker, which decides the asks of its last days under the candidate and under the
 * policy that is active there, and changes nothing.
 */
import { type Replayed, replayedSchema } from '../shared/policy/replay-report.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { callBroker, jsonOf } from './broker.ts'
import type { IdTokenSource } from './id-token.ts'
import { problemLines } from './publishing.ts'

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
  const read = replayedSchema.safeParse(jsonOf(answer.value))
  return answer.value.status === 200 && read.success ? ok(read.data) : err(problemLines(answer.value))
}
