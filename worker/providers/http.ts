/**
 * The one door through which the broker reaches an upstream: https, no redirects, one deadline over head and body, a bounded body, JSON or nothing.
 * It never retries, and nothing an upstream said, no address and no secret ever gets into a refusal: only a status and a phrase of ours.
 */
import type { Json } from '../../shared/json.ts'
import { isLoopbackHost } from '../../shared/loopback.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Instant, Seconds } from '../../shared/units.ts'
import { cappedText } from '../capped-text.ts'
import type { ProviderDeps, UpstreamRefusal } from './provider.ts'

/** One call to an upstream. */
export interface UpstreamCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Json
  /** Over connecting, the head and the whole body. */
  readonly timeoutMs?: number
  readonly maxResponseBytes?: number
}

/** What an upstream answered, when that can be judged at all: a 2xx with JSON or no body, or a 4xx that is not about rates. */
export interface UpstreamAnswer {
  readonly status: number
  /** Parsed JSON, whose media type says so or says nothing; `undefined` for an empty body and for an error's body that is not JSON. */
  readonly body: unknown
}

export type HttpDeps = Pick<ProviderDeps, 'fetch' | 'now' | 'origin'>

const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_MAX_RESPONSE_BYTES = 262_144
const MAX_RETRY_AFTER: Seconds = 3600
const JSON_TYPE = /^application\/(?:[a-z0-9.+-]+\+)?json(?:\s*;|$)/i
const DIGITS = /^[0-9]{1,10}$/

/**
 * Sends one call and reads its answer in full.
 * Refused as `upstream_unavailable`: an address that is not https (http counts only from loopback broker to loopback upstream), a network error,
 * the deadline, any 3xx, a body too large, 429, a rate-limited 403, 5xx, a 2xx that is not JSON.
 */
export async function send(call: UpstreamCall, deps: HttpDeps): Promise<Result<UpstreamAnswer, UpstreamRefusal>> {
  if (!isAllowed(call.url, deps.origin)) return unavailable('address not allowed')
  const deadline = AbortSignal.timeout(call.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  try {
    const response = await request(call, deadline, deps)
    const refusal = refusedByHead(response, deps.now())
    if (refusal !== undefined) {
      await discard(response)
      return err(refusal)
    }
    return await readAnswer(response, call.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES)
  } catch {
    // what was thrown may quote the address or a header, so it goes no further
    return unavailable(deadline.aborted ? 'timeout' : 'network error')
  }
}

/** A body to hand over, whose answer counts by its status alone. */
export interface Delivery {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly timeoutMs?: number
}

/** Sends a body under the same rules as `send`, and answers with the status: 2xx, or a 4xx that is not about rates. Nothing of the answer's body is read. */
export async function deliver({ url, headers, text, timeoutMs }: Delivery, deps: HttpDeps): Promise<Result<number, UpstreamRefusal>> {
  if (!isAllowed(url, deps.origin)) return unavailable('address not allowed')
  const deadline = AbortSignal.timeout(timeoutMs ?? DEFAULT_TIMEOUT_MS)
  const { fetch } = deps
  try {
    const response = await fetch(url, { method: 'POST', headers, body: text, redirect: 'manual', signal: deadline })
    const refusal = refusedByHead(response, deps.now())
    await discard(response)
    return refusal === undefined ? ok(response.status) : err(refusal)
  } catch {
    return unavailable(deadline.aborted ? 'timeout' : 'network error')
  }
}

/** The value of a connection's root secret, trimmed of the newline that files end with; refused as unavailable when the binding is not set. */
export function secretValue(name: string, deps: Pick<ProviderDeps, 'secret'>): Result<string, UpstreamRefusal> {
  const value = deps.secret(name)?.reveal().trim()
  return value === undefined || value === '' ? unavailable(`secret ${name} is not set`) : ok(value)
}

function unavailable(detail: string, status?: number) {
  return err<UpstreamRefusal>({ code: 'upstream_unavailable', detail, ...(status === undefined ? {} : { status }) })
}

function isAllowed(address: string, brokerOrigin: string): boolean {
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  const broker = URL.parse(brokerOrigin)
  return url.protocol === 'http:' && isLoopbackHost(url.hostname) && broker !== null && isLoopbackHost(broker.hostname)
}

function request(call: UpstreamCall, signal: AbortSignal, deps: HttpDeps): Promise<Response> {
  const { fetch } = deps
  const headers = { ...call.headers, ...(call.body === undefined ? {} : { 'content-type': 'application/json' }) }
  const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) }
  return fetch(call.url, { method: call.method, headers, redirect: 'manual', signal, ...body })
}

function refusedByHead(response: Response, now: Instant): UpstreamRefusal | undefined {
  const { status } = response
  // 0 is how a fetch that keeps to the letter shows a redirect it did not follow
  if (status < 200 || (status >= 300 && status < 400)) {
    return { code: 'upstream_unavailable', detail: 'redirect', status }
  }
  const limited = status === 429 || (status === 403 && isRateLimit(response.headers))
  if (!limited && status < 500) return undefined
  const wait = retryAfter(response.headers, now)
  const detail = limited ? 'rate limited' : 'server error'
  return { code: 'upstream_unavailable', detail, status, ...(wait === undefined ? {} : { retryAfter: wait }) }
}

/** GitHub answers 403 for its rate limits, and says so in headers alone. */
function isRateLimit(headers: Headers): boolean {
  return headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'
}

/** RFC 9110 §10.2.3, seconds or a date, else `x-ratelimit-reset` (epoch seconds); never negative, at most an hour. */
function retryAfter(headers: Headers, now: Instant): Seconds | undefined {
  const wait = secondsToWait(headers, now)
  return wait === undefined ? undefined : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER)
}

function secondsToWait(headers: Headers, now: Instant): Seconds | undefined {
  const value = headers.get('retry-after')?.trim()
  if (value !== undefined) {
    if (DIGITS.test(value)) return Number(value)
    const date = Date.parse(value)
    return Number.isNaN(date) ? undefined : Math.ceil(date / 1000) - now
  }
  const reset = headers.get('x-ratelimit-reset')
  return reset !== null && DIGITS.test(reset) ? Number(reset) - now : undefined
}

async function readAnswer(response: Response, maxBytes: number): Promise<Result<UpstreamAnswer, UpstreamRefusal>> {
  const { status } = response
  const text = await cappedText(response.body, maxBytes)
  if (text === undefined) return unavailable('too large', status)
  if (text === '') return ok({ status, body: undefined })
  const type = response.headers.get('content-type')
  const body = type === null || JSON_TYPE.test(type) ? parseJson(text) : undefined
  if (body === undefined && response.ok) return unavailable('not json', status)
  return ok({ status, body })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Lets go of a body nobody will read, so that its connection is not held. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel()
}
