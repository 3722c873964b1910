/** What is measured: the two floors and the broker itself, each in a plain `workerd serve` of its own, on a fresh store (tmpfs where there is one). */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { startWorkerd, type Workerd } from '../../cli/dev/workerd.ts'
import { BENCH_ISSUER, tokenPress } from './job-tokens.ts'
import { httpPost } from './load.ts'

export interface Target {
  readonly name: string
  readonly port: number
  readonly pid: number
  /** Prepared requests, each with a fresh token of its own. */
  readonly requests: (count: number) => Buffer[]
  readonly stop: () => Promise<void>
}

export const STORE_ROOT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const FORM = 'application/x-www-form-urlencoded'
const BROKER_SCRIPT = 'dist/worker/index.js'

export async function startEmpty(): Promise<Target> {
  const { workerd, stop } = await startBundled('empty', {}, {})
  return {
    name: 'empty worker',
    port: workerd.port,
    pid: workerd.pid,
    requests: (count) => Array.from({ length: count }, () => httpPost(workerd.port, '/', FORM, 'a=b')),
    stop,
  }
}

export async function startBare(): Promise<Target> {
  const press = tokenPress('https://bare.example')
  const { workerd, stop } = await startBundled('bare', { ROWS: 'Rows' }, { PUBLIC_KEY: JSON.stringify(press.jwk) })
  return {
    name: 'bare worker',
    port: workerd.port,
    pid: workerd.pid,
    requests: (count) => press.make(count).map((token) => httpPost(workerd.port, '/', 'text/plain', token)),
    stop,
  }
}

export interface BrokerSetting {
  readonly name: string
  readonly grants: number
  /** Absent: a `jwt` grant, one hop. Present: a `github-app` grant at this upstream, two hops. */
  readonly upstream?: string
}

/** A broker with its policy published. It can be ended and started anew on the same store: then nothing is in its memory. */
export interface BrokerTarget extends Target {
  readonly publishMs: number
  readonly restart: () => Promise<void>
}

export async function startBroker({ name, grants, upstream }: BrokerSetting): Promise<BrokerTarget> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const press = tokenPress(origin)
  const publisher = await startPublisher()
  const store = mkdtempSync(join(STORE_ROOT, 'jobpass-bench-'))
  const options = {
    script: BROKER_SCRIPT,
    port,
    storageDir: store,
    durableObjects: { LEDGER: 'Ledger', POLICY_STORE: 'PolicyStore', KEYRING: 'Keyring' },
    bindings: bindingsFor(origin, publisher.url),
    log: () => undefined,
  }
  let workerd = await startWorkerd(options)
  const policy = benchPolicy(grants, press.jwk, upstream)
  const startedAt = performance.now()
  await publish(origin, policy, publisher.token(origin))
  const publishMs = performance.now() - startedAt
  await publisher.stop()
  return {
    name,
    port,
    publishMs,
    get pid() {
      return workerd.pid
    },
    requests: (count) => press.make(count).map((token) => ask(port, token)),
    restart: async () => {
      await workerd.stop()
      workerd = await startWorkerd(options)
    },
    stop: () => ended(workerd, store),
  }
}

function bindingsFor(origin: string, publisherUrl: string): Record<string, string> {
  return {
    BROKER_ORIGIN: origin,
    AUTHORITIES: JSON.stringify({ publishers: [{ issuer: publisherUrl, is: { repository: 'acme/docs' } }] }),
    SEALING_KEY: randomBytes(32).toString('base64'),
    UPSTREAM_APP_KEY: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function ask(port: number, token: string): Buffer {
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience: 'grant-0',
  })
  return httpPost(port, '/token', FORM, form.toString())
}

async function publish(origin: string, policy: object, token: string): Promise<void> {
  const response = await fetch(`${origin}/policy`, {
    method: 'PUT',
    body: JSON.stringify(policy),
    headers: { authorization: `Bearer ${token}`, 'if-match': '*', 'content-type': 'application/json' },
  })
  if (response.status !== 200) throw new Error(`the policy was not published: ${response.status} ${await response.text()}`)
}

/** An issuer of the publisher's tokens. It signs as another issuer than the policy's: an authority is no workload. */
async function startPublisher(): Promise<{ url: string; token: (audience: string) => string; stop: () => Promise<void> }> {
  let body = ''
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(body))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${portOf(server.address())}`
  return {
    url,
    token: (audience) => {
      const press = tokenPress(audience, url)
      body = JSON.stringify({ keys: [press.jwk] })
      return press.make(1)[0] ?? ''
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function benchPolicy(grants: number, jwk: object, upstream: string | undefined): object {
  const connection =
    upstream === undefined
      ? { kind: 'jwt', owner: 'bench', audience: 'https://api.acme.example', algorithm: 'ES256' }
      : {
          kind: 'github-app',
          owner: 'bench',
          app_id: '12345',
          account: 'acme',
          installation_id: '777',
          private_key: { secret: 'UPSTREAM_APP_KEY' },
          api_url: upstream,
        }
  const scope = upstream === undefined ? { scopes: ['pages.write'] } : { repositories: ['docs'], permissions: { contents: 'read' } }
  const grant = {
    purpose: 'Bench',
    owner: 'bench',
    connection: 'one',
    scope,
    ttl: '10m',
    allow: [{ workload: 'docs-site', ref: 'refs/heads/main' }],
  }
  return {
    jobpass: 1,
    issuers: { github: { platform: 'github', url: BENCH_ISSUER, owners: [{ name: 'acme', id: '65000001' }], jwks: { keys: [jwk] } } },
    workloads: { 'docs-site': { issuer: 'github', is: { repository: 'acme/docs', repository_id: '1217768983' }, owner: 'bench' } },
    connections: { one: connection },
    grants: Object.fromEntries(Array.from({ length: grants }, (_, index) => [`grant-${index}`, grant])),
  }
}

async function startBundled(
  floor: string,
  durableObjects: Record<string, string>,
  bindings: Record<string, string>,
): Promise<{ workerd: Workerd; stop: () => Promise<void> }> {
  const store = mkdtempSync(join(STORE_ROOT, 'jobpass-bench-'))
  const script = join(store, `${floor}.js`)
  await build({
    entryPoints: [`test/bench/floors/${floor}.ts`],
    outfile: script,
    bundle: true,
    format: 'esm',
    external: ['cloudflare:workers'],
    logLevel: 'error',
  })
  const workerd = await startWorkerd({
    script,
    port: 0,
    storageDir: join(store, 'objects'),
    durableObjects,
    bindings,
    log: () => undefined,
  })
  return { workerd, stop: () => ended(workerd, store) }
}

async function ended(workerd: Workerd, store: string): Promise<void> {
  await workerd.stop()
  rmSync(store, { recursive: true, force: true })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server.address())
  await new Promise((resolve) => server.close(resolve))
  return port
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address.port
}
