/**
 * The ask: the parameters of a token request beyond the subject token, read once the caller is known (RFC 8693 §2.1, RFC 9396 §2).
 * Form alone is judged here; whether it may be had is `authorize`'s.
 */
import { isJsonObject, type JsonObject } from '../shared/json.ts'
import { hasControlCharacter } from '../shared/platforms/platform.ts'
import type { Refusal } from '../shared/refusal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { parseStrictJson } from '../shared/strict-json.ts'
import type { Seconds } from '../shared/units.ts'
import { MAX_REASON_LENGTH, TOKEN_PARAMETERS } from '../shared/wire.ts'

/** Parameters of a form; an empty value is an absent one (RFC 6749 §3.1), and none is repeated. */
export type Form = ReadonlyMap<string, string>

export interface Ask {
  readonly grant: string
  readonly ttl?: Seconds
  /** The one object of `authorization_details`, `type` apart. */
  readonly details?: { readonly type?: string; readonly scope: JsonObject }
  readonly publicKey?: string
  readonly requestedTokenType?: string
  readonly reason?: string
}

const MAX_GRANT_CHARACTERS = 256
const MAX_PUBLIC_KEY_CHARACTERS = 16 * 1024
const DIGITS = /^[0-9]{1,16}$/

export function readAsk(form: Form): Result<Ask, Refusal> {
  const problem = formProblem(form)
  if (problem !== undefined) return err({ code: 'request_malformed', ...problem })
  const details = readDetails(form.get(TOKEN_PARAMETERS.authorizationDetails))
  if (!details.ok) return details
  const ttl = readTtl(form.get(TOKEN_PARAMETERS.ttl) ?? '')
  const publicKey = form.get(TOKEN_PARAMETERS.publicKey)
  const requestedTokenType = form.get(TOKEN_PARAMETERS.requestedTokenType)
  const reason = form.get(TOKEN_PARAMETERS.reason)
  return ok({
    grant: form.get(TOKEN_PARAMETERS.audience) ?? '',
    ...(ttl === undefined ? {} : { ttl }),
    ...(details.value === undefined ? {} : { details: details.value }),
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(requestedTokenType === undefined ? {} : { requestedTokenType }),
    ...(reason === undefined ? {} : { reason }),
  })
}

function formProblem(form: Form): { parameter: string; problem: 'missing' | 'malformed'; expected: string } | undefined {
  const malformed = (parameter: string, expected: string) => ({ parameter, problem: 'malformed' as const, expected })
  const { audience, ttl, reason, publicKey } = TOKEN_PARAMETERS
  const grant = form.get(audience)
  if (grant === undefined) return { parameter: audience, problem: 'missing', expected: 'the name of the grant' }
  if (!isLine(grant, MAX_GRANT_CHARACTERS)) return malformed(audience, 'the name of a grant')
  if (form.has(ttl) && readTtl(form.get(ttl) ?? '') === undefined) return malformed(ttl, 'whole seconds, at least 1')
  if (!isLine(form.get(reason) ?? '', MAX_REASON_LENGTH)) return malformed(reason, `at most ${MAX_REASON_LENGTH} characters on one line`)
  if ((form.get(publicKey) ?? '').length > MAX_PUBLIC_KEY_CHARACTERS)
    return malformed(publicKey, `at most ${MAX_PUBLIC_KEY_CHARACTERS} characters`)
  return undefined
}

function isLine(text: string, maxCharacters: number): boolean {
  return text.length <= maxCharacters && !hasControlCharacter(text)
}

function readTtl(text: string): Seconds | undefined {
  const seconds = DIGITS.test(text) ? Number(text) : 0
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined
}

function readDetails(text: string | undefined): Result<Ask['details'], Refusal> {
  const malformed = (expected: string): Result<never, Refusal> => err({ code: 'details_malformed', expected })
  if (text === undefined) return ok(undefined)
  const json = parseStrictJson(text)
  if (!json.ok) return malformed('JSON without a member named twice')
  const [detail, ...more] = Array.isArray(json.value) ? json.value : []
  if (!isJsonObject(detail) || more.length > 0) return malformed('an array of one object')
  const { type, ...scope } = detail
  if (type !== undefined && typeof type !== 'string') return malformed('type is the name of a kind')
  if (Object.keys(scope).length === 0 && type === undefined)
    return malformed('an object that narrows something; leave authorization_details out to ask for the whole grant')
  return ok({ ...(type === undefined ? {} : { type }), scope })
}
