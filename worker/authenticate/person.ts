/**
 * Who the person behind a run is, for acts that take two. A repository, a workflow or an environment is not a person: two runs of one person must not count
 * as two. What cannot be told for certain is no person.
 */
import { err, ok, type Result } from '../../shared/result.ts'
import type { VerifiedToken } from './verify.ts'

/** Events whose `actor` is the one who acted. Of others it is whoever touched a schedule or another run long ago. */
const EVENTS_OF_A_PERSON = ['push', 'workflow_dispatch']

export interface Person {
  /** The issuer and its id of the person: what two people differ in. */
  readonly key: string
  /** For the record: login and id. */
  readonly name: string
}

/** The error is a sentence for whoever started the run. */
export function personOf({ issuer, facts: { attributes } }: VerifiedToken): Result<Person, string> {
  const [login, id] = [attributes.get('actor'), attributes.get('actor_id')]
  if (login === undefined || id === undefined) return err('The token does not say who started the run (actor, actor_id).')
  // a login of a person holds no bracket; that of an App is name[bot]
  if (login.endsWith(']')) return err('The run was started by an App, which anybody who may run a job can make do so.')
  // a re-run keeps the actor of the first run, whoever asked for it (GitHub: re-running workflows and jobs)
  if (attributes.get('run_attempt') !== '1') return err('A re-run carries the name of whoever ran it first: start a new run.')
  const event = attributes.get('event_name') ?? ''
  if (!EVENTS_OF_A_PERSON.includes(event)) return err(`Nobody in particular is behind ${event}: use push or workflow_dispatch.`)
  return ok({ key: `${issuer.url} ${id}`, name: `${login}, id ${id}` })
}

/** How entries and the history name the run of one of two people: without the person both could read alike. */
export function runOf(name: string, person: Person): string {
  return `${name} (${person.name})`
}
