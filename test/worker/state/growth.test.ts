/** What strangers and stubborn callers may cost: rows, memory, entries. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { answerOf, claimsOf, entriesOf, exchange, github, makeWorld, rowsOf, seconds, tokenOf } from '../harness.ts'
import { makeIssuer, sign } from '../issuer.ts'

const TABLES = ['entry', 'lease', 'draw', 'counted', 'meta']

async function countsOf(ledger: string): Promise<Record<string, number>> {
  const counts = await Promise.all(TABLES.map(async (table) => [table, (await rowsOf(ledger, table)).length] as const))
  return Object.fromEntries(counts)
}

describe('anonymous traffic', () => {
  it('leaves every ledger as it was: 500 bad tokens, forms, revocations and looks', async () => {
    const world = await makeWorld()
    await exchange(world)
    const ledgers = await env.POLICY_STORE.getByName('policy').ledgers()
    const before = await Promise.all(ledgers.map(countsOf))
    const stranger = await makeIssuer(github.url, github.kid)
    const forged = await sign(stranger, claimsOf(world))
    const genuineElsewhere = await tokenOf(world, { repository_owner_id: '4711', sub: 'x' })
    const tokens = [
      'x',
      'a.b.c',
      forged,
      `${forged}=`,
      await sign(github, claimsOf(world, { iss: 'https://evil.example' })),
      genuineElsewhere,
    ]
    const post = (path: string, form: Record<string, string>, bearer?: string) =>
      world.isolate.fetch(path, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
      })
    for (let n = 0; n < 56; n++) {
      for (const token of tokens) await exchange(world, { token: n % 2 === 0 ? token : `${token.slice(0, -n)}` })
      await post('/revoke', { token: `unknown-${n}` })
      await post('/revoke', { lease_id: '0'.repeat(32) }, forged)
      await post('/introspect', { token: forged }, forged)
    }
    for (const path of ['/ledger', '/policy', '/freezes', '/leases'])
      await world.isolate.fetch(path, { headers: { authorization: `Bearer ${forged}` } })
    expect(await env.POLICY_STORE.getByName('policy').ledgers()).toEqual(ledgers)
    expect(await Promise.all(ledgers.map(countsOf))).toEqual(before)
  })

  it('opens no ledger for an owner outside the fence, and none for an unknown issuer', async () => {
    const world = await makeWorld()
    const before = await env.POLICY_STORE.getByName('policy').ledgers()
    for (const id of ['1', '2', '3']) await exchange(world, { claims: { repository_owner_id: id, sub: 'x' } })
    expect(await env.POLICY_STORE.getByName('policy').ledgers()).toEqual(before)
  })
})

describe('verified refusals', () => {
  it('by replay are counted too', async () => {
    const world = await makeWorld()
    const token = await tokenOf(world)
    for (let n = 0; n < 80; n++) await exchange(world, { token })
    expect((await entriesOf(world.ledger)).length).toBeLessThanOrEqual(62)
  })

  it('write no more than the caller may choose: long names and reasons are cut or refused', async () => {
    const world = await makeWorld()
    await exchange(world, { grant: 'x'.repeat(256), form: { reason: 'y'.repeat(256) } })
    const [entry] = await entriesOf(world.ledger)
    expect(String(entry?.grant).length).toBeLessThanOrEqual(63)
    expect(JSON.stringify(entry).length).toBeLessThan(4096)
  })

  it('of a token full of claims stay small', async () => {
    const world = await makeWorld()
    const claims = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`repo_property_p${n}`, 'v'.repeat(40)]))
    const answer = await exchange(world, { claims })
    expect(answer.status).toBe(200)
    expect(JSON.stringify(await entriesOf(world.ledger)).length).toBeLessThan(16_384)
  })
})

describe('two thousand exchanges', () => {
  it('leave the caches of an isolate as small as they were', async () => {
    const world = await makeWorld()
    const { deps } = world.isolate
    const sizes = (): number[] => [
      deps.keySets.fetched.size,
      deps.reportedClaims.size,
      ...[...deps.keySets.fetched.values()].map(({ unknown }) => unknown.size),
    ]
    await exchange(world)
    const before = sizes()
    for (let round = 0; round < 100; round++) {
      const asks = Array.from({ length: 20 }, async (_, n) => exchange(world, n % 4 === 0 ? { grant: `unknown-${round}-${n}` } : {}))
      const answers = await Promise.all(asks)
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(15)
    }
    expect(sizes()).toEqual(before)
    expect(await rowsOf(world.ledger, 'lease')).toHaveLength(1501)
  })

  it('report a claim of every name only so many times', async () => {
    const world = await makeWorld()
    for (let n = 0; n < 130; n++) await exchange(world, { claims: { [`novelty_${n}`]: 'x' } })
    expect(world.isolate.deps.reportedClaims.size).toBeLessThanOrEqual(101)
  })
})

describe('an answer', () => {
  it('is small whatever was asked', async () => {
    const world = await makeWorld()
    const now = seconds()
    const answer = await answerOf(
      await world.isolate.fetch('/token', {
        method: 'POST',
        body: new URLSearchParams({ ['x'.repeat(30_000)]: '1', [`${'x'.repeat(30_000)}y`]: String(now) }),
      }),
    )
    expect(answer.text.length).toBeLessThan(1000)
    const twice = new URLSearchParams([
      ['x'.repeat(20_000), '1'],
      ['x'.repeat(20_000), '2'],
    ])
    expect((await answerOf(await world.isolate.fetch('/token', { method: 'POST', body: twice }))).text.length).toBeLessThan(1000)
  })
})
