/**
 * JSON Web Signatures in compact form (RFC 7515 §7.1) with the broker's own keys. It signs what it is given: the claims are the caller's business.
 */
import type { JsonObject } from '../../shared/json.ts'
import type { SigningAlgorithm, SigningKey } from './keys.ts'

const SIGN_PARAMETERS = {
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  RS256: { name: 'RSASSA-PKCS1-v1_5' },
} as const satisfies Record<SigningAlgorithm, { name: string; hash?: string }>

/** RFC 7515 §2: base64url without padding. */
const BASE64URL = { alphabet: 'base64url', omitPadding: true } as const

const textEncoder = new TextEncoder()

/** `typ` says what the payload is for (RFC 8725 §3.11); `alg` and `kid` come from the key. */
export async function signJws(typ: string, payload: JsonObject, key: SigningKey): Promise<string> {
  const header = base64url(JSON.stringify({ alg: key.algorithm, typ, kid: key.kid }))
  const signed = `${header}.${base64url(JSON.stringify(payload))}`
  const signature = await crypto.subtle.sign(SIGN_PARAMETERS[key.algorithm], key.privateKey, textEncoder.encode(signed))
  return `${signed}.${new Uint8Array(signature).toBase64(BASE64URL)}`
}

function base64url(text: string): string {
  return textEncoder.encode(text).toBase64(BASE64URL)
}
