/** The log's brake: strangers cause refusals for free, and must not be able to write the log full. */
import { describe, expect, it } from 'vitest'
import { makeLog, REFUSALS_WRITTEN_PER_MINUTE } from '../../worker/log.ts'

function logAt(start: number) {
  const lines: unknown[] = []
  const clock = { now: start }
  const log = makeLog(
    (text) => lines.push(JSON.parse(text)),
    () => clock.now,
  )
  return { lines, clock, log }
}

describe('the log', () => {
  it('writes so many refusals of a minute one by one, and counts the rest by code and issuer', () => {
    const { lines, clock, log } = logAt(600_000)
    for (let index = 0; index < REFUSALS_WRITTEN_PER_MINUTE + 500; index++) {
      log({ event: 'exchange', outcome: 'refused', code: index % 2 === 0 ? 'token_malformed' : 'signature_wrong', decision: String(index) })
    }
    expect(lines).toHaveLength(REFUSALS_WRITTEN_PER_MINUTE)
    clock.now += 60_000
    log({ event: 'exchange', outcome: 'refused', code: 'key_unknown', decision: 'next' })
    expect(lines.slice(REFUSALS_WRITTEN_PER_MINUTE)).toEqual([
      { event: 'exchange', outcome: 'refusals_counted', code: 'token_malformed', count: 250 },
      { event: 'exchange', outcome: 'refusals_counted', code: 'signature_wrong', count: 250 },
      { event: 'exchange', outcome: 'refused', code: 'key_unknown', decision: 'next' },
    ])
  })

  it('never holds back what is no refusal', () => {
    const { lines, log } = logAt(600_000)
    for (let index = 0; index < REFUSALS_WRITTEN_PER_MINUTE + 5; index++)
      log({ event: 'sweep', outcome: 'end_failed', lease: String(index) })
    expect(lines).toHaveLength(REFUSALS_WRITTEN_PER_MINUTE + 5)
  })
})
