/**
 * One broker in a plain `workerd` process of its own, on a store that outlives it, with an authority to publish and read, and an upstream on loopback that keeps
 * the truth about its tokens. Several owners, so several ledgers; several repositories of each, so many workloads.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LocalIssuer, newIssuerKey, startIssuer } from '../../cli/dev/issuer.ts'
import { portPair } from '../../cli/dev/ports.ts'
import { startWorkerd, type Workerd } from '../../cli/dev/workerd.ts'
import type { JsonObject } from '../../shared/json.ts'
import { BENCH_ISSUER, type TokenPress, tokenPress } from '../bench/job-tokens.ts'
import { generateAppKey } from '../fakes/app-key.ts'
import { json, startUpstream } from '../fakes/upstream.ts'

const WORKER_BUNDLE = join(import.meta.dirname, '../../dist/worker/index.js')

export const OWNERS = ['acme', 'globex', 'initech', 'umbrella'].map((name, index) => ({ name, id: String(65_000_001 + index) }))
export const REPOSITORIES = ['docs', 'site', 'api', 'infra', 'tools'].map((name, index) => ({ name, id: String(1_217_768_983 + index) }))

export const ledgerOf = (owner: { readonly id: string }): string => `v1:${BENCH_ISSUER}:${owner.id}`

export type Role = 'publisher' | 'operator' | 'auditor'

export interface Stage extends AsyncDisposable {
  readonly origin: string
  readonly store: string
  /** Where the upstream of the `read-OWNER` grants is. */
  readonly upstream: string
  readonly press: TokenPress
  /** Tokens of the upstream that would work now. */
  readonly live: ReadonlySet<string>
  readonly pid: () => number
  readonly token: (role: Role, audience?: string) => Promise<string>
  readonly asRole: (role: Role, path: string, init?: RequestInit) => Promise<Response>
  /** Publishes in place of what is active. */
  readonly publish: (policy: JsonObject) => Promise<string>
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
}

export async function setStage(): Promise<Stage> {
  const store = await mkdtemp(join(tmpdir(), 'jobpass-soak-'))
  const port = await portPair(0)
  const origin = `http://127.0.0.1:${port}`
  const issuer = await startIssuer(0, await newIssuerKey())
  const live = new Set<string>()
  const upstream = await startUpstream((request, response) => {
    if (request.method === 'DELETE') {
      const isKnown = live.delete(String(request.headers.authorization).replace(/^Bearer /, ''))
      return void response.writeHead(isKnown ? 204 : 401).end()
    }
    const token = `ghs_${randomBytes(20).toString('hex')}`
    live.add(token)
    json(response, 201, { token, expires_at: new Date(Date.now() + 3_600_000).toISOString(), permissions: { contents: 'read' } })
  })
  const bindings = bindingsFor(origin, issuer)
  const start = (): Promise<Workerd> =>
    startWorkerd({
      script: WORKER_BUNDLE,
      port,
      storageDir: store,
      log: () => undefined,
      durableObjects: { LEDGER: 'Ledger', POLICY_STORE: 'PolicyStore', KEYRING: 'Keyring' },
      bindings,
    })
  let broker = await start()
  const press = tokenPress(origin)
  const token: Stage['token'] = (role, audience = origin) => issuer.sign({ iss: issuer.origin, repository: `jobpass/${role}` }, audience)
  const asRole: Stage['asRole'] = async (role, path, init = {}) =>
    fetch(`${origin}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${await token(role)}` } })
  const publish: Stage['publish'] = async (policy) => {
    const active = (await asRole('auditor', '/policy')).headers.get('etag') ?? '*'
    const response = await asRole('publisher', '/policy', { method: 'PUT', headers: { 'if-match': active }, body: JSON.stringify(policy) })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`not published: ${response.status} ${text}`)
    return (response.headers.get('etag') ?? '').replaceAll('"', '')
  }
  await publish(soakPolicy(press.jwk, upstream.url))
  return {
    origin,
    store,
    upstream: upstream.url,
    press,
    live,
    token,
    asRole,
    publish,
    pid: () => broker.pid,
    start: async () => {
      broker = await start()
    },
    kill: async () => {
      process.kill(broker.pid, 'SIGKILL')
      await broker.exited
    },
    [Symbol.asyncDispose]: async () => {
      await broker.stop()
      await issuer.stop()
      await upstream[Symbol.asyncDispose]()
      await rm(store, { recursive: true, force: true })
    },
  }
}

function bindingsFor(origin: string, issuer: LocalIssuer): Record<string, string> {
  const authority = (name: string) => [{ issuer: issuer.origin, is: { repository: `jobpass/${name}`, repository_owner_id: '1' } }]
  return {
    BROKER_ORIGIN: origin,
    AUTHORITIES: JSON.stringify({ publishers: authority('publisher'), operators: authority('operator'), auditors: authority('auditor') }),
    SEALING_KEY: randomBytes(32).toString('base64'),
    UPSTREAM_APP_KEY: generateAppKey().pkcs1,
  }
}

/** How long the leases of the soak live: short, so that they end while it runs. */
export const TTL_SECONDS = 8

/** Grants: `call-api` and `counted` one hop, `read-OWNER` two hops. */
export function soakPolicy(jwk: object, upstream: string, changes: JsonObject = {}): JsonObject {
  const workloads = OWNERS.flatMap((owner) =>
    REPOSITORIES.map((repository) => [`${owner.name}-${repository.name}`, owner, repository] as const),
  )
  const allow = workloads.map(([workload]) => ({ workload, ref: 'refs/heads/main' }))
  const grant = (connection: string, scope: JsonObject, more: JsonObject = {}): JsonObject => ({
    purpose: 'soak',
    owner: 'team',
    connection,
    scope,
    ttl: `${TTL_SECONDS}s`,
    allow,
    ...more,
  })
  const app = (account: string): JsonObject => ({
    kind: 'github-app',
    owner: 'team',
    app_id: '1',
    account,
    installation_id: '7',
    api_url: upstream,
    private_key: { secret: 'UPSTREAM_APP_KEY' },
  })
  return {
    jobpass: 1,
    issuers: { github: { platform: 'github', url: BENCH_ISSUER, owners: OWNERS, jwks: { keys: [{ ...jwk }] } } },
    workloads: Object.fromEntries(
      workloads.map(([name, owner, repository]) => [
        name,
        {
          issuer: 'github',
          is: { repository: `${owner.name}/${repository.name}`, repository_id: repository.id, repository_owner_id: owner.id },
          owner: 'team',
        },
      ]),
    ),
    connections: {
      api: { kind: 'jwt', owner: 'team', audience: 'https://api.acme.example' },
      ...Object.fromEntries(OWNERS.map(({ name }) => [`app-${name}`, app(name)])),
    },
    grants: {
      'call-api': grant('api', { scopes: ['read'] }),
      counted: grant('api', { scopes: ['read'] }, { limits: { per_hour: 1_000_000 } }),
      ...Object.fromEntries(
        OWNERS.map(({ name }) => [
          `read-${name}`,
          grant(
            `app-${name}`,
            { repositories: ['docs'], permissions: { contents: 'read' } },
            { allow: allow.filter(({ workload }) => workload.startsWith(`${name}-`)) },
          ),
        ]),
      ),
    },
    ...changes,
  }
}
