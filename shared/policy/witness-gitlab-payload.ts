/**
 * The payload of GitLab's ID token for a run that was found: every claim such a token has, in the form GitLab gives it, without the times, `aud` and `jti`.
 * The ref is there three times, as GitLab has it: bare, with its type, and in full.
 */
import type { JsonObject } from '../json.ts'
import type { FoundRun } from './witness-region.ts'

const RUN = { pipeline_id: '1519139981', job_id: '8222997048', user_email: 'ada@example.com' } as const
/** No claim is longer. */
const MAX_CLAIM_LENGTH = 1024

export function gitlabPayload(issuerUrl: string, run: FoundRun): JsonObject {
  const fact = (name: string): string => run.get(name) ?? ''
  const ref = fact('ref').replace(/^refs\/(?:heads|tags)\//, '')
  const sub = `project_path:${fact('project_path')}:ref_type:${fact('ref_type')}:ref:${ref}`
  const runner = Number(fact('runner_id'))
  return {
    iss: issuerUrl,
    ...(sub.length > MAX_CLAIM_LENGTH ? {} : { sub }),
    ...Object.fromEntries(run),
    ref,
    ref_path: fact('ref'),
    ...(Number.isSafeInteger(runner) && runner > 0 ? { runner_id: runner } : {}),
    ...RUN,
  }
}
