/** The candidate policy of a request, for the endpoints that take one: bounded, and judged in full by `candidate.ts`. The error is the answer. */
import { err, ok, type Result } from '../../shared/result.ts'
import { type Candidate, readCandidate } from '../candidate.ts'
import type { Config } from '../env.ts'
import { problemAnswer } from './answers.ts'
import { readCapped } from './read-capped.ts'

const MAX_POLICY_BYTES = 64 * 1024 * 1024

export async function candidateOf(request: Request, config: Config): Promise<Result<Candidate, Response>> {
  const text = await readCapped(request, MAX_POLICY_BYTES)
  if (text === undefined) {
    return err(problemAnswer({ status: 413, title: 'The policy is too large', detail: `At most ${MAX_POLICY_BYTES} bytes.` }))
  }
  return judgedCandidate(text, config)
}

export function judgedCandidate(text: string, config: Config): Result<Candidate, Response> {
  const candidate = readCandidate(text, config)
  if (candidate.ok) return ok(candidate.value)
  const { detail, errors } = candidate.error
  return err(problemAnswer({ status: 422, title: 'The policy was not accepted', detail, members: { errors } }))
}
