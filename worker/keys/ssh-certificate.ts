/**
 * OpenSSH user certificates: the fields in their order on the wire, signed by an Ed25519 CA. Needs WebCrypto through the CA and nothing else.
 * It never signs a certificate without principals, or one that ends before it begins: both are faults of the caller.
 */
import { Buffer } from 'node:buffer'
import type { Instant } from '../../shared/units.ts'
import type { Ed25519Key } from './keys.ts'
import { ed25519Blob, type HolderKey } from './ssh-public-key.ts'
import { type Bytes, concat, writeString, writeUint32, writeUint64 } from './ssh-wire.ts'

export interface UserCertificate {
  readonly holder: HolderKey
  /** 32 random bytes: they keep a chosen-prefix collision out of reach. */
  readonly nonce: Uint8Array
  readonly serial: bigint
  readonly keyId: string
  readonly principals: readonly string[]
  readonly validAfter: Instant
  /** The first second at which it is no longer good. */
  readonly validBefore: Instant
  /** `force-command` and `source-address`, by OpenSSH's names. A server that does not know one refuses the certificate. */
  readonly criticalOptions: ReadonlyMap<string, string>
  readonly extensions: readonly string[]
}

const USER_CERTIFICATE = 1
const NONCE_BYTES = 32
const NOTHING = new Uint8Array(0)

/** The signed certificate as an OpenSSH line; the key id is its comment. */
export async function signUserCertificate(certificate: UserCertificate, authority: Ed25519Key): Promise<string> {
  if (certificate.principals.length === 0 || certificate.principals.includes(''))
    throw new Error('a certificate without principals is never signed')
  if (certificate.validBefore <= certificate.validAfter) throw new Error('a certificate must end after it begins')
  if (certificate.nonce.length !== NONCE_BYTES) throw new Error('a certificate needs a nonce of 32 bytes')
  const unsigned = unsignedBlob(certificate, authority.publicKey)
  const signature = concat([writeString('ssh-ed25519'), writeString(await authority.sign(unsigned))])
  const blob = concat([unsigned, writeString(signature)])
  return `${certificate.holder.certificateFormat} ${Buffer.from(blob).toString('base64')} ${certificate.keyId}`
}

function unsignedBlob(certificate: UserCertificate, authorityKey: Uint8Array): Bytes {
  return concat([
    writeString(certificate.holder.certificateFormat),
    writeString(certificate.nonce),
    ...certificate.holder.fields.map(writeString),
    writeUint64(certificate.serial),
    writeUint32(USER_CERTIFICATE),
    writeString(certificate.keyId),
    writeString(concat(certificate.principals.map(writeString))),
    writeUint64(BigInt(certificate.validAfter)),
    writeUint64(BigInt(certificate.validBefore)),
    writeString(optionsBlob(certificate.criticalOptions)),
    writeString(optionsBlob(new Map(certificate.extensions.map((name) => [name, undefined])))),
    // reserved
    writeString(NOTHING),
    writeString(ed25519Blob(authorityKey)),
  ])
}

/** Name and data pairs in order of name, each name once; a value is a string inside the data, a flag has none. */
function optionsBlob(options: ReadonlyMap<string, string | undefined>): Bytes {
  const sorted = [...options].sort(([a], [b]) => (a < b ? -1 : 1))
  return concat(sorted.flatMap(([name, value]) => [writeString(name), writeString(value === undefined ? NOTHING : writeString(value))]))
}
