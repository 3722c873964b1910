/**
 * The key pair of one job, made on the runner for the certificate kinds. Only its public line ever leaves the machine; the private half goes
 * into a file of mode 0600 when the broker answers with a certificate for it, and is forgotten otherwise.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { Secret } from '../shared/secret.ts'

export interface HolderKey {
  /** `ssh-ed25519 <base64> <comment>` (RFC 8709 §4, RFC 4253 §6.6). */
  readonly publicLine: string
  /** OpenSSH's own file form, `openssh-key-v1`, unencrypted. */
  readonly privateFile: Secret
}

/** The two halves of an Ed25519 key (RFC 8032 §5.1.5), 32 bytes each. */
interface Ed25519 {
  readonly seed: Uint8Array
  readonly publicKey: Uint8Array
}

const KEY_TYPE = 'ssh-ed25519'
const COMMENT = 'jobpass'
const MAGIC = 'openssh-key-v1\0'
const BLOCK_BYTES = 8
const PEM_LINE = 70

/** A new Ed25519 pair from the system's randomness. */
export function makeHolderKey(): HolderKey {
  const key = newKey()
  const blob = publicBlob(key)
  return { publicLine: `${KEY_TYPE} ${blob.toString('base64')} ${COMMENT}`, privateFile: new Secret(pem(privateBlob(key, blob))) }
}

function newKey(): Ed25519 {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  if (d === undefined || x === undefined) throw new TypeError('an Ed25519 key without its halves')
  return { seed: Buffer.from(d, 'base64url'), publicKey: Buffer.from(x, 'base64url') }
}

function publicBlob(key: Ed25519): Buffer {
  return Buffer.concat([sshString(KEY_TYPE), sshString(key.publicKey)])
}

/** magic, cipher `none`, KDF `none`, no KDF options, one key, its public blob, the private section. */
function privateBlob(key: Ed25519, blob: Buffer): Buffer {
  const head = [Buffer.from(MAGIC, 'latin1'), sshString('none'), sshString('none'), sshString(''), uint32(1)]
  return Buffer.concat([...head, sshString(blob), sshString(padded(privateSection(key, blob)))])
}

/** The same random number twice (it tells a right passphrase from a wrong one), then key and comment. */
function privateSection(key: Ed25519, blob: Buffer): Buffer {
  const check = randomBytes(4)
  return Buffer.concat([check, check, blob, sshString(Buffer.concat([key.seed, key.publicKey])), sshString(COMMENT)])
}

/** Filled up to the block with the bytes 1, 2, 3 … */
function padded(section: Buffer): Buffer {
  const missing = (BLOCK_BYTES - (section.length % BLOCK_BYTES)) % BLOCK_BYTES
  return Buffer.concat([section, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))])
}

/** RFC 4251 §5 `string`. */
function sshString(value: string | Uint8Array): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value
  return Buffer.concat([uint32(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function pem(blob: Buffer): string {
  const text = blob.toString('base64')
  const lines = text.match(new RegExp(`.{1,${PEM_LINE}}`, 'g')) ?? []
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n')
}
