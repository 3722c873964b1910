/** A CI platform on loopback: the runner's ID token service, with a real RSA key, a new `jti` for every token, and failures on demand. */
import { randomUUID } from 'node:crypto'
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose'
import { type Answering, json, type Loopback, type Received, type Reply, serveLoopback } from './loopback.ts'

export interface Ci extends Loopback {
  readonly publicKey: CryptoKey
  /** Every token handed out, in order. */
  readonly tokens: string[]
  readonly requests: Received[]
  /** Answers to give before tokens are handed out again; taken one by one. */
  readonly failures: (Reply | 'hang' | 'reset')[]
  /** Moves the clock of the platform, in seconds. */
  skew: number
  /** What a runner puts into the environment of a step whose job has `id-token: write`. */
  readonly environment: () => Record<string, string>
}

export const ISSUER = 'https://token.actions.githubusercontent.com'
export const REQUEST_TOKEN = 'request-token-5d3f9a'

export async function startCi(): Promise<Ci> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const requests: Received[] = []
  const failures: (Reply | 'hang' | 'reset')[] = []
  const tokens: string[] = []
  const answer: Answering = async (received) => {
    requests.push(received)
    const failure = failures.shift()
    if (failure !== undefined) return failure
    if (received.headers.authorization !== `Bearer ${REQUEST_TOKEN}`) return json(401, { message: 'bad credentials' })
    const token = await sign(privateKey, received.url.searchParams.get('audience') ?? '', ci.skew)
    tokens.push(token)
    return json(200, { count: 1, value: token })
  }
  const server = await serveLoopback(answer)
  const environment = () => ({
    ACTIONS_ID_TOKEN_REQUEST_URL: `${server.origin}/idtoken?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
  })
  const ci: Ci = { ...server, publicKey, tokens, requests, failures, skew: 0, environment }
  return ci
}

function sign(key: CryptoKey, audience: string, skew: number): Promise<string> {
  const now = Math.floor(Date.now() / 1000) + skew
  return new SignJWT({
    repository: 'acme/docs',
    repository_id: '1217768983',
    ref: 'refs/heads/main',
    event_name: 'push',
    run_id: '24766983965',
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'ci-1' })
    .setIssuer(ISSUER)
    .setSubject('repo:acme/docs:ref:refs/heads/main')
    .setAudience(audience)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setNotBefore(now - 300)
    .setExpirationTime(now + 300)
    .sign(key)
}
