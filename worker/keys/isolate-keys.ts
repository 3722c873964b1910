/**
 * The broker's keys as one isolate holds them: fetched sealed from the keyring, opened with the sealing key, imported non-extractable, kept for minutes.
 * Only finished values are kept, never promises: a promise of one request must not be awaited by another. A held key may have been revoked meanwhile:
 * the ledger refuses what it signed, and the isolate then lets it go (`forget`).
 */
import { Buffer } from 'node:buffer'
import type { JsonObject } from '../../shared/json.ts'
import type { Result } from '../../shared/result.ts'
import type { InstantMs } from '../../shared/units.ts'
import { ed25519Place, type KeyringPort, type KeyringProblem, type SealedEd25519Key, signingKeyPlace } from '../state/keyring-port.ts'
import { ed25519Kid } from './ed25519-id.ts'
import { importEd25519Key, importSigningKey } from './key-pairs.ts'
import { type Ed25519Key, type Ed25519Purpose, type Keys, keysUnavailable, type SigningKey } from './keys.ts'
import type { Sealing } from './sealing.ts'

export interface IsolateKeysDeps {
  /** A stub of the keyring; asked for anew at each use, because a stub belongs to one request. */
  readonly keyring: () => KeyringPort
  readonly sealing: Sealing
  readonly nowMs: () => InstantMs
}

/** A held key is fetched again after this long: how late an isolate may learn of a rotation. */
const REFRESH_AFTER_MS = 5 * 60_000

/** The same for public keys, which tell the world of a revocation. */
const REFRESH_PUBLIC_AFTER_MS = 30_000

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
  const authorities: Cache<Ed25519Key & { readonly kid: string }> = new Map()
  const keySets: Cache<readonly JsonObject[]> = new Map()
  const authoritySets: Cache<readonly Uint8Array[]> = new Map()
  const asked = { ...deps, refreshAfterMs: REFRESH_AFTER_MS }
  const askedOften = { ...deps, refreshAfterMs: REFRESH_PUBLIC_AFTER_MS }
  return {
    signingKey: (algorithm) =>
      held(signingKeys, algorithm, asked, async () => {
        const { kid, sealed } = readable(await deps.keyring().signingKey(algorithm))
        return importSigningKey(algorithm, kid, await opened(deps.sealing, signingKeyPlace(kid), sealed))
      }),
    certificateAuthority: (connectionName) =>
      held(authorities, connectionName, asked, async () => {
        const purpose: Ed25519Purpose = `ssh-ca:${connectionName}`
        const key = await openedKey(purpose, readable(await deps.keyring().certificateAuthority(connectionName)), deps)
        return { ...key, kid: ed25519Kid(purpose, key.publicKey) }
      }),
    checkpointKey: () =>
      held(new Map(), 'checkpoint', asked, async () => openedKey('checkpoint', readable(await deps.keyring().checkpointKey()), deps)),
    publicKeys: () =>
      held(keySets, 'all', askedOften, async () => {
        const keyring = deps.keyring()
        const signing = (await keyring.publicKeys()).map((jwk) => ({ ...jwk }))
        return [...signing, ...(await keyring.publicEd25519Keys('checkpoint')).map((key) => checkpointJwk(bytesOf(key)))]
      }),
    publicAuthorities: (connectionName) =>
      held(authoritySets, connectionName, askedOften, async () =>
        (await deps.keyring().publicEd25519Keys(`ssh-ca:${connectionName}`)).map(bytesOf),
      ),
    forget(kid) {
      for (const cache of [signingKeys, authorities]) {
        for (const [name, { value }] of cache) if (value.kid === kid) cache.delete(name)
      }
      keySets.clear()
      authoritySets.clear()
    },
  }
}

/** RFC 8037 §2, with the RFC 7638 thumbprint as `kid`. */
function checkpointJwk(publicKey: Uint8Array): JsonObject {
  const x = Buffer.from(publicKey).toString('base64url')
  return { kty: 'OKP', crv: 'Ed25519', x, kid: ed25519Kid('checkpoint', publicKey), alg: 'EdDSA', use: 'sig' }
}

interface Freshness extends IsolateKeysDeps {
  readonly refreshAfterMs: number
}

async function held<T>(cache: Cache<T>, name: string, { nowMs, refreshAfterMs }: Freshness, fetchKey: () => Promise<T>): Promise<T> {
  const known = cache.get(name)
  // either way: what was fetched under a clock that was ahead is fetched again when it is right
  const isYoungerThan = (ms: number): boolean => known !== undefined && Math.abs(nowMs() - known.fetchedAt) < ms
  if (known !== undefined && isYoungerThan(refreshAfterMs)) return known.value
  try {
    const value = await fetchKey()
    cache.set(name, { value, fetchedAt: nowMs() })
    return value
  } catch (error) {
    // what was let go while the keyring was asked is not taken up again
    if (known !== undefined && cache.get(name) === known && isYoungerThan(STALE_AFTER_MS)) return known.value
    throw keysUnavailable(error instanceof Error ? error.message : 'the keyring could not be reached')
  }
}

function readable<T>(result: Result<T, KeyringProblem>): T {
  if (!result.ok) throw keysUnavailable('the keys were sealed under another SEALING_KEY')
  return result.value
}

async function openedKey(purpose: Ed25519Purpose, { publicKey, sealed }: SealedEd25519Key, deps: IsolateKeysDeps): Promise<Ed25519Key> {
  return importEd25519Key(bytesOf(publicKey), await opened(deps.sealing, ed25519Place(purpose), sealed))
}

async function opened(sealing: Sealing, place: string, sealed: string): Promise<Uint8Array<ArrayBuffer>> {
  const plaintext = await sealing.open(place, sealed)
  if (!plaintext.ok) throw keysUnavailable(`a sealed key did not open: ${plaintext.error}`)
  return plaintext.value
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
