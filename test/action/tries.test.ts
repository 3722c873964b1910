import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Pace, type Try, type TryOutcome, withTries } from '../../action/tries.ts'
import { err, ok } from '../../shared/result.ts'

/** A clock that only sleeping and working move. */
function paceWith(random: number): Pace & { readonly slept: number[]; work: (milliseconds: number) => void } {
  let now = 1000
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    random: () => random,
    work: (milliseconds) => {
      now += milliseconds
    },
    sleep: (milliseconds) => {
      slept.push(milliseconds)
      now += milliseconds
      return Promise.resolve()
    },
  }
}

const again = (retryAfterMs = 0): TryOutcome<string, string> => ({ finished: false, failure: 'not yet', retryAfterMs })

describe('withTries', () => {
  it('returns the first finished outcome, good or bad', async () => {
    const pace = paceWith(0)
    const outcomes: TryOutcome<string, string>[] = [again(), { finished: true, result: ok('done') }]
    expect(await withTries({ tries: 5, totalMs: 60_000 }, pace, async () => outcomes.shift() ?? again())).toEqual(ok('done'))
    const refused = await withTries<string, string>({ tries: 5, totalMs: 60_000 }, pace, async () => ({
      finished: true,
      result: err('no'),
    }))
    expect(refused).toEqual(err('no'))
  })

  it.each([
    [0, [250, 500, 1000, 2000]],
    [0.999999, [500, 1000, 2000, 4000]],
  ])('doubles its pauses, jittered downwards by up to a half (random %d)', async (random, pauses) => {
    const pace = paceWith(random)
    expect(await withTries({ tries: 5, totalMs: 60_000 }, pace, async () => again())).toEqual(err('not yet'))
    expect(pace.slept.map((pause) => Math.round(pause))).toEqual(pauses)
  })

  it('never pauses for less than it was asked to', async () => {
    const pace = paceWith(0.5)
    await withTries({ tries: 3, totalMs: 60_000 }, pace, async () => again(7000))
    expect(pace.slept).toEqual([7000, 7000])
  })

  it('does not wait for a try that could not begin in time', async () => {
    const pace = paceWith(0.5)
    expect(await withTries({ tries: 5, totalMs: 10_000 }, pace, async () => again(10_000))).toEqual(err('not yet'))
    expect(pace.slept).toEqual([])
  })

  it('tells each try its number and what is left', async () => {
    const pace = paceWith(0)
    const seen: Try[] = []
    await withTries({ tries: 2, totalMs: 5000 }, pace, async (current) => {
      seen.push(current)
      pace.work(3000)
      return again()
    })
    expect(seen).toEqual([
      { number: 1, remainingMs: 5000 },
      { number: 2, remainingMs: 1750 },
    ])
  })

  it('never exceeds its tries, and never begins one after its time', async () => {
    const asks = fc.array(fc.tuple(fc.nat(20_000), fc.nat(90_000)), { minLength: 10, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        asks,
        async (tries, random, script) => {
          const pace = paceWith(random)
          const begun: number[] = []
          await withTries({ tries, totalMs: 60_000 }, pace, async ({ number }) => {
            begun.push(pace.now() - 1000)
            const [worked, retryAfterMs] = script[number - 1] ?? [0, 0]
            pace.work(worked)
            return again(retryAfterMs)
          })
          expect(begun.length).toBeLessThanOrEqual(tries)
          for (const at of begun) expect(at).toBeLessThan(60_000)
        },
      ),
    )
  })
})
