/**
 * An internal service that takes the broker's JWTs: it holds no secret and knows the broker by its URL alone. What it checks is what
 * every service must: signature, issuer, audience, life, token type, and the scope of what is asked.
 */
import { createServer } from 'node:http'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'

/** The `audience` of the connection in the policy. */
const AUDIENCE = 'https://api.acme.example'
const NEEDED_SCOPE = 'pages.write'

export interface Service {
  readonly url: string
  stop(): Promise<void>
}

/** Starts the service on a free loopback port. */
export async function startService(broker: string): Promise<Service> {
  const keys = createRemoteJWKSet(new URL(`${broker}/.well-known/jwks.json`))
  const server = createServer(async (request, response) => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const { status, body } = await judge(token)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })

  async function judge(token: string): Promise<{ status: number; body: object }> {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer: broker, audience: AUDIENCE, typ: 'at+jwt', algorithms: ['ES256'] })
      const scopes = String(payload.scope ?? '').split(' ')
      if (!scopes.includes(NEEDED_SCOPE)) return { status: 403, body: { error: 'insufficient_scope' } }
      return { status: 200, body: { published: true, by: payload.sub, lease: payload.jti } }
    } catch (error) {
      if (error instanceof errors.JOSEError) return { status: 401, body: { error: 'invalid_token', reason: error.code } }
      throw error
    }
  }

  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const stop = (): Promise<void> =>
    new Promise((settle) => {
      server.close(() => settle())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}/pages`, stop }
}
