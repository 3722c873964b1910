/**
 * The broker as a process that can be stopped and killed: plain workerd, real HTTP, state on disk. What was promised before its death must hold after it:
 * used tokens stay used, every credential that left is on record, and nothing that was under way is forgotten.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type LocalIssuer, newIssuerKey, startIssuer } from '../../cli/dev/issuer.ts'
import { portPair } from '../../cli/dev/ports.ts'
import { startWorkerd, type Workerd } from '../../cli/dev/workerd.ts'
import type { JsonObject } from '../../shared/json.ts'
import { type Entry, entrySchema, follow, GENESIS_HASH, type LedgerHead } from '../../shared/ledger.ts'
import { generateAppKey } from '../fakes/app-key.ts'
import { json, startUpstream, type Upstream } from '../fakes/upstream.ts'

const WORKER_BUNDLE = join(import.meta.dirname, '../../dist/worker/index.js')
const GITHUB = 'https://token.actions.githubusercontent.com'
const OWNER = { name: 'acme', id: '65000001' }
const LEDGER = `v1:${GITHUB}:${OWNER.id}`
const ROLES = ['publisher', 'operator', 'auditor'] as const

const issuerKey = await newIssuerKey()
const appKey = generateAppKey()
const sealingKey = randomBytes(32).toString('base64')

/** What the upstream does with the next mint; it answers nothing while this is undefined. */
let answerMint: ((mint: number) => JsonObject | undefined) | undefined
let mints: number
let state: string
let origin: string
let issuer: LocalIssuer
let upstream: Upstream
let broker: Workerd

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  origin = `http://127.0.0.1:${await portPair(0)}`
  issuer = await startIssuer(0, issuerKey)
  issuer.follow({ iss: GITHUB, jobsOf: () => ({ platform: 'github', ids: { owners: new Map(), repositories: new Map() } }) })
  mints = 0
  answerMint = token
  upstream = await startUpstream((request, response) => {
    if (request.method === 'DELETE') return void response.writeHead(204).end()
    mints += 1
    const answer = answerMint?.(mints)
    if (answer !== undefined) json(response, 201, answer)
  })
  broker = await start()
})

afterEach(async () => {
  await broker.stop()
  await issuer.stop()
  await upstream[Symbol.asyncDispose]()
  await rm(state, { recursive: true, force: true })
})

function token(mint: number): JsonObject {
  return { token: `ghs_${mint}`, expires_at: new Date(Date.now() + 3_600_000).toISOString(), permissions: { contents: 'read' } }
}

function start(): Promise<Workerd> {
  const authority = (name: string) => [{ issuer: issuer.origin, is: { repository: `jobpass/${name}`, repository_owner_id: '1' } }]
  return startWorkerd({
    script: WORKER_BUNDLE,
    port: Number(new URL(origin).port),
    storageDir: state,
    log: () => undefined,
    durableObjects: { LEDGER: 'Ledger', POLICY_STORE: 'PolicyStore', KEYRING: 'Keyring' },
    bindings: {
      BROKER_ORIGIN: origin,
      AUTHORITIES: JSON.stringify({ publishers: authority('publisher'), operators: authority('operator'), auditors: authority('auditor') }),
      SEALING_KEY: sealingKey,
      DEV_ISSUER_KEYS: issuer.keysUrl,
      UPSTREAM_APP_KEY: appKey.pkcs1,
    },
  })
}

async function kill(): Promise<void> {
  process.kill(broker.pid, 'SIGKILL')
  await broker.exited
}

function policy(): JsonObject {
  const grant = (connection: string, scope: JsonObject): JsonObject => ({
    purpose: 'tests',
    owner: 'team',
    connection,
    scope,
    ttl: '10m',
    allow: [{ workload: 'docs', ref: 'refs/heads/main' }],
  })
  return {
    jobpass: 1,
    issuers: { github: { platform: 'github', url: GITHUB, owners: [{ name: OWNER.name, id: OWNER.id }] } },
    workloads: { docs: { issuer: 'github', is: { repository: 'acme/docs', repository_id: '1217768983' }, owner: 'team' } },
    connections: {
      api: { kind: 'jwt', owner: 'team', audience: 'https://api.acme.example' },
      app: {
        kind: 'github-app',
        owner: 'team',
        app_id: '1',
        account: 'acme',
        installation_id: '7',
        api_url: upstream.url,
        private_key: { secret: 'UPSTREAM_APP_KEY' },
      },
    },
    grants: {
      'call-api': grant('api', { scopes: ['read'] }),
      'read-docs': grant('app', { repositories: ['docs'], permissions: { contents: 'read' } }),
    },
  }
}

async function asRole(role: (typeof ROLES)[number], path: string, init: RequestInit = {}): Promise<Response> {
  const bearer = await issuer.sign({ iss: issuer.origin, repository: `jobpass/${role}` }, origin)
  return fetch(`${origin}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${bearer}` } })
}

async function publish(): Promise<void> {
  const response = await asRole('publisher', '/policy', { method: 'PUT', headers: { 'if-match': '*' }, body: JSON.stringify(policy()) })
  expect(response.status, await response.text()).toBe(200)
}

const answer = z.looseObject({ code: z.string().optional(), access_token: z.string().optional(), lease_id: z.string().optional() })

interface Exchanged extends z.infer<typeof answer> {
  readonly status: number
}

/** Status 0: the broker died before it answered. */
async function exchange(grant: string, subject?: string): Promise<Exchanged> {
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subject ?? (await issuer.sign({}, origin)),
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience: grant,
  })
  const response = await fetch(`${origin}/token`, { method: 'POST', body }).catch(() => undefined)
  const text = await response?.text().catch(() => undefined)
  return response === undefined || text === undefined ? { status: 0 } : { status: response.status, ...answer.parse(JSON.parse(text)) }
}

/** The owner's ledger, its chain checked on the way. */
async function entries(): Promise<Entry[]> {
  const response = await asRole('auditor', `/ledger?${new URLSearchParams({ after: `${LEDGER}:0`, limit: '10000' })}`)
  const lines = (await response.text()).split('\n').filter((line) => line !== '')
  const read = lines.map((line) => entrySchema.parse(JSON.parse(line))).filter(({ ledger }) => ledger === LEDGER)
  let head: LedgerHead = { seq: 0, hash: GENESIS_HASH }
  for (const entry of read) {
    const next = follow(head, entry, (text) => createHash('sha256').update(text).digest('hex'))
    if (!next.ok) throw new Error(`the chain breaks at ${entry.seq}: ${next.error.problem}`)
    head = next.value
  }
  return read
}

/** Asks as `exchange` does and hangs up after so many milliseconds. */
async function hangUp(afterMs: number): Promise<void> {
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: await issuer.sign({}, origin),
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience: 'call-api',
  })
  await fetch(`${origin}/token`, { method: 'POST', body, signal: AbortSignal.timeout(afterMs) }).catch(() => undefined)
}

async function keyIds(): Promise<unknown> {
  const set = z.looseObject({ keys: z.array(z.looseObject({ kid: z.string() })) })
  return set.parse(await (await fetch(`${origin}/.well-known/jwks.json`)).json()).keys.map(({ kid }) => kid)
}

describe('a broker that is stopped and started', () => {
  it('lets 64 exchanges of one token have one winner, and none after the restart', async () => {
    await publish()
    const subject = await issuer.sign({}, origin)
    const answers = await Promise.all(Array.from({ length: 64 }, () => exchange('call-api', subject)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const keys = await keyIds()
    await broker.stop()
    broker = await start()
    const later = await Promise.all(Array.from({ length: 8 }, () => exchange('call-api', subject)))
    expect(new Set(later.map(({ code }) => code))).toEqual(new Set(['token_replayed']))
    expect(await keyIds()).toEqual(keys)
    expect((await exchange('call-api')).status).toBe(200)
  })

  it('keeps a freeze', async () => {
    await publish()
    const freeze = { method: 'PUT', body: JSON.stringify({ target: 'all', reason: 'drill' }) }
    expect((await asRole('operator', '/freezes', freeze)).status).toBe(200)
    await broker.stop()
    broker = await start()
    expect(await exchange('call-api')).toMatchObject({ status: 503, code: 'frozen' })
  })
})

describe('callers that hang up', () => {
  it('do not hold up those whose admissions share a commit with theirs', async () => {
    await publish()
    expect((await exchange('call-api')).status).toBe(200)
    const patient: Promise<Exchanged>[] = []
    const impatient: Promise<void>[] = []
    for (let time = 0; time < 120; time++) {
      impatient.push(hangUp(1 + (time % 12)))
      patient.push(exchange('call-api'))
    }
    const answers = await Promise.all(patient)
    await Promise.all(impatient)
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    expect((await exchange('call-api')).status).toBe(200)
    const issued = (await entries()).filter(({ type }) => type === 'issued').map(({ lease }) => lease)
    expect(answers.filter(({ lease_id }) => !issued.includes(lease_id))).toEqual([])
  })
})

describe('a broker that is killed', () => {
  it('while it answers many has every credential that left on record, and its chain holds', async () => {
    await publish()
    const answered: Exchanged[] = []
    const subjects: string[] = []
    const busy = Array.from({ length: 12 }, async () => {
      for (let time = 0; time < 200; time++) {
        const subject = await issuer.sign({}, origin)
        const outcome = await exchange(time % 3 === 0 ? 'read-docs' : 'call-api', subject)
        if (outcome.status === 0) return
        answered.push(outcome)
        subjects.push(subject)
      }
    })
    await expect.poll(() => answered.length, { timeout: 20_000 }).toBeGreaterThan(100)
    await kill()
    await Promise.all(busy)
    broker = await start()
    const issued = new Set((await entries()).filter(({ type }) => type === 'issued').map(({ lease }) => lease))
    const handedOver = answered.filter(({ status }) => status === 200).map(({ lease_id }) => lease_id)
    expect(handedOver.length).toBeGreaterThan(20)
    expect(handedOver.filter((lease) => !issued.has(lease))).toEqual([])
    const replays = await Promise.all(subjects.slice(-20).map((subject) => exchange('call-api', subject)))
    expect(new Set(replays.map(({ code }) => code))).toEqual(new Set(['token_replayed']))
  })

  it('between admit and settle leaves the lease in minting, the token burnt, and no second mint', async () => {
    await publish()
    answerMint = undefined
    const subject = await issuer.sign({}, origin)
    const pending = exchange('read-docs', subject)
    await expect.poll(() => mints, { timeout: 10_000 }).toBe(1)
    await kill()
    expect((await pending).status).toBe(0)
    answerMint = token
    broker = await start()
    const leases = z.looseObject({ leases: z.array(z.looseObject({ state: z.string(), grant: z.string() })) })
    const { leases: open } = leases.parse(await (await asRole('auditor', '/leases')).json())
    expect(open).toEqual([expect.objectContaining({ state: 'minting', grant: 'read-docs' })])
    expect((await entries()).map(({ type }) => type)).toEqual(['opened'])
    expect(await exchange('read-docs', subject)).toMatchObject({ status: 400, code: 'token_replayed' })
    expect(mints).toBe(1)
    const ended = await asRole('operator', '/leases/revoke', { method: 'POST', body: '{"grant":"read-docs"}' })
    expect(await ended.json()).toMatchObject({ failed: [], ended: [expect.any(String)] })
  })

  it('while a policy is published has the old one or the new one, whole', async () => {
    await publish()
    const before = (await asRole('auditor', '/policy')).headers.get('etag') ?? ''
    const next = { ...policy(), settings: { max_ttl: '5m' } }
    const publishing = asRole('publisher', '/policy', { method: 'PUT', headers: { 'if-match': before }, body: JSON.stringify(next) }).catch(
      () => undefined,
    )
    await new Promise((resolve) => setTimeout(resolve, 3))
    await kill()
    const said = (await publishing)?.status
    broker = await start()
    const outcome = await exchange('call-api')
    expect(outcome.status).toBe(200)
    const after = (await asRole('auditor', '/policy')).headers.get('etag')
    if (said === 200) expect(after).not.toBe(before)
    expect(outcome.policy).toBe(after?.replaceAll('"', ''))
  })
})
