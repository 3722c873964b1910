/**
 * Fetches this run's ID token from the runner's own service. Every call gives a new token; it is masked before anybody else sees it,
 * and never kept: the broker takes each one once.
 */
import * as z from 'zod'
import { err, ok, type Result } from '../shared/result.ts'
import { Secret } from '../shared/secret.ts'
import type { Instant } from '../shared/units.ts'
import { COMPACT_JWS_PATTERN } from '../shared/wire.ts'
import type { Failure } from './failure.ts'
import { type Answer, sendHttp } from './http.ts'
import { parseJson } from './json-text.ts'
import { isForkPullRequest, mask, readVariable } from './runner.ts'
import { type Pace, type Try, type TryOutcome, withTries } from './tries.ts'

export interface IdToken {
  readonly token: Secret
  /** `iat`, read without proof: for a message about clocks and nothing else. */
  readonly unverifiedIssuedAt: Instant | undefined
}

interface Service {
  readonly url: string
  readonly bearer: Secret
}

const TIMEOUT_MS = 5000
const TRIES = 4

const serviceAnswer = z.looseObject({ value: z.string().max(16_384).regex(COMPACT_JWS_PATTERN) })
const payload = z.looseObject({ iat: z.int() })

/**
 * A fresh ID token with this `aud`. Tries again on 429, 5xx and a missing answer, at most four times within `remainingMs`;
 * any other refusal is final.
 */
export async function fetchIdToken(audience: string, remainingMs: number, pace: Pace): Promise<Result<IdToken, Failure>> {
  const service = offeredService()
  if (service === undefined) return err({ code: 'id_token_not_offered', fork: isForkPullRequest() })
  const url = urlFor(service, audience)
  if (url === undefined) return err({ code: 'id_token_unreadable', detail: 'ACTIONS_ID_TOKEN_REQUEST_URL is not a URL' })
  mask(service.bearer.reveal())
  return withTries({ tries: TRIES, totalMs: remainingMs }, pace, (current) => fetchOnce(url, service.bearer, current))
}

/** The runner sets both variables only in a job that may have an ID token. */
function offeredService(): Service | undefined {
  const url = readVariable('ACTIONS_ID_TOKEN_REQUEST_URL')
  const bearer = readVariable('ACTIONS_ID_TOKEN_REQUEST_TOKEN')
  return url === undefined || bearer === undefined ? undefined : { url, bearer: new Secret(bearer) }
}

function urlFor(service: Service, audience: string): string | undefined {
  if (!URL.canParse(service.url)) return undefined
  const separator = service.url.includes('?') ? '&' : '?'
  return `${service.url}${separator}audience=${encodeURIComponent(audience)}`
}

async function fetchOnce(url: string, bearer: Secret, current: Try): Promise<TryOutcome<IdToken, Failure>> {
  const headers = { authorization: `Bearer ${bearer.reveal()}` }
  const answer = await sendHttp({ method: 'GET', url, headers }, Math.min(TIMEOUT_MS, current.remainingMs))
  if (!answer.ok) {
    const failure: Failure = { code: 'id_token_unreachable', detail: answer.error.detail, tries: current.number }
    return { finished: false, failure, retryAfterMs: 0 }
  }
  if (answer.value.status === 429 || answer.value.status >= 500) {
    const failure: Failure = { code: 'id_token_unreachable', detail: `status ${answer.value.status}`, tries: current.number }
    return { finished: false, failure, retryAfterMs: answer.value.retryAfterMs ?? 0 }
  }
  return { finished: true, result: readServiceAnswer(answer.value) }
}

function readServiceAnswer(answer: Answer): Result<IdToken, Failure> {
  if (answer.status >= 400) return err({ code: 'id_token_refused', status: answer.status })
  if (answer.status !== 200) return err({ code: 'id_token_unreadable', detail: `status ${answer.status}` })
  const parsed = serviceAnswer.safeParse(parseJson(answer.body))
  if (!parsed.success) return err({ code: 'id_token_unreadable', detail: 'an answer without a token' })
  mask(parsed.data.value)
  return ok({ token: new Secret(parsed.data.value), unverifiedIssuedAt: issuedAtOf(parsed.data.value) })
}

function issuedAtOf(token: string): Instant | undefined {
  const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
  return payload.safeParse(parseJson(text)).data?.iat
}
