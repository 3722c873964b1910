/** Clocks that jump by hours: between the steps of an exchange, under a ledger, under an isolate. Nothing lives on because of it, and nothing stays shut once the clock is right again. */
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { currentPolicy, newerPolicy } from '../../../worker/authorize/policy-cache.ts'
import { makeToken } from '../app-upstream.ts'
import { activeDigest, entriesOf, exchange, makeWorld, publish, rowsOf, startIsolate } from '../harness.ts'
import { withSection } from '../policies.ts'
import { another, ask, GRANTS, judgeOverTime, pass, setStage } from './stage.ts'

const HOUR = 3_600_000
const JUMPS = [3 * HOUR, -3 * HOUR, 30 * HOUR] as const

const jump = (ms: number): void => void vi.setSystemTime(Date.now() + ms)

afterEach(() => vi.useRealTimers())

describe.each(JUMPS)('a clock that jumps by %d ms', (ms) => {
  it('between admission and settlement leaves nothing that is not on record', async () => {
    const stage = await setStage()
    stage.upstream.mint = (request) => {
      jump(ms)
      return makeToken(stage.upstream, request)
    }
    await ask(stage, 'write-docs')
    stage.upstream.mint = undefined
    await pass(stage, 120)
    jump(-ms)
    if (ms < 0) await pass(stage, -ms / 1000, 3600)
    expect(await judgeOverTime(stage)).toEqual([])
  })

  it.each(GRANTS)('after an exchange for %s: its lease ends, and so does what was drawn before and after', async (grant) => {
    const stage = await setStage()
    expect((await ask(stage, grant))?.status).toBe(200)
    jump(ms)
    expect((await another(stage, grant)).status).toBe(200)
    await pass(stage, 700)
    jump(-ms)
    expect((await another(stage, grant)).status).toBe(200)
    await pass(stage, Math.abs(ms) / 1000 + 700, 1800)
    expect(await judgeOverTime(stage, { others: 2 })).toEqual([])
    expect(await rowsOf(stage.world.ledger, 'lease')).toEqual([])
    expect(stage.upstream.live.size).toBe(0)
  })
})

describe('a ledger whose clock is hours ahead for a moment', () => {
  /** Only the object sees the wrong time. */
  function aheadAt(member: 'admit' | 'refuse') {
    return startIsolate({
      ledger: (name) =>
        new Proxy(env.LEDGER.getByName(name), {
          get: (target, asked) => {
            if (asked !== member) return Reflect.get(target, asked)
            return async (message: never) => {
              jump(3 * HOUR)
              const answer = await target[member](message)
              jump(-3 * HOUR)
              return answer
            }
          },
        }),
    })
  }

  it('lets go of a mint that never came back when its lease is over, not hours later', async () => {
    const stage = await setStage()
    stage.upstream.mint = () => new Promise(() => undefined)
    void exchange(stage.world, { grant: 'write-docs', token: stage.token, isolate: aheadAt('admit') })
    await vi.waitFor(async () => expect(await rowsOf(stage.world.ledger, 'lease')).toHaveLength(1))
    stage.answers.push(undefined)
    await pass(stage, 700)
    expect(await rowsOf(stage.world.ledger, 'lease')).toEqual([])
    expect((await entriesOf(stage.world.ledger)).at(-1)?.type).toBe('orphaned')
  })

  it('writes its refusals one by one again as soon as the minute is another', async () => {
    const stage = await setStage()
    const claims = { ref: 'refs/heads/other' }
    const isolate = aheadAt('refuse')
    for (let n = 0; n < 65; n++) await exchange(stage.world, { claims, isolate })
    await pass(stage, 90)
    await another(stage, 'call-api')
    await pass(stage, 700)
    await exchange(stage.world, { claims })
    const entries = await entriesOf(stage.world.ledger)
    expect(entries.filter(({ type }) => type === 'refused')).toHaveLength(61)
    expect(entries.filter(({ type }) => type === 'refusals_counted').map(({ refusals }) => refusals)).toEqual([5])
  })
})

describe('an isolate whose clock was ahead', () => {
  it('looks for a newer policy again when it is right', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const world = await makeWorld()
    const { deps } = startIsolate()
    jump(3 * HOUR)
    const held = await currentPolicy(deps)
    jump(-3 * HOUR)
    await publish(world, withSection(world.policy, 'settings', { max_ttl: '7m' }))
    jump(5_000)
    if (held === undefined) throw new Error('the isolate holds no policy')
    expect((await newerPolicy(held, deps))?.digest).toBe(await activeDigest())
  })
})

describe('the marks of limits', () => {
  it('are gone an hour after the draw, or seven days where they count a job', async () => {
    const stage = await setStage()
    for (const job of ['1', '2', '3', '4', '5']) await another(stage, 'call-api', job)
    const kinds = async (): Promise<unknown[]> =>
      (await rowsOf(stage.world.ledger, 'draw')).map(({ key }) => JSON.parse(String(key))[0]).sort()
    expect(await kinds()).toEqual([...Array(5).fill('hour'), ...Array(5).fill('job')])
    await pass(stage, 3_700, 1_800)
    await another(stage, 'call-api', '6')
    expect(await kinds()).toEqual(['hour', ...Array(6).fill('job')])
    await pass(stage, 7 * 86_400, 86_400)
    await another(stage, 'call-api', '6')
    await pass(stage, 700)
    expect(await kinds()).toEqual(['hour', 'job'])
  })
})
