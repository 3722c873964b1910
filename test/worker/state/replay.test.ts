/** One token, one exchange: however many ask at once, from however many isolates, before and after the ledger's memory is lost. */
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { serveApp } from '../app-upstream.ts'
import { type Answer, asRole, entriesOf, exchange, makeWorld, publish, rowsOf, startIsolate, tokenOf, type World } from '../harness.ts'
import { grantOf, withSection } from '../policies.ts'

const ledgerOf = (world: World) => env.LEDGER.getByName(world.ledger)

function expectOneWinner(answers: readonly Answer[]): void {
  const winners = answers.filter(({ status }) => status === 200)
  const losers = answers.filter(({ status }) => status !== 200)
  expect(winners).toHaveLength(1)
  expect(new Set(losers.map(({ body }) => body.code))).toEqual(new Set(['token_replayed']))
  expect(new Set(losers.map(({ body }) => 'access_token' in body))).toEqual(new Set([false]))
}

describe('64 exchanges of one token at once', () => {
  it.each(['call-api', 'write-docs'])('have exactly one winner for %s', async (grant) => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    const token = await tokenOf(world)
    const isolates = Array.from({ length: 8 }, () => startIsolate())
    const asks = Array.from({ length: 64 }, (_, index) => exchange(world, { grant, token, isolate: isolates[index % 8] ?? world.isolate }))
    expectOneWinner(await Promise.all(asks))
    expect(upstream.made).toHaveLength(grant === 'write-docs' ? 1 : 0)
    expect(await rowsOf(world.ledger, 'lease')).toHaveLength(1)
  })

  it('have no further winner once the ledger has lost its memory', async () => {
    const world = await makeWorld()
    const token = await tokenOf(world)
    expectOneWinner(await Promise.all(Array.from({ length: 8 }, () => exchange(world, { token }))))
    await evictDurableObject(ledgerOf(world))
    const later = await Promise.all(Array.from({ length: 8 }, () => exchange(world, { token })))
    expect(new Set(later.map(({ body }) => body.code))).toEqual(new Set(['token_replayed']))
  })

  it('have no winner for another grant either', async () => {
    const world = await makeWorld()
    const token = await tokenOf(world)
    expect((await exchange(world, { token })).status).toBe(200)
    serveApp(world.outside)
    expect((await exchange(world, { token, grant: 'write-docs' })).body.code).toBe('token_replayed')
  })
})

describe('a token', () => {
  it('is burnt at admit, also when the mint then fails', async () => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    upstream.mint = () => new Response('down', { status: 500 })
    const token = await tokenOf(world)
    expect((await exchange(world, { token, grant: 'write-docs' })).body.code).toBe('upstream_unavailable')
    upstream.mint = undefined
    expect((await exchange(world, { token, grant: 'write-docs' })).body.code).toBe('token_replayed')
    expect(upstream.made).toEqual([])
    expect((await entriesOf(world.ledger)).map(({ type }) => type)).toEqual(['opened', 'failed', 'refused'])
  })

  it('is not burnt by a refusal before admit', async () => {
    const world = await makeWorld((policy) =>
      withSection(policy, 'grants', { once: grantOf('api', { scopes: ['read'] }, { limits: { per_job: 1 } }) }),
    )
    await exchange(world, { grant: 'once' })
    const token = await tokenOf(world)
    const refused = [
      await exchange(world, { token, grant: 'no-such-grant' }),
      await exchange(world, { token, form: { ttl: '0' } }),
      await exchange(world, { token, form: { authorization_details: '[{"scopes":["admin"]}]' } }),
      await exchange(world, { token, grant: 'once' }),
    ]
    expect(refused.map(({ body }) => body.code)).toEqual(['grant_refused', 'request_malformed', 'scope_exceeded', 'limit_reached'])
    const freeze = { target: 'workload', name: 'docs' }
    await asRole(world, 'operator', '/freezes', { method: 'PUT', body: JSON.stringify({ ...freeze, reason: 'drill' }) })
    expect((await exchange(world, { token })).body.code).toBe('frozen')
    await asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify(freeze) })
    expect((await exchange(world, { token })).status).toBe(200)
  })

  it('is no mark for another owner: each ledger knows its own', async () => {
    const one = await makeWorld()
    const claims = { jti: 'the-same' }
    expect((await exchange(one, { claims })).status).toBe(200)
    const other = await makeWorld()
    expect((await exchange(other, { claims })).status).toBe(200)
  })
})

describe('a retried call to the ledger', () => {
  const LEASE = '7fffffff000000000000000000000001'

  async function admission(world: World, lease = LEASE) {
    const { policy } = await env.POLICY_STORE.getByName('policy').activation()
    if (policy === null) throw new Error('no policy')
    const subject = { issuer: 'github', grant: 'call-api', workload: 'docs', connection: 'api', kind: 'jwt' }
    const run = { counted: 'docs', decision: 'd', runId: '1', ask: '{"attributes":{},"job":"1","jti":"1"}' }
    const opened = { id: lease, state: 'live', expiresAt: 0x7fffffff, runId: '1', job: '1', credential: `${'A'.repeat(43)}=` } as const
    return { policy, subject, ...run, ledger: world.ledger, jti: 'retried', attempt: 'a1', limits: {}, lease: opened }
  }

  it('is admitted again under its own attempt, without a second entry or lease', async () => {
    const world = await makeWorld()
    const ask = await admission(world)
    expect(await ledgerOf(world).admit(ask)).toEqual({ outcome: 'admitted' })
    await evictDurableObject(ledgerOf(world))
    expect(await ledgerOf(world).admit(ask)).toEqual({ outcome: 'admitted' })
    expect(await ledgerOf(world).admit({ ...ask, attempt: 'a2' })).toEqual({ outcome: 'replayed' })
    expect((await entriesOf(world.ledger)).map(({ type }) => type)).toEqual(['issued', 'refused'])
    expect(await rowsOf(world.ledger, 'lease')).toHaveLength(1)
  })

  it('does not carry its attempt over to another lease: a credential that was decided anew would be on no record', async () => {
    const world = await makeWorld()
    let first = true
    // the first admit is written, its answer is lost, and meanwhile another policy became active
    const isolate = startIsolate({
      ledger: (name) => {
        const stub = env.LEDGER.getByName(name)
        return new Proxy(stub, {
          get: (target, member) => {
            if (member !== 'admit') return Reflect.get(target, member)
            return async (asked: Parameters<typeof target.admit>[0]) => {
              const answer = await target.admit(asked)
              if (!first) return answer
              first = false
              await publish(world, { ...world.policy, settings: { explain: 'none' } })
              throw Object.assign(new Error('the connection was lost'), { retryable: true })
            }
          },
        })
      },
    })
    const answer = await exchange(world, { isolate })
    const leases = (await rowsOf(world.ledger, 'lease')).map(({ id }) => id)
    // either a no, or a credential whose lease is on record
    if (answer.status === 200) expect(leases).toContain(answer.body.lease_id)
    else expect(answer.body.code).toBe('token_replayed')
  })
})
