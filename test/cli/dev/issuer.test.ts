import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, type JWK, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issuedAs } from '../../../cli/dev/issued-as.ts'
import { type LocalIssuer, newIssuerKey, startIssuer } from '../../../cli/dev/issuer.ts'

let key: JWK
let issuer: LocalIssuer

beforeAll(async () => {
  key = await newIssuerKey()
  issuer = await startIssuer(0, key)
})

afterAll(() => issuer.stop())

async function getJson(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url, { headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function postJob(body: string): Promise<Response> {
  return fetch(`${issuer.origin}/job`, { method: 'POST', body })
}

async function token(audience: string): Promise<string> {
  const { status, body } = await getJson(`${issuer.idTokenRequestUrl}&audience=${encodeURIComponent(audience)}`, {
    authorization: `Bearer ${issuer.idTokenRequestToken}`,
  })
  expect(status).toBe(200)
  expect(body.count).toBe(1)
  return String(body.value)
}

describe('the local issuer', () => {
  test('answers the ID token request as a runner does, with a token its published keys verify', async () => {
    const { body } = await getJson(`${issuer.origin}/.well-known/jwks`)
    const keys = createLocalJWKSet(body as unknown as JSONWebKeySet)
    const { payload, protectedHeader } = await jwtVerify(await token('https://broker.example'), keys, {
      audience: 'https://broker.example',
    })
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: key.kid })
    expect(payload).toMatchObject({ iss: issuer.origin, repository: 'acme/docs', aud: 'https://broker.example' })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
  })

  test('publishes its public key alone, at every usual place and in its discovery document', async () => {
    const jwks = await getJson(`${issuer.origin}/.well-known/jwks`)
    expect(await getJson(`${issuer.origin}/.well-known/jwks.json`)).toEqual(jwks)
    expect(JSON.stringify(jwks.body)).not.toContain(String(key.d))
    expect(await getJson(`${issuer.origin}/oauth/discovery/keys`)).toEqual(jwks)
    const { body } = await getJson(`${issuer.origin}/.well-known/openid-configuration`)
    expect(body).toMatchObject({ issuer: issuer.origin, jwks_uri: `${issuer.origin}/.well-known/jwks` })
  })

  test('signs nothing without its bearer', async () => {
    for (const authorization of ['', 'Bearer wrong', `bearer ${issuer.idTokenRequestToken}`, issuer.idTokenRequestToken]) {
      const { status, body } = await getJson(issuer.idTokenRequestUrl, { authorization })
      expect(status).toBe(401)
      expect(body).not.toHaveProperty('value')
    }
  })

  test('gives every token its own jti and, without an audience, the owner as GitHub does', async () => {
    const [one, two] = [decodeJwt(await token('a')), decodeJwt(await token('a'))]
    expect(one.jti).not.toBe(two.jti)
    const { body } = await getJson(issuer.idTokenRequestUrl, { authorization: `Bearer ${issuer.idTokenRequestToken}` })
    expect(decodeJwt(String(body.value)).aud).toBe('https://github.com/acme')
  })

  test('becomes the job it is told to be; the next job forgets the one before', async () => {
    expect((await postJob('{"ref":"refs/heads/feature","environment":"production","jti":"again"}')).status).toBe(200)
    expect(decodeJwt(await token('a'))).toMatchObject({ ref: 'refs/heads/feature', environment: 'production', jti: 'again' })
    expect((await postJob('{"repository":"acme/web","iss":"https://elsewhere.example"}')).status).toBe(200)
    const next = decodeJwt(await token('a'))
    expect(next).toMatchObject({ ref: 'refs/heads/main', repository: 'acme/web', iss: 'https://elsewhere.example' })
    expect(next).not.toHaveProperty('environment')
    expect(await (await postJob('{}')).json()).toMatchObject({ claims: { repository: 'acme/docs', iss: issuer.origin } })
  })

  test.each(['', 'not json', '[]', '"text"', 'null', '{"a":'])('refuses the job %j and stays what it was', async (body) => {
    const response = await postJob(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('JSON object of claims') })
    expect(decodeJwt(await token('a')).repository).toBe('acme/docs')
  })

  test('refuses a job of more than 64 KiB', async () => {
    expect((await postJob(JSON.stringify({ x: 'x'.repeat(70_000) }))).status).toBe(413)
  })

  test('follows the policy: whose iss it signs, and which ids names have', async () => {
    const other = await startIssuer(0, key)
    const url = 'https://token.actions.githubusercontent.com'
    const ci = { platform: 'github' as const, url, owners: [{ name: 'acme', id: '9' }] }
    const forge = { platform: 'gitlab' as const, url: 'https://gitlab.example.com', owners: [{ name: 'acme', id: '72' }] }
    other.follow(issuedAs({ issuers: { ci, forge }, workloads: {} }, other.origin))
    const signed = await other.sign({}, 'aud')
    const elsewhere = decodeJwt(await other.sign({ iss: forge.url, project_path: 'acme/app' }, 'aud'))
    await other.stop()
    expect(elsewhere).toMatchObject({ iss: forge.url, namespace_id: '72', ref: 'main', ref_path: 'refs/heads/main' })
    expect(elsewhere).not.toHaveProperty('repository')
    expect(decodeJwt(signed)).toMatchObject({ iss: 'https://token.actions.githubusercontent.com', repository_owner_id: '9', aud: 'aud' })
    expect(decodeProtectedHeader(signed).kid).toBe(key.kid)
  })

  test('says where it can be asked when asked elsewhere', async () => {
    const { status, body } = await getJson(`${issuer.origin}/jobs`)
    expect(status).toBe(404)
    expect(body.message).toContain('POST /job')
  })
})
