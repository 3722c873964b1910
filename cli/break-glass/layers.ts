/**
 * One layer of an envelope: to a person's X25519 key, with a key pair made for this layer alone. The shared secret goes through HKDF-SHA-256 (RFC 5869), salted with both public
 * keys, into a key and a nonce of AES-256-GCM; everything the envelope says of itself is authenticated with it. A key is used once, so its nonce is never used twice.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import type { Envelope } from '../../shared/break-glass.ts'
import { canonicalJson } from '../../shared/json.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** What is authenticated with a layer: all but its own key and text. */
export type Header = Omit<Envelope, 'ephemeral' | 'ciphertext'>

export type Layer = Pick<Envelope, 'ephemeral' | 'ciphertext'>

const PURPOSE = 'jobpass break-glass 1'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

export function readPublicKey(pem: string): Result<KeyObject, string> {
  return x25519(() => createPublicKey(pem))
}

/** A private key without a passphrase: openssl takes it off, and it need not touch the disk. */
export function readPrivateKey(pem: string): Result<KeyObject, string> {
  return x25519(() => createPrivateKey(pem))
}

/** SHA-256 of the raw public key. */
export function fingerprint(key: KeyObject): string {
  return createHash('sha256').update(rawPublicKey(key)).digest('base64url')
}

export function sealLayer(text: Buffer, header: Header, recipient: KeyObject): Layer {
  const own = generateKeyPairSync('x25519')
  const { key, nonce } = derived({
    secret: diffieHellman({ privateKey: own.privateKey, publicKey: recipient }),
    ephemeral: own.publicKey,
    recipient,
  })
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(canonicalJson(header)))
  const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()])
  return { ephemeral: rawPublicKey(own.publicKey).toString('base64url'), ciphertext: sealed.toString('base64url') }
}

/** One answer for everything that can be wrong: another key, or an envelope that somebody changed. */
export function openLayer({ ephemeral, ciphertext }: Layer, header: Header, privateKey: KeyObject): Result<Buffer, string> {
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: ephemeral }, format: 'jwk' })
    const secret = diffieHellman({ privateKey, publicKey })
    const { key, nonce } = derived({ secret, ephemeral: publicKey, recipient: createPublicKey(privateKey) })
    const sealed = Buffer.from(ciphertext, 'base64url')
    const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    cipher.setAAD(Buffer.from(canonicalJson(header))).setAuthTag(sealed.subarray(-TAG_BYTES))
    return ok(Buffer.concat([cipher.update(sealed.subarray(0, -TAG_BYTES)), cipher.final()]))
  } catch {
    return err('this layer does not open: the envelope was changed, or it is not for this key')
  }
}

function derived({ secret, ephemeral, recipient }: { secret: Buffer; ephemeral: KeyObject; recipient: KeyObject }): {
  key: Buffer
  nonce: Buffer
} {
  const salt = Buffer.concat([rawPublicKey(ephemeral), rawPublicKey(recipient)])
  const bytes = Buffer.from(hkdfSync('sha256', secret, salt, PURPOSE, KEY_BYTES + NONCE_BYTES))
  return { key: bytes.subarray(0, KEY_BYTES), nonce: bytes.subarray(KEY_BYTES) }
}

function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
}

function x25519(read: () => KeyObject): Result<KeyObject, string> {
  try {
    const key = read()
    return key.asymmetricKeyType === 'x25519' ? ok(key) : err('expected an X25519 key (openssl genpkey -algorithm X25519)')
  } catch {
    return err('expected an X25519 key in PEM form, a private one without a passphrase')
  }
}
