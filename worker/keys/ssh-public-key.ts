/**
 * The holder's public key, as an OpenSSH line from a stranger: read strictly, so that its fields can be copied into a certificate unchanged.
 * It says nothing of who holds the private half. Whether a point lies on its curve is left to sshd, which checks it at login.
 */
import { Buffer } from 'node:buffer'
import { type Bytes, concat, positiveMpintBits, readStrings, writeString } from './ssh-wire.ts'

export interface HolderKey {
  /** `ssh-ed25519`, … : the name of the key's own format (RFC 4253 §6.6). */
  readonly format: string
  /** The certificate format of such a key: `ssh-ed25519-cert-v01@openssh.com`. */
  readonly certificateFormat: string
  /** The key's fields after its format name, as wire strings. */
  readonly fields: readonly Uint8Array[]
}

/** What a caller is told a public key must be. */
export const HOLDER_KEY_EXPECTED =
  'one OpenSSH public key line: ssh-ed25519, ecdsa-sha2-nistp256/384/521, ssh-rsa of at least 3072 bits, or a security key (sk-)'

/** RSA: the policy's floor and OpenSSH's ceiling. */
const RSA_MIN_BITS = 3072
const RSA_MAX_BITS = 16_384
const MAX_LINE_LENGTH = 8192
const ED25519_KEY_BYTES = 32

type FieldCheck = (fields: readonly Uint8Array[]) => boolean

interface KeyFormat {
  readonly certificateFormat: string
  readonly accepts: FieldCheck
}

const KEY_FORMATS: ReadonlyMap<string, KeyFormat> = new Map<string, KeyFormat>([
  ['ssh-ed25519', { certificateFormat: 'ssh-ed25519-cert-v01@openssh.com', accepts: isEd25519 }],
  ['ecdsa-sha2-nistp256', ecdsa('nistp256', 32)],
  ['ecdsa-sha2-nistp384', ecdsa('nistp384', 48)],
  ['ecdsa-sha2-nistp521', ecdsa('nistp521', 66)],
  ['ssh-rsa', { certificateFormat: 'ssh-rsa-cert-v01@openssh.com', accepts: isRsa }],
  ['sk-ssh-ed25519@openssh.com', { certificateFormat: 'sk-ssh-ed25519-cert-v01@openssh.com', accepts: withApplication(isEd25519) }],
  [
    'sk-ecdsa-sha2-nistp256@openssh.com',
    {
      certificateFormat: 'sk-ecdsa-sha2-nistp256-cert-v01@openssh.com',
      accepts: withApplication(isEcPoint('nistp256', 32)),
    },
  ],
])

/** `undefined` for anything but one well-formed line of a format in the list; a comment may follow, options may not come first. */
export function parsePublicKeyLine(line: string): HolderKey | undefined {
  if (line.length > MAX_LINE_LENGTH) return undefined
  const match = /^(\S+) +([A-Za-z0-9+/]+={0,2})(?: [^\r\n]*)?(?:\r?\n)?$/.exec(line)
  const [, format = '', base64 = ''] = match ?? []
  const known = KEY_FORMATS.get(format)
  if (known === undefined) return undefined
  const blob = Buffer.from(base64, 'base64')
  if (blob.toString('base64') !== base64) return undefined
  const [name, ...fields] = readStrings(blob) ?? []
  if (name === undefined || textOf(name) !== format || !known.accepts(fields)) return undefined
  return { format, certificateFormat: known.certificateFormat, fields }
}

/** An Ed25519 public key as its wire blob (RFC 8709 §4). */
export function ed25519Blob(publicKey: Uint8Array): Bytes {
  return concat([writeString('ssh-ed25519'), writeString(publicKey)])
}

/** An Ed25519 public key as OpenSSH writes it, for `TrustedUserCAKeys`. The comment must hold no line break. */
export function ed25519Line(publicKey: Uint8Array, comment: string): string {
  return `ssh-ed25519 ${Buffer.from(ed25519Blob(publicKey)).toString('base64')} ${comment}`
}

function isEd25519(fields: readonly Uint8Array[]): boolean {
  const [key] = fields
  return fields.length === 1 && key?.length === ED25519_KEY_BYTES
}

function ecdsa(curve: string, coordinateBytes: number): KeyFormat {
  return { certificateFormat: `ecdsa-sha2-${curve}-cert-v01@openssh.com`, accepts: isEcPoint(curve, coordinateBytes) }
}

/** RFC 5656 §3.1, uncompressed points alone, as OpenSSH takes them. */
function isEcPoint(curve: string, coordinateBytes: number): FieldCheck {
  return (fields) => {
    const [name, point] = fields
    if (fields.length !== 2 || name === undefined || point === undefined) return false
    return textOf(name) === curve && point.length === 1 + 2 * coordinateBytes && point[0] === 0x04
  }
}

/** RFC 4253 §6.6: exponent, then modulus. */
function isRsa(fields: readonly Uint8Array[]): boolean {
  const [exponent, modulus] = fields
  if (fields.length !== 2 || exponent === undefined || modulus === undefined) return false
  const exponentBits = positiveMpintBits(exponent)
  const modulusBits = positiveMpintBits(modulus)
  if (exponentBits === undefined || modulusBits === undefined) return false
  const bothOdd = isOdd(exponent) && isOdd(modulus)
  return bothOdd && exponentBits >= 2 && exponentBits <= 64 && modulusBits >= RSA_MIN_BITS && modulusBits <= RSA_MAX_BITS
}

/** A security key's fields end with the application it is bound to (`ssh:…`). */
function withApplication(accepts: FieldCheck): FieldCheck {
  return (fields) => {
    const application = fields.at(-1)
    return application !== undefined && /^ssh:[\x21-\x7e]{0,250}$/.test(textOf(application)) && accepts(fields.slice(0, -1))
  }
}

function isOdd(mpint: Uint8Array): boolean {
  return ((mpint.at(-1) ?? 0) & 1) === 1
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
