/**
 * One HTTP request and the whole of its answer, within a time and a size. Redirects are never followed, because every request of the action
 * carries a token; nothing of a request or an answer is ever put into a failure.
 */
import * as http from 'node:http'
import { err, ok, type Result } from '../shared/result.ts'
import type { Instant } from '../shared/units.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly form?: URLSearchParams
  /** A body of JSON, instead of a form. */
  readonly json?: string
  /** 1 MiB when left out. */
  readonly maxAnswerBytes?: number
}

export interface Answer {
  readonly status: number
  readonly body: string
  /** `Location`, for a message; never followed. */
  readonly location: string | undefined
  /** `Date` (RFC 9110 §6.6.1). */
  readonly date: Instant | undefined
  /** `Retry-After` (RFC 9110 §10.2.3), counted from now. */
  readonly retryAfterMs: number | undefined
}

/** Why there was no answer: a fixed phrase or an error code of the system, such as `ECONNREFUSED`. */
export interface NoAnswer {
  readonly detail: string
}

const MEBIBYTE = 1_048_576
const MAX_ANSWER_BYTES = MEBIBYTE
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']
const USER_AGENT = 'jobpass-action'

/** A self-hosted runner behind a proxy says so in these variables; Node heeds them only when asked to. */
export function useProxyOfEnvironment(environment: NodeJS.ProcessEnv): void {
  const named = PROXY_VARIABLES.some((name) => (environment[name] ?? '') !== '')
  if (named && 'setGlobalProxyFromEnv' in http) http.setGlobalProxyFromEnv()
}

/** Sends, and reads the answer to its end, both within `timeoutMs`. */
export async function sendHttp(request: HttpRequest, timeoutMs: number): Promise<Result<Answer, NoAnswer>> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: {
        'user-agent': USER_AGENT,
        accept: 'application/json',
        ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(Math.ceil(timeoutMs)),
      ...(request.form === undefined ? {} : { body: request.form }),
      ...(request.json === undefined ? {} : { body: request.json }),
    })
    const maxBytes = request.maxAnswerBytes ?? MAX_ANSWER_BYTES
    const body = await readBody(response, maxBytes)
    return body === undefined ? err({ detail: `an answer larger than ${maxBytes / MEBIBYTE} MiB` }) : ok(answerOf(response, body))
  } catch (thrown) {
    return err({ detail: detailOf(thrown, timeoutMs) })
  }
}

async function readBody(response: Response, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function answerOf(response: Response, body: string): Answer {
  const date = readHttpDate(response.headers.get('date'))
  return {
    status: response.status,
    body,
    location: response.headers.get('location') ?? undefined,
    date,
    retryAfterMs: readRetryAfter(response.headers.get('retry-after'), date ?? Date.now() / 1000),
  }
}

/** Seconds or a date → milliseconds from `now`, never negative; `undefined` when absent or unreadable. */
export function readRetryAfter(header: string | null, now: Instant): number | undefined {
  if (header === null) return undefined
  if (/^[0-9]{1,9}$/.test(header)) return Number(header) * 1000
  const at = readHttpDate(header)
  return at === undefined ? undefined : Math.max(0, (at - now) * 1000)
}

/** IMF-fixdate (RFC 9110 §5.6.7); Date.parse alone would take `1.5` for a date. */
function readHttpDate(header: string | null): Instant | undefined {
  const milliseconds = /^[A-Z][a-z]{2}, .{20} GMT$/.test(header ?? '') ? Date.parse(header ?? '') : Number.NaN
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

/** Only names and codes: a message of fetch may hold the URL. */
function detailOf(thrown: unknown, timeoutMs: number): string {
  if (!(thrown instanceof Error)) return 'unknown network error'
  if (thrown.name === 'TimeoutError') return `no answer within ${(timeoutMs / 1000).toFixed(1)} s`
  const cause = thrown.cause instanceof AggregateError ? thrown.cause.errors[0] : thrown.cause
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? code : 'network error'
}
