/** Ending many leases: what would end, what ends, told line by line, and what becomes of it all when somebody hangs up or a part does not answer. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import { endLeases } from '../../worker/end-leases.ts'
import { eachLease, type LeasePlace } from '../../worker/find-leases.ts'
import { serveApp } from './app-upstream.ts'
import {
  type Answer,
  activeDigest,
  asRole,
  entriesOf,
  exchange,
  type Isolate,
  makeWorld,
  roleToken,
  rowsOf,
  startIsolate,
  type World,
} from './harness.ts'
import { GITHUB } from './policies.ts'

const revoke = (world: World, body: JsonObject, isolate?: Isolate): Promise<Answer> =>
  asRole(world, 'operator', '/leases/revoke', { method: 'POST', body: JSON.stringify(body) }, isolate)

const lineSchema = z.looseObject({ type: z.string() })
const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)))

async function stream(world: World, body: JsonObject, isolate = world.isolate): Promise<Response> {
  const headers = { authorization: `Bearer ${await roleToken('operator')}`, accept: 'application/x-ndjson' }
  return isolate.fetch('/leases/revoke', { method: 'POST', headers, body: JSON.stringify(body) })
}

const streamed = async (...args: Parameters<typeof stream>) => linesOf(await (await stream(...args)).text())

const lastAct = async (): Promise<JsonObject | undefined> => (await entriesOf(AUTHORITY_LEDGER)).at(-1)
const liveOf = (world: World) => rowsOf(world.ledger, 'lease')

/** Leases as an exchange of `call-api` leaves them, without the exchanges. */
async function plant(world: World, count: number, grant = 'planted'): Promise<void> {
  await exchange(world)
  await runInDurableObject(env.LEDGER.getByName(world.ledger), (_ledger, { storage: { sql } }) => {
    for (let n = 0; n < count; n++)
      sql.exec(
        "INSERT INTO lease (id, state, grant_name, workload, connection, kind, run_id, job, opened_at, expires_at) VALUES (?, 'live', ?, 'docs', 'api', 'jwt', '1', '1', 0, ?)",
        `7fffffff${n.toString(16).padStart(24, '0')}`,
        grant,
        0x7fffffff,
      )
  })
}

describe('a dry run', () => {
  it('says what would end and how, ends nothing, and is recorded as a read', async () => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    const lease = String((await exchange(world, { grant: 'write-docs' })).body.lease_id)
    await exchange(world)
    const answer = await revoke(world, { workload: 'docs', issuer: 'github', dry_run: true, reason: 'drill' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ dry_run: true, truncated: false, unreachable: [] })
    expect(answer.body.leases).toContainEqual(expect.objectContaining({ lease, grant: 'write-docs', effect: 'ends_at_upstream' }))
    expect(answer.text).not.toMatch(/handle|credential|s1\./)
    expect([upstream.live.size, (await liveOf(world)).length]).toEqual([1, 2])
    expect(await lastAct()).toMatchObject({ type: 'authority_used', action: 'read_leases', reason: 'drill' })
  })

  it('counts more than it lists', async () => {
    const world = await makeWorld()
    await plant(world, 1_203)
    const { body } = await revoke(world, { grant: 'planted', dry_run: true })
    expect(body).toMatchObject({ count: 1_203, truncated: true, effects: { ends_at_introspection: 1_203, lives_on: 0 } })
    expect(body.leases).toHaveLength(1_000)
    await revoke(world, { all: true })
  })
})

describe('what is meant', () => {
  it.each<[string, (world: World) => JsonObject]>([
    ['a kind', () => ({ kind: 'github-app' })],
    ['an issuer by name', () => ({ issuer: 'github', kind: 'github-app' })],
    ['an issuer by its URL', () => ({ issuer: GITHUB, grant: 'write-docs' })],
  ])('can be %s', async (_name, filter) => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    const lease = String((await exchange(world, { grant: 'write-docs' })).body.lease_id)
    const kept = String((await exchange(world)).body.lease_id)
    const { body } = await revoke(world, filter(world))
    expect(body.ended).toContain(lease)
    expect(body.ended).not.toContain(kept)
    expect([upstream.live.size, (await liveOf(world)).map(({ id }) => id)]).toEqual([0, [kept]])
  })

  it('is nothing of another issuer, and an issuer the policy does not have is told', async () => {
    const world = await makeWorld()
    await exchange(world)
    expect((await revoke(world, { issuer: 'https://other.example' })).body).toMatchObject({ ended: [], failed: [] })
    const unknown = await revoke(world, { issuer: 'gitlab' })
    expect([unknown.status, unknown.body.title]).toEqual([404, 'The active policy has no such issuer'])
    expect(await liveOf(world)).toHaveLength(1)
  })

  it.each(['/leases?worklaod=docs', '/leases?grant=a&grant=b', '/leases?all=true'])(
    'is not guessed for a reader either: %s',
    async (path) => {
      const world = await makeWorld()
      expect((await asRole(world, 'auditor', path)).status).toBe(400)
    },
  )

  it.each<JsonObject>([
    { dry_run: true },
    { all: true, dry_run: 'yes' },
    { grant: 'x', dryrun: true },
    { all: true, kind: 'jwt' },
    { all: true, after: 'x' },
    { all: true, after: {} },
  ])('is refused as %j', async (body) => {
    const world = await makeWorld()
    await exchange(world)
    expect((await revoke(world, body)).status).toBe(400)
    expect(await liveOf(world)).toHaveLength(1)
  })

  it('is judged by the broker too, when an object of an older version knows less of a filter and of pages', async () => {
    const world = await makeWorld()
    await plant(world, 600)
    serveApp(world.outside)
    const kept = (await liveOf(world)).length
    const older = startIsolate({
      ledger: (name) => {
        const stub = env.LEDGER.getByName(name)
        return new Proxy(stub, {
          get: (target, member) =>
            member === 'leases' ? (_filter: unknown, limit: number) => target.leases({}, limit) : Reflect.get(target, member),
        })
      },
    })
    const lines = await streamed(world, { kind: 'github-app', issuer: GITHUB }, older)
    expect(lines).toHaveLength(1)
    expect(await liveOf(world)).toHaveLength(kept)
    await revoke(world, { all: true })
  })
})

describe('a stream', () => {
  it('has one line for each lease as it ends or fails, and then a summary; the outcome is an entry', async () => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    const bad = String((await exchange(world, { grant: 'write-docs' })).body.access_token)
    for (let n = 0; n < 3; n++) await exchange(world, { grant: 'write-docs' })
    upstream.end = (request) =>
      request.headers.get('authorization') === `Bearer ${bad}`
        ? new Response(`cannot end ${bad}`, { status: 500 })
        : new Response(null, { status: 204 })
    const response = await stream(world, { grant: 'write-docs', reason: 'drill' })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const text = await response.text()
    expect(text).not.toContain(bad)
    const lines = linesOf(text)
    expect(lines.map(({ type }) => type).sort()).toEqual(['ended', 'ended', 'ended', 'failed', 'summary'])
    expect(lines[0]).toMatchObject({ ledger: world.ledger, grant: 'write-docs', workload: 'docs', kind: 'github-app' })
    const counts = { ended: 3, failed: 1, already_over: 0, lives_on: 0, complete: true }
    expect(lines.at(-1)).toEqual({ type: 'summary', ...counts, unreachable: [] })
    expect(await lastAct()).toMatchObject({ type: 'revocation', by: 'acme-admin/operator@refs/heads/main', ...counts })
    upstream.end = undefined
    expect((await streamed(world, { grant: 'write-docs' })).at(-1)).toMatchObject({ ended: 1, failed: 0 })
  })

  it('goes beyond a thousand, over pages', async () => {
    const world = await makeWorld()
    await plant(world, 1_203)
    const lines = await streamed(world, { grant: 'planted' })
    expect(lines.at(-1)).toMatchObject({ type: 'summary', ended: 1_203, complete: true })
    expect(new Set(lines.map(({ lease }) => lease)).size).toBe(1_204)
    expect(await liveOf(world)).toHaveLength(1)
  })

  it('says that a credential lives on which nothing can end', async () => {
    const world = await makeWorld((policy) => policy)
    await plant(world, 1, 'certificate')
    await runInDurableObject(
      env.LEDGER.getByName(world.ledger),
      (_ledger, state) => void state.storage.sql.exec("UPDATE lease SET kind = 'ssh-cert' WHERE grant_name = 'certificate'"),
    )
    expect((await revoke(world, { grant: 'certificate', dry_run: true })).body).toMatchObject({ effects: { lives_on: 1 } })
    const [line, summary] = await streamed(world, { grant: 'certificate' })
    expect([line, summary]).toMatchObject([
      { type: 'ended', detail: 'lives_on' },
      { ended: 1, lives_on: 1 },
    ])
  })

  it('ends several at once, and never more than ten', async () => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    await Promise.all(Array.from({ length: 25 }, () => exchange(world, { grant: 'write-docs' })))
    let now = 0
    let most = 0
    upstream.end = async () => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 20))
      now--
      return new Response(null, { status: 204 })
    }
    expect((await streamed(world, { grant: 'write-docs' })).at(-1)).toMatchObject({ ended: 25 })
    expect(most).toBe(10)
  })

  it('ends no more than the share of one call, and says behind which lease another goes on', async () => {
    const world = await makeWorld()
    await plant(world, 30)
    const { deps } = world.isolate
    const walk = (after?: LeasePlace) => eachLease({ grant: 'planted' }, { after, unreachable: [] }, deps)
    const ending = { onEnded: () => undefined, isStopped: () => false }
    const first = await endLeases({ ...ending, leases: walk(), share: 12 }, deps)
    expect(first).toMatchObject({ ended: 12, complete: false, last: { ledger: world.ledger, lease: `7fffffff${'b'.padStart(24, '0')}` } })
    expect(await endLeases({ ...ending, leases: walk(first.last) }, deps)).toMatchObject({ ended: 18, complete: true })
  })

  it('goes on behind a lease where a call before it came to its share', async () => {
    const world = await makeWorld()
    await plant(world, 10)
    const ids = (await liveOf(world)).filter(({ grant_name }) => grant_name === 'planted').map(({ id }) => String(id))
    const lines = await streamed(world, { grant: 'planted', after: { ledger: world.ledger, lease: ids[6] ?? '' } })
    expect(
      lines
        .slice(0, -1)
        .map(({ lease }) => lease)
        .sort(),
    ).toEqual(ids.slice(7))
  })

  it.each([
    ['goes on to the end', 1_000, 40, true],
    ['stops after a while, with what was begun finished and nothing else', 21_000, 10, false],
  ])('whose reader hangs up %s, and an entry says so', async (_name, later, ended, complete) => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    await Promise.all(Array.from({ length: 40 }, () => exchange(world, { grant: 'write-docs' })))
    let release = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    upstream.end = async () => {
      await gate
      return new Response(null, { status: 204 })
    }
    let passed = 0
    const works: Promise<unknown>[] = []
    const isolate = startIsolate({ afterAnswer: (work) => void works.push(work), nowMs: () => Date.now() + passed })
    const response = await stream(world, { grant: 'write-docs' }, isolate)
    await response.body?.cancel()
    passed = later
    release()
    await Promise.all(works)
    expect(await liveOf(world)).toHaveLength(40 - ended)
    expect(await lastAct()).toMatchObject({ type: 'revocation', ended, complete })
    upstream.end = undefined
    expect((await streamed(world, { grant: 'write-docs' })).at(-1)).toMatchObject({ ended: 40 - ended, complete: true })
  })

  it('names a ledger that does not answer, and does not call itself complete', async () => {
    const world = await makeWorld()
    const other = await makeWorld()
    await exchange(world)
    const silent = startIsolate({
      ledger: (name) => {
        if (name === world.ledger) throw new Error('the object cannot be reached')
        return env.LEDGER.getByName(name)
      },
    })
    const lines = await streamed(other, { grant: 'call-api' }, silent)
    expect(lines.at(-1)).toMatchObject({ complete: false, unreachable: [world.ledger] })
  })

  it('says so when the policy store, which knows the ledgers, cannot be reached', async () => {
    const world = await makeWorld()
    const store = env.POLICY_STORE.getByName('policy')
    const cut = startIsolate({
      policyStore: () =>
        new Proxy(store, {
          get: (target, member) => (member === 'ledgers' ? () => Promise.reject(new Error('gone')) : Reflect.get(target, member)),
        }),
    })
    expect(await activeDigest()).not.toBe('*')
    expect(await streamed(world, { all: true }, cut)).toMatchObject([{ type: 'summary', complete: false, problem: expect.any(String) }])
  })
})
