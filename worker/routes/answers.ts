/** The forms in which endpoints answer: a refusal of the contract, a problem (RFC 9457), JSON. None is ever cached. */
import type { Refusal } from '../../shared/refusal.ts'
import { wireRefusal } from '../../shared/refusal-wire.ts'
import type { Deps } from '../deps.ts'

const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' }

/** Made once: a response copies a `Headers` for less than it reads an object. */
const JSON_HEADERS = new Headers({ ...NO_STORE, 'content-type': 'application/json' })

export function refusalAnswer(refusal: Refusal, decisionId: string, proven: boolean): Response {
  const { status, retryAfter, body } = wireRefusal(refusal, decisionId, proven)
  return Response.json(body, {
    status,
    headers: { ...NO_STORE, ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }) },
  })
}

/** What was refused, where: the answer names a decision id, and this line of the log has what stood behind it. */
export interface RefusedAt {
  readonly event: 'brake' | 'introspect' | 'revoke'
  readonly decision: string
  readonly deps: Pick<Deps, 'log'>
}

/** For callers whose refusal no ledger has. */
export function refuse(refusal: Refusal, proven: boolean, { event, decision, deps }: RefusedAt): Response {
  deps.log({ event, outcome: 'refused', decision, code: refusal.code, ...('detail' in refusal ? { detail: refusal.detail } : {}) })
  return refusalAnswer(refusal, decision, proven)
}

export function jsonAnswer(body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const answer = new Response(JSON.stringify(body), { headers: JSON_HEADERS })
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}

export interface Problem {
  readonly status: number
  readonly title: string
  readonly detail?: string
  /** Further members of the problem. */
  readonly members?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** RFC 9457: `application/problem+json`. */
export function problemAnswer({ status, title, detail, members = {}, headers = {} }: Problem): Response {
  const body = { type: 'about:blank', title, status, ...(detail === undefined ? {} : { detail }), ...members }
  return new Response(JSON.stringify(body), { status, headers: { ...NO_STORE, 'content-type': 'application/problem+json', ...headers } })
}

/** Nothing was decided, and the same call may do later. */
export function storeUnreachable(): Response {
  return problemAnswer({ status: 503, title: 'The policy store cannot be reached', headers: { 'retry-after': '5' } })
}
