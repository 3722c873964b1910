/**
 * The payload of GitHub's ID token for a run that was found: every claim such a token has, in the form GitHub gives it, without the times, `aud`
 * and `jti` that say nothing of who asks. What the run leaves open is filled with values that fit the rest.
 */
import type { JsonObject } from '../json.ts'
import type { FoundRun } from './witness-region.ts'

/** No claim is longer. */
const MAX_CLAIM_LENGTH = 1024

/** What every token has is written out: a plan makes tens of thousands of payloads, and an object that grows member by member costs four times as much. */
export function githubPayload(issuerUrl: string, run: FoundRun): JsonObject {
  const fact = (name: string): string => run.get(name) ?? ''
  const payload: Record<string, string> = {
    iss: issuerUrl,
    sub: subject(fact),
    repository: fact('repository'),
    repository_id: fact('repository_id'),
    repository_owner: fact('repository_owner'),
    repository_owner_id: fact('repository_owner_id'),
    event_name: fact('event_name'),
    ref: fact('ref'),
    ref_type: fact('ref_type'),
    head_ref: fact('head_ref'),
    base_ref: fact('base_ref'),
    workflow_ref: fact('workflow_ref'),
    repository_visibility: fact('repository_visibility'),
    ref_protected: fact('ref_protected'),
    runner_environment: fact('runner_environment'),
    run_attempt: fact('run_attempt'),
    actor: fact('actor'),
    actor_id: fact('actor_id'),
    sha: fact('sha'),
    workflow_sha: fact('workflow_sha'),
    job_workflow_sha: fact('job_workflow_sha'),
    job_workflow_ref: fact('job_workflow_ref'),
    run_id: '24766983965',
    run_number: '42',
    check_run_id: '72463523102',
    workflow: 'ci',
  }
  run.forEach((value, name) => {
    payload[name] = value
  })
  if (payload.sub !== undefined && payload.sub.length > MAX_CLAIM_LENGTH) delete payload.sub
  return payload
}

/** The immutable form of `sub`: names with their ids, then the environment, the pull request, or the ref. */
function subject(fact: (name: string) => string): string {
  const [owner = '', name = ''] = fact('repository').split('/')
  const escaped = (text: string): string => text.replaceAll(':', '%3A')
  const start = `repo:${owner}@${fact('repository_owner_id')}/${name}@${fact('repository_id')}`
  if (fact('environment') !== '') return `${start}:environment:${escaped(fact('environment'))}`
  return fact('event_name') === 'pull_request' ? `${start}:pull_request` : `${start}:ref:${escaped(fact('ref'))}`
}
