/** GitHub's side of an App: it checks the App's JWT with the real public key, makes installation tokens, ends them, and can be told to fail. */

import { env } from 'cloudflare:workers'
import { createPublicKey } from 'node:crypto'
import { importSPKI, jwtVerify } from 'jose'
import type { JsonObject } from '../../shared/json.ts'
import type { Handler, Outside } from './outside.ts'

export const API = 'https://api.github.com'

export interface AppUpstream {
  /** Tokens that would work now. */
  readonly live: Set<string>
  readonly made: string[]
  readonly ended: string[]
  /** Answers instead of the upstream, for the next mints or ends; `undefined`: the real answer. */
  mint: Handler | undefined
  end: Handler | undefined
}

/** The secret that `vitest.config.ts` gave the broker. */
export const appKey = String(Reflect.get(env, 'UPSTREAM_APP_KEY'))

const spki = createPublicKey(appKey).export({ type: 'spki', format: 'pem' }).toString()
const publicKey = await importSPKI(spki, 'RS256')

export function serveApp(outside: Outside): AppUpstream {
  const upstream: AppUpstream = { live: new Set(), made: [], ended: [], mint: undefined, end: undefined }
  outside.answer(API, async (request) => {
    const bearer = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? ''
    if (request.method === 'DELETE') return upstream.end === undefined ? endToken(upstream, bearer) : upstream.end(request)
    await jwtVerify(bearer, publicKey, { issuer: '12345', maxTokenAge: 600 })
    return upstream.mint === undefined ? makeToken(upstream, request) : upstream.mint(request)
  })
  return upstream
}

export async function makeToken(upstream: AppUpstream, request: Request, changes: JsonObject = {}): Promise<Response> {
  const asked: { repositories?: string[]; permissions?: JsonObject } = await request.json()
  const token = `ghs_${crypto.randomUUID().replaceAll('-', '')}secret`
  upstream.live.add(token)
  upstream.made.push(token)
  const answer = {
    token,
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    permissions: { ...asked.permissions, metadata: 'read' },
    repository_selection: 'selected',
    repositories: (asked.repositories ?? []).map((name) => ({ name })),
    ...changes,
  }
  return Response.json(answer, { status: 201 })
}

function endToken(upstream: AppUpstream, token: string): Response {
  upstream.ended.push(token)
  return upstream.live.delete(token) ? new Response(null, { status: 204 }) : Response.json({ message: 'Bad credentials' }, { status: 401 })
}
