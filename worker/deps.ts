/**
 * Everything a stage may touch of the world: configuration, clock, randomness, outbound fetch, state. Built from the bindings here and nowhere else,
 * so that a test can build it with a fixed clock, seeded randomness and a fetch that fails on any unknown host.
 */
import type { Instant, InstantMs } from '../shared/units.ts'
import type { KeySets } from './authenticate/key-set-cache.ts'
import type { HeldPolicy } from './authorize/held-policy.ts'
import type { Config } from './env.ts'
import type { ExchangePoint } from './exchange-point.ts'
import type { HeldHealth } from './held-health.ts'
import type { Keys } from './keys/keys.ts'
import type { Sealing } from './keys/sealing.ts'
import type { Log } from './log.ts'
import type { ProviderDeps } from './providers/provider.ts'
import type { KeyringPort } from './state/keyring-port.ts'
import type { LedgerPort } from './state/ledger-port.ts'
import type { PolicyStorePort } from './state/policy-store-port.ts'

export interface Deps {
  readonly config: Config
  readonly nowMs: () => InstantMs
  readonly random: (bytes: number) => Uint8Array<ArrayBuffer>
  readonly fetch: typeof fetch
  readonly keySets: KeySets
  readonly policies: HeldPolicy
  /** Names of unknown claims this isolate has reported already. */
  readonly reportedClaims: Set<string>
  readonly health: HeldHealth
  readonly keys: Keys
  readonly sealing: Sealing
  /** The keyring itself, for operators; whoever signs goes through `keys`. */
  readonly keyring: () => KeyringPort
  readonly ledger: (name: string) => LedgerPort
  readonly policyStore: () => PolicyStorePort
  /** The brake on one address; absent where the platform gives none. */
  readonly rateLimit: ((address: string) => Promise<boolean>) | undefined
  /** Lets work go on after the answer, or after its reader has hung up: the platform gives it half a minute. */
  readonly afterAnswer: (work: Promise<unknown>) => void
  readonly log: Log
  /** Takes one point for each exchange; absent where there is no dataset for it. */
  readonly measure: ((point: ExchangePoint) => void) | undefined
}

export function nowSeconds(deps: Pick<Deps, 'nowMs'>): Instant {
  return Math.floor(deps.nowMs() / 1000)
}

/** The narrower view a provider gets. */
export function providerDeps(deps: Pick<Deps, 'config' | 'nowMs' | 'random' | 'fetch' | 'keys'>): ProviderDeps {
  return {
    now: () => nowSeconds(deps),
    random: deps.random,
    fetch: deps.fetch,
    secret: deps.config.upstreamSecret,
    keys: deps.keys,
    origin: deps.config.origin,
  }
}

const ID_BYTES = 16

/** A random identifier of 128 bits in lower-case hex. */
export function randomId(deps: Pick<Deps, 'random'>): string {
  return deps.random(ID_BYTES).toHex()
}
