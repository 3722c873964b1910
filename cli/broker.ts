/**
 * How a command talks to a broker: one request, one deadline, no redirects, a bounded answer. It never prints a token and never
 * sends one over plain http, except to a loopback address.
 */
import { isLoopbackHost } from '../shared/loopback.ts'
import { err, ok, type Result } from '../shared/result.ts'

export interface BrokerAnswer {
  readonly status: number
  readonly text: string
  readonly retryAfter: string | null
  /** The `Link` header: where a longer answer goes on. */
  readonly link: string | null
}

export interface BrokerRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const requestTimeoutMs = 30_000
const maxAnswerBytes = 64 * 1024 * 1024

/** The origin of a broker's URL, or why it is not usable. */
export function brokerOrigin(text: string): Result<string, string> {
  if (!URL.canParse(text)) return err(`--broker: ${JSON.stringify(text)} is not a URL such as https://jobpass.example.com`)
  const url = new URL(text)
  if (!isSecure(url)) return err('--broker: https is needed (http only for a loopback address)')
  if (url.username !== '' || url.password !== '') return err('--broker: a URL without a user name')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return err(`--broker: an origin without a path, such as ${url.origin}`)
  return ok(url.origin)
}

/** https, or http that does not leave this machine. */
export function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}

/** Asks the broker at an origin for a path. An error is a sentence: the broker could not be reached or its answer not be read. */
export async function callBroker(origin: string, path: string, request: BrokerRequest = {}): Promise<Result<BrokerAnswer, string>> {
  const { method = 'GET', headers = {}, body } = request
  try {
    const response = await fetch(new URL(path, origin), {
      method,
      headers: { 'user-agent': 'jobpass-cli', ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutMs),
    })
    if (response.status >= 300 && response.status < 400) return err(`${origin}${path} answers with a redirect, which is not followed`)
    const text = await boundedText(response, maxAnswerBytes)
    if (text === undefined) return err(`${origin}${path} answers more than ${maxAnswerBytes} bytes`)
    return ok({ status: response.status, text, retryAfter: response.headers.get('retry-after'), link: response.headers.get('link') })
  } catch (error) {
    return err(`${origin}${path} could not be reached: ${reason(error)}`)
  }
}

/** The body as text; `undefined` when it is longer than `maxBytes`. */
export async function boundedText(response: Response, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What made a fetch fail: the cause says more than the error around it. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${requestTimeoutMs / 1000} s`
  return error.cause instanceof Error ? reason(error.cause) : 'code' in error && error.message === '' ? String(error.code) : error.message
}

/** The answer's JSON; `undefined` when it is none. */
export function jsonOf(answer: { readonly text: string }): unknown {
  try {
    return JSON.parse(answer.text)
  } catch {
    return undefined
  }
}

/** A line of a broker's words, for a terminal that they must not steer. */
export function printable(line: string): string {
  return line.replace(/\p{Cc}/gu, '?')
}
