import { describe, expect, it } from 'vitest'
import { ADVICE, ADVICE_FOR_STRANGERS, adviceFor } from '../../action/advice.ts'
import type { Clocks, Failure, FailureCode } from '../../action/failure.ts'
import { messageFor } from '../../action/messages.ts'
import { WIRE_FORMS } from '../../shared/refusal.ts'

const about = { broker: 'https://jobpass.example.com', grant: 'deploy-docs' }

const clocks = { issuedAt: undefined, broker: undefined, runner: 1_795_312_800 }

const examples: { readonly [Code in FailureCode]: Extract<Failure, { code: Code }> } = {
  inputs_unusable: { code: 'inputs_unusable', problems: [{ input: 'ttl', seen: '10', expected: 'a lifetime' }] },
  id_token_not_offered: { code: 'id_token_not_offered', fork: false },
  id_token_refused: { code: 'id_token_refused', status: 401 },
  id_token_unreachable: { code: 'id_token_unreachable', detail: 'ECONNREFUSED', tries: 4 },
  id_token_unreadable: { code: 'id_token_unreadable', detail: 'an answer without a token' },
  broker_unreachable: { code: 'broker_unreachable', detail: 'ENOTFOUND', tries: 1 },
  broker_unavailable: { code: 'broker_unavailable', status: 500, tries: 1, retryAfter: undefined, body: undefined },
  broker_redirected: { code: 'broker_redirected', status: 301, towards: 'https://evil.example' },
  broker_unreadable: { code: 'broker_unreadable', status: 200, detail: 'it is not a token response' },
  refused: { code: 'refused', body: { error: 'invalid_target', code: 'token_early' }, clocks },
  kind_unknown: { code: 'kind_unknown', kind: 'aws-sts' },
  credential_unreadable: { code: 'credential_unreadable', kind: 'jwt' },
  files_unwritable: { code: 'files_unwritable', detail: 'Error ENOSPC' },
}

describe('every failure', () => {
  it.each(Object.values(examples))('$code has a title, what happened, and at least one thing to do or know', (failure) => {
    const { title, text } = messageFor(failure, about)
    expect(title).toMatch(/^Jobpass/)
    expect(title.length).toBeLessThan(80)
    expect(text.split('\n').length).toBeGreaterThan(1)
    expect(text).not.toMatch(/undefined|null|\[object|\s$|\s\n/)
  })

  it('leaves out clocks it does not know', () => {
    expect(messageFor(examples.refused, about).text).toContain("Clocks: this runner's says 2026-11-22T02:00:00Z.\n")
  })
})

describe('clocks', () => {
  const skewOf = (clocks: Clocks) => {
    const body = { error: 'invalid_request', code: 'token_early' }
    return /The CI system is .*/.exec(messageFor({ code: 'refused', body, clocks }, about).text)?.[0]
  }

  it.each([
    [1000, 960, 1000, 'The CI system is 40 s ahead of the broker.'],
    [1000, 1040, 1000, 'The CI system is 40 s behind the broker.'],
    [1000, 1030, 5000, undefined],
    [1000, undefined, 960, 'The CI system is 40 s ahead of this runner.'],
    [undefined, 1000, 5000, undefined],
  ])('issued at %s, broker %s, runner %s: %s', (issuedAt, broker, runner, sentence) => {
    expect(skewOf({ issuedAt, broker, runner })).toBe(sentence)
  })
})

describe('advice', () => {
  it('exists for every code of the broker, and for none', () => {
    expect(Object.keys(ADVICE).sort()).toEqual(Object.keys(WIRE_FORMS).sort())
    expect(adviceFor(undefined)).toBe(ADVICE_FOR_STRANGERS)
  })

  it.each(['__proto__', 'constructor', 'toString', ''])('for the unknown code %j is a sentence', (code) => {
    expect(adviceFor(code)).toBe('Quote the decision to the operator of the broker.')
  })
})
