/** An upstream that does one thing and says another. The judge asks the upstream what lives, and the ledger what it admits to. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type AppUpstream, makeToken } from '../app-upstream.ts'
import { entriesOf } from '../harness.ts'
import type { Handler } from '../outside.ts'
import { ask, judgeOverTime, ledgerOf, pass, type Stage, setStage } from './stage.ts'
import { failingStorage } from './storage.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

type Behaviour = (upstream: AppUpstream) => Handler

const hangs: Handler = () => new Promise(() => undefined)

async function mintedBy(behaviour: Behaviour): Promise<Stage> {
  const abort = AbortSignal.timeout.bind(AbortSignal)
  const stage = await setStage()
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => abort(Math.min(ms, 100)))
  stage.upstream.mint = behaviour(stage.upstream)
  await ask(stage, 'write-docs')
  stage.upstream.mint = undefined
  await ask(stage, 'write-docs')
  return stage
}

const minting =
  (answer: Handler): Behaviour =>
  (upstream) =>
  async (request) => {
    await makeToken(upstream, request)
    return answer(request)
  }

describe('an upstream that mints', () => {
  it.each<[string, Behaviour]>([
    ['and then hangs', minting(hangs)],
    ['and answers 500', minting(() => new Response('', { status: 500 }))],
    ['and answers 201 without the token', minting(() => Response.json({}, { status: 201 }))],
    ['and answers 201 with half of it', minting(() => new Response('{"token":"ghs_', { status: 201 }))],
    ['and answers more than fits', minting(() => Response.json({ x: 'x'.repeat(10_000_000) }, { status: 201 }))],
    ['and drops the connection', minting(() => Promise.reject(new TypeError('gone')))],
  ])('%s: the ledger says that something may live, and until when', async (_name, behaviour) => {
    const stage = await mintedBy(behaviour)
    expect(stage.answers.map((answer) => answer?.body.code)).toEqual(['upstream_unavailable', 'token_replayed'])
    expect(stage.upstream.live.size).toBe(1)
    expect(await judgeOverTime(stage)).toEqual([])
    const failed = (await entriesOf(stage.world.ledger)).find(({ type }) => type === 'failed')
    expect(Number(failed?.may_live_until) * 1000 - Date.parse(String(failed?.at))).toBeGreaterThan(3_590_000)
  })

  it.each<[string, Handler]>([
    ['401', () => Response.json({}, { status: 401 })],
    ['429', () => new Response('', { status: 429 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } })],
  ])('nothing and says so by %s is not suspected of it', async (_name, handler) => {
    const stage = await mintedBy(() => handler)
    const entries = await entriesOf(stage.world.ledger)
    expect(entries.find(({ type }) => type === 'failed')).not.toHaveProperty('may_live_until')
    expect(await judgeOverTime(stage)).toEqual([])
  })

  it('twice: what it answered with is recorded and ended; the other is known to nobody but the upstream', async () => {
    const stage = await mintedBy((upstream) => async (request) => {
      await makeToken(upstream, request.clone())
      return makeToken(upstream, request)
    })
    expect(stage.answers.map((answer) => answer?.body.access_token)).toEqual([stage.upstream.made[1], undefined])
    expect(await judgeOverTime(stage, { ghosts: 1 })).toEqual([])
    expect(stage.upstream.live.size).toBe(1)
  })

  it('more than was ordered and does not take it back: the credential is kept, and ended as soon as that can be done', async () => {
    const stage = await setStage()
    stage.upstream.mint = (request) => makeToken(stage.upstream, request, { permissions: { contents: 'write', secrets: 'write' } })
    stage.upstream.end = () => new Response('', { status: 500 })
    expect((await ask(stage, 'write-docs'))?.body.code).toBe('upstream_refused')
    expect(stage.upstream.live.size).toBe(1)
    const failed = (await entriesOf(stage.world.ledger)).at(-1)
    expect(failed).toMatchObject({ type: 'failed', credential_end: 'still_to_end', lives_until: expect.any(Number) })
    await pass(stage, 60)
    stage.upstream.end = undefined
    await pass(stage, 600)
    expect(stage.upstream.live.size).toBe(0)
    expect(await judgeOverTime(stage)).toEqual([])
  })
})

describe('an upstream that revokes', () => {
  it.each<[string, Handler]>([
    ['and answers 500', () => new Response('', { status: 500 })],
    ['and hangs', hangs],
  ])('%s is asked again, and believed when it says that it is gone', async (_name, answer) => {
    const stage = await mintedBy((upstream) => (request) => makeToken(upstream, request))
    stage.upstream.end = (request) => {
      stage.upstream.live.delete(request.headers.get('authorization')?.replace('Bearer ', '') ?? '')
      return answer(request)
    }
    await pass(stage, 605)
    stage.upstream.end = undefined
    expect(await judgeOverTime(stage)).toEqual([])
    const last = (await entriesOf(stage.world.ledger)).at(-1)
    expect(last).toMatchObject({ type: 'expired', credential_end: 'already_gone' })
  })

  it('while the ledger cannot write that it did: the credential is over, and so is the lease when it can', async () => {
    const stage = await mintedBy((upstream) => (request) => makeToken(upstream, request))
    const storage = await failingStorage(stage.world.ledger, (_index, write) => write !== 'setAlarm')
    await pass(stage, 700)
    expect(stage.upstream.live.size).toBe(0)
    await storage.mend()
    await pass(stage, 90)
    expect(await judgeOverTime(stage)).toEqual([])
    expect(await ledgerOf(stage).leases({}, 10)).toEqual([])
  })
})
