/**
 * The effectful half of `jwt`: an access token (RFC 9068) signed with the broker's own key. No upstream is called.
 * What the grant adds can never replace a claim the broker sets. Ending a token early is a matter of its lease: introspection reads that.
 */
import type { JsonObject } from '../../shared/json.ts'
import type { JwtConnection, JwtScope } from '../../shared/kinds/jwt.ts'
import type { RunFacts } from '../../shared/platforms/platform.ts'
import { ok } from '../../shared/result.ts'
import type { Instant, Seconds } from '../../shared/units.ts'
import { signJws } from '../keys/jws.ts'
import type { Order, Providers } from './provider.ts'

/** RFC 9068 §2.1. */
const ACCESS_TOKEN_TYPE = 'at+jwt'

/** A verifier's clock may be this far behind. The end is never moved. */
const CLOCK_SKEW: Seconds = 30

export const jwtProvider: Providers['jwt'] = {
  async mint(order, { keys, origin }) {
    const key = await keys.signingKey(order.connection.algorithm)
    const token = await signJws(ACCESS_TOKEN_TYPE, accessTokenClaims(order, origin), key)
    return ok({ credential: { token }, expiresAt: order.expiresAt, signer: key.kid })
  },

  async probe(_connectionName, connection, { keys }) {
    const { kid } = await keys.signingKey(connection.algorithm)
    return ok({ summary: `signs ${connection.algorithm} for ${connection.audience} with key ${kid}` })
  },

  /** Nothing to do upstream: the ended lease is what makes introspection answer inactive. A service that only checks the signature sees `exp`. */
  async revoke() {
    return ok('revoked')
  },
}

/** INVARIANT: every name set here is in `RESERVED_CLAIMS` of the kind. */
function accessTokenClaims(order: Order<JwtConnection, JwtScope>, issuer: string): JsonObject {
  const scopes = [...new Set(order.scope.scopes ?? [])]
  return {
    ...order.scope.claims,
    iss: issuer,
    aud: order.connection.audience,
    sub: `workload:${order.workload}`,
    client_id: order.workload,
    jti: order.leaseId,
    ...lifetimeClaims(order.issuedAt, order.expiresAt),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ci: runClaim(order.run),
  }
}

function lifetimeClaims(issuedAt: Instant, expiresAt: Instant): JsonObject {
  return { iat: issuedAt, nbf: issuedAt - CLOCK_SKEW, exp: expiresAt }
}

function runClaim(run: RunFacts): JsonObject {
  return {
    issuer: run.issuer,
    repository: run.repository,
    repository_id: run.repositoryId,
    ref: run.ref,
    sha: run.sha,
    event_name: run.eventName,
    ...(run.environment !== undefined && { environment: run.environment }),
    run_id: run.runId,
    workflow_ref: run.workflowRef,
  }
}
