/**
 * The two things a job says to the broker: "I ask for this grant" and "I give this lease back". Each try carries a fresh ID token, because
 * the broker takes each one once. A refusal is final; nothing of an answer that cannot be read is ever repeated.
 */
import type { JsonObject } from '../shared/json.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { Seconds } from '../shared/units.ts'
import {
  type ErrorBody,
  errorBody,
  ID_TOKEN_TYPE,
  REVOKE_PARAMETERS,
  TOKEN_EXCHANGE_GRANT_TYPE,
  TOKEN_PARAMETERS,
  type TokenResponse,
  tokenResponse,
} from '../shared/wire.ts'
import type { Clocks, Failure } from './failure.ts'
import { type Answer, type HttpRequest, sendHttp } from './http.ts'
import { fetchIdToken, type IdToken } from './id-token.ts'
import { parseJson } from './json-text.ts'
import { type Pace, type Try, type TryLimits, type TryOutcome, withTries } from './tries.ts'

export interface Ask {
  readonly broker: string
  readonly audience: string
  readonly grant: string
  readonly scope?: JsonObject
  readonly ttl?: Seconds
  readonly reason?: string
  /** An OpenSSH line; kinds that sign no key ignore it. */
  readonly publicKey: string
}

export interface LeaseReturn {
  readonly broker: string
  readonly audience: string
  readonly lease: string
}

const ASK_LIMITS: TryLimits = { tries: 5, totalMs: 60_000 }
const RETURN_LIMITS: TryLimits = { tries: 3, totalMs: 20_000 }
const TIMEOUT_MS = 15_000

/** What one conversation needs: where, as whom, and how a good answer is read. */
interface Conversation<T> {
  readonly audience: string
  readonly limits: TryLimits
  readonly request: (idToken: IdToken) => HttpRequest
  readonly read: (answer: Answer) => T | undefined
}

/** `POST /token` (RFC 8693). At most 5 tries on 429, 5xx and a missing answer, within 60 s in all. */
export function requestCredential(ask: Ask, pace: Pace): Promise<Result<TokenResponse, Failure>> {
  return converse(
    {
      audience: ask.audience,
      limits: ASK_LIMITS,
      request: (idToken) => ({ method: 'POST', url: `${ask.broker}/token`, headers: {}, form: tokenForm(ask, idToken) }),
      read: (answer) => tokenResponse.safeParse(parseJson(answer.body)).data,
    },
    pace,
  )
}

/** `POST /revoke` by lease id, with an ID token of the same run as Bearer. At most 3 tries within 20 s: a job that ends does not wait long. */
export function returnLease(given: LeaseReturn, pace: Pace): Promise<Result<true, Failure>> {
  return converse(
    {
      audience: given.audience,
      limits: RETURN_LIMITS,
      request: (idToken) => ({
        method: 'POST',
        url: `${given.broker}/revoke`,
        headers: { authorization: `Bearer ${idToken.token.reveal()}` },
        form: new URLSearchParams({ [REVOKE_PARAMETERS.leaseId]: given.lease }),
      }),
      read: () => true,
    },
    pace,
  )
}

function tokenForm(ask: Ask, idToken: IdToken): URLSearchParams {
  const form = new URLSearchParams({
    [TOKEN_PARAMETERS.grantType]: TOKEN_EXCHANGE_GRANT_TYPE,
    [TOKEN_PARAMETERS.subjectToken]: idToken.token.reveal(),
    [TOKEN_PARAMETERS.subjectTokenType]: ID_TOKEN_TYPE,
    [TOKEN_PARAMETERS.audience]: ask.grant,
    [TOKEN_PARAMETERS.publicKey]: ask.publicKey,
  })
  if (ask.scope !== undefined) form.set(TOKEN_PARAMETERS.authorizationDetails, JSON.stringify([ask.scope]))
  if (ask.ttl !== undefined) form.set(TOKEN_PARAMETERS.ttl, String(ask.ttl))
  if (ask.reason !== undefined) form.set(TOKEN_PARAMETERS.reason, ask.reason)
  return form
}

function converse<T>(conversation: Conversation<T>, pace: Pace): Promise<Result<T, Failure>> {
  return withTries(conversation.limits, pace, async (current) => {
    const started = pace.now()
    const idToken = await fetchIdToken(conversation.audience, current.remainingMs, pace)
    if (!idToken.ok) return { finished: true, result: idToken }
    const leftMs = Math.max(1, current.remainingMs - (pace.now() - started))
    const answer = await sendHttp(conversation.request(idToken.value), Math.min(TIMEOUT_MS, leftMs))
    if (!answer.ok) {
      const failure: Failure = { code: 'broker_unreachable', detail: answer.error.detail, tries: current.number }
      return { finished: false, failure, retryAfterMs: 0 }
    }
    return judge(answer.value, idToken.value, current, conversation.read)
  })
}

function judge<T>(answer: Answer, idToken: IdToken, current: Try, read: (answer: Answer) => T | undefined): TryOutcome<T, Failure> {
  const { status } = answer
  if (status === 200) {
    const value = read(answer)
    return finish(value === undefined ? err(unreadable(answer, 'it is not a token response')) : ok(value))
  }
  const body = errorBody.safeParse(parseJson(answer.body)).data
  if (status === 429 || status >= 500)
    return { finished: false, failure: unavailable(answer, body, current), retryAfterMs: answer.retryAfterMs ?? 0 }
  if (status >= 300 && status < 400) return finish(err({ code: 'broker_redirected', status, towards: originOf(answer.location) }))
  if (body === undefined || status < 400) return finish(err(unreadable(answer, 'it is not an answer of the broker')))
  return finish(err({ code: 'refused', body, clocks: clocksOf(answer, idToken) }))
}

function finish<T>(result: Result<T, Failure>): TryOutcome<T, Failure> {
  return { finished: true, result }
}

function unreadable(answer: Answer, detail: string): Failure {
  return { code: 'broker_unreadable', status: answer.status, detail }
}

function unavailable(answer: Answer, body: ErrorBody | undefined, current: Try): Failure {
  const retryAfter = answer.retryAfterMs === undefined ? undefined : Math.ceil(answer.retryAfterMs / 1000)
  return { code: 'broker_unavailable', status: answer.status, tries: current.number, retryAfter, body }
}

function clocksOf(answer: Answer, idToken: IdToken): Clocks {
  return { issuedAt: idToken.unverifiedIssuedAt, broker: answer.date, runner: Math.floor(Date.now() / 1000) }
}

/** Only the origin: a path or query of a redirect may repeat what was sent. */
function originOf(location: string | undefined): string {
  return location !== undefined && URL.canParse(location) ? new URL(location).origin : 'an unnamed place'
}
