/**
 * The private key of a GitHub App, and the short token the App proves itself with. GitHub hands keys out as PKCS#1, WebCrypto reads PKCS#8 alone:
 * the one is wrapped into the other here. The key is imported non-extractable and never kept; what is wrong with it is never quoted.
 */
import { Buffer } from 'node:buffer'
import { SignJWT } from 'jose'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Instant, Seconds } from '../../shared/units.ts'
import { secretValue } from './http.ts'
import type { ProviderDeps, UpstreamRefusal } from './provider.ts'

const PEM = /^-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END (?:RSA )?PRIVATE KEY-----$/
const RSA_SHA256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const MIN_MODULUS_BITS = 2048

/** GitHub refuses an `iat` in its future; its clock may be this far behind ours. */
const CLOCK_DRIFT: Seconds = 60
/** The longest life GitHub accepts, counted from `iat`. */
const APP_JWT_LIFE: Seconds = 600

/** PrivateKeyInfo (RFC 5208 §5) up to the key: version 0, then rsaEncryption with NULL parameters. */
const PKCS8_VERSION_AND_ALGORITHM = [
  0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
]
const DER_SEQUENCE = 0x30
const DER_OCTET_STRING = 0x04
const DER_LONG_FORM = 0x80

/** A CryptoKey, by a name that both the platform's types and Node's know. */
type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

export type AppKeyDeps = Pick<ProviderDeps, 'secret' | 'now'>

/** The token with which the App itself calls GitHub: RS256, `iss` the App, `exp` ten minutes after a back-dated `iat`. */
export async function appJwt(appId: string, secretName: string, deps: AppKeyDeps): Promise<Result<string, UpstreamRefusal>> {
  const pem = secretValue(secretName, deps)
  if (!pem.ok) return pem
  const key = await importAppKey(pem.value)
  if (key === undefined)
    return err({
      code: 'upstream_unavailable',
      detail: `secret ${secretName} is not an RSA private key of ${MIN_MODULUS_BITS} bits or more`,
    })
  return ok(await signAppJwt(appId, key, deps.now()))
}

function signAppJwt(appId: string, key: ImportedKey, now: Instant): Promise<string> {
  const issuedAt = now - CLOCK_DRIFT
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + APP_JWT_LIFE)
    .setIssuer(appId)
    .sign(key)
}

/** PKCS#1 or PKCS#8 in PEM; line ends may be written as the two characters `\n`. `undefined` for anything else, encrypted keys among it. */
export async function importAppKey(pem: string): Promise<ImportedKey | undefined> {
  const match = PEM.exec(pem.replaceAll('\\n', '\n').trim())
  if (match === null) return undefined
  const [, pkcs1, base64 = ''] = match
  const der = Uint8Array.from(Buffer.from(base64, 'base64'))
  try {
    const key = await crypto.subtle.importKey('pkcs8', pkcs1 === undefined ? der : pkcs8Of(der), RSA_SHA256, false, ['sign'])
    return modulusBits(key) >= MIN_MODULUS_BITS ? key : undefined
  } catch {
    // the parser's words could quote the key
    return undefined
  }
}

function modulusBits(key: ImportedKey): number {
  return 'modulusLength' in key.algorithm && typeof key.algorithm.modulusLength === 'number' ? key.algorithm.modulusLength : 0
}

/** RFC 5208 §5: an RSAPrivateKey (RFC 8017 §A.1.2) as the octet string of a PrivateKeyInfo. */
function pkcs8Of(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(derValue(DER_SEQUENCE, [...PKCS8_VERSION_AND_ALGORITHM, ...derValue(DER_OCTET_STRING, [...pkcs1])]))
}

/** Tag, length, content (X.690 §8.1); lengths up to 65 535, several times a key. */
function derValue(tag: number, content: readonly number[]): readonly number[] {
  const { length } = content
  if (length < DER_LONG_FORM) return [tag, length, ...content]
  const [high, low] = [length >> 8, length & 0xff]
  return high === 0 ? [tag, DER_LONG_FORM | 1, low, ...content] : [tag, DER_LONG_FORM | 2, high, low, ...content]
}
