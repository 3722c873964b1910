/** The isolate's key sets as plain values, which requests may share; `key-sets.ts` fills and reads them. */
import type { InstantMs } from '../../shared/units.ts'

/** Verification keys by `kid`. */
export type Keys = ReadonlyMap<string, CryptoKey>

/** What an isolate knows of one issuer's keys, and when it may ask again. */
export interface IssuerKeys {
  keys: Keys | undefined
  fetchedAt: InstantMs
  /** A fetch is under way and will be over by then, whatever becomes of the request that started it. */
  fetchingUntil: InstantMs
  notBefore: InstantMs
  unknownNotBefore: InstantMs
  readonly unknown: Set<string>
}

/** The isolate's key sets: one of the named caches of `docs/storage.md`. */
export interface KeySets {
  readonly fetched: Map<string, IssuerKeys>
  readonly inline: WeakMap<object, Keys>
}

export function createKeySets(): KeySets {
  return { fetched: new Map(), inline: new WeakMap() }
}
