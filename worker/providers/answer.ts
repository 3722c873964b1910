/** What providers read out of an upstream's answer, and the refusals that follow from it. Pure; it never quotes the answer. */
import type { JsonObject } from '../../shared/json.ts'
import { err, type Result } from '../../shared/result.ts'
import type { Instant } from '../../shared/units.ts'
import type { UpstreamAnswer } from './http.ts'
import type { UpstreamRefusal } from './provider.ts'

/** RFC 3339, as upstreams write it; fractions are cut off. */
const TIMESTAMP = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})$/

export function isSuccess(answer: UpstreamAnswer): boolean {
  return answer.status >= 200 && answer.status < 300
}

/** The upstream said no to this very call. */
export function refused(detail: string, status?: number): UpstreamRefusal {
  return { code: 'upstream_refused', detail, ...(status === undefined ? {} : { status }) }
}

/** The upstream answered what its own description does not allow. */
export function unexpectedShape(status: number): UpstreamRefusal {
  return { code: 'upstream_unavailable', detail: 'unexpected shape', status }
}

/** The same in answer to a mint: something may have been made, and what is not known. */
export function unreadableMint(status: number): UpstreamRefusal {
  return { ...unexpectedShape(status), mayHaveActed: true }
}

/** These say that nothing was done. */
const NOT_DONE = ['rate limited', 'redirect', 'address not allowed']

/** A mint that got no answer to judge: unless it never arrived or was turned away at the door, something may have been made. */
export function unanswered(refusal: UpstreamRefusal): UpstreamRefusal {
  return NOT_DONE.includes(refusal.detail) ? refusal : { ...refusal, mayHaveActed: true }
}

export function refusedBy(answer: UpstreamAnswer, detail: string): Result<never, UpstreamRefusal> {
  return err(refused(detail, answer.status))
}

/** `undefined` when the text is no point in time. */
export function instantOf(text: string): Instant | undefined {
  if (!TIMESTAMP.test(text)) return undefined
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

/** A credential that came into being but must not be handed over, and whether it could be ended again. If not, its handle goes along, so that it will be. */
export function withdrawn(refusal: UpstreamRefusal, ended: boolean, handle: JsonObject): UpstreamRefusal {
  return ended
    ? { ...refusal, detail: `${refusal.detail}; revoked at once` }
    : { ...refusal, detail: `${refusal.detail}; could not be revoked`, leftover: () => handle }
}
