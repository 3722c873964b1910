import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DECISION, refusal } from './broker-on-loopback.ts'
import { type Bundles, makeBundles, type Stage, setStage } from './stage.ts'

let bundles: Bundles

beforeAll(async () => {
  bundles = await makeBundles()
})
afterAll(() => bundles.remove())

const unavailable = (headers: Record<string, string> = {}) =>
  refusal({ error: 'temporarily_unavailable', code: 'upstream_unavailable', error_description: 'Not now.' }, 503, headers)

async function onStage(test: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await setStage(bundles)
  try {
    await test(stage)
  } finally {
    await stage.close()
  }
}

/** The pauses dominate, so these run side by side. */
describe.concurrent('trying again', () => {
  it.each([500, 502, 503, 504, 429])('follows a status %i, with a fresh ID token', (status) =>
    onStage(async (stage) => {
      stage.broker.failures.push({ status, body: '' })
      const run = await stage.main()
      expect([run.exitCode, stage.broker.exchanges.length]).toEqual([0, 2])
      const [first, second] = stage.broker.exchanges.map(({ idToken }) => idToken)
      expect(first).not.toBe(second)
      for (const token of stage.ci.tokens) expect(run.readable).not.toContain(token)
    }),
  )

  it('follows a dropped connection', () =>
    onStage(async (stage) => {
      stage.broker.failures.push('reset')
      expect((await stage.main()).exitCode).toBe(0)
      expect(new Set(stage.broker.exchanges.map(({ idToken }) => idToken)).size).toBe(2)
    }))

  it('ends after five tries, each with a token of its own, and says what the broker said last', () =>
    onStage(async (stage) => {
      stage.broker.failures.push(...Array.from({ length: 9 }, () => unavailable()))
      const run = await stage.main()
      expect([run.exitCode, stage.broker.exchanges.length]).toEqual([1, 5])
      expect(new Set(stage.broker.exchanges.map(({ idToken }) => idToken)).size).toBe(5)
      const error = run.commands.at(-1)
      expect(error?.properties).toBe('title=Jobpass: the broker cannot serve this now')
      expect(error?.data.split('\n')).toEqual([
        `${stage.broker.origin} answered with status 503 after 5 tries (upstream_unavailable): Not now.`,
        'The service behind the grant could not be reached. Run the job again later.',
        `Decision ${DECISION}: quote it to whoever looks after the policy.`,
      ])
      expect(run.milliseconds).toBeGreaterThan(3700)
    }))

  it('waits as long as Retry-After asks', () =>
    onStage(async (stage) => {
      stage.broker.failures.push(unavailable({ 'retry-after': '3' }))
      expect((await stage.main()).exitCode).toBe(0)
      const [first, second] = stage.broker.exchanges
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2950)
    }))

  it('is not worth it when Retry-After asks for more than a minute', () =>
    onStage(async (stage) => {
      stage.broker.failures.push(refusal({ error: 'temporarily_unavailable', code: 'limit_reached' }, 429, { 'retry-after': '1800' }))
      const run = await stage.main()
      expect([run.exitCode, stage.broker.exchanges.length]).toEqual([1, 1])
      expect(run.milliseconds).toBeLessThan(5000)
      expect(run.commands.at(-1)?.data).toContain('It asks to wait 1800 s')
      expect(run.commands.at(-1)?.data).toContain('The grant limits how often it is given out.')
    }))

  it('ends when the broker cannot be reached at all', () =>
    onStage(async (stage) => {
      await stage.broker.close()
      const run = await stage.main()
      expect([run.exitCode, stage.ci.tokens.length]).toEqual([1, 5])
      expect(run.commands.at(-1)?.properties).toBe('title=Jobpass: the broker could not be reached')
      expect(run.commands.at(-1)?.data).toContain(`${stage.broker.origin} gave no answer in 5 tries (last: ECONNREFUSED)`)
    }))

  it('follows a broker that hangs, after a while', { timeout: 60_000 }, () =>
    onStage(async (stage) => {
      stage.broker.failures.push('hang')
      const run = await stage.main()
      expect([run.exitCode, stage.broker.exchanges.length]).toEqual([0, 2])
      expect(run.milliseconds).toBeLessThan(25_000)
    }),
  )

  it('of the ID token service follows a status 5xx and a hang of five seconds', () =>
    onStage(async (stage) => {
      stage.ci.failures.push({ status: 503, body: '' }, 'hang')
      const run = await stage.main()
      expect([run.exitCode, stage.ci.requests.length, stage.broker.exchanges.length]).toEqual([0, 3, 1])
      expect(run.milliseconds).toBeLessThan(15_000)
    }))

  it('of the ID token service ends after four tries, and the broker is not asked', () =>
    onStage(async (stage) => {
      stage.ci.failures.push(...Array.from({ length: 9 }, () => ({ status: 500, body: 'oops' })))
      const run = await stage.main()
      expect([run.exitCode, stage.ci.requests.length, stage.broker.exchanges.length]).toEqual([1, 4, 0])
      expect(run.commands.at(-1)?.data).toContain('gave no token in 4 tries (last: status 500)')
    }))
})
