/**
 * The HTTP side of the local issuer: discovery, key set, the ID token request endpoint a runner offers its job, and `POST /job`.
 * It answers as GitHub does where GitHub has the endpoint, and never signs without the bearer.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isJsonObject, type JsonObject } from '../../shared/json.ts'

export interface Site {
  readonly origin: string
  readonly keys: JsonObject
  /** What `GET /id-token` wants after `Bearer`. */
  readonly requestToken: string
  /** A token of the current job; without an audience, the default GitHub gives. */
  readonly sign: (audience: string | undefined) => Promise<string>
  /** Replaces the job; answers the claims its tokens will carry. */
  readonly setJob: (job: JsonObject) => JsonObject
}

interface Reply {
  readonly status: number
  readonly body: JsonObject
}

const maxBodyBytes = 65_536

export function issuerListener(site: Site): RequestListener {
  return (request, response) => {
    answer(site, request).then(
      (reply) => send(response, reply),
      () => send(response, failure(400, 'the request could not be read')),
    )
  }
}

function failure(status: number, message: string): Reply {
  return { status, body: { message } }
}

async function answer(site: Site, request: IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? '/', site.origin)
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /.well-known/openid-configuration':
      return { status: 200, body: discovery(site.origin) }
    case 'GET /.well-known/jwks':
    case 'GET /.well-known/jwks.json':
    // where GitLab has it
    case 'GET /oauth/discovery/keys':
      return { status: 200, body: site.keys }
    case 'GET /id-token':
      return idToken(site, request, url)
    case 'POST /job':
      return setJob(site, await readBody(request))
    default:
      return failure(404, 'the local issuer has GET /.well-known/openid-configuration, GET /.well-known/jwks, GET /id-token and POST /job')
  }
}

function discovery(origin: string): JsonObject {
  return {
    issuer: origin,
    jwks_uri: `${origin}/.well-known/jwks`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
  }
}

async function idToken(site: Site, request: IncomingMessage, url: URL): Promise<Reply> {
  if (request.headers.authorization !== `Bearer ${site.requestToken}`) return failure(401, 'the bearer must be idTokenRequestToken')
  return { status: 200, body: { count: 1, value: await site.sign(url.searchParams.get('audience') ?? undefined) } }
}

function setJob(site: Site, body: string | undefined): Reply {
  if (body === undefined) return failure(413, `at most ${maxBodyBytes} bytes`)
  const job = parseJson(body)
  if (!isJsonObject(job)) return failure(400, 'the body must be a JSON object of claims, such as {"ref":"refs/heads/main"}')
  return { status: 200, body: { claims: site.setJob(job) } }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** The body as text; `undefined` when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size <= maxBodyBytes) chunks.push(bytes)
  }
  return size > maxBodyBytes ? undefined : Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
