/**
 * Events posted to one address, one JSON object a line. The broker holds no secret of the receiver: each batch carries a token that the broker signs with its
 * own key, for this receiver and this very body, which the receiver checks against the broker's published key set. A 2xx means that the receiver has the batch.
 */
import { ocsfEvent } from '../../shared/ocsf.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import { type Deps, providerDeps } from '../deps.ts'
import { deliver } from '../providers/http.ts'
import { batchToken } from './batch-token.ts'
import type { NotTaken, Sink } from './sink.ts'

const TIMEOUT_MS = 10_000
/** What can be wrong with a body: then a smaller one may pass, and what does not pass is found. */
const ABOUT_THE_BODY = [400, 413, 422]

export function httpsSink(url: string, deps: Deps): Sink {
  return {
    name: 'https',
    async ship(batch) {
      const text = batch.entries.map(({ entry }) => `${JSON.stringify(ocsfEvent(entry, deps.config.origin))}\n`).join('')
      const token = await batchToken(batch, { url, text }, deps)
      if (!token.ok) return token
      const headers = { authorization: `Bearer ${token.value}`, 'content-type': 'application/x-ndjson' }
      const answered = await deliver({ url, headers, text, timeoutMs: TIMEOUT_MS }, providerDeps(deps))
      return answered.ok ? judged(answered.value) : err(failed(answered.error))
    },
  }
}

function judged(status: number): Result<void, NotTaken> {
  if (status < 300) return ok(undefined)
  return err({ why: ABOUT_THE_BODY.includes(status) ? 'rejected' : 'failed', detail: `status ${status}` })
}

/** What a call that was not answered, or not with a yes, is to shipping. */
export function failed({ detail, status, retryAfter }: { detail: string; status?: number; retryAfter?: Seconds }): NotTaken {
  const wait = retryAfter === undefined ? {} : { retryAfter }
  return { why: 'failed', detail: status === undefined ? detail : `${detail}, status ${status}`, ...wait }
}
