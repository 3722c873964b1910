/** Whether a webhook's body was signed with the secret that the broker and the platform share: HMAC-SHA-256, compared by the runtime in constant time. */
import type { Secret } from '../../shared/secret.ts'

/** `X-Hub-Signature-256`: docs.github.com, "Validating webhook deliveries". */
const SIGNATURE = /^sha256=([0-9a-f]{64})$/

const algorithm = { name: 'HMAC', hash: 'SHA-256' }
const textEncoder = new TextEncoder()

export function isSignature(header: string | null): header is string {
  return header !== null && SIGNATURE.test(header)
}

/** False too when the header has not the form of a signature. */
export async function isSignedBy(secret: Secret, header: string, body: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const hex = SIGNATURE.exec(header)?.[1]
  if (hex === undefined) return false
  const key = await crypto.subtle.importKey('raw', textEncoder.encode(secret.reveal()), algorithm, false, ['verify'])
  return crypto.subtle.verify('HMAC', key, Uint8Array.fromHex(hex), body)
}
