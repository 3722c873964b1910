/**
 * A sink over real HTTP, against the broker as a process: the receiver answers errors, cuts connections and hangs, the broker is killed while it ships, and in the
 * end the receiver has every entry of the ledger, in order, and no exchange waited for it.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import * as z from 'zod'
import { type LocalIssuer, newIssuerKey, startIssuer } from '../../cli/dev/issuer.ts'
import { portPair } from '../../cli/dev/ports.ts'
import { startWorkerd, type Workerd } from '../../cli/dev/workerd.ts'
import { type Answer, startUpstream, type Upstream } from '../fakes/upstream.ts'

const WORKER_BUNDLE = join(import.meta.dirname, '../../dist/worker/index.js')
const GITHUB = 'https://token.actions.githubusercontent.com'
const LEDGER = `v1:${GITHUB}:65000001`
const issuerKey = await newIssuerKey()
const sealingKey = randomBytes(32).toString('base64')
const event = z.looseObject({ metadata: z.looseObject({ log_name: z.string(), sequence: z.number() }) })

let state: string
let origin: string
let issuer: LocalIssuer
let receiver: Upstream
let broker: Workerd
/** What the receiver does with the next batches of the owner's ledger, one after the other; then it takes everything. */
let moods: Answer[]
let posted: number[][]
let taken: number[]

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  origin = `http://127.0.0.1:${await portPair(0)}`
  issuer = await startIssuer(0, issuerKey)
  issuer.follow({ iss: GITHUB, jobsOf: () => ({ platform: 'github', ids: { owners: new Map(), repositories: new Map() } }) })
  moods = []
  posted = []
  taken = []
  receiver = await startUpstream((request, response) => {
    const events = request.body
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => event.parse(JSON.parse(line)))
    if (events[0]?.metadata.log_name !== LEDGER) return void response.writeHead(204).end()
    const numbers = events.map(({ metadata }) => metadata.sequence)
    posted.push(numbers)
    const mood = moods.shift()
    if (mood !== undefined) return mood(request, response)
    taken.push(...numbers)
    response.writeHead(202).end('thank you')
  })
  broker = await start()
})

afterEach(async () => {
  await broker.stop()
  await issuer.stop()
  await receiver[Symbol.asyncDispose]()
  await rm(state, { recursive: true, force: true })
})

function start(): Promise<Workerd> {
  const publishers = [{ issuer: issuer.origin, is: { repository: 'jobpass/publisher', repository_owner_id: '1' } }]
  return startWorkerd({
    script: WORKER_BUNDLE,
    port: Number(new URL(origin).port),
    storageDir: state,
    log: () => undefined,
    durableObjects: { LEDGER: 'Ledger', POLICY_STORE: 'PolicyStore', KEYRING: 'Keyring' },
    bindings: {
      BROKER_ORIGIN: origin,
      AUTHORITIES: JSON.stringify({ publishers }),
      SEALING_KEY: sealingKey,
      DEV_ISSUER_KEYS: issuer.keysUrl,
      SINK_URL: `${receiver.url}/events`,
      SINK_DELAY: '1s',
    },
  })
}

async function publish(): Promise<void> {
  const policy = {
    jobpass: 1,
    issuers: { github: { platform: 'github', url: GITHUB, owners: [{ name: 'acme', id: '65000001' }] } },
    workloads: { docs: { issuer: 'github', is: { repository: 'acme/docs', repository_id: '1217768983' }, owner: 'team' } },
    connections: { api: { kind: 'jwt', owner: 'team', audience: 'https://api.acme.example' } },
    grants: {
      'call-api': {
        purpose: 'tests',
        owner: 'team',
        connection: 'api',
        scope: { scopes: ['read'] },
        ttl: '10m',
        allow: [{ workload: 'docs', ref: 'refs/heads/main' }],
      },
    },
  }
  const bearer = await issuer.sign({ iss: issuer.origin, repository: 'jobpass/publisher' }, origin)
  const headers = { authorization: `Bearer ${bearer}`, 'if-match': '*' }
  const response = await fetch(`${origin}/policy`, { method: 'PUT', headers, body: JSON.stringify(policy) })
  expect(response.status, await response.text()).toBe(200)
}

async function exchange(): Promise<number> {
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: await issuer.sign({}, origin),
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience: 'call-api',
  })
  return (await fetch(`${origin}/token`, { method: 'POST', body })).status
}

it('a receiver that fails in every way and a broker that is killed lose no entry and no order', { timeout: 120_000 }, async () => {
  await publish()
  moods = [
    (_request, response) => void response.writeHead(500).end('no'),
    (_request, response) => void response.destroy(),
    () => undefined, // hangs, until the broker is killed
  ]
  for (let n = 0; n < 3; n++) expect(await exchange()).toBe(200)
  await expect.poll(() => posted.length, { timeout: 60_000, interval: 200 }).toBe(3)
  const started = performance.now()
  for (let n = 0; n < 3; n++) expect(await exchange()).toBe(200)
  expect(performance.now() - started).toBeLessThan(5_000)
  process.kill(broker.pid, 'SIGKILL')
  await broker.exited
  broker = await start()
  expect(await exchange()).toBe(200)
  await expect.poll(() => taken.length, { timeout: 60_000, interval: 200 }).toBeGreaterThanOrEqual(7)
  expect([...new Set(taken)]).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(taken).toEqual([...taken].sort((a, b) => a - b))

  const bearer = receiver.requests.at(-1)?.headers.authorization?.replace('Bearer ', '') ?? ''
  const keys = createRemoteJWKSet(new URL(`${origin}/.well-known/jwks.json`))
  const { payload } = await jwtVerify(bearer, keys, {
    issuer: origin,
    audience: `${receiver.url}/events`,
    subject: 'ledger',
    typ: 'at+jwt',
  })
  expect(payload.batch).toMatchObject({ ledger: expect.any(String), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
})
