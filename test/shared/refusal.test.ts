/** The words of refusals: which code is which `error` and status (the contract's table), and what each body may hold. */
import { describe, expect, it } from 'vitest'
import { type Refusal, type RefusalCode, WIRE_FORMS } from '../../shared/refusal.ts'
import { sentenceOf, wireRefusal } from '../../shared/refusal-wire.ts'

const reasons = [{ rule: 'deploy/0', attribute: 'ref', seen: 'refs/heads/x' }]

const refusals: Readonly<Record<RefusalCode, Refusal>> = {
  request_malformed: { code: 'request_malformed', parameter: 'ttl', problem: 'malformed', expected: 'whole seconds' },
  media_type_unsupported: { code: 'media_type_unsupported' },
  request_too_large: { code: 'request_too_large', limitBytes: 65_536 },
  grant_type_unsupported: { code: 'grant_type_unsupported' },
  too_many_requests: { code: 'too_many_requests', retryAfter: 60 },
  token_malformed: { code: 'token_malformed', detail: 'for the log alone' },
  issuer_untrusted: { code: 'issuer_untrusted' },
  key_unknown: { code: 'key_unknown' },
  signature_wrong: { code: 'signature_wrong' },
  audience_wrong: { code: 'audience_wrong', expected: 'https://jobpass.example.com' },
  token_expired: { code: 'token_expired' },
  token_early: { code: 'token_early', claim: 'nbf' },
  token_too_old: { code: 'token_too_old', maxAge: 300 },
  claim_missing: { code: 'claim_missing', claim: 'jti', expected: 'present' },
  claim_malformed: { code: 'claim_malformed', claim: 'exp', expected: 'whole seconds' },
  owner_outside_fence: { code: 'owner_outside_fence' },
  token_replayed: { code: 'token_replayed' },
  grant_refused: { code: 'grant_refused', grant: 'deploy', cause: 'no_rule', reasons, hint: 'deploy-docs' },
  scope_exceeded: { code: 'scope_exceeded', field: 'scopes', asked: 'admin' },
  details_malformed: { code: 'details_malformed', expected: 'an array' },
  limit_reached: { code: 'limit_reached', limit: 'per_job', retryAfter: 3600 },
  frozen: { code: 'frozen', retryAfter: 60 },
  upstream_refused: { code: 'upstream_refused' },
  keys_unavailable: { code: 'keys_unavailable', retryAfter: 5 },
  upstream_unavailable: { code: 'upstream_unavailable', retryAfter: 10 },
  ledger_unavailable: { code: 'ledger_unavailable', retryAfter: 2 },
  policy_missing: { code: 'policy_missing', retryAfter: 5 },
}

const STRANGER = ['decision_id', 'error', 'error_description']

describe('the table of the contract', () => {
  it.each([
    [
      'invalid_request',
      400,
      [
        'request_malformed',
        'token_malformed',
        'issuer_untrusted',
        'key_unknown',
        'signature_wrong',
        'audience_wrong',
        'token_expired',
        'token_early',
        'token_too_old',
        'claim_missing',
        'claim_malformed',
        'owner_outside_fence',
        'token_replayed',
      ],
    ],
    ['invalid_request', 413, ['request_too_large']],
    ['invalid_request', 415, ['media_type_unsupported']],
    ['unsupported_grant_type', 400, ['grant_type_unsupported']],
    ['invalid_target', 400, ['grant_refused', 'upstream_refused']],
    ['invalid_scope', 400, ['scope_exceeded']],
    ['invalid_authorization_details', 400, ['details_malformed']],
    ['temporarily_unavailable', 429, ['limit_reached', 'too_many_requests']],
    ['temporarily_unavailable', 503, ['frozen', 'keys_unavailable', 'upstream_unavailable', 'ledger_unavailable', 'policy_missing']],
  ])('has %s with %i for %j and no other', (error, status, codes) => {
    const found = Object.entries(WIRE_FORMS).filter(([, form]) => form.error === error && form.status === status)
    expect(found.map(([code]) => code).sort()).toEqual([...codes].sort())
  })
})

describe.each(Object.values(refusals))('$code', (refusal) => {
  it('tells a stranger three members, and its code only for keys that cannot be had', () => {
    const { body } = wireRefusal(refusal, 'd', false)
    expect(Object.keys(body).sort()).toEqual(refusal.code === 'keys_unavailable' ? ['code', ...STRANGER] : STRANGER)
  })

  it('tells a proven caller its code, and reasons only of a refused grant', () => {
    const { body, status, retryAfter } = wireRefusal(refusal, 'd', true)
    expect(body.code).toBe(refusal.code)
    expect('reasons' in body).toBe(refusal.code === 'grant_refused')
    expect(retryAfter !== undefined).toBe(status === 429 || status === 503)
    expect(Object.keys(body).filter((name) => !['reasons', 'hint', 'code', ...STRANGER].includes(name))).toEqual([])
  })

  it('has a sentence', () => {
    expect(sentenceOf(refusal)).toMatch(/^.{10,200}[.?]$/)
    expect(sentenceOf(refusal)).not.toMatch(/undefined|\[object|for the log alone/)
  })
})

it('nothing tells apart what can be wrong with a token before its signature holds', () => {
  const bodies = [refusals.token_malformed, refusals.issuer_untrusted, refusals.key_unknown, refusals.signature_wrong].map((refusal) =>
    JSON.stringify(wireRefusal(refusal, 'd', false)),
  )
  expect(new Set(bodies).size).toBe(1)
})

describe('the description on the wire', () => {
  it('has no character that RFC 6749 §5.2 forbids, whatever a caller asked for', () => {
    for (const refusal of [...Object.values(refusals), { ...refusals.scope_exceeded, asked: 'a"b\\c\u0000é💥' } as Refusal]) {
      expect(wireRefusal(refusal, 'd', true).body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    }
  })
})
