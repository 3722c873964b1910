/** What a token that is refused for its form leaves behind: nothing. The readers of an isolate serve every caller, so one must not be able to spoil them for the next. */
import { describe, expect, it } from 'vitest'
import { readUnverifiedToken } from '../../../worker/authenticate/unverified-token.ts'

const base64url = (bytes: Uint8Array): string => bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
const textual = (text: string): string => base64url(new TextEncoder().encode(text))
const HEADER = textual('{"alg":"RS256","typ":"JWT","kid":"k"}')
const SIGNATURE = textual('signature')
const good = `${HEADER}.${textual('{"iss":"https://issuer.example","actor":"Zoë €"}')}.${SIGNATURE}`

describe('a token whose bytes are no UTF-8', () => {
  it.each([
    ['a byte that begins nothing', [0xff]],
    ['a character cut short', [0xe2, 0x82]],
    ['four bytes cut short', [0xf0, 0x9f, 0x98]],
    ['an overlong form', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a character cut short behind good JSON', [...new TextEncoder().encode('{"iss":"x"}'), 0xe2]],
  ])('is refused, and the next one is read as ever: %s', (_what, bytes) => {
    const bad = `${HEADER}.${base64url(Uint8Array.from(bytes))}.${SIGNATURE}`
    expect(readUnverifiedToken(bad)).toEqual({ ok: false, error: { code: 'token_malformed', detail: 'payload: not UTF-8' } })
    const next = readUnverifiedToken(good)
    expect(next.ok && next.value.unverifiedPayload).toEqual({ iss: 'https://issuer.example', actor: 'Zoë €' })
  })

  it('is refused for a byte order mark too, which JSON has none of', () => {
    const marked = `${HEADER}.${textual('\ufeff{"iss":"https://issuer.example"}')}.${SIGNATURE}`
    expect(readUnverifiedToken(marked)).toEqual({ ok: false, error: { code: 'token_malformed', detail: 'payload: not_json' } })
  })
})
