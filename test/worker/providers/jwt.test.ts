/** The broker's JWT (RFC 9068), as a service sees it that has nothing but the key set. */
import { createLocalJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { type JwtConnection, type JwtScope, jwt, RESERVED_CLAIMS } from '../../../shared/kinds/jwt.ts'
import { importSigningKey, makeSigningKey } from '../../../worker/keys/key-pairs.ts'
import { type Keys, keysUnavailable } from '../../../worker/keys/keys.ts'
import { jwtProvider } from '../../../worker/providers/jwt.ts'
import type { Order, ProviderDeps } from '../../../worker/providers/provider.ts'

const NOW = 1_795_312_800
const ORIGIN = 'https://jobpass.example.com'
const AUDIENCE = 'https://deploy.acme.example'

const made = { ES256: await makeSigningKey('ES256'), RS256: await makeSigningKey('RS256') }
const keySet = createLocalJWKSet({ keys: [{ ...made.ES256.publicJwk }, { ...made.RS256.publicJwk }] })

const keys: Keys = {
  signingKey: (algorithm) => importSigningKey(algorithm, made[algorithm].publicJwk.kid, made[algorithm].pkcs8),
  certificateAuthority: async () => Promise.reject(new Error('a JWT needs no CA')),
  checkpointKey: async () => Promise.reject(new Error('a JWT needs no checkpoint key')),
  publicKeys: async () => [],
  publicAuthorities: async () => [],
  forget: () => undefined,
}

const deps: ProviderDeps = {
  now: () => NOW,
  random: (bytes) => new Uint8Array(bytes),
  fetch: () => Promise.reject(new Error('a JWT needs no network')),
  secret: () => undefined,
  keys,
  origin: ORIGIN,
}

const run = {
  issuer: 'https://token.actions.githubusercontent.com',
  repository: 'acme/docs',
  repositoryId: '1217768983',
  ref: 'refs/heads/main',
  sha: 'ffac537e6cbbf934b08745a378932722df287a53',
  eventName: 'push',
  environment: 'production',
  runId: '1234567890',
  runAttempt: '1',
  job: '42',
  workflowRef: 'acme/docs/.github/workflows/deploy.yml@refs/heads/main',
  actor: 'octocat',
}

function orderOf(scope: JwtScope, changes: Partial<Order<JwtConnection, JwtScope>> = {}): Order<JwtConnection, JwtScope> {
  const connection: JwtConnection = { audience: AUDIENCE, algorithm: 'ES256' }
  const who = { leaseId: 'b1946ac92492d2347c6235b4d2611184', grant: 'deploy-docs', workload: 'docs-site', run }
  return { ...who, connectionName: 'deploy-api', connection, scope, issuedAt: NOW, expiresAt: NOW + 600, ...changes }
}

async function tokenOf(order: Order<JwtConnection, JwtScope>): Promise<string> {
  const minted = await jwtProvider.mint(order, deps)
  if (!minted.ok) throw new Error(minted.error.code)
  return minted.value.credential.token
}

async function verified(token: string): Promise<JWTPayload> {
  const expected = { issuer: ORIGIN, audience: AUDIENCE, typ: 'at+jwt', currentDate: new Date(NOW * 1000) }
  return (await jwtVerify(token, keySet, expected)).payload
}

describe('the token of a jwt grant', () => {
  it('says exactly who, for whom, how long and what', async () => {
    const token = await tokenOf(orderOf({ scopes: ['deploy', 'read'], claims: { team: 'docs' } }))
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: made.ES256.publicJwk.kid })
    expect(await verified(token)).toEqual({
      iss: ORIGIN,
      aud: AUDIENCE,
      sub: 'workload:docs-site',
      client_id: 'docs-site',
      jti: 'b1946ac92492d2347c6235b4d2611184',
      iat: NOW,
      nbf: NOW - 30,
      exp: NOW + 600,
      scope: 'deploy read',
      team: 'docs',
      ci: {
        issuer: 'https://token.actions.githubusercontent.com',
        repository: 'acme/docs',
        repository_id: '1217768983',
        ref: 'refs/heads/main',
        sha: 'ffac537e6cbbf934b08745a378932722df287a53',
        event_name: 'push',
        environment: 'production',
        run_id: '1234567890',
        workflow_ref: 'acme/docs/.github/workflows/deploy.yml@refs/heads/main',
      },
    })
  })

  it('is signed with RS256 where the connection says so', async () => {
    const token = await tokenOf(orderOf({ scopes: ['deploy'] }, { connection: { audience: AUDIENCE, algorithm: 'RS256' } }))
    expect(decodeProtectedHeader(token).alg).toBe('RS256')
    expect(await verified(token)).toMatchObject({ scope: 'deploy' })
  })

  it('leaves out what there is not: scope without scopes, environment without one', async () => {
    const { environment: _none, ...bare } = run
    const payload = await verified(await tokenOf(orderOf({ claims: { team: 'docs' } }, { run: bare })))
    expect(Object.keys(payload)).not.toContain('scope')
    expect(payload.ci).not.toHaveProperty('environment')
  })

  it('names each scope once', async () => {
    expect(await verified(await tokenOf(orderOf({ scopes: ['a', 'b', 'a'] })))).toMatchObject({ scope: 'a b' })
  })

  it('has no claim that a policy could have set, though the scope got past its schema', async () => {
    const forged = Object.fromEntries(RESERVED_CLAIMS.map((name) => [name, 'forged']))
    const payload = await verified(await tokenOf(orderOf({ scopes: ['deploy'], claims: forged })))
    for (const name of ['iss', 'aud', 'sub', 'client_id', 'jti', 'iat', 'nbf', 'exp', 'scope', 'ci'])
      expect(payload[name]).not.toBe('forged')
  })

  it('sets only claims that the kind reserves', async () => {
    const payload = await verified(await tokenOf(orderOf({ scopes: ['deploy'] })))
    expect(Object.keys(payload).filter((name) => !RESERVED_CLAIMS.includes(name))).toEqual([])
  })

  it('is refused by a verifier a second after its end, for another audience, and as another sort of token', async () => {
    const token = await tokenOf(orderOf({ scopes: ['deploy'] }))
    const good = { issuer: ORIGIN, audience: AUDIENCE, typ: 'at+jwt', currentDate: new Date(NOW * 1000) }
    for (const wrong of [
      { currentDate: new Date((NOW + 601) * 1000) },
      { audience: 'https://other.example' },
      { typ: 'JWT' },
      { issuer: 'https://evil.example' },
    ]) {
      await expect(jwtVerify(token, keySet, { ...good, ...wrong })).rejects.toThrow()
    }
  })

  it('lives exactly as long as it was ordered, and needs no handle', async () => {
    const minted = await jwtProvider.mint(orderOf({ scopes: ['a'] }, { expiresAt: NOW + 7 }), deps)
    expect(minted).toMatchObject({ ok: true, value: { expiresAt: NOW + 7 } })
    expect(minted.ok && minted.value.handle).toBeUndefined()
    expect(minted.ok && jwt.credential.safeParse(minted.value.credential).success).toBe(true)
  })
})

describe('the provider of jwt', () => {
  it('has nothing to end upstream', async () => {
    const handle: JsonObject = {}
    expect(await jwtProvider.revoke(handle, { audience: AUDIENCE, algorithm: 'ES256' }, deps)).toEqual({ ok: true, value: 'revoked' })
  })

  it('can be probed: it names the key it would sign with', async () => {
    const probe = await jwtProvider.probe('deploy-api', { audience: AUDIENCE, algorithm: 'ES256' }, deps)
    expect(probe).toEqual({ ok: true, value: { summary: `signs ES256 for ${AUDIENCE} with key ${made.ES256.publicJwk.kid}` } })
  })

  it('passes on that the keys are unavailable', async () => {
    const down = { ...deps, keys: { ...keys, signingKey: () => Promise.reject(keysUnavailable('down')) } }
    await expect(jwtProvider.mint(orderOf({ scopes: ['a'] }), down)).rejects.toMatchObject({ name: 'KeysUnavailable' })
  })
})
