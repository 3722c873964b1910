/**
 * Who may act on the broker itself: publishers, operators, auditors, by an ID token of an issuer and conditions named in the configuration, or as a person by Cloudflare Access.
 * None of the three implies another, none is named in a policy, and every use of one goes on record before it has effect.
 */
import { createHash } from 'node:crypto'
import type { JsonObject } from '../../shared/json.ts'
import type { EntryBody } from '../../shared/ledger.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import { callState } from '../call-state.ts'
import { type Deps, randomId } from '../deps.ts'
import { type Config, ROLES, type Role, rolesOf, rolesOfPerson } from '../env.ts'
import { verifyAssertion } from './access-assertion.ts'
import type { TrustedIssuer } from './trusted-issuer.ts'
import { readUnverifiedToken, type UnverifiedToken } from './unverified-token.ts'
import { verifyRead } from './verify.ts'

/** The ledger in which authorities' acts are kept. */
export const AUTHORITY_LEDGER = 'v1:authorities'

const TOKEN_MAX_AGE: Seconds = 300

/** A person or pipeline that proved one role. Its token is not used up yet. */
export interface ActingAuthority {
  readonly role: Role
  /** `repository@ref` of the run, or the address of the person: how entries and freezes name it. */
  readonly name: string
  /** What makes its token recognisable a second time; `undefined` for a session, which may come again. */
  readonly mark: string | undefined
  /** What entries say of how it proved itself. */
  readonly proof: JsonObject
}

export type NotAuthorized = { readonly status: 401 | 403 | 503; readonly detail: string }

export async function authenticateAuthority(
  bearer: string | undefined,
  roles: readonly Role[],
  deps: Deps,
): Promise<Result<ActingAuthority, NotAuthorized>> {
  if (bearer === undefined)
    return err({ status: 401, detail: 'Send an ID token of an authority, or a Cloudflare Access assertion, as Bearer.' })
  const token = readUnverifiedToken(bearer)
  if (!token.ok) return err(NOT_ACCEPTED)
  const team = teamOf(deps.config, token.value.unverifiedIssuer)
  const proved = await (team === undefined ? provePipeline(token.value, deps) : provePerson(token.value, team, deps))
  if (!proved.ok) {
    return err(
      proved.error.code === 'keys_unavailable' ? { status: 503, detail: 'The issuer’s keys cannot be had at the moment.' } : NOT_ACCEPTED,
    )
  }
  const { roles: held, ...authority } = proved.value
  const role = roles.find((wanted) => held.includes(wanted))
  return role === undefined ? err({ status: 403, detail: `This takes the role ${roles.join(' or ')}.` }) : ok({ role, ...authority })
}

const NOT_ACCEPTED = { status: 401, detail: 'The token was not accepted.' } as const

type Proved = Omit<ActingAuthority, 'role'> & { readonly roles: readonly Role[] }

async function provePipeline(token: UnverifiedToken, deps: Deps): Promise<Result<Proved, Refusal>> {
  const verified = await verifyRead(token, (iss) => trustedIssuer(deps.config, iss), deps)
  if (!verified.ok) return verified
  const { issuer, registered, facts } = verified.value
  const { repository, ref, runId } = facts.run
  return ok({
    roles: rolesOf(deps.config, issuer.url, facts.attributes),
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
    roles: rolesOfPerson(deps.config, person.value),
    name: person.value.email,
    mark: undefined,
    proof: { via: 'access', subject: person.value.subject, session },
  })
}

/** Puts one act on record and uses the token up. Nothing of the act may have happened before. */
export async function recordAct(
  { role, name, mark, proof }: ActingAuthority,
  act: { readonly action: string } & Readonly<Record<string, string | number | null>>,
  deps: Deps,
): Promise<Result<void, NotAuthorized>> {
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
