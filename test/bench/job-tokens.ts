/** Fresh single-use ID tokens by the thousand, signed before the clock runs: signing one costs more than exchanging it. */
import { createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'

export interface TokenPress {
  /** The public key, for the policy's inline `jwks`. */
  readonly jwk: Readonly<Record<string, string>>
  readonly make: (count: number) => string[]
  /** One token, with claims that differ from those of the others. */
  readonly makeOne: (changes: Readonly<Record<string, string>>) => string
}

export const BENCH_ISSUER = 'https://token.actions.githubusercontent.com'

export function tokenPress(audience: string, issuer = BENCH_ISSUER): TokenPress {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  return {
    jwk: { kty: 'RSA', kid: 'bench', alg: 'RS256', use: 'sig', n: String(n), e: String(e) },
    makeOne: (changes) => sign(privateKey, { ...CLAIMS, iss: issuer, aud: audience, ...changes }),
    make: (count) => Array.from({ length: count }, () => sign(privateKey, { ...CLAIMS, iss: issuer, aud: audience })),
  }
}

const HEADER = base64url({ alg: 'RS256', typ: 'JWT', kid: 'bench', x5t: 'ykNaY4qM_ta4k2TgZOCEYLkcYlA' })

function sign(key: KeyObject, claims: object): string {
  const iat = Math.floor(Date.now() / 1000)
  const unsigned = `${HEADER}.${base64url({ iat, nbf: iat - 300, exp: iat + 300, jti: randomUUID(), check_run_id: String(72_463_523_102 + Math.floor(Math.random() * 1e9)), ...claims })}`
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(key, 'base64url')}`
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** The size and members of a real token. */
const CLAIMS = {
  sub: 'repo:acme@65000001/docs@1217768983:ref:refs/heads/main',
  actor: 'octocat',
  actor_id: '583231',
  base_ref: '',
  event_name: 'push',
  head_ref: '',
  job_workflow_ref: 'acme/docs/.github/workflows/ci.yml@refs/heads/main',
  job_workflow_sha: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4',
  ref: 'refs/heads/main',
  ref_protected: 'true',
  ref_type: 'branch',
  repository: 'acme/docs',
  repository_id: '1217768983',
  repository_owner: 'acme',
  repository_owner_id: '65000001',
  repository_visibility: 'private',
  run_attempt: '1',
  run_id: '24766983965',
  run_number: '42',
  runner_environment: 'github-hosted',
  sha: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4',
  workflow: 'ci',
  workflow_ref: 'acme/docs/.github/workflows/ci.yml@refs/heads/main',
  workflow_sha: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4',
}
