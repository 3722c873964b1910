/** What a provider is called with: the world of a broker on loopback, and an order for one lease. */
import type { RunFacts } from '../../shared/platforms/platform.ts'
import { Secret } from '../../shared/secret.ts'
import type { Instant } from '../../shared/units.ts'
import type { Order, ProviderDeps } from '../../worker/providers/provider.ts'

export const NOW: Instant = 1_795_000_000
export const LEASE_ID = '5f0d1c2b3a49586776859403a2b1c0d9'

/** What the job's token says of its run. */
export const RUN: RunFacts = {
  issuer: 'https://token.actions.githubusercontent.com',
  repository: 'acme/docs',
  repositoryId: '1217768983',
  ref: 'refs/heads/main',
  sha: 'a'.repeat(40),
  eventName: 'push',
  runId: '77',
  runAttempt: '1',
  job: '4242',
  actor: 'octocat',
  workflowRef: 'acme/docs/.github/workflows/deploy.yml@refs/heads/main',
}

/** Deps whose fetch reaches loopback only; no provider of an upstream's credential may use the broker's own keys. */
export function providerDeps(secrets: Readonly<Record<string, string>>, changes: Partial<ProviderDeps> = {}): ProviderDeps {
  return {
    now: () => NOW,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    fetch: loopbackFetch,
    secret: (name) => (secrets[name] === undefined ? undefined : new Secret(secrets[name])),
    keys: {
      signingKey: noKeys,
      certificateAuthority: noKeys,
      publicKeys: noKeys,
      checkpointKey: noKeys,
      publicAuthorities: noKeys,
      forget: () => undefined,
    },
    origin: 'http://127.0.0.1:8787',
    ...changes,
  }
}

const realFetch = fetch

export const loopbackFetch: typeof fetch = (input, init) => {
  const { hostname } = new URL(input instanceof Request ? input.url : input)
  if (hostname !== '127.0.0.1') throw new Error(`a test reached out to ${hostname}`)
  return realFetch(input, init)
}

export function orderOf<Connection, Scope>(
  connection: Connection,
  scope: Scope,
  changes: Partial<Order<Connection, Scope>> = {},
): Order<Connection, Scope> {
  return {
    leaseId: LEASE_ID,
    grant: 'deploy-docs',
    connectionName: 'acme',
    connection,
    scope,
    issuedAt: NOW,
    expiresAt: NOW + 600,
    workload: 'docs-site',
    run: RUN,
    ...changes,
  }
}

function noKeys(): Promise<never> {
  return Promise.reject(new Error("a provider used the broker's own keys"))
}
