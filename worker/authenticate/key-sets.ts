/**
 * The key sets of trusted issuers, kept in the isolate. A set is fetched when first needed, again after ten minutes, and on an unknown `kid`
 * at most once in thirty seconds an issuer, so a stranger's tokens cannot make the broker fetch more than that. The last good set serves while a fetch
 * fails, for a day at most. Only plain values are shared between requests: a request that finds a fetch under way waits for its result by looking again.
 */
import { importJWK } from 'jose'
import * as z from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import type { InstantMs } from '../../shared/units.ts'
import type { Deps } from '../deps.ts'
import { isLoopbackUrl } from '../env.ts'
import type { IssuerKeys, KeySets, Keys } from './key-set-cache.ts'
import { fetchKeySet, type JwkSet } from './key-set-source.ts'
import type { SigningIssuer } from './trusted-issuer.ts'

const FRESH_MS = 10 * 60_000
const STALE_MS = 24 * 3_600_000
const UNKNOWN_KEY_COOLDOWN_MS = 30_000
const FAILURE_COOLDOWN_MS = 5_000
const FETCH_BOUND_MS = 12_000
const LOOK_AGAIN_MS = 20
const REMEMBERED_UNKNOWN_KEYS = 256
const MIN_RSA_BITS = 2048

type KeyDeps = Pick<Deps, 'keySets' | 'nowMs' | 'fetch' | 'config' | 'log'>

/** The issuer's key of that id. `keys_unavailable`: there is no usable set and none could be fetched. */
export async function findKey(
  issuer: SigningIssuer,
  kid: string,
  deps: KeyDeps,
): Promise<Result<CryptoKey, 'key_unknown' | 'keys_unavailable'>> {
  if (issuer.jwks !== undefined) return lookUp(await inlineKeys(issuer, issuer.jwks, deps.keySets), kid)
  const state = stateOf(deps.keySets, issuer)
  const keys = await currentKeys(issuer, state, deps)
  if (keys === undefined) return err('keys_unavailable')
  const known = keys.get(kid)
  return known === undefined ? lookAgain(issuer, state, kid, deps) : ok(known)
}

/** An unknown key may be a new one. One fetch in thirty seconds finds out, and who comes while it is under way waits for what it finds. */
async function lookAgain(issuer: SigningIssuer, state: IssuerKeys, kid: string, deps: KeyDeps): Promise<Result<CryptoKey, 'key_unknown'>> {
  if (state.unknown.has(kid)) return err('key_unknown')
  await waitForOther(state, deps)
  const found = lookUp(state.keys, kid)
  const now = deps.nowMs()
  if (found.ok || isAhead(state.unknownNotBefore, UNKNOWN_KEY_COOLDOWN_MS, deps)) return found
  state.unknownNotBefore = now + UNKNOWN_KEY_COOLDOWN_MS
  if (state.unknown.size >= REMEMBERED_UNKNOWN_KEYS) state.unknown.clear()
  const isFresh = await refresh(issuer, state, deps)
  const foundNow = lookUp(state.keys, kid)
  // a fetch that failed says nothing about the key
  if (isFresh && !foundNow.ok) state.unknown.add(kid)
  return foundNow
}

/** By where the set is read: a policy that names the authorities' issuer under another platform must not leave them with the keys that one reads. */
function stateOf(keySets: KeySets, { url, platform }: SigningIssuer): IssuerKeys {
  const key = `${url}${platform.keySetPath}`
  const known = keySets.fetched.get(key)
  if (known !== undefined) return known
  const state: IssuerKeys = { keys: undefined, fetchedAt: 0, fetchingUntil: 0, notBefore: 0, unknownNotBefore: 0, unknown: new Set() }
  keySets.fetched.set(key, state)
  return state
}

async function currentKeys(issuer: SigningIssuer, state: IssuerKeys, deps: KeyDeps): Promise<Keys | undefined> {
  if (isYoungerThan(FRESH_MS, state, deps)) return state.keys
  if (state.keys === undefined) await waitForOther(state, deps)
  const mayFetch = !isAhead(state.fetchingUntil, FETCH_BOUND_MS, deps) && !isAhead(state.notBefore, FAILURE_COOLDOWN_MS, deps)
  if (mayFetch && !isYoungerThan(FRESH_MS, state, deps)) await refresh(issuer, state, deps)
  return isYoungerThan(STALE_MS, state, deps) ? state.keys : undefined
}

function isYoungerThan(ageMs: InstantMs, { keys, fetchedAt }: IssuerKeys, { nowMs }: KeyDeps): boolean {
  return keys !== undefined && Math.abs(nowMs() - fetchedAt) < ageMs
}

/** A moment that is still to come. One further ahead than it was ever set is of a clock that was wrong. */
function isAhead(at: InstantMs, mostMs: InstantMs, { nowMs }: KeyDeps): boolean {
  const now = nowMs()
  return at > now && at - now <= mostMs
}

/** Another request is fetching the set: look again until it is there. A promise must not be shared between requests. */
async function waitForOther(state: IssuerKeys, deps: KeyDeps): Promise<void> {
  while (isAhead(state.fetchingUntil, FETCH_BOUND_MS, deps)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

/** True when a good set was fetched. */
async function refresh(issuer: SigningIssuer, state: IssuerKeys, deps: KeyDeps): Promise<boolean> {
  state.fetchingUntil = deps.nowMs() + FETCH_BOUND_MS
  const standIn = isLoopbackUrl(issuer.url) ? undefined : deps.config.devIssuerKeys
  const fetched = await fetchKeySet(
    { issuerUrl: issuer.url, path: issuer.platform.keySetPath, standIn, loopbackAllowed: deps.config.isLoopback },
    deps.fetch,
  )
  const keys = fetched.ok ? await importKeys(fetched.value, issuer.platform.algorithms) : undefined
  state.fetchingUntil = 0
  if (keys === undefined || keys.size === 0) {
    state.notBefore = deps.nowMs() + FAILURE_COOLDOWN_MS
    deps.log({ event: 'keys', outcome: 'failed', issuer: issuer.name, detail: fetched.ok ? 'no usable key in the set' : fetched.error })
    return false
  }
  state.keys = keys
  state.fetchedAt = deps.nowMs()
  state.unknown.clear()
  return true
}

async function inlineKeys(issuer: SigningIssuer, jwks: JwkSet, keySets: KeySets): Promise<Keys> {
  const known = keySets.inline.get(jwks)
  if (known !== undefined) return known
  const keys = await importKeys(jwks, issuer.platform.algorithms)
  keySets.inline.set(jwks, keys)
  return keys
}

/** The members of a JWK that decide whether it can verify an issuer's tokens (RFC 7517 §4). */
const verificationKey = z.looseObject({
  kty: z.string(),
  kid: z.string(),
  alg: z.string().optional(),
  use: z.literal('sig').optional(),
  n: z.string().optional(),
  e: z.string().optional(),
})

/** Keys that fit one of the algorithms, by `kid`. What does not fit is passed over, as RFC 7517 §5 asks. */
async function importKeys(set: JwkSet, algorithms: readonly string[]): Promise<Keys> {
  const keys = new Map<string, CryptoKey>()
  for (const candidate of set.keys) {
    const jwk = verificationKey.safeParse(candidate)
    if (!jwk.success || jwk.data.kty !== 'RSA') continue
    const { kid, alg = 'RS256', n = '', e = '' } = jwk.data
    if (!algorithms.includes(alg) || modulusBits(n) < MIN_RSA_BITS || keys.has(kid)) continue
    const key = await importPublicKey({ kty: 'RSA', n, e }, alg)
    if (key !== undefined) keys.set(kid, key)
  }
  return keys
}

async function importPublicKey(jwk: { kty: 'RSA'; n: string; e: string }, alg: string): Promise<CryptoKey | undefined> {
  try {
    const key = await importJWK(jwk, alg)
    return key instanceof Uint8Array ? undefined : key
  } catch {
    return undefined
  }
}

function modulusBits(n: string): number {
  return Math.floor((n.length * 6) / 8) * 8
}

function lookUp(keys: Keys | undefined, kid: string): Result<CryptoKey, 'key_unknown'> {
  const key = keys?.get(kid)
  return key === undefined ? err('key_unknown') : ok(key)
}
