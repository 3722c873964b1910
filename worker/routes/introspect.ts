/**
 * `POST /introspect`: RFC 7662, for JWTs the broker signed. Served to the holder of a token about that token, and to the workloads a `jwt` connection names
 * as its resource servers. Anything else that is asked about is `{"active":false}` and nothing more.
 */
import { jwt } from '../../shared/kinds/jwt.ts'
import { identify } from '../../shared/policy/identity.ts'
import { authenticate } from '../authenticate/authenticate.ts'
import { type OwnClaims, readOwnToken } from '../authenticate/own-token.ts'
import { currentPolicy } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import { hashOf } from '../credential-hash.ts'
import { type Deps, randomId } from '../deps.ts'
import { findLeases } from '../find-leases.ts'
import type { LeaseRecord } from '../state/ledger-port.ts'
import { jsonAnswer, problemAnswer, refuse } from './answers.ts'
import { bearerOf } from './bearer.ts'
import { readForm } from './form.ts'

export async function introspect(request: Request, deps: Deps): Promise<Response> {
  const decision = randomId(deps)
  const form = await readForm(request)
  if (!form.ok) return refuse(form.error, false, { event: 'introspect', decision, deps })
  const bearer = bearerOf(request)
  if (bearer === undefined) return unauthorized()
  const token = form.value.get('token')
  if (token === undefined)
    return refuse({ code: 'request_malformed', parameter: 'token', problem: 'missing', expected: 'the JWT to look at' }, false, {
      event: 'introspect',
      decision,
      deps,
    })
  const found = await callState(() => lookUp(token, deps))
  if (!found.ok) return refuse(found.error, false, { event: 'introspect', decision, deps })
  if (bearer === token) return found.value === undefined ? unauthorized() : jsonAnswer(stateOf(found.value))
  const server = await resourceServer(bearer, deps)
  if (server === undefined) return unauthorized()
  const isServed = found.value?.lease !== undefined && server.serves(found.value.lease.grant)
  return jsonAnswer(isServed && found.value !== undefined ? stateOf(found.value) : INACTIVE)
}

const INACTIVE = { active: false }

/** A JWT of this broker, and its lease while that lives. */
interface OwnToken {
  readonly claims: OwnClaims
  readonly lease: LeaseRecord | undefined
}

async function lookUp(token: string, deps: Deps): Promise<OwnToken | undefined> {
  const claims = await readOwnToken(token, deps)
  if (claims === undefined) return undefined
  // by its hash too: whoever holds a stolen signing key can copy the id of a live lease, but not what was issued under it
  const { found, unreachable } = await findLeases({ lease: claims.jti, credential: await hashOf(token) }, 1, deps)
  // where a ledger is silent nobody can say that a lease is over
  if (found.length === 0 && unreachable.length > 0) throw new Error('a ledger cannot be reached')
  return { claims, lease: found[0]?.lease }
}

/** The bearer of an ID token, and for which grants' tokens it is a resource server; `undefined` when the token is no good. */
async function resourceServer(bearer: string, deps: Deps): Promise<{ serves(grant: string): boolean } | undefined> {
  const policy = await callState(() => currentPolicy(deps))
  if (!policy.ok || policy.value === undefined) return undefined
  const active = policy.value
  const caller = await authenticate(bearer, active, deps)
  if (!caller.ok) return undefined
  const isWorkload = (name: string): boolean => {
    const workload = active.workload(name)
    return workload !== undefined && !workload.suspended && identify(workload, caller.value).matches
  }
  return {
    serves(grant) {
      const connection = jwt.connection.safeParse(active.grant(grant)?.connection.settings)
      return connection.success && (connection.data.resource_servers ?? []).some(isWorkload)
    },
  }
}

/** RFC 7662 §2.2. A token whose lease is over, or recalled, is inactive, however long it still has to run. */
function stateOf({ claims, lease }: OwnToken) {
  if (lease === undefined || lease.recalled !== undefined) return INACTIVE
  const { iss, aud, sub, client_id, jti, iat, exp, scope } = claims
  return { active: true, token_type: 'Bearer', iss, aud, sub, client_id, jti, iat, exp, ...(scope === undefined ? {} : { scope }) }
}

/** RFC 7662 §2.3. */
function unauthorized(): Response {
  return problemAnswer({
    status: 401,
    title: 'Introspection needs a credential',
    detail: 'Send the token itself as Bearer, or an ID token of a workload that the connection names in resource_servers.',
    headers: { 'www-authenticate': 'Bearer' },
  })
}
