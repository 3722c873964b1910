/** Makes the key pair that a name asks for. The private half goes to its seal and nowhere else. */
import { Buffer } from 'node:buffer'
import { ed25519Kid } from '../keys/ed25519-id.ts'
import { makeEd25519Key, makeSigningKey } from '../keys/key-pairs.ts'
import type { KeyName } from '../keys/keys.ts'

export interface MadeKey {
  readonly kid: string
  /** As `StoredKey` keeps it. */
  readonly publicHalf: string
  readonly pkcs8: Uint8Array<ArrayBuffer>
}

export async function makeKey(key: KeyName): Promise<MadeKey> {
  if (key === 'signing:ES256' || key === 'signing:RS256') {
    const { publicJwk, pkcs8 } = await makeSigningKey(key === 'signing:ES256' ? 'ES256' : 'RS256')
    return { kid: publicJwk.kid, publicHalf: JSON.stringify(publicJwk), pkcs8 }
  }
  const { publicKey, pkcs8 } = await makeEd25519Key()
  return { kid: ed25519Kid(key, publicKey), publicHalf: Buffer.from(publicKey).toString('base64'), pkcs8 }
}
