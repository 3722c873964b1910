/** A CI issuer of the tests: real RSA keys, real signatures, and whatever claims and headers an attack wants. It repairs nothing. */
import { CompactSign, exportJWK } from 'jose'
import type { Json, JsonObject } from '../../shared/json.ts'

export interface TestIssuer {
  readonly url: string
  readonly kid: string
  /** The public half, as a key set publishes it. */
  readonly jwk: JsonObject
  readonly key: CryptoKey
}

export async function makeIssuer(url: string, kid: string, modulusLength = 2048): Promise<TestIssuer> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent: new Uint8Array([1, 0, 1]) }
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('not a key pair')
  const { n = '', e = '' } = await exportJWK(pair.publicKey)
  return { url, kid, jwk: { kty: 'RSA', alg: 'RS256', use: 'sig', kid, n, e }, key: pair.privateKey }
}

/** A compact token over exactly these claims; `header` replaces single header parameters, `undefined` removes one. */
export function sign(issuer: TestIssuer, claims: JsonObject, header: Readonly<Record<string, Json | undefined>> = {}): Promise<string> {
  return signText(issuer, JSON.stringify(claims), JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: issuer.kid, ...header }))
}

const encode = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url')

/** Signs any two texts, JSON or not: the attacks that a JWT library would not let through. */
export async function signText(issuer: TestIssuer, payload: string | Uint8Array, header: string): Promise<string> {
  const input = `${encode(header)}.${encode(payload)}`
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', issuer.key, new TextEncoder().encode(input))
  return `${input}.${encode(new Uint8Array(signature))}`
}

/** What a careful library makes of the same claims. */
export function signWithLibrary(issuer: TestIssuer, claims: JsonObject): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: issuer.kid })
    .sign(issuer.key)
}

/** The claims of a realistic job of `owner/docs`, at `now` in seconds. */
export function jobClaims(
  owner: { readonly name: string; readonly id: string },
  repository: { name: string; id: string },
  now: number,
): JsonObject {
  const full = `${owner.name}/${repository.name}`
  const workflow = `${full}/.github/workflows/ci.yml@refs/heads/main`
  return {
    jti: crypto.randomUUID(),
    sub: `repo:${owner.name}@${owner.id}/${repository.name}@${repository.id}:ref:refs/heads/main`,
    aud: 'https://jobpass.example.com',
    iat: now,
    nbf: now - 300,
    exp: now + 300,
    ref: 'refs/heads/main',
    ref_type: 'branch',
    ref_protected: 'true',
    sha: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4',
    repository: full,
    repository_id: repository.id,
    repository_owner: owner.name,
    repository_owner_id: owner.id,
    repository_visibility: 'private',
    event_name: 'push',
    head_ref: '',
    base_ref: '',
    actor: 'octocat',
    actor_id: '583231',
    run_id: '24766983965',
    run_number: '42',
    run_attempt: '1',
    check_run_id: '72463523102',
    runner_environment: 'github-hosted',
    workflow: 'ci',
    workflow_ref: workflow,
    workflow_sha: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4',
    job_workflow_ref: workflow,
    job_workflow_sha: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4',
  }
}
