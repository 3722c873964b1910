/**
 * Who may act on the broker itself: publishers, operators, auditors, by an ID token of an issuer and conditions named in the configuration, or as a person by Cloudflare Access.
 * None of the three implies another, none is named in a policy, and every use of one goes on record before it has effect.
 */
import { createHash } from 'node:crypto'
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import type { EntryBody, Facts } from '../../shared/ledger-entries.ts'
import type { Refusal, RefusalCode } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import { callState } from '../call-state.ts'
import { type Deps, randomId } from '../deps.ts'
import { type Config, ROLES, type Role, rolesOf, rolesOfPerson } from '../env.ts'
import { verifyAssertion } from './access-assertion.ts'
import { type Person, personOf } from './person.ts'
import type { TrustedIssuer } from './trusted-issuer.ts'
import { readUnverifiedToken, type UnverifiedToken } from './unverified-token.ts'
import { verifyRead } from './verify.ts'

const TOKEN_MAX_AGE: Seconds = 300

/** A person or pipeline that proved one role. Its token is not used up yet. */
export interface ActingAuthority {
  readonly role: Role
  /** `repository@ref` of the run, or the address of the person: how entries and freezes name it. */
  readonly name: string
  /** What makes its token recognisable a second time; `undefined` for a session, which may come again. */
  readonly mark: string | undefined
  /** What entries say of how it proved itself. */
  readonly proof: Pick<Facts<'authority_used'>, 'jti' | 'run_id' | 'via' | 'subject' | 'session'>
  /** Every role it holds. */
  readonly held: readonly Role[]
  /** Who is behind it, where that can be told: asked for by what takes two people. The error is a sentence. */
  readonly person: Result<Person, string>
}

/** `code`: what was wrong with the token, for the log alone. */
export type NotAuthorized = { readonly status: 401 | 403 | 503; readonly detail: string; readonly code?: RefusalCode }

export async function authenticateAuthority(
  bearer: string | undefined,
  roles: readonly Role[],
  deps: Deps,
): Promise<Result<ActingAuthority, NotAuthorized>> {
  if (bearer === undefined)
    return err({ status: 401, detail: 'Send an ID token of an authority, or a Cloudflare Access assertion, as Bearer.' })
  const token = readUnverifiedToken(bearer)
  if (!token.ok) return err(notAccepted(token.error.code))
  const team = teamOf(deps.config, token.value.unverifiedIssuer)
  const proved = await (team === undefined ? provePipeline(token.value, deps) : provePerson(token.value, team, deps))
  if (!proved.ok) {
    const { code } = proved.error
    return err(code === 'keys_unavailable' ? { status: 503, detail: 'The issuer’s keys cannot be had at the moment.' } : notAccepted(code))
  }
  const role = roles.find((wanted) => proved.value.held.includes(wanted))
  return role === undefined ? err({ status: 403, detail: `This takes the role ${roles.join(' or ')}.` }) : ok({ role, ...proved.value })
}

/** An address of Access and an account of the CI could be one human, and nobody could tell. */
const ONE_OF_TWO_BY_RUN =
  'What takes two people is proposed and confirmed by runs of the CI, whose accounts tell people apart; not by Cloudflare Access.'

function notAccepted(code: RefusalCode): NotAuthorized {
  return { status: 401, detail: 'The token was not accepted.', code }
}

type Proved = Omit<ActingAuthority, 'role'>

async function provePipeline(token: UnverifiedToken, deps: Deps): Promise<Result<Proved, Refusal>> {
  const verified = await verifyRead(token, (iss) => trustedIssuer(deps.config, iss), deps)
  if (!verified.ok) return verified
  const { issuer, registered, facts } = verified.value
  const { repository, ref, runId } = facts.run
  return ok({
    held: rolesOf(deps.config, issuer.url, facts.attributes),
    person: personOf(verified.value),
    name: `${repository}@${ref}`,
    mark: `${issuer.url} ${registered.jti}`,
    proof: { jti: registered.jti, run_id: runId },
  })
}

async function provePerson(token: UnverifiedToken, team: string, deps: Deps): Promise<Result<Proved, Refusal>> {
  const person = await verifyAssertion(token, { team }, deps)
  if (!person.ok) return person
  const session = createHash('sha256').update(token.compact).digest('hex')
  return ok({
    held: rolesOfPerson(deps.config, person.value),
    person: err(ONE_OF_TWO_BY_RUN),
    name: person.value.email,
    mark: undefined,
    proof: { via: 'access', subject: person.value.subject, session },
  })
}

/** The same authority in another of its roles; `undefined` when it does not hold that one. */
export function inRole(authority: ActingAuthority, role: Role): ActingAuthority | undefined {
  return authority.held.includes(role) ? { ...authority, role } : undefined
}

/** What an authority does, as its entry will say it. */
type Act = Omit<Facts<'authority_used'>, 'role' | 'by' | 'jti' | 'run_id' | 'via' | 'subject' | 'session'>

/** Puts one act on record and uses the token up. Nothing of the act may have happened before. */
export async function recordAct({ role, name, mark, proof }: ActingAuthority, act: Act, deps: Deps): Promise<Result<void, NotAuthorized>> {
  const attempt = randomId(deps)
  const entry: EntryBody = { type: 'authority_used', role, by: name, ...proof, ...act }
  // an act of a session is marked by itself: a retry of this call is the same act, another call never is
  const jti = mark ?? `access ${attempt}`
  const used = await callState(() => deps.ledger(AUTHORITY_LEDGER).useAuthority({ ledger: AUTHORITY_LEDGER, jti, attempt, entry }))
  if (!used.ok) return err({ status: 503, detail: 'The ledger cannot be written at the moment, so nothing was done.' })
  return used.value === 'used' ? ok(undefined) : err({ status: 401, detail: 'This token was used already. Every call needs a fresh one.' })
}

/** The unverified `iss`, if it is a team of the configuration: it chooses keys and nothing else. */
function teamOf({ people }: Config, iss: string): string | undefined {
  return ROLES.flatMap((role) => people[role]).find(({ team }) => team === iss)?.team
}

function trustedIssuer(config: Config, iss: string): TrustedIssuer | undefined {
  const authority = ROLES.flatMap((role) => config.authorities[role]).find(({ issuerUrl }) => issuerUrl === iss)
  if (authority === undefined) return undefined
  return { name: 'authorities', url: authority.issuerUrl, platform: authority.platform, audience: config.origin, maxAge: TOKEN_MAX_AGE }
}
