/**
 * Who may act on the broker itself: publishers, operators, auditors, by an ID token of an issuer and conditions named in the configuration.
 * None of the three implies another, none is named in a policy, and every use of one goes on record before it has effect.
 */
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import type { EntryBody, Facts } from '../../shared/ledger-entries.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import { callState } from '../call-state.ts'
import { type Deps, randomId } from '../deps.ts'
import { type Config, ROLES, type Role, rolesOf } from '../env.ts'
import type { TrustedIssuer } from './trusted-issuer.ts'
import { type VerifiedToken, verifyToken } from './verify.ts'

const TOKEN_MAX_AGE: Seconds = 300

/** A person or pipeline that proved one role. Its token is not used up yet. */
export interface ActingAuthority {
  readonly role: Role
  /** `repository@ref` of the run: how entries and freezes name it. */
  readonly name: string
  readonly token: VerifiedToken
}

/** `code`: what was wrong with the token, for the log alone. */
export type NotAuthorized = { readonly status: 401 | 403 | 503; readonly detail: string; readonly code?: RefusalCode }

export async function authenticateAuthority(
  bearer: string | undefined,
  roles: readonly Role[],
  deps: Deps,
): Promise<Result<ActingAuthority, NotAuthorized>> {
  if (bearer === undefined) return err({ status: 401, detail: 'Send an ID token of an authority as Bearer.' })
  const token = await verifyToken(bearer, (iss) => trustedIssuer(deps.config, iss), deps)
  if (!token.ok && token.error.code === 'keys_unavailable')
    return err({ status: 503, detail: 'The issuer’s keys cannot be had at the moment.' })
  if (!token.ok) return err({ status: 401, detail: 'The token was not accepted.', code: token.error.code })
  const held = rolesOf(deps.config, token.value.issuer.url, token.value.facts.attributes)
  const role = roles.find((wanted) => held.includes(wanted))
  if (role === undefined) return err({ status: 403, detail: `This takes the role ${roles.join(' or ')}.` })
  const { repository, ref } = token.value.facts.run
  return ok({ role, name: `${repository}@${ref}`, token: token.value })
}

/** What an authority does, as its entry will say it. */
type Act = Omit<Facts<'authority_used'>, 'role' | 'by' | 'jti' | 'run_id'>

/** Puts one act on record and uses the token up. Nothing of the act may have happened before. */
export async function recordAct(authority: ActingAuthority, act: Act, deps: Deps): Promise<Result<void, NotAuthorized>> {
  const { role, name, token } = authority
  const jti = `${token.issuer.url} ${token.registered.jti}`
  const entry: EntryBody = { type: 'authority_used', role, by: name, jti: token.registered.jti, run_id: token.facts.run.runId, ...act }
  const attempt = randomId(deps)
  const used = await callState(() => deps.ledger(AUTHORITY_LEDGER).useAuthority({ ledger: AUTHORITY_LEDGER, jti, attempt, entry }))
  if (!used.ok) return err({ status: 503, detail: 'The ledger cannot be written at the moment, so nothing was done.' })
  return used.value === 'used' ? ok(undefined) : err({ status: 401, detail: 'This token was used already. Every call needs a fresh one.' })
}

function trustedIssuer(config: Config, iss: string): TrustedIssuer | undefined {
  const authority = ROLES.flatMap((role) => config.authorities[role]).find(({ issuerUrl }) => issuerUrl === iss)
  if (authority === undefined) return undefined
  return { name: 'authorities', url: authority.issuerUrl, platform: authority.platform, audience: config.origin, maxAge: TOKEN_MAX_AGE }
}
