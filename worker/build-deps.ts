/** Bindings → Deps: the only file that names a global. Once per isolate for requests, once per waking for the sweep. */
import { waitUntil } from 'cloudflare:workers'
import { createKeySets } from './authenticate/key-set-cache.ts'
import { createHeldPolicy } from './authorize/held-policy.ts'
import type { Deps } from './deps.ts'
import { readConfig } from './env.ts'
import { type Dataset, writePoints } from './exchange-point.ts'
import { isolateKeys } from './keys/isolate-keys.ts'
import { makeSealing } from './keys/sealing.ts'
import { makeLog } from './log.ts'
import type { KeyringPort } from './state/keyring-port.ts'
import type { LedgerPort } from './state/ledger-port.ts'
import type { PolicyStorePort } from './state/policy-store-port.ts'

interface Namespace<Port> {
  getByName(name: string): Port
}

/** The bindings of `wrangler.jsonc` that are not configuration. */
export interface WorkerEnv {
  readonly LEDGER: Namespace<LedgerPort>
  readonly POLICY_STORE: Namespace<PolicyStorePort>
  readonly KEYRING: Namespace<KeyringPort>
  readonly RATE_LIMIT?: { limit(options: { key: string }): Promise<{ success: boolean }> }
  readonly ARCHIVE?: Pick<R2Bucket, 'get' | 'head' | 'put'>
  readonly EVENTS?: Pick<Queue, 'sendBatch'>
  readonly METRICS?: Dataset
}

/** Throws when the configuration is not usable, naming every problem. */
export function buildDeps(env: WorkerEnv): Deps {
  const config = readConfig(env)
  const sealing = makeSealing(config.sealingKey, config.sealingKeyPrevious)
  const nowMs = (): number => Date.now()
  const keyring = (): KeyringPort => env.KEYRING.getByName('keyring')
  const { RATE_LIMIT: brake, METRICS: dataset } = env
  return {
    config,
    nowMs,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    fetch: (input, init) => fetch(input, init),
    keySets: createKeySets(),
    policies: createHeldPolicy(),
    reportedClaims: new Set(),
    health: { last: undefined, askedAt: 0 },
    keys: isolateKeys({ keyring, sealing, nowMs }),
    sealing,
    keyring,
    ledger: (name) => env.LEDGER.getByName(name),
    policyStore: () => env.POLICY_STORE.getByName('policy'),
    rateLimit: brake === undefined || config.isLoopback ? undefined : async (address) => (await brake.limit({ key: address })).success,
    afterAnswer: (work) => waitUntil(work),
    // biome-ignore lint/suspicious/noConsole: the runtime's log is standard output, and this is the one door to it
    log: makeLog((text) => console.log(text), nowMs),
    measure: dataset === undefined ? undefined : writePoints(dataset),
  }
}
