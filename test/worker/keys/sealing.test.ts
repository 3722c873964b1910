/** Seals: what opens, what does not, and what is said of it. */
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../shared/secret.ts'
import { makeSealing } from '../../../worker/keys/sealing.ts'

const keyOf = (byte: number) => new Secret(Buffer.alloc(32, byte).toString('base64'))
const bytes = (text: string) => new TextEncoder().encode(text)
const text = (plaintext: Uint8Array) => new TextDecoder().decode(plaintext)

const sealing = makeSealing(keyOf(1), undefined)

describe('a seal', () => {
  it('opens at its own place, and shows nothing of what it holds', async () => {
    const sealed = await sealing.seal('lease/1', bytes('ghs_secret'))
    expect(sealed).not.toContain('ghs_secret')
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('ghs_secret')
    const opened = await sealing.open('lease/1', sealed)
    expect(opened.ok && text(opened.value)).toBe('ghs_secret')
  })

  it('holds nothing, or a lot', async () => {
    for (const length of [0, 1, 100_000]) {
      const opened = await sealing.open('x', await sealing.seal('x', new Uint8Array(length).fill(7)))
      expect(opened.ok && opened.value.length).toBe(length)
    }
  })

  it('is never the same twice', async () => {
    expect(await sealing.seal('lease/1', bytes('x'))).not.toBe(await sealing.seal('lease/1', bytes('x')))
  })

  it('does not open at another place', async () => {
    const sealed = await sealing.seal('lease/1', bytes('x'))
    for (const place of ['lease/2', 'signing-key/1', 'lease/', '']) {
      expect(await sealing.open(place, sealed)).toEqual({ ok: false, error: 'damaged' })
    }
  })

  it('does not open when any one of its bytes was changed', async () => {
    const sealed = await sealing.seal('lease/1', bytes('abc'))
    const [version, id, body = ''] = sealed.split('.')
    const raw = Buffer.from(body, 'base64url')
    for (let index = 0; index < raw.length; index++) {
      const changed = Buffer.from(raw)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(await sealing.open('lease/1', `${version}.${id}.${changed.toString('base64url')}`)).toEqual({ ok: false, error: 'damaged' })
    }
    expect(await sealing.open('lease/1', `${version}.${id}.${raw.subarray(0, -1).toString('base64url')}`)).toEqual({
      ok: false,
      error: 'damaged',
    })
  })

  it.each([
    '',
    's1',
    's1..',
    's1.00000000.',
    's1.zzzzzzzz.AAAA',
    's2.00000000.AAAA',
    's1.00000000.AA==',
    's1.00000000.AAAA',
    'x s1.00000000.AAAA',
  ])('says of %j that it is no seal', async (sealed) => {
    expect(await sealing.open('lease/1', sealed)).toEqual({ ok: false, error: 'malformed' })
  })
})

describe('rotating the sealing key', () => {
  it('opens under the previous key and seals under the current one', async () => {
    const old = await sealing.seal('lease/1', bytes('x'))
    const rotated = makeSealing(keyOf(2), keyOf(1))
    expect(rotated.keyOf(old)).toBe('previous')
    expect(await rotated.open('lease/1', old)).toMatchObject({ ok: true })
    const renewed = await rotated.seal('lease/1', bytes('x'))
    expect(rotated.keyOf(renewed)).toBe('current')
    expect(await sealing.open('lease/1', renewed)).toEqual({ ok: false, error: 'unknown_key' })
  })

  it('says so when the key of a seal is gone', async () => {
    const old = await sealing.seal('lease/1', bytes('x'))
    const later = makeSealing(keyOf(3), keyOf(2))
    expect(later.keyOf(old)).toBe('unknown')
    expect(await later.open('lease/1', old)).toEqual({ ok: false, error: 'unknown_key' })
  })
})

describe('a sealing key', () => {
  it.each([
    '',
    'short',
    Buffer.alloc(31).toString('base64'),
    Buffer.alloc(33).toString('base64'),
    `${Buffer.alloc(32).toString('base64')}\n`,
  ])('that is %j stops the start, by name and without its value', (value) => {
    expect(() => makeSealing(new Secret(value), undefined)).toThrow(/^SEALING_KEY: 32 bytes in base64 \(openssl rand -base64 32\)$/)
    expect(() => makeSealing(keyOf(1), new Secret(value))).toThrow(/^SEALING_KEY_PREVIOUS: /)
  })
})
