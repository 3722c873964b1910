/**
 * Reading an answer of a broker line by line as it comes. No deadline for the whole, only for silence; no redirects, no line without end.
 * A stream that ends before its own last line has ended is told as broken, never as done.
 */
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { type BrokerAnswer, type BrokerRequest, boundedText, reason } from './broker.ts'

export type Streamed =
  | { readonly outcome: 'ended' }
  /** The broker answered something other than 200. */
  | { readonly outcome: 'refused'; readonly answer: BrokerAnswer }
  | { readonly outcome: 'broken'; readonly why: string }

const silenceMs = 60_000
const maxRefusalBytes = 1024 * 1024

export async function streamLines(url: URL, request: BrokerRequest, onLine: (line: string) => void): Promise<Streamed> {
  const { method = 'GET', headers = {}, body } = request
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), silenceMs)
  try {
    const init = { method, headers: { 'user-agent': 'jobpass-cli', ...headers }, redirect: 'manual', signal: stop.signal } as const
    const response = await fetch(url, body === undefined ? init : { ...init, body })
    if (response.status !== 200) {
      const text = (await boundedText(response, maxRefusalBytes)) ?? ''
      const { status, headers: answered } = response
      return { outcome: 'refused', answer: { status, text, retryAfter: answered.get('retry-after'), link: answered.get('link') } }
    }
    if (response.body === null) return { outcome: 'broken', why: `${url.origin} answers with no body` }
    for await (const line of createInterface({ input: Readable.fromWeb(response.body), crlfDelay: Number.POSITIVE_INFINITY })) {
      timer.refresh()
      if (line !== '') onLine(line)
    }
    return { outcome: 'ended' }
  } catch (error) {
    const why = stop.signal.aborted ? `nothing was heard for ${silenceMs / 1000} s` : reason(error)
    return { outcome: 'broken', why: `${url.origin}: ${why}` }
  } finally {
    clearTimeout(timer)
  }
}
