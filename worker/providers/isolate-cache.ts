/**
 * Facts of an upstream that stay true for a while, remembered by one isolate: installation ids, ids of permission groups.
 * Bounded in number and age; never a secret, never a promise (one request's I/O may not serve another's).
 */
import type { Instant, Seconds } from '../../shared/units.ts'

export interface CacheEntry<Value> {
  readonly value: Value
  readonly at: Instant
}

export interface IsolateCache<Value> {
  get(key: string, now: Instant): CacheEntry<Value> | undefined
  set(key: string, value: Value, now: Instant): void
  delete(key: string): void
}

/** Drops what is older than `maxAge`, and the oldest entry when there are more than `maxEntries`. */
export function isolateCache<Value>(maxEntries: number, maxAge: Seconds): IsolateCache<Value> {
  const entries = new Map<string, CacheEntry<Value>>()
  return {
    get(key, now) {
      const entry = entries.get(key)
      if (entry === undefined || now - entry.at <= maxAge) return entry
      entries.delete(key)
      return undefined
    },
    set(key, value, now) {
      entries.delete(key)
      entries.set(key, { value, at: now })
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) return
        entries.delete(oldest)
      }
    },
    delete(key) {
      entries.delete(key)
    },
  }
}
