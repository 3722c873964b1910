/**
 * The broker's keys as one isolate holds them: fetched sealed from the keyring, opened with the sealing key, imported non-extractable, kept for minutes.
 * Only finished values are kept, never promises: a promise of one request must not be awaited by another.
 */
import { Buffer } from 'node:buffer'
import { calculateJwkThumbprint } from 'jose'
import type { JsonObject } from '../../shared/json.ts'
import type { Result } from '../../shared/result.ts'
import type { InstantMs } from '../../shared/units.ts'
import { authorityPlace, type KeyringPort, type KeyringProblem, signingKeyPlace } from '../state/keyring-port.ts'
import { importAuthority, importSigningKey } from './key-pairs.ts'
import { type CertificateAuthority, type Keys, keysUnavailable, type SigningKey } from './keys.ts'
import type { Sealing } from './sealing.ts'

export interface IsolateKeysDeps {
  /** A stub of the keyring; asked for anew at each use, because a stub belongs to one request. */
  readonly keyring: () => KeyringPort
  readonly sealing: Sealing
  readonly nowMs: () => InstantMs
}

/** A held key is fetched again after this long: how late an isolate may learn of a rotation. */
const REFRESH_AFTER_MS = 5 * 60_000

/** While the keyring cannot be reached a held key serves this long. INVARIANT: see `PUBLISHED_AFTER_USE` in `keyring-schedule.ts`. */
const STALE_AFTER_MS = 60 * 60_000

interface Held<T> {
  readonly value: T
  readonly fetchedAt: InstantMs
}

type Cache<T> = Map<string, Held<T>>

/** One per isolate. */
export function isolateKeys(deps: IsolateKeysDeps): Keys {
  const signingKeys: Cache<SigningKey> = new Map()
  const authorities: Cache<CertificateAuthority> = new Map()
  const publicKeys: Cache<readonly JsonObject[]> = new Map()
  return {
    signingKey: (algorithm) =>
      held(signingKeys, algorithm, deps, async () => {
        const { kid, sealed } = readable(await deps.keyring().signingKey(algorithm))
        return importSigningKey(algorithm, kid, await opened(deps.sealing, signingKeyPlace(kid), sealed))
      }),
    certificateAuthority: (connectionName) =>
      held(authorities, connectionName, deps, async () => {
        const { publicKey, sealed } = readable(await deps.keyring().certificateAuthority(connectionName))
        return importAuthority(
          new Uint8Array(Buffer.from(publicKey, 'base64')),
          await opened(deps.sealing, authorityPlace(connectionName), sealed),
        )
      }),
    checkpointKey() {
      return this.certificateAuthority(CHECKPOINT_KEY)
    },
    publicKeys() {
      return held(publicKeys, 'all', deps, async () => {
        const signing = (await deps.keyring().publicKeys()).map((jwk) => ({ ...jwk }))
        const { publicKey } = await this.checkpointKey()
        return [...signing, await checkpointJwk(publicKey)]
      })
    },
  }
}

/** Beside the CAs in the keyring; no connection can have this name. */
const CHECKPOINT_KEY = '@checkpoint'

/** RFC 8037 §2, with the RFC 7638 thumbprint as `kid`. */
async function checkpointJwk(publicKey: Uint8Array): Promise<JsonObject> {
  const members = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') } as const
  return { ...members, kid: await calculateJwkThumbprint(members, 'sha256'), alg: 'EdDSA', use: 'sig' }
}

async function held<T>(cache: Cache<T>, name: string, { nowMs }: IsolateKeysDeps, fetchKey: () => Promise<T>): Promise<T> {
  const known = cache.get(name)
  // either way: what was fetched under a clock that was ahead is fetched again when it is right
  const isYoungerThan = (ms: number): boolean => known !== undefined && Math.abs(nowMs() - known.fetchedAt) < ms
  if (known !== undefined && isYoungerThan(REFRESH_AFTER_MS)) return known.value
  try {
    const value = await fetchKey()
    cache.set(name, { value, fetchedAt: nowMs() })
    return value
  } catch (error) {
    if (known !== undefined && isYoungerThan(STALE_AFTER_MS)) return known.value
    throw keysUnavailable(error instanceof Error ? error.message : 'the keyring could not be reached')
  }
}

function readable<T>(result: Result<T, KeyringProblem>): T {
  if (!result.ok) throw keysUnavailable('the keys were sealed under another SEALING_KEY')
  return result.value
}

async function opened(sealing: Sealing, place: string, sealed: string): Promise<Uint8Array<ArrayBuffer>> {
  const plaintext = await sealing.open(place, sealed)
  if (!plaintext.ok) throw keysUnavailable(`a sealed key did not open: ${plaintext.error}`)
  return plaintext.value
}
