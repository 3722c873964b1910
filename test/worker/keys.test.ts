/** Keys that change while exchanges go on: nobody is refused for a rotation, and nobody gets anything signed with a key that was revoked. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerOf, asRole, entriesOf, exchange, type Isolate, makeWorld, rowsOf, startIsolate, type World } from './harness.ts'
import { authorityLines, certificate, draw, jwks, keyring, keysOf, kidOf, revoke, rotate } from './keys-stage.ts'

const DAY_MS = 86_400_000

/** Time only goes on, from one test to the next: they share a keyring. Ahead of the machine's clock, so that no alarm rings by itself. */
let start = Date.parse('2066-11-22T00:00:00Z')

beforeEach(() => vi.useFakeTimers({ now: start, toFake: ['Date'] }))

afterEach(() => {
  start = Date.now() + DAY_MS
  vi.useRealTimers()
})

/** A key has just taken over, and its successor, just made, is answered. */
async function freshKey(world: World): Promise<string> {
  await world.isolate.fetch('/.well-known/jwks.json')
  await rotate(world, 'signing:ES256', { at_once: true })
  await runDurableObjectAlarm(keyring())
  return kidOf(world, 'signing:ES256', 'next')
}

async function drawAndVerify(world: World, isolate: Isolate): Promise<string> {
  const before = await jwks(isolate)
  const { token, kid } = await draw(world, isolate)
  const after = await jwks(startIsolate())
  for (const set of [before, after]) await jwtVerify(token, createLocalJWKSet(set), { currentDate: new Date() })
  return kid
}

describe('a rotation', () => {
  it.each([
    ['by age', 30, async () => undefined],
    ['by command', 1, (world: World) => rotate(world, 'signing:ES256')],
  ] as const)('%s fails no exchange, and every token verifies with the key set fetched before and after', async (_how, days, order) => {
    const world = await makeWorld()
    const isolates = [startIsolate(), startIsolate(), startIsolate()]
    const next = await freshKey(world)
    const first = await kidOf(world, 'signing:ES256')
    await order(world)
    const begin = Date.now() + (days - 0.01) * DAY_MS
    const kids = new Set<string>()
    for (let step = 0; step < 24; step++) {
      vi.setSystemTime(begin + step * 2 * 60_000)
      const isolate = isolates[step % isolates.length] ?? world.isolate
      kids.add(await drawAndVerify(world, isolate))
      if (step === 12) await evictDurableObject(keyring())
      if (step === 16) await runDurableObjectAlarm(keyring())
    }
    expect([...kids]).toEqual([first, next])
  })

  it('of a CA signs with the new one only after hosts could fetch it, and the old one stays among those they should trust', async () => {
    const world = await makeWorld()
    const { ca: first } = await certificate(world)
    const trusted = await authorityLines(world.isolate)
    expect((await rotate(world, 'ssh-ca:hosts')).status).toBe(200)
    vi.setSystemTime(Date.now() + 29.9 * DAY_MS)
    expect((await certificate(world)).ca).toBe(first)
    vi.setSystemTime(Date.now() + 0.2 * DAY_MS)
    const { ca: second } = await certificate(world)
    expect([second !== first, trusted.includes(second)]).toEqual([true, true])
    expect(await authorityLines(world.isolate)).toEqual(expect.arrayContaining([first, second]))
    await runDurableObjectAlarm(keyring())
    const { ca } = await certificate(world, startIsolate())
    expect(ca).toBe(second)
  })

  it('of the checkpoint key leaves old checkpoints verifiable', async () => {
    const world = await makeWorld()
    await world.isolate.fetch('/.well-known/jwks.json')
    const first = await kidOf(world, 'checkpoint')
    const note = (await asRole(world, 'auditor', '/ledger/checkpoint')).text
    expect((await rotate(world, 'checkpoint', { at_once: true })).status).toBe(200)
    const second = await kidOf(world, 'checkpoint')
    const set = JSON.stringify(await jwks(startIsolate()))
    expect([set.includes(first), set.includes(second), first === second]).toEqual([true, true, false])
    expect((await asRole(world, 'auditor', '/ledger/checkpoint')).text.split('\n— ')[1]).not.toBe(note.split('\n— ')[1])
  })
})

describe('a revoked signing key', () => {
  it('signs nothing that leaves the broker after the call returned, though other isolates still hold it', async () => {
    const world = await makeWorld()
    const holders = [startIsolate(), startIsolate(), startIsolate()]
    const drawn = await Promise.all(holders.map((isolate) => draw(world, isolate)))
    const [{ kid = '' } = {}] = drawn
    expect(new Set(drawn.map((one) => one.kid))).toEqual(new Set([kid]))
    const late: string[] = []
    let isRevoked = false
    const storm = holders.map(async (isolate) => {
      for (let n = 0; n < 12; n++) {
        const askedAfter = isRevoked
        const got = await draw(world, isolate)
        if (askedAfter && got.kid === kid) late.push(got.token)
      }
    })
    const answer = await revoke(world, kid)
    isRevoked = true
    await Promise.all(storm)
    expect([answer.status, answer.body.revoked, answer.body.key]).toEqual([200, kid, 'signing:ES256'])
    expect(late).toEqual([])
    for (const isolate of [...holders, startIsolate()]) expect((await draw(world, isolate)).kid).toBe(answer.body.successor)
  })

  it('is refused by the ledger itself, so it counts for nothing what an isolate believes', async () => {
    const world = await makeWorld()
    const { kid } = await draw(world)
    const { keys } = world.isolate.deps
    const stubborn = startIsolate({ keys: { ...keys, forget: () => undefined } })
    const before = (await entriesOf(world.ledger)).length
    expect((await revoke(world, kid, startIsolate())).status).toBe(200)
    const answer = await exchange(world, { isolate: stubborn })
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true])
    expect((await entriesOf(world.ledger)).slice(before).filter(({ type }) => type === 'issued')).toEqual([])
    await evictDurableObject(env.LEDGER.getByName(world.ledger))
    expect((await exchange(world, { isolate: stubborn })).status).toBe(503)
    expect((await exchange(world)).status).toBe(200)
  })

  it('is refused by a ledger that did not exist when it was revoked', async () => {
    const world = await makeWorld()
    const { kid } = await draw(world)
    const { keys } = world.isolate.deps
    expect((await revoke(world, kid, startIsolate())).status).toBe(200)
    const other = await makeWorld(undefined, { keys: { ...keys, forget: () => undefined } })
    expect((await exchange(other)).status).toBe(503)
  })

  it('has its leases ended, and introspection says so', async () => {
    const world = await makeWorld()
    const { token, kid } = await draw(world)
    const other = await certificate(world)
    const introspect = async () => {
      const body = new URLSearchParams({ token })
      return answerOf(await world.isolate.fetch('/introspect', { method: 'POST', body, headers: { authorization: `Bearer ${token}` } }))
    }
    expect((await introspect()).body.active).toBe(true)
    const lease = (await rowsOf(world.ledger, 'lease')).find(({ kind }) => kind === 'jwt')
    expect(lease?.signer).toBe(kid)
    const { body } = await revoke(world, kid)
    expect([body.failed, body.truncated, body.unreachable]).toEqual([[], false, []])
    expect(body.ended).toContain(lease?.id)
    expect((await introspect()).body.active).not.toBe(true)
    expect((await rowsOf(world.ledger, 'lease')).map(({ kind }) => kind)).toEqual(['ssh-cert'])
    expect(other.ca).toContain('ssh-ed25519')
    expect((await entriesOf(world.ledger)).at(-1)).toMatchObject({ type: 'revoked', lease: lease?.id })
    const before = (await entriesOf(world.ledger)).find(({ type }) => type === 'issued')
    expect(before?.signer).toBe(kid)
  })

  it('is gone from the key set of this isolate at once, and of every other within half a minute', async () => {
    const world = await makeWorld()
    const other = startIsolate()
    const { kid } = await draw(world)
    for (const isolate of [world.isolate, other]) expect(JSON.stringify(await jwks(isolate))).toContain(kid)
    await revoke(world, kid)
    expect(JSON.stringify(await jwks(world.isolate))).not.toContain(kid)
    vi.setSystemTime(Date.now() + 31_000)
    expect(JSON.stringify(await jwks(other))).not.toContain(kid)
  })

  it('is revoked again without harm, and waits for a ledger that does not confirm', async () => {
    const world = await makeWorld()
    const { kid } = await draw(world)
    const stub = env.POLICY_STORE.getByName('policy')
    const slow = startIsolate({
      policyStore: () =>
        new Proxy(stub, { get: (target, name) => (name === 'revokeKey' ? async () => 'not_everywhere' : Reflect.get(target, name)) }),
    })
    const waiting = await revoke(world, kid, slow)
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([503, '5'])
    const [first, second] = [await revoke(world, kid), await revoke(world, kid)]
    expect([first.status, second.status, first.body.successor === second.body.successor]).toEqual([200, 200, true])
    expect((await revoke(world, 'nobody')).status).toBe(404)
  })

  it('has its revocation on record: who, why, and what took its place', async () => {
    const world = await makeWorld()
    const { kid } = await draw(world)
    const answer = await revoke(world, kid)
    await runDurableObjectAlarm(keyring())
    const entries = await entriesOf('v1:authorities')
    const by = 'acme-admin/operator@refs/heads/main'
    expect(entries.filter((entry) => entry.kid === kid || entry.replaces === kid).slice(-3)).toMatchObject([
      { type: 'authority_used', action: 'revoke_key', kid, reason: 'stolen', by },
      { type: 'key_revoked', key: 'signing:ES256', kid, successor: answer.body.successor, reason: 'stolen', by },
      { type: 'key_rotated', key: 'signing:ES256', kid: answer.body.successor, replaces: kid, why: 'revoked', reason: 'stolen', by },
    ])
  })
})

describe('a revoked CA', () => {
  it('signs no certificate that leaves the broker, and hosts are told to trust it no more', async () => {
    const world = await makeWorld()
    const holder = startIsolate()
    const { ca: first } = await certificate(world, holder)
    const kid = await kidOf(world, 'ssh-ca:hosts')
    const { status, body } = await revoke(world, kid)
    expect([status, body.key]).toEqual([200, 'ssh-ca:hosts'])
    const { ca: second } = await certificate(world, holder)
    expect(second).not.toBe(first)
    const lines = await authorityLines(startIsolate())
    expect([lines.includes(first), lines.includes(second)]).toEqual([false, true])
  })
})

describe('GET /keys', () => {
  it('shows every key to an auditor and an operator, and no private half to anybody', async () => {
    const world = await makeWorld()
    await certificate(world)
    await world.isolate.fetch('/.well-known/jwks.json')
    await runDurableObjectAlarm(keyring())
    const keys = await keysOf(world)
    expect(new Set(keys.map(({ key }) => key))).toEqual(new Set(['signing:ES256', 'signing:RS256', 'ssh-ca:hosts', 'checkpoint']))
    const lie = (phase: string) =>
      keys.filter((key) => key.phase === phase).map(({ until, sealed_under }) => [until === null, sealed_under])
    expect([lie('current').length, new Set(lie('current').map(String))]).toEqual([4, new Set(['false,current'])])
    expect([lie('next').length, new Set(lie('next').map(String))]).toEqual([4, new Set(['true,current'])])
    const { text, status } = await asRole(world, 'operator', '/keys')
    expect(status).toBe(200)
    for (const table of ['signing_key', 'ed25519_key', 'ssh_authority']) {
      const rows = await runInDurableObject(keyring(), (_instance, state) =>
        state.storage.sql.exec(`SELECT sealed FROM ${table}`).toArray(),
      )
      for (const { sealed } of rows) if (sealed !== '') expect(text).not.toContain(String(sealed))
    }
  })
})

describe('a body', () => {
  it.each<[string, string]>([
    ['/keys/rotate', ''],
    ['/keys/rotate', '{}'],
    ['/keys/rotate', '{"key":"signing:ES256"}'],
    ['/keys/rotate', '{"key":"signing:HS256","reason":"x"}'],
    ['/keys/rotate', '{"key":"ssh-ca:","reason":"x"}'],
    ['/keys/rotate', '{"key":"signing:ES256","reason":""}'],
    ['/keys/rotate', '{"key":"signing:ES256","reason":"x","at_once":"yes"}'],
    ['/keys/rotate', '{"key":"signing:ES256","reason":"x","now":true}'],
    ['/keys/rotate', '{"key":"signing:ES256","key":"checkpoint","reason":"x"}'],
    ['/keys/revoke', '[]'],
    ['/keys/revoke', '{"kid":"x"}'],
    ['/keys/revoke', '{"kid":["x"],"reason":"x"}'],
  ])('to %s that is %s does nothing', async (path, body) => {
    const world = await makeWorld()
    const before = (await entriesOf('v1:authorities')).length
    const answer = await asRole(world, 'operator', path, { method: 'POST', body })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect((await entriesOf('v1:authorities')).slice(before).filter(({ role }) => role === 'operator')).toEqual([])
  })

  it('that names a CA nobody has used is 404', async () => {
    expect((await rotate(await makeWorld(), 'ssh-ca:nobody')).status).toBe(404)
  })
})
