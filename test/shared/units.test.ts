import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, formatInstant, parseDuration } from '../../shared/units.ts'

describe('a duration', () => {
  it.each([
    ['90s', 90],
    ['15m', 900],
    ['1h', 3600],
    ['30d', 2_592_000],
    ['999999999s', 999_999_999],
  ])('%s is %i seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  it.each(['', '0s', '-1s', '1', 's', '1.5h', '1w', '01m', ' 1m', '1m ', '1m\n', '1M', '1h30m', '１m', '1e3s', '9999999999s'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )

  it('is written in the largest unit that fits, and read back', () => {
    expect([900, 90, 3600, 86_400, 0].map(formatDuration)).toEqual(['15m', '90s', '1h', '1d', '0s'])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (seconds) => void expect(parseDuration(formatDuration(seconds))).toBe(seconds)),
    )
  })
})

it('an instant is written in UTC to the second', () => {
  expect(formatInstant(1_795_312_800)).toBe('2026-11-22T02:00:00Z')
})
