/** Which key signs when: laws over any sequence of rotations, kept by pure functions of time. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jwt } from '../../../shared/kinds/jwt.ts'
import {
  type KeyTimes,
  nextTending,
  nextUseFrom,
  PUBLISHED_AFTER_USE,
  PUBLISHED_BEFORE_USE,
  phasesOf,
  SIGNING_SCHEDULE,
} from '../../../worker/state/keyring-schedule.ts'

const DAY = 86_400

interface MadeKey extends KeyTimes {
  readonly madeAt: number
}

/** Keys made one after another; each alarm comes late by so many seconds. */
function rotate(rotation: number, delays: readonly number[]): readonly MadeKey[] {
  const keys: MadeKey[] = [{ kid: '0', useFrom: 0, madeAt: 0 }]
  for (const [index, delay] of delays.entries()) {
    const madeAt = Math.max(0, keys.at(-1)?.useFrom ?? 0) + delay
    const { current } = phasesOf(keys, madeAt)
    if (current !== undefined)
      keys.push({
        kid: String(index + 1),
        useFrom: nextUseFrom(current, { rotation, publishedBefore: PUBLISHED_BEFORE_USE }, madeAt),
        madeAt,
      })
  }
  return keys
}

const histories = fc
  .tuple(fc.integer({ min: 2 * DAY, max: 60 * DAY }), fc.array(fc.integer({ min: 0, max: 90 * DAY }), { minLength: 1, maxLength: 6 }))
  .map(([rotation, delays]) => rotate(rotation, delays))
const moments = fc.integer({ min: 0, max: 400 * DAY })

describe('the schedule of signing keys', () => {
  it('publishes every key at least a day before it signs', () => {
    fc.assert(fc.property(histories, (keys) => keys.slice(1).every(({ madeAt, useFrom }) => useFrom - madeAt >= PUBLISHED_BEFORE_USE)))
    expect(PUBLISHED_BEFORE_USE).toBeGreaterThanOrEqual(DAY)
  })

  it('always has one current key, and it is the newest that may sign', () => {
    fc.assert(
      fc.property(histories, moments, (keys, now) => {
        const { current, next } = phasesOf(keys, now)
        expect(current?.useFrom).toBe(Math.max(...keys.map(({ useFrom }) => useFrom).filter((useFrom) => useFrom <= now)))
        if (next !== undefined) expect(next.useFrom).toBeGreaterThan(now)
      }),
    )
  })

  it('keeps a key published until the last token it can have signed has ended', () => {
    fc.assert(
      fc.property(histories, moments, fc.integer({ min: 0, max: jwt.lifetime.max + 3600 }), (keys, signedAt, age) => {
        const signer = phasesOf(keys, signedAt).current
        const { current, next, previous } = phasesOf(keys, signedAt + age)
        expect([current, next, ...previous].map((key) => key?.kid)).toContain(signer?.kid)
      }),
    )
    expect(PUBLISHED_AFTER_USE).toBeGreaterThanOrEqual(DAY)
  })

  it('puts each key in exactly one phase', () => {
    fc.assert(
      fc.property(histories, moments, (keys, now) => {
        const { current, next, previous, gone } = phasesOf(keys, now)
        const placed = [current, next, ...previous, ...gone].filter((key) => key !== undefined).map(({ kid }) => kid)
        expect(new Set(placed).size).toBe(placed.length)
        // a key after the next is not known to anybody yet: it is never made so early
        expect(placed.length).toBe(keys.filter(({ useFrom }) => useFrom <= (next?.useFrom ?? now)).length)
      }),
    )
  })

  it('never goes back to a key that was destroyed, and never is without one, though the clock goes back', () => {
    const destroyed = { kid: 'a', useFrom: 0, sealed: '' }
    const keys = [{ kid: 'c', useFrom: 60 * DAY, sealed: 's' }, destroyed, { kid: 'b', useFrom: 30 * DAY, sealed: 's' }]
    expect(phasesOf(keys, 5)).toMatchObject({ current: { kid: 'b' }, next: { kid: 'c' }, previous: [destroyed], gone: [] })
    expect(phasesOf(keys.slice(0, 1), 5)).toMatchObject({ current: { kid: 'c' }, next: undefined })
  })

  it('looks again when the next key begins, and at least daily', () => {
    const keys = [
      { kid: 'a', useFrom: 0 },
      { kid: 'b', useFrom: SIGNING_SCHEDULE.rotation },
    ]
    expect(nextTending([keys], 5)).toBe(5 + DAY)
    expect(nextTending([keys], SIGNING_SCHEDULE.rotation - 60)).toBe(SIGNING_SCHEDULE.rotation)
    expect(nextTending([keys, []], 5)).toBe(5)
  })
})
