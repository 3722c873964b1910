/**
 * A subject token as it arrives: nothing in it is true yet. This file judges form alone (RFC 7515 §7.1, §4) and picks out what is needed to choose a key:
 * `iss`, `alg`, `kid`. It comes before jose, which accepts padding, white space and trailing bits in a signature.
 */
import { isJsonObject, type JsonObject } from '../../shared/json.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { parseStrictJson } from '../../shared/strict-json.ts'

export interface UnverifiedToken {
  readonly compact: string
  readonly header: { readonly alg: string; readonly kid: string; readonly typ: string | undefined }
  /** May choose keys and nothing else. */
  readonly unverifiedIssuer: string
  readonly unverifiedPayload: JsonObject
}

export interface TokenMalformed {
  readonly code: 'token_malformed'
  readonly detail: string
}

const MAX_TOKEN_CHARACTERS = 16 * 1024
const SHAPE = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/
const KEY_ID = /^[A-Za-z0-9_.=-]{1,128}$/
/** Header parameters that would let a token bring or point to its own key, or change how it is read (RFC 7515 §4.1, RFC 7516, RFC 7797). */
const FORBIDDEN_PARAMETERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc']
const MAX_ISSUER_CHARACTERS = 255

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function readUnverifiedToken(compact: string): Result<UnverifiedToken, TokenMalformed> {
  const malformed = (detail: string): Result<never, TokenMalformed> => err({ code: 'token_malformed', detail })
  if (compact.length > MAX_TOKEN_CHARACTERS) return malformed('too long')
  if (!SHAPE.test(compact)) return malformed('not three base64url parts')
  const [headerPart = '', payloadPart = '', signaturePart = ''] = compact.split('.')
  if (decodePart(signaturePart) === undefined) return malformed('signature: not canonical base64url')
  const header = readObject(headerPart)
  if (!header.ok) return malformed(`header: ${header.error}`)
  const payload = readObject(payloadPart)
  if (!payload.ok) return malformed(`payload: ${payload.error}`)
  const { alg, kid, typ } = header.value
  if (typeof alg !== 'string') return malformed('header: no alg')
  if (typeof kid !== 'string' || !KEY_ID.test(kid)) return malformed('header: no usable kid')
  if (typ !== undefined && typeof typ !== 'string') return malformed('header: typ is no string')
  const forbidden = FORBIDDEN_PARAMETERS.find((name) => Object.hasOwn(header.value, name))
  if (forbidden !== undefined) return malformed(`header: ${forbidden}`)
  const { iss } = payload.value
  if (typeof iss !== 'string' || iss === '' || iss.length > MAX_ISSUER_CHARACTERS) return malformed('payload: no usable iss')
  return ok({ compact, header: { alg, kid, typ }, unverifiedIssuer: iss, unverifiedPayload: payload.value })
}

/** The bytes of a base64url part; `undefined` when encoding them again gives another text (padding bits that are not zero). */
function decodePart(part: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.fromBase64(part, { alphabet: 'base64url' })
    return bytes.toBase64({ alphabet: 'base64url', omitPadding: true }) === part ? bytes : undefined
  } catch {
    return undefined
  }
}

function readObject(part: string): Result<JsonObject, string> {
  const bytes = decodePart(part)
  if (bytes === undefined) return err('not canonical base64url')
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return err('not UTF-8')
  }
  const json = parseStrictJson(text)
  if (!json.ok) return err(json.error)
  return isJsonObject(json.value) ? ok(json.value) : err('not an object')
}
