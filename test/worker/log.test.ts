/** The log: strangers cause refusals for free, and must not be able to write it full; and whoever quotes a decision id must be found in it. */
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { makeLog, REFUSALS_WRITTEN_PER_MINUTE } from '../../worker/log.ts'
import { answerOf, makeWorld, startIsolate } from './harness.ts'

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

  it('cuts what is too long, whoever caused it, and stays one line of JSON', () => {
    const { lines, log } = logAt(600_000)
    const long = `${'a'.repeat(399)}\n"${'b'.repeat(100_000)}`
    log({ event: 'exchange', outcome: 'unknown_claims', detail: long, unknownClaims: Array.from({ length: 5_000 }, () => long) })
    const [line] = lines
    expect(line).toMatchObject({ detail: `${long.slice(0, 400)}…` })
    expect(JSON.stringify(line).length).toBeLessThan(51 * 410)
  })
})

describe('a decision id that a caller quotes', () => {
  const told = z.looseObject({ decision_id: z.string() })

  it.each([
    ['POST', '/token', 'exchange', 'subject_token=x'],
    ['POST', '/revoke', 'revoke', 'lease_id=x'],
    ['POST', '/revoke', 'revoke', ''],
    ['POST', '/introspect', 'introspect', 'token=a&token=b'],
    ['GET', '/ledger', 'authority', undefined],
    ['PUT', '/freezes', 'authority', '{}'],
    ['GET', '/metrics', 'authority', undefined],
  ])('of %s %s is in the log, as %s', async (method, path, event, body) => {
    const { isolate } = await makeWorld()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer a.b.c' }
    const answer = await answerOf(await isolate.fetch(path, { method, headers, ...(body === undefined ? {} : { body }) }))
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const { decision_id } = told.parse(answer.body)
    expect(isolate.log).toContainEqual(expect.objectContaining({ event, outcome: 'refused', decision: decision_id }))
  })

  it('of an address that calls too often is in the log too, and of a fault', async () => {
    await makeWorld()
    const braked = startIsolate({ rateLimit: async () => false })
    const answer = await answerOf(await braked.fetch('/token', { method: 'POST', headers: { 'cf-connecting-ip': '192.0.2.1' } }))
    expect([answer.status, braked.log]).toEqual([
      429,
      [{ event: 'brake', outcome: 'refused', decision: answer.body.decision_id, code: 'too_many_requests' }],
    ])
    const faulty = startIsolate({
      rateLimit: async () => {
        throw new TypeError('planted-secret')
      },
    })
    const fault = await answerOf(await faulty.fetch('/token', { method: 'POST', headers: { 'cf-connecting-ip': '192.0.2.1' } }))
    expect(faulty.log).toEqual([
      { event: 'fault', outcome: 'fault', decision: fault.body.decision_id, detail: expect.stringMatching(/^TypeError at /) },
    ])
    expect(fault.text + JSON.stringify(faulty.log)).not.toContain('planted-secret')
  })
})
