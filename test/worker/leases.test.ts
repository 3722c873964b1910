/** The end of a lease: given back by the job, ended by an operator, or by time; and what introspection says of it. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { type AppUpstream, serveApp } from './app-upstream.ts'
import { type Answer, answerOf, asRole, entriesOf, exchange, makeWorld, rowsOf, tokenOf, type World } from './harness.ts'
import { SITE } from './policies.ts'

const ledgerOf = (world: World) => env.LEDGER.getByName(world.ledger)
const lastEntry = async (world: World): Promise<JsonObject | undefined> => (await entriesOf(world.ledger)).at(-1)

interface Drawn {
  readonly world: World
  readonly upstream: AppUpstream
  readonly credential: string
  readonly lease: string
}

async function drawn(grant: string, form: Readonly<Record<string, string>> = {}): Promise<Drawn> {
  const world = await makeWorld()
  const upstream = serveApp(world.outside)
  const answer = await exchange(world, { grant, form })
  expect(answer.status).toBe(200)
  return { world, upstream, credential: String(answer.body.access_token), lease: String(answer.body.lease_id) }
}

async function post(world: World, path: string, form: Readonly<Record<string, string>>, bearer?: string): Promise<Answer> {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
  return answerOf(await world.isolate.fetch(path, { method: 'POST', body: new URLSearchParams(form), headers }))
}

afterEach(() => vi.useRealTimers())

describe('POST /revoke', () => {
  it('ends the credential that is sent, at its upstream, on record, and with it the handle', async () => {
    const { world, upstream, credential, lease } = await drawn('write-docs')
    const answer = await post(world, '/revoke', { token: credential, token_type_hint: 'access_token' })
    expect([answer.status, answer.text]).toEqual([200, '{}'])
    expect(upstream.ended).toEqual([credential])
    expect(await lastEntry(world)).toMatchObject({ type: 'returned', lease, credential_end: 'revoked', grant: 'write-docs' })
    expect(await rowsOf(world.ledger, 'lease')).toEqual([])
  })

  it('ends a lease for an ID token of the same run', async () => {
    const { world, upstream, lease } = await drawn('write-docs')
    expect((await post(world, '/revoke', { lease_id: lease }, await tokenOf(world))).status).toBe(200)
    expect(upstream.live.size).toBe(0)
  })

  it('ends nothing for another run of the same repository, and says so', async () => {
    const { world, upstream, lease } = await drawn('write-docs')
    const answer = await post(world, '/revoke', { lease_id: lease }, await tokenOf(world, { run_id: '999' }))
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request'])
    expect(upstream.live.size).toBe(1)
  })

  it('ends nothing for a token of another owner, and does not say whether there is such a lease', async () => {
    const { world, upstream, lease } = await drawn('write-docs')
    const stranger = await tokenOf(world, { repository_owner_id: '4711', sub: 'x' })
    expect((await post(world, '/revoke', { lease_id: lease }, stranger)).body.code).toBe('owner_outside_fence')
    expect((await post(world, '/revoke', { lease_id: '0'.repeat(32) }, stranger)).body.code).toBe('owner_outside_fence')
    expect(upstream.live.size).toBe(1)
  })

  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['nothing', {}, undefined],
    ['an empty token', { token: '' }, undefined],
    ['a lease id alone', { lease_id: 'LEASE' }, undefined],
    ['a lease id with a bearer that is no token', { lease_id: 'LEASE' }, 'hello'],
  ])('answers 400 invalid_request to %s, and ends nothing', async (_name, form, bearer) => {
    const { world, upstream, lease } = await drawn('write-docs')
    const given = form.lease_id === 'LEASE' ? { lease_id: lease } : form
    const answer = await post(world, '/revoke', given, bearer)
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request'])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(upstream.live.size).toBe(1)
  })

  it('answers 200 to what it does not know', async () => {
    const { world } = await drawn('write-docs')
    for (const token of ['unknown', 'x'.repeat(60_000), 'ghs_x', '\u0000', 'a.b.c'])
      expect((await post(world, '/revoke', { token })).status).toBe(200)
    for (const lease_id of ['0'.repeat(32), 'hello'])
      expect((await post(world, '/revoke', { lease_id }, await tokenOf(world))).status).toBe(200)
  })

  it('answers 200 again to what is over, and records one end', async () => {
    const { world, credential } = await drawn('write-docs')
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(world, '/revoke', { token: credential })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await post(world, '/revoke', { token: credential })).status).toBe(200)
    expect((await entriesOf(world.ledger)).filter(({ type }) => type === 'returned')).toHaveLength(1)
  })

  it('answers 503 with Retry-After while the upstream is down, and the lease stays until it is up', async () => {
    const { world, upstream, credential } = await drawn('write-docs')
    upstream.end = () => new Response('words of the upstream', { status: 502 })
    const answer = await post(world, '/revoke', { token: credential })
    expect([answer.status, answer.headers.get('retry-after'), answer.body.error]).toEqual([503, '5', 'temporarily_unavailable'])
    expect(answer.text).not.toContain('words')
    expect(await rowsOf(world.ledger, 'lease')).toHaveLength(1)
    upstream.end = undefined
    expect((await post(world, '/revoke', { token: credential })).status).toBe(200)
    expect(upstream.live.size).toBe(0)
  })

  it('counts a credential that its upstream no longer knows as over', async () => {
    const { world, upstream, credential } = await drawn('write-docs')
    upstream.live.clear()
    expect((await post(world, '/revoke', { token: credential })).status).toBe(200)
    expect(await lastEntry(world)).toMatchObject({ type: 'returned', credential_end: 'already_gone' })
  })

  it('says on record that a certificate lives on to its own end', async () => {
    const { publicKey } = await keyLine()
    const { world, credential } = await drawn('deploy-hosts', { public_key: publicKey })
    expect((await post(world, '/revoke', { token: credential })).status).toBe(200)
    expect(await lastEntry(world)).toMatchObject({ type: 'returned', credential_end: 'lives_on', lives_until: expect.any(Number) })
  })
})

/** An Ed25519 key as an OpenSSH line. */
async function keyLine(): Promise<{ publicKey: string }> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  if (!('publicKey' in pair)) throw new Error('no pair')
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey)
  if (!(raw instanceof ArrayBuffer)) throw new Error('no raw key')
  const text = (value: Uint8Array): Uint8Array => new Uint8Array([0, 0, 0, value.length, ...value])
  const blob = [...text(new TextEncoder().encode('ssh-ed25519')), ...text(new Uint8Array(raw))]
  return { publicKey: `ssh-ed25519 ${Buffer.from(blob).toString('base64')}` }
}

describe('a lease whose time has come', () => {
  async function pass(world: World, bySeconds: number): Promise<void> {
    vi.setSystemTime(Date.now() + bySeconds * 1000)
    await runDurableObjectAlarm(ledgerOf(world))
  }

  it('is ended at its upstream by the alarm, earlier than the upstream would', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { world, upstream, lease } = await drawn('write-docs', { ttl: '120' })
    await evictDurableObject(ledgerOf(world))
    await pass(world, 119)
    expect(upstream.live.size).toBe(1)
    await pass(world, 2)
    expect(upstream.live.size).toBe(0)
    expect(await lastEntry(world)).toMatchObject({ type: 'expired', lease, credential_end: 'revoked' })
    expect(await rowsOf(world.ledger, 'lease')).toEqual([])
  })

  it('is tried again with longer and longer pauses, reported once, and over when the upstream ends it by itself', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { world, upstream } = await drawn('write-docs', { ttl: '60' })
    let tries = 0
    upstream.end = () => {
      tries += 1
      return new Response('', { status: 500 })
    }
    const pauses: number[] = []
    await pass(world, 61)
    for (let time = 0; time < 6; time++) {
      const [row] = await rowsOf(world.ledger, 'lease')
      pauses.push(Number(row?.next_try) - Math.floor(Date.now() / 1000))
      await pass(world, Number(pauses.at(-1)))
    }
    expect(tries).toBe(7)
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160])
    expect((await entriesOf(world.ledger)).filter(({ type }) => type === 'end_failed')).toHaveLength(1)
    await pass(world, 3600)
    expect(await lastEntry(world)).toMatchObject({ type: 'expired', credential_end: 'expired' })
    expect(await rowsOf(world.ledger, 'lease')).toEqual([])
  })

  it.each<[string, (place: string, world: World) => Promise<string>]>([
    ['was sealed under a key that is gone', async () => `s1.00000000.${'A'.repeat(64)}`],
    ['is no seal', async () => 'hello'],
    [
      'is of a kind this version does not know',
      (place, { isolate }) => isolate.deps.sealing.seal(place, new TextEncoder().encode('{"kind":"gone","connection":{},"handle":{}}')),
    ],
    [
      'is of a connection this version cannot read',
      (place, { isolate }) =>
        isolate.deps.sealing.seal(place, new TextEncoder().encode('{"kind":"github-app","connection":{},"handle":{}}')),
    ],
  ])('does not keep the others waiting when its handle %s', async (_name, sealed) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { world, upstream, lease } = await drawn('write-docs', { ttl: '60' })
    const second = await exchange(world, { grant: 'write-docs', form: { ttl: '61' } })
    const handle = await sealed(`lease/${lease}`, world)
    await runInDurableObject(
      ledgerOf(world),
      (_ledger, state) => void state.storage.sql.exec('UPDATE lease SET handle = ? WHERE id = ?', handle, lease),
    )
    await pass(world, 62)
    expect(upstream.ended).toEqual([second.body.access_token])
    expect((await rowsOf(world.ledger, 'lease')).map(({ id, tries }) => [id, tries])).toEqual([[lease, 1]])
    expect((await entriesOf(world.ledger)).filter(({ type }) => type === 'end_failed')).toHaveLength(1)
  })

  it('ends a hundred and more in one go', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    await Promise.all(Array.from({ length: 110 }, () => exchange(world, { grant: 'write-docs', form: { ttl: '60' } })))
    expect(upstream.live.size).toBe(110)
    await pass(world, 61)
    await pass(world, 1)
    expect([upstream.live.size, (await rowsOf(world.ledger, 'lease')).length]).toEqual([0, 0])
  })
})

/** Leases of other tests share the names of grants and workloads. */
function ownOf(world: World, { body: { leases } }: Answer): unknown[] {
  return Array.isArray(leases) ? leases.filter((lease: unknown) => JSON.stringify(lease).includes(world.ledger)) : []
}

describe('operators', () => {
  it('see leases without secrets and end them by each name', async () => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    for (const filter of ['lease', 'run', 'workload', 'grant', 'connection', 'all'] as const) {
      const lease = String((await exchange(world, { grant: 'write-docs' })).body.lease_id)
      const names = {
        lease,
        run: '24766983965',
        workload: 'docs',
        grant: 'write-docs',
        connection: 'app',
        all: true,
      } as const
      const listed = await asRole(world, 'auditor', '/leases?grant=write-docs')
      expect(ownOf(world, listed)).toEqual([expect.objectContaining({ lease, state: 'live', grant: 'write-docs' })])
      expect(listed.text).not.toMatch(/handle|credential|s1\./)
      const ended = await asRole(world, 'operator', '/leases/revoke', {
        method: 'POST',
        body: JSON.stringify({ [filter]: names[filter], reason: 'drill' }),
      })
      expect(ended.status).toBe(200)
      expect(ended.body.ended).toContain(lease)
      expect(upstream.live.size).toBe(0)
      expect((await lastEntry(world))?.type).toBe('revoked')
    }
  })

  it.each([
    '',
    '{}',
    '{"all":false}',
    '{"all":true,"grant":"x"}',
    '{"grant":""}',
    '{"grnat":"x"}',
    '[]',
    '{"reason":"x"}',
    '{"grant":["x"]}',
  ])('end nothing by %s', async (body) => {
    const { world, upstream } = await drawn('write-docs')
    const answer = await asRole(world, 'operator', '/leases/revoke', { method: 'POST', body })
    expect([answer.status, upstream.live.size]).toEqual([400, 1])
  })
})

describe('POST /introspect', () => {
  it('says active to the holder, and inactive once the lease is over', async () => {
    const { world, credential, lease } = await drawn('call-api')
    const before = await post(world, '/introspect', { token: credential }, credential)
    expect([before.status, before.body]).toEqual([
      200,
      expect.objectContaining({ active: true, jti: lease, aud: 'https://api.acme.example', scope: 'read write' }),
    ])
    await post(world, '/revoke', { token: credential })
    const after = await post(world, '/introspect', { token: credential }, credential)
    expect([after.status, after.text]).toEqual([200, '{"active":false}'])
  })

  it('says so to a resource server of the connection, and to no other workload', async () => {
    const { world, credential } = await drawn('call-api')
    const site = await siteToken(world)
    expect((await post(world, '/introspect', { token: credential }, site)).body.active).toBe(true)
    const other = await post(world, '/introspect', { token: credential }, await siteToken(world, { repository_id: '4711', sub: 'x' }))
    expect([other.status, other.text]).toEqual([200, '{"active":false}'])
    await post(world, '/revoke', { token: credential })
    expect((await post(world, '/introspect', { token: credential }, site)).text).toBe('{"active":false}')
  })

  it('says inactive and nothing else of what the broker never signed', async () => {
    const { world, credential } = await drawn('call-api')
    const site = await siteToken(world)
    const [head, payload, signature] = credential.split('.')
    const forged = [head, Buffer.from('{"iss":"https://jobpass.example.com"}').toString('base64url'), signature].join('.')
    for (const token of ['x', 'a.b.c', forged, `${head}.${payload}.`, await tokenOf(world), 'ghs_x'])
      expect((await post(world, '/introspect', { token }, site)).text).toBe('{"active":false}')
  })

  it.each([undefined, 'hello', 'a.b.c'])('answers 401 to a stranger with bearer %s', async (bearer) => {
    const { world, credential } = await drawn('call-api')
    const answer = await post(world, '/introspect', { token: credential }, bearer)
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(answer.text).not.toContain('active')
  })

  it('answers 400 without a token and 415 to JSON', async () => {
    const { world, credential } = await drawn('call-api')
    expect((await post(world, '/introspect', {}, credential)).status).toBe(400)
    const json = await world.isolate.fetch('/introspect', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
    expect(json.status).toBe(415)
  })

  function siteToken(world: World, changes: JsonObject = {}): Promise<string> {
    const repository = `${world.owner.name}/${SITE.name}`
    const workflow = `${repository}/.github/workflows/ci.yml@refs/heads/main`
    return tokenOf(world, { repository, repository_id: SITE.id, workflow_ref: workflow, sub: `repo:${repository}`, ...changes })
  }
})
