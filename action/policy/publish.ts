/**
 * Makes a policy the active one of the broker: with this job's ID token, naming the policy it replaces, and waiting until the broker shows it as
 * active. The broker judges all of it again. A refusal is final; what can be tried again carries a fresh ID token each time.
 */
import * as z from 'zod'
import { isJsonObject } from '../../shared/json.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type Answer, sendHttp } from '../http.ts'
import { fetchIdToken } from '../id-token.ts'
import { parseJson } from '../json-text.ts'
import { type Pace, type Try, type TryLimits, type TryOutcome, withTries } from '../tries.ts'
import type { PolicyFailure } from './policy-failure.ts'

export interface Publication {
  readonly broker: string
  readonly digest: string
  /** The canonical JSON. */
  readonly compiled: string
  readonly force?: string
}

export interface Published {
  /** What was active before; `undefined` for the very first policy. */
  readonly replaced: string | undefined
  /** Why the broker could not serve an exchange all the same. */
  readonly complaints: readonly string[]
}

interface Health {
  readonly policy: string | undefined
  readonly reasons: readonly string[]
}

const PUBLISH_LIMITS: TryLimits = { tries: 8, totalMs: 180_000 }
const LIVE_LIMITS: TryLimits = { tries: 8, totalMs: 60_000 }
const TIMEOUT_MS = 60_000
const NO_POLICY = '*'

const health = z.looseObject({ status: z.string(), policy: z.string().nullish(), reasons: z.array(z.string()).optional() })
const accepted = z.looseObject({ policy: z.string() })
const proposed = z.looseObject({ proposal: z.string(), because: z.string(), expires_at: z.string() })
const problem = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ path: z.string(), id: z.string(), message: z.string() })).optional(),
})

export async function publishPolicy(publication: Publication, pace: Pace): Promise<Result<Published, PolicyFailure>> {
  const before = await withTries(LIVE_LIMITS, pace, (current) => readHealth(publication.broker, current))
  if (!before.ok) return before
  const replaced = before.value.policy
  const put = await withTries(PUBLISH_LIMITS, pace, (current) => putOnce(publication, replaced ?? NO_POLICY, { current, pace }))
  if (!put.ok) return put
  const live = await withTries(LIVE_LIMITS, pace, (current) => seeOnce(publication, current))
  return live.ok ? ok({ replaced, complaints: live.value.reasons }) : live
}

async function putOnce(
  { broker, digest, compiled, force }: Publication,
  replaces: string,
  { current, pace }: { readonly current: Try; readonly pace: Pace },
): Promise<TryOutcome<true, PolicyFailure>> {
  const idToken = await fetchIdToken(broker, current.remainingMs, pace)
  if (!idToken.ok) return { finished: true, result: idToken }
  const headers = {
    authorization: `Bearer ${idToken.value.token.reveal()}`,
    'if-match': replaces === NO_POLICY ? NO_POLICY : `"${replaces}"`,
  }
  const answer = await sendHttp(
    { method: 'PUT', url: `${broker}/policy${force === undefined ? '' : `?force=${encodeURIComponent(force)}`}`, headers, json: compiled },
    Math.min(TIMEOUT_MS, current.remainingMs),
  )
  if (!answer.ok) return again({ code: 'broker_unreachable', detail: answer.error.detail, tries: current.number })
  const { status, body, retryAfterMs } = answer.value
  if (status === 200 && accepted.safeParse(parseJson(body)).data?.policy === digest) return { finished: true, result: ok(true) }
  const proposal = status === 202 ? proposed.safeParse(parseJson(body)).data : undefined
  if (proposal !== undefined) {
    const { proposal: id, because, expires_at: until } = proposal
    return { finished: true, result: err({ code: 'second_person_needed', proposal: id, because, until, broker }) }
  }
  // an earlier try whose answer was lost, or another run, has made it active already
  if (status === 412 && activeOf(body) === digest) return { finished: true, result: ok(true) }
  const failure: PolicyFailure = { code: 'publish_refused', status, lines: problemLines(answer.value) }
  return status === 429 || status >= 500 ? again(failure, retryAfterMs) : { finished: true, result: err(failure) }
}

function activeOf(body: string): unknown {
  const value = parseJson(body)
  return isJsonObject(value) ? value.active : undefined
}

/** Whether the broker shows the policy as active; another one is another run's. */
async function seeOnce({ broker, digest }: Publication, current: Try): Promise<TryOutcome<Health, PolicyFailure>> {
  const seen = await readHealth(broker, current)
  if (!seen.finished || !seen.result.ok || seen.result.value.policy === digest) return seen
  return again({ code: 'not_live', digest, seen: seen.result.value.policy })
}

/** `/healthz` names the active policy also while it answers 503 for another reason. */
async function readHealth(broker: string, current: Try): Promise<TryOutcome<Health, PolicyFailure>> {
  const answer = await sendHttp({ method: 'GET', url: `${broker}/healthz`, headers: {} }, Math.min(TIMEOUT_MS, current.remainingMs))
  if (!answer.ok) return again({ code: 'broker_unreachable', detail: answer.error.detail, tries: current.number })
  const { status, body, retryAfterMs } = answer.value
  const read = health.safeParse(parseJson(body))
  if (read.success && (status === 200 || status === 503)) {
    return { finished: true, result: ok({ policy: read.data.policy ?? undefined, reasons: read.data.reasons ?? [] }) }
  }
  const failure: PolicyFailure = { code: 'broker_unreadable', status, detail: '/healthz does not answer as that of a broker' }
  return status === 429 || status >= 500 ? again(failure, retryAfterMs) : { finished: true, result: err(failure) }
}

function again(failure: PolicyFailure, retryAfterMs = 0): { finished: false; failure: PolicyFailure; retryAfterMs: number } {
  return { finished: false, failure, retryAfterMs }
}

/** What a problem of the broker (RFC 9457) says, for a person. */
function problemLines({ body }: Answer): readonly string[] {
  const read = problem.safeParse(parseJson(body))
  if (!read.success) return ['It gives no reason that can be read.']
  const { title = 'It gives no reason.', detail, errors = [] } = read.data
  return [
    detail === undefined ? title : `${title}: ${detail}`,
    ...errors.map(({ path, id, message }) => `${path}: error ${id}: ${message}`),
  ]
}
