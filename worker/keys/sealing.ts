/**
 * Sealing: what must be kept but not be readable at rest (private keys, lease handles) is encrypted under the broker's sealing key, AES-256-GCM.
 * A seal is bound to its place, so a sealed value moved to another row does not open. It never leaves the worker's memory unsealed.
 */
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Secret } from '../../shared/secret.ts'
import type { ImportedKey } from './keys.ts'

/** `unknown_key`: sealed under neither configured key · `damaged`: changed, or sealed for another place · `malformed`: not a seal. */
export type OpenProblem = 'unknown_key' | 'damaged' | 'malformed'

export interface Sealing {
  /** What every seal under the current key begins with. */
  readonly currentPrefix: string
  /** Seals under the current key. The place (`lease/…`, `signing-key/…`) must be said again to open. */
  seal(place: string, plaintext: Uint8Array): Promise<string>
  /** Opens under the current or the previous key. */
  open(place: string, sealed: string): Promise<Result<Uint8Array<ArrayBuffer>, OpenProblem>>
  /** Whether a seal was made under the current key, the previous one, or neither. */
  keyOf(sealed: string): 'current' | 'previous' | 'unknown'
}

interface SealingKey {
  /** Eight hex digits of a hash of the key: which key made a seal, without trying. */
  readonly id: string
  readonly crypto: () => Promise<ImportedKey>
}

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const SEAL = /^s1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/
const textEncoder = new TextEncoder()

/** Throws when a key is not 32 bytes in base64: a configuration fault, named without its value. */
export function makeSealing(current: Secret, previous: Secret | undefined): Sealing {
  const currentKey = sealingKey('SEALING_KEY', current)
  const previousKey = previous === undefined ? undefined : sealingKey('SEALING_KEY_PREVIOUS', previous)
  const keyById = (id: string): SealingKey | undefined => [currentKey, previousKey].find((key) => key?.id === id)
  return {
    currentPrefix: `s1.${currentKey.id}.`,
    async seal(place, plaintext) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const text = await crypto.subtle.encrypt(algorithm(place, iv), await currentKey.crypto(), new Uint8Array(plaintext))
      return `${this.currentPrefix}${Buffer.concat([iv, new Uint8Array(text)]).toString('base64url')}`
    },
    async open(place, sealed) {
      const [, id = '', body = ''] = SEAL.exec(sealed) ?? []
      const bytes = new Uint8Array(Buffer.from(body, 'base64url'))
      if (bytes.length < IV_BYTES + TAG_BYTES) return err('malformed')
      const key = keyById(id)
      if (key === undefined) return err('unknown_key')
      return decrypt(await key.crypto(), algorithm(place, bytes.subarray(0, IV_BYTES)), bytes.subarray(IV_BYTES))
    },
    keyOf(sealed) {
      const [, id = ''] = SEAL.exec(sealed) ?? []
      if (id === currentKey.id) return 'current'
      return id === previousKey?.id ? 'previous' : 'unknown'
    },
  }
}

function sealingKey(name: string, secret: Secret): SealingKey {
  const text = secret.reveal()
  const bytes = new Uint8Array(Buffer.from(text, 'base64'))
  if (bytes.length !== KEY_BYTES || Buffer.from(bytes).toString('base64') !== text) {
    throw new Error(`${name}: 32 bytes in base64 (openssl rand -base64 32)`)
  }
  const id = createHash('sha256').update('jobpass sealing key id\0').update(bytes).digest('hex').slice(0, 8)
  let imported: ImportedKey | undefined
  return {
    id,
    crypto: async () => {
      imported ??= await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
      return imported
    },
  }
}

function algorithm(place: string, iv: Uint8Array<ArrayBuffer>) {
  return { name: 'AES-GCM', iv, additionalData: textEncoder.encode(`jobpass seal 1\0${place}`) }
}

async function decrypt(
  key: ImportedKey,
  parameters: ReturnType<typeof algorithm>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<Uint8Array<ArrayBuffer>, OpenProblem>> {
  try {
    return ok(new Uint8Array(await crypto.subtle.decrypt(parameters, key, bytes)))
  } catch {
    // WebCrypto tells nothing but that the tag does not hold
    return err('damaged')
  }
}
