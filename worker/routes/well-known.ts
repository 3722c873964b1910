/** What anyone may read about the broker: its metadata (RFC 8414, OpenID Connect Discovery §3), its keys (RFC 7517), its CAs, its health. */

import { ID_TOKEN_TYPE, TOKEN_EXCHANGE_GRANT_TYPE } from '../../shared/wire.ts'
import { currentPolicy } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { isKeysUnavailable } from '../keys/keys.ts'
import { ed25519Line } from '../keys/ssh-public-key.ts'
import { problemAnswer, storeUnreachable } from './answers.ts'

const METADATA_MAX_AGE = 3600
/** How long a verifier may go on trusting a key that was revoked. */
const KEYS_MAX_AGE = 60

/** Both metadata documents are one: clouds read the OpenID form, OAuth clients the RFC 8414 form. */
export async function metadata(_request: Request, deps: Deps): Promise<Response> {
  const { origin } = deps.config
  const body = {
    issuer: origin,
    token_endpoint: `${origin}/token`,
    revocation_endpoint: `${origin}/revoke`,
    introspection_endpoint: `${origin}/introspect`,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    grant_types_supported: [TOKEN_EXCHANGE_GRANT_TYPE],
    response_types_supported: ['none'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256'],
    token_endpoint_auth_methods_supported: ['none'],
    subject_token_types_supported: [ID_TOKEN_TYPE],
    claims_supported: ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'client_id', 'scope', 'ci'],
  }
  return cacheable(body, METADATA_MAX_AGE)
}

export async function jwks(_request: Request, deps: Deps): Promise<Response> {
  return withKeys(async () => cacheable({ keys: await deps.keys.publicKeys() }, KEYS_MAX_AGE, 'application/jwk-set+json'))
}

/** The CAs of an `ssh-cert` connection that the active policy has, current, next and previous, an OpenSSH line each for `TrustedUserCAKeys`. */
export async function sshAuthority(_request: Request, deps: Deps, name: string): Promise<Response> {
  const policy = await callState(() => currentPolicy(deps))
  if (!policy.ok) return storeUnreachable()
  if (policy.value?.connection(name)?.kind.name !== 'ssh-cert')
    return problemAnswer({
      status: 404,
      title: 'No such certificate authority',
      detail: 'The active policy has no ssh-cert connection of that name.',
    })
  return withKeys(async () => {
    const authorities = await deps.keys.publicAuthorities(name)
    return new Response(authorities.map((publicKey) => `${ed25519Line(publicKey, name)}\n`).join(''), {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': `public, max-age=${KEYS_MAX_AGE}` },
    })
  })
}

async function withKeys(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (failure) {
    if (!isKeysUnavailable(failure)) throw failure
    return problemAnswer({ status: 503, title: 'The keys cannot be had at the moment', headers: { 'retry-after': '5' } })
  }
}

function cacheable(body: unknown, maxAge: number, type = 'application/json'): Response {
  return new Response(JSON.stringify(body), { headers: { 'content-type': type, 'cache-control': `public, max-age=${maxAge}` } })
}
