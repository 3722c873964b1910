/**
 * The broker as its callers meet it: requests through the route table, Durable Objects of the test runtime, tokens of a real issuer. Every world has an
 * owner of its own, so its ledger is its own too; the policy store and the keyring are those of the test file.
 */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import * as z from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import { misfits } from '../../shared/ledger-entries.ts'
import { TOKEN_EXCHANGE_GRANT_TYPE } from '../../shared/wire.ts'
import { makeApp } from '../../worker/app.ts'
import { ledgerName } from '../../worker/authenticate/authenticate.ts'
import { buildDeps } from '../../worker/build-deps.ts'
import type { Deps } from '../../worker/deps.ts'
import type { Role } from '../../worker/env.ts'
import type { LogLine } from '../../worker/log.ts'
import type { LedgerPort } from '../../worker/state/ledger-port.ts'
import { jobClaims, makeIssuer, sign } from './issuer.ts'
import { type Outside, outside } from './outside.ts'
import { DOCS, GITHUB, type Owner, policyOf } from './policies.ts'

export const ORIGIN = 'https://jobpass.example.com'
export const AUTHORITY_URL = 'https://ci.authorities.example'

/** Keys last as long as the file: making them is what costs. */
export const github = await makeIssuer(GITHUB, 'github-1')
const authorityIssuer = await makeIssuer(AUTHORITY_URL, 'authority-1')

export const seconds = (): number => Math.floor(Date.now() / 1000)

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The JSON body; `{}` when there is none. */
  readonly body: JsonObject
  readonly text: string
}

const jsonObject = z.record(z.string(), z.json())

export async function answerOf(response: Response): Promise<Answer> {
  const text = new TextDecoder().decode(await response.arrayBuffer())
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && !/ndjson/.test(response.headers.get('content-type') ?? '')
  return { status: response.status, headers: response.headers, body: isJson ? jsonObject.parse(JSON.parse(text)) : {}, text }
}

/** One isolate of the broker: its own caches, everyone's objects. */
export interface Isolate {
  readonly deps: Deps
  readonly log: LogLine[]
  fetch(path: string, init?: RequestInit): Promise<Response>
}

export function startIsolate(changes: Partial<Deps> = {}): Isolate {
  const log: LogLine[] = []
  const deps: Deps = { ...buildDeps(env), log: (line) => void log.push(line), ...changes }
  const app = makeApp(deps)
  return { deps, log, fetch: async (path, init) => app.fetch(new Request(`${ORIGIN}${path}`, init)) }
}

export interface World {
  readonly owner: Owner
  readonly ledger: string
  readonly outside: Outside
  readonly isolate: Isolate
  /** The policy published last. */
  policy: JsonObject
}

let worlds = 0

/** A new owner with a published policy. `change` makes the policy another one. */
export async function makeWorld(
  change: (policy: JsonObject, owner: Owner) => JsonObject = (policy) => policy,
  deps: Partial<Deps> = {},
): Promise<World> {
  vi.restoreAllMocks()
  worlds += 1
  const owner = { name: `acme-${worlds}`, id: String(65_000_000 + worlds) }
  const world: World = {
    owner,
    ledger: ledgerName(GITHUB, owner.id),
    outside: outside(),
    isolate: startIsolate(deps),
    policy: change(policyOf(owner, [github.jwk]), owner),
  }
  world.outside.answer(AUTHORITY_URL, () => Response.json({ keys: [authorityIssuer.jwk] }))
  const published = await publish(world, world.policy)
  if (published.status !== 200) throw new Error(`the policy of the test was not published: ${published.text}`)
  return world
}

export async function activeDigest(): Promise<string> {
  return (await env.POLICY_STORE.getByName('policy').activation()).policy ?? '*'
}

/** `PUT /policy` by the publisher, replacing whatever is active. */
export async function publish(world: World, policy: JsonObject, isolate = world.isolate): Promise<Answer> {
  const active = await activeDigest()
  const ifMatch = active === '*' ? '*' : `"${active}"`
  world.policy = policy
  return asRole(world, 'publisher', '/policy', { method: 'PUT', headers: { 'if-match': ifMatch }, body: JSON.stringify(policy) }, isolate)
}

export function roleToken(role: Role | 'stranger', claims: JsonObject = {}): Promise<string> {
  const base = jobClaims({ name: 'acme-admin', id: '9' }, { name: role, id: '77' }, seconds())
  return sign(authorityIssuer, { iss: AUTHORITY_URL, ...base, ...claims })
}

/** A request to an authority endpoint with a fresh token of the role. */
export async function asRole(
  world: World,
  role: Role | 'stranger',
  path: string,
  init: RequestInit = {},
  isolate = world.isolate,
): Promise<Answer> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${await roleToken(role)}`)
  return answerOf(await isolate.fetch(path, { ...init, headers }))
}

/** The claims of a fresh token of the world's docs repository. */
export function claimsOf(world: World, changes: JsonObject = {}): JsonObject {
  return { iss: GITHUB, ...jobClaims(world.owner, DOCS, seconds()), ...changes }
}

export function tokenOf(world: World, changes: JsonObject = {}): Promise<string> {
  return sign(github, claimsOf(world, changes))
}

/** The form of an exchange; `undefined` leaves a parameter out. */
export function formOf(token: string, grant: string, changes: Readonly<Record<string, string | undefined>> = {}): URLSearchParams {
  const parameters = {
    grant_type: TOKEN_EXCHANGE_GRANT_TYPE,
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience: grant,
    ...changes,
  }
  return new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined))
}

/** What an exchange may differ in. */
export interface Ask {
  readonly grant?: string
  readonly claims?: JsonObject
  /** Instead of a fresh token. */
  readonly token?: string
  readonly form?: Readonly<Record<string, string | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  readonly isolate?: Isolate
}

export async function exchange(
  world: World,
  { grant = 'call-api', claims = {}, token, form = {}, headers = {}, isolate }: Ask = {},
): Promise<Answer> {
  const body = formOf(token ?? (await tokenOf(world, claims)), grant, form)
  return answerOf(await (isolate ?? world.isolate).fetch('/token', { method: 'POST', body, headers }))
}

/** Entries of the world's ledger, oldest first. Each of them, in every test, fits its type. */
export async function entriesOf(ledger: string): Promise<JsonObject[]> {
  const port: LedgerPort = env.LEDGER.getByName(ledger)
  const lines = await port.entries(0, 100_000)
  const entries = lines.map((line) => jsonObject.parse(JSON.parse(line)))
  const unfit = entries.flatMap((entry) => misfits(entry).map((misfit) => `${entry.type}: ${misfit}`))
  if (unfit.length > 0) throw new Error(`entries do not fit their types: ${unfit.join('; ')}`)
  return entries
}

/** Rows of a table as they lie in a ledger's storage. */
export function rowsOf(ledger: string, table: string): Promise<Record<string, SqlStorageValue>[]> {
  return runInDurableObject(env.LEDGER.getByName(ledger), (_instance, state) => state.storage.sql.exec(`SELECT * FROM ${table}`).toArray())
}
