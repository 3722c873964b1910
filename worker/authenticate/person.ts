/**
 * Who the person behind a run is, for acts that take two. A repository, a workflow or an environment is not a person: two runs of one person must not count
 * as two. What cannot be told for certain is no person.
 */
import { err, ok, type Result } from '../../shared/result.ts'
import type { VerifiedToken } from './verify.ts'

/** Events whose `actor` is the one who acted. Of others it is whoever touched a schedule or another run long ago. */
const EVENTS_OF_A_PERSON = ['push', 'workflow_dispatch']

/** The issuer and its id of the person. The error is a sentence for them. */
export function personOf({ issuer, facts: { attributes } }: VerifiedToken): Result<string, string> {
  const id = attributes.get('actor_id')
  if (id === undefined) return err('The token does not say who started the run (actor_id).')
  if (attributes.get('actor')?.endsWith(']') !== false)
    return err('The run was started by an App, which anybody who may run a job can make do so.')
  // a re-run keeps the actor of the first run, whoever asked for it (GitHub: re-running workflows and jobs)
  if (attributes.get('run_attempt') !== '1') return err('A re-run carries the name of whoever ran it first: start a new run.')
  const event = attributes.get('event_name') ?? ''
  if (!EVENTS_OF_A_PERSON.includes(event)) return err(`Nobody in particular is behind ${event}: use push or workflow_dispatch.`)
  return ok(`${issuer.url} ${id}`)
}
