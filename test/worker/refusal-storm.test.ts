/** Refusals must not be a way to fill the ledger: strangers leave nothing in storage at all, and a verified caller in a loop leaves a bounded number of entries. */
import { runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { asRole, entriesOf, exchange, github, makeWorld, rowsOf, tokenOf, type World } from './harness.ts'
import { makeIssuer, sign } from './issuer.ts'
import { GITHUB } from './policies.ts'

const TABLES = ['entry', 'lease', 'draw', 'counted'] as const

async function rowCounts(world: World): Promise<number[]> {
  return Promise.all(TABLES.map(async (table) => (await rowsOf(world.ledger, table)).length))
}

afterEach(() => vi.useRealTimers())

describe('strangers', () => {
  it('leave no row anywhere, whatever they send', async () => {
    const world = await makeWorld()
    expect((await exchange(world)).status).toBe(200)
    const before = await rowCounts(world)
    const ledgers = await env.POLICY_STORE.getByName('policy').ledgers()
    const forger = await makeIssuer(GITHUB, 'github-1')
    const elsewhere = {
      repository_owner: 'others',
      repository_owner_id: '7',
      repository: 'others/docs',
      workflow_ref: 'others/docs/.github/workflows/ci.yml@refs/heads/main',
      sub: 'x',
    }
    const genuine = await tokenOf(world)
    const tokens = [
      'no token',
      `${genuine.slice(0, -4)}AAAA`,
      await sign(forger, { iss: GITHUB, aud: 'https://jobpass.example.com' }),
      await sign(github, { iss: 'https://issuer.nobody.example' }),
      await sign(github, { iss: GITHUB }),
      await tokenOf(world, { aud: 'https://other.example' }),
      await tokenOf(world, elsewhere),
    ]
    for (const token of tokens) {
      const answers = await Promise.all(Array.from({ length: 5 }, () => exchange(world, { token })))
      expect(new Set(answers.map(({ body }) => body.error))).toEqual(new Set(['invalid_request']))
    }
    expect(await rowCounts(world)).toEqual(before)
    expect(await env.POLICY_STORE.getByName('policy').ledgers()).toEqual(ledgers)
  })
})

describe('a verified caller that is refused again and again', () => {
  const refusedEntries = async (world: World) => (await entriesOf(world.ledger)).filter(({ type }) => type === 'refused')

  it('is recorded sixty times a minute, and then counted in one entry', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 60_000) * 60_000 })
    const world = await makeWorld()
    const branch = { ref: 'refs/heads/feature' }
    for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 10 }, () => exchange(world, { claims: branch })))
    expect(await refusedEntries(world)).toHaveLength(60)
    expect(await rowsOf(world.ledger, 'counted')).toHaveLength(1)

    vi.setSystemTime(Date.now() + 60_000)
    expect(await runDurableObjectAlarm(env.LEDGER.getByName(world.ledger))).toBe(true)
    const counted = (await entriesOf(world.ledger)).filter(({ type }) => type === 'refusals_counted')
    expect(counted.map(({ refusals }) => refusals)).toEqual([40])
    expect(await rowsOf(world.ledger, 'counted')).toEqual([])

    await exchange(world, { claims: branch })
    expect(await refusedEntries(world)).toHaveLength(61)
  })

  it('is counted too where only admission refuses, and the count does not wait for an alarm that something else sets', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 60_000) * 60_000 })
    const world = await makeWorld()
    const target = { target: 'grant', name: 'call-api' }
    await asRole(world, 'operator', '/freezes', { method: 'PUT', body: JSON.stringify({ ...target, reason: 'drill' }) })
    for (let round = 0; round < 7; round++) await Promise.all(Array.from({ length: 10 }, () => exchange(world)))
    expect(await refusedEntries(world)).toHaveLength(60)
    vi.setSystemTime(Date.now() + 60_000)
    expect(await runDurableObjectAlarm(env.LEDGER.getByName(world.ledger))).toBe(true)
    const counted = (await entriesOf(world.ledger)).filter(({ type }) => type === 'refusals_counted')
    expect(counted.map(({ refusals }) => refusals)).toEqual([10])
    await asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify(target) })
  })

  it('does not hide another caller of the same owner', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 60_000) * 60_000 })
    const world = await makeWorld()
    for (let round = 0; round < 7; round++) await Promise.all(Array.from({ length: 10 }, () => exchange(world, { grant: 'no-such-grant' })))
    const repository = `${world.owner.name}/third`
    const third = { repository, repository_id: '33', workflow_ref: `${repository}/.github/workflows/ci.yml@refs/heads/main`, sub: 'x' }
    await exchange(world, { claims: third })
    const refused = await refusedEntries(world)
    expect(refused).toHaveLength(61)
    expect(refused.at(-1)).toMatchObject({ type: 'refused', code: 'grant_refused', grant: 'call-api' })
  })
})
