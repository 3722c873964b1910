/** Kinds that an upstream makes: what the caller, the ledger and the upstream are left with when the upstream or the ledger fails at the worst moment. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { type AppUpstream, makeToken, serveApp } from './app-upstream.ts'
import { type Ask, asRole, entriesOf, exchange, makeWorld, rowsOf, startIsolate, type World } from './harness.ts'
import type { Handler } from './outside.ts'

const ledgerOf = (world: World) => env.LEDGER.getByName(world.ledger)
const typesOf = async (world: World): Promise<unknown[]> => (await entriesOf(world.ledger)).map(({ type }) => type)
const draw = (world: World, ask: Ask = {}) => exchange(world, { grant: 'write-docs', ...ask })

async function start(): Promise<{ world: World; upstream: AppUpstream }> {
  const world = await makeWorld()
  return { world, upstream: serveApp(world.outside) }
}

afterEach(() => vi.useRealTimers())

describe('an upstream that answers', () => {
  it('leaves a live lease, an opening and an issue in the ledger, and the credential with the caller alone', async () => {
    const { world, upstream } = await start()
    const answer = await draw(world)
    expect([answer.status, answer.body.token_type, answer.body.expires_in]).toEqual([200, 'Bearer', expect.toBeOneOf([599, 600])])
    expect(answer.body.access_token).toBe(upstream.made[0])
    expect(answer.body.authorization_details).toEqual([{ type: 'github-app', repositories: ['docs'], permissions: { contents: 'write' } }])
    expect(await typesOf(world)).toEqual(['opened', 'issued'])
    const [lease] = await rowsOf(world.ledger, 'lease')
    expect(lease).toMatchObject({ state: 'live', id: answer.body.lease_id, handle: expect.stringMatching(/^s1\./) })
  })

  it('narrows as asked', async () => {
    const { world } = await start()
    const narrowed = await draw(world, { form: { authorization_details: '[{"permissions":{"contents":"read"}}]', ttl: '120' } })
    expect(narrowed.body).toMatchObject({
      expires_in: expect.toBeOneOf([119, 120]),
      authorization_details: [{ permissions: { contents: 'read' } }],
    })
  })
})

describe('an upstream that fails', () => {
  const rows: readonly [string, Handler, string, number][] = [
    ['500', () => new Response('words of the upstream', { status: 500 }), 'upstream_unavailable', 503],
    ['503 with Retry-After', () => new Response('', { status: 503, headers: { 'retry-after': '17' } }), 'upstream_unavailable', 503],
    ['429', () => new Response('', { status: 429 }), 'upstream_unavailable', 503],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }), 'upstream_unavailable', 503],
    [
      'HTML',
      () => new Response('<html>words of the upstream', { status: 201, headers: { 'content-type': 'text/html' } }),
      'upstream_unavailable',
      503,
    ],
    [
      'JSON that ends early',
      () => new Response('{"token":', { status: 201, headers: { 'content-type': 'application/json' } }),
      'upstream_unavailable',
      503,
    ],
    ['another shape', () => Response.json({ words: 'of the upstream' }, { status: 201 }), 'upstream_unavailable', 503],
    ['a list', () => Response.json(['words of the upstream'], { status: 201 }), 'upstream_unavailable', 503],
    ['10 MB', () => Response.json({ words: 'x'.repeat(10_000_000) }, { status: 201 }), 'upstream_unavailable', 503],
    ['a broken connection', () => Promise.reject(new TypeError('words of the upstream')), 'upstream_unavailable', 503],
    ['401', () => Response.json({ words: 'of the upstream' }, { status: 401 }), 'upstream_refused', 400],
    ['404', () => Response.json({}, { status: 404 }), 'upstream_refused', 400],
    ['422', () => Response.json({ words: 'of the upstream' }, { status: 422 }), 'upstream_refused', 400],
  ]

  it.each(rows)('by %s gives a refusal without its words, a failed lease, and no second try', async (_name, handler, code, status) => {
    const { world, upstream } = await start()
    let mints = 0
    upstream.mint = (request) => {
      mints += 1
      return handler(request)
    }
    const answer = await draw(world)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.text).not.toContain('words')
    expect(mints).toBe(1)
    expect(await rowsOf(world.ledger, 'lease')).toEqual([])
    expect(await typesOf(world)).toEqual(['opened', 'failed'])
    expect(JSON.stringify([await entriesOf(world.ledger), world.isolate.log])).not.toContain('words')
  })

  it('hands on when to come back', async () => {
    const { world, upstream } = await start()
    upstream.mint = () => new Response('', { status: 503, headers: { 'retry-after': '17' } })
    expect((await draw(world)).headers.get('retry-after')).toBe('17')
  })

  it('by never answering is given up at the deadline', async () => {
    const { world, upstream } = await start()
    const abort = AbortSignal.timeout.bind(AbortSignal)
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => abort(Math.min(ms, 100)))
    upstream.mint = () => new Promise(() => undefined)
    const answer = await draw(world)
    expect([answer.status, answer.body.code]).toEqual([503, 'upstream_unavailable'])
    expect((await entriesOf(world.ledger)).at(-1)).toMatchObject({ type: 'failed', detail: 'timeout' })
  })

  it('by giving more than was ordered loses it again', async () => {
    const { world, upstream } = await start()
    upstream.mint = (request) => makeToken(upstream, request, { permissions: { contents: 'write', secrets: 'write' } })
    expect((await draw(world)).body.code).toBe('upstream_refused')
    expect(upstream.live.size).toBe(0)
  })
})

/** The tables come back with the next instance. */
const mend = (world: World): Promise<void> => evictDurableObject(ledgerOf(world))

describe('a ledger that cannot settle', () => {
  async function failing(sabotage: (state: DurableObjectState) => void, changes: { endFails?: boolean } = {}) {
    const { world, upstream } = await start()
    upstream.mint = async (request) => {
      await runInDurableObject(ledgerOf(world), (_ledger, state) => sabotage(state))
      return makeToken(upstream, request)
    }
    if (changes.endFails) upstream.end = () => new Response('', { status: 500 })
    const answer = await draw(world)
    await mend(world)
    return { world, upstream, answer }
  }

  it.each<[string, (state: DurableObjectState) => void]>([
    ['whose lease was ended meanwhile', (state) => void state.storage.sql.exec('DELETE FROM lease')],
    ['whose storage fails', (state) => void state.storage.sql.exec('DROP TABLE entry')],
  ])('%s has the credential ended, and nothing handed over', async (_name, sabotage) => {
    const { world, upstream, answer } = await failing(sabotage)
    expect([answer.status, answer.body.code, answer.headers.has('retry-after')]).toEqual([503, 'ledger_unavailable', true])
    expect(answer.text).not.toContain(upstream.made[0] ?? 'none')
    expect(upstream.made).toHaveLength(1)
    expect(upstream.live.size).toBe(0)
    expect(world.isolate.log).toContainEqual(expect.objectContaining({ outcome: 'abandoned', detail: 'revoked' }))
  })

  it.each<[string, (state: DurableObjectState) => void, JsonObject]>([
    ['whose lease was ended meanwhile', (state) => void state.storage.sql.exec('DELETE FROM lease'), { lease_was_over: true }],
    [
      'that takes the credential for another',
      (state) => void state.storage.sql.exec("UPDATE lease SET state = 'live', credential = 'x'"),
      {},
    ],
  ])('%s keeps what its upstream will not end, and goes on until it is ended', async (_name, sabotage, members) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { world, upstream, answer } = await failing(sabotage, { endFails: true })
    expect([answer.status, answer.body.code]).toEqual([503, 'ledger_unavailable'])
    const failed = (await entriesOf(world.ledger)).at(-1)
    expect(failed).toMatchObject({ type: 'failed', credential_end: 'still_to_end', lives_until: expect.any(Number), ...members })
    const [row] = await rowsOf(world.ledger, 'lease')
    expect(row).toMatchObject({ id: failed?.lease, state: 'live', recall: 'revoked', cause: 'not_handed_over', tries: 1 })
    expect(String(row?.handle)).toMatch(/^s1\./)
    for (const by of [5, 10, 20]) {
      vi.setSystemTime(Date.now() + by * 1000)
      await runDurableObjectAlarm(ledgerOf(world))
      if (by === 10) upstream.end = undefined
    }
    expect([upstream.live.size, upstream.ended]).toEqual([0, upstream.made])
    expect((await entriesOf(world.ledger)).at(-1)).toMatchObject({
      type: 'revoked',
      cause: 'not_handed_over',
      credential_end: 'revoked',
      lease: failed?.lease,
    })
    expect(await rowsOf(world.ledger, 'lease')).toEqual([])
    // the failure was told once, by the entry that keeps it
    expect((await typesOf(world)).filter((type) => type === 'end_failed')).toEqual([])
  })

  it('that cannot even admit lets nothing be made', async () => {
    const { world, upstream } = await start()
    await draw(world)
    await runInDurableObject(ledgerOf(world), (_ledger, state) => void state.storage.sql.exec('DROP TABLE lease'))
    expect((await draw(world)).body.code).toBe('ledger_unavailable')
    expect((await exchange(world)).body.code).toBe('ledger_unavailable')
    expect(upstream.made).toHaveLength(1)
    await mend(world)
    expect(await typesOf(world)).toEqual(['opened', 'issued'])
  })

  it('settles once when the answer to settle got lost, and hands the credential over', async () => {
    const { world, upstream } = await start()
    let lost = 0
    const isolate = startIsolate({
      ledger: (name) =>
        new Proxy(env.LEDGER.getByName(name), {
          get: (target, member) => {
            if (member !== 'settle') return Reflect.get(target, member)
            return async (settlement: Parameters<typeof target.settle>[0]) => {
              const settled = await target.settle(settlement)
              if (lost++ === 0) throw Object.assign(new Error('the connection was lost'), { retryable: true })
              return settled
            }
          },
        }),
    })
    const answer = await draw(world, { isolate })
    expect([answer.status, answer.body.access_token]).toEqual([200, upstream.made[0]])
    expect(await typesOf(world)).toEqual(['opened', 'issued'])
  })
})

describe('a worker that dies between admit and settle', () => {
  /** The mint never comes back: as far as the ledger can tell, its worker is dead. */
  async function dead(): Promise<{ world: World; upstream: AppUpstream; wake: () => void; answer: ReturnType<typeof draw> }> {
    const { world, upstream } = await start()
    let wake = (): void => undefined
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    const admitted = new Promise<void>((resolve) => {
      upstream.mint = async (request) => {
        resolve()
        await asleep
        return makeToken(upstream, request)
      }
    })
    const answer = draw(world)
    await admitted
    return { world, upstream, wake, answer }
  }

  async function passSeconds(world: World, by: number): Promise<void> {
    vi.setSystemTime(Date.now() + by * 1000)
    await runDurableObjectAlarm(ledgerOf(world))
  }

  it('leaves a lease in minting, which the alarm reports as orphaned and takes away', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { world, wake, answer } = await dead()
    expect((await rowsOf(world.ledger, 'lease')).map(({ state }) => state)).toEqual(['minting'])
    await evictDurableObject(ledgerOf(world))
    await passSeconds(world, 60)
    expect(await rowsOf(world.ledger, 'lease')).toHaveLength(1)
    await passSeconds(world, 61)
    expect(await rowsOf(world.ledger, 'lease')).toEqual([])
    expect((await entriesOf(world.ledger)).at(-1)).toMatchObject({
      type: 'orphaned',
      grant: 'write-docs',
      may_live_until: expect.any(Number),
    })
    wake()
    await answer
  })

  it('is not believed when it comes back after that: its credential is ended', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { world, upstream, wake, answer } = await dead()
    await passSeconds(world, 121)
    wake()
    expect((await answer).body.code).toBe('ledger_unavailable')
    expect([upstream.made.length, upstream.live.size]).toEqual([1, 0])
    expect(await typesOf(world)).toEqual(['opened', 'orphaned', 'failed'])
  })

  it('does not hand over what an operator ended meanwhile', async () => {
    const { world, upstream, wake, answer } = await dead()
    const ended = await asRole(world, 'operator', '/leases/revoke', { method: 'POST', body: JSON.stringify({ connection: 'app' }) })
    expect(ended.body.failed).toEqual([])
    expect(await typesOf(world)).toEqual(['opened', 'revoked'])
    wake()
    expect((await answer).status).toBe(503)
    expect(upstream.live.size).toBe(0)
  })
})
