/**
 * The local CI issuer of `dev`: it stands in for a CI platform and signs the ID tokens of whatever job it is told to be.
 * So it listens on loopback only, and its key is trusted by no broker but the one beside it.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { JsonObject } from '../../shared/json.ts'
import { type IssuedAs, issuedAs as issuedByDefault } from './issued-as.ts'
import { issuerListener } from './issuer-site.ts'
import { JOBS, tokenClaims } from './job.ts'

export interface LocalIssuer {
  readonly origin: string
  readonly keysUrl: string
  /** As `ACTIONS_ID_TOKEN_REQUEST_URL`: `&audience=…` is added to it. */
  readonly idTokenRequestUrl: string
  readonly idTokenRequestToken: string
  follow(issuedAs: IssuedAs): void
  /** Signs a token of a job other than the current one. */
  sign(job: JsonObject, audience: string): Promise<string>
  stop(): Promise<void>
}

/** A private RSA key with its `kid` (RFC 7638), as `startIssuer` takes it. */
export async function newIssuerKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
  const key = await exportJWK(privateKey)
  return { ...key, alg: 'RS256', use: 'sig', kid: await calculateJwkThumbprint(key) }
}

/** Starts the issuer on 127.0.0.1; port 0 takes a free one. Rejects with the system's error when the port is taken. */
export async function startIssuer(port: number, key: JWK): Promise<LocalIssuer> {
  const sign = await tokenSigner(key)
  const server = createServer()
  const origin = `http://127.0.0.1:${await listen(server, port)}`
  const requestToken = randomBytes(32).toString('base64url')
  let issuedAs: IssuedAs = issuedByDefault({ issuers: {}, workloads: {} }, origin)
  let job: JsonObject = {}
  const claimsOf = (set: JsonObject): JsonObject => {
    const { platform, ids } = issuedAs.jobsOf(typeof set.iss === 'string' ? set.iss : issuedAs.iss)
    return JOBS[platform](set, ids, issuedAs.iss)
  }
  const listener = issuerListener({
    origin,
    keys: publicKeys(key),
    requestToken,
    sign: (audience) => sign(claimsOf(job), audience),
    setJob: (next) => {
      job = next
      return claimsOf(job)
    },
  })
  server.on('request', listener)
  return {
    origin,
    keysUrl: `${origin}/.well-known/jwks`,
    idTokenRequestUrl: `${origin}/id-token?api-version=2.0`,
    idTokenRequestToken: requestToken,
    follow: (next) => {
      issuedAs = next
    },
    sign: (set, audience) => sign(claimsOf(set), audience),
    stop: () => close(server),
  }
}

type TokenSigner = (job: JsonObject, audience: string | undefined) => Promise<string>

async function tokenSigner(key: JWK): Promise<TokenSigner> {
  const privateKey = await importJWK(key, 'RS256')
  const header = { alg: 'RS256', kid: key.kid ?? '', typ: 'JWT', x5t: key.kid ?? '' }
  return (job, audience) => {
    const owner = job.repository_owner
    const aud = audience ?? (owner === undefined ? String(job.iss) : `https://github.com/${String(owner)}`)
    const claims = tokenClaims(job, { aud, jti: randomUUID(), now: Math.floor(Date.now() / 1000) })
    return new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader(header).sign(privateKey)
  }
}

function publicKeys({ kid = '', n = '', e = '' }: JWK): JsonObject {
  return { keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid, n, e }] }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((settle, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      settle(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((settle) => {
    server.close(() => settle())
    server.closeAllConnections()
  })
}
