/** Addresses and ranges: read as strictly as OpenSSH reads them, compared exactly. */
import { isIP } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coversAll, parseCidr } from '../../../shared/kinds/address.ts'

const rangesOf = (texts: readonly string[]) =>
  texts.map((text) => {
    const range = parseCidr(text)
    if (range === undefined) throw new Error(`${text} is no range`)
    return range
  })

describe('a range', () => {
  it.each([
    ['10.0.0.0/8', 4, 0x0a000000n, 0x0affffffn],
    ['0.0.0.0/0', 4, 0n, 0xffffffffn],
    ['192.0.2.7', 4, 0xc0000207n, 0xc0000207n],
    ['192.0.2.7/32', 4, 0xc0000207n, 0xc0000207n],
    ['::1', 6, 1n, 1n],
    ['2001:db8::/32', 6, 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n],
    ['::/0', 6, 0n, (1n << 128n) - 1n],
    ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n, 0x00010002000300040005000600070008n],
  ] as const)('%s is read', (text, family, first, last) => {
    expect(parseCidr(text)).toEqual({ family, first, last })
  })

  it.each([
    '',
    '/',
    '/8',
    '10.0.0.1/8',
    '2001:db8::1/32',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/08',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '10.0.0.256',
    '010.0.0.1',
    '0x0a.0.0.1',
    '10.0.0.0/-1',
    ' 10.0.0.0/8',
    '10.0.0.0/8,0.0.0.0/0',
    '!10.0.0.0/8',
    '10.0.0.*',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    ':::',
    ':1',
    '12345::',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    '[::1]',
    'localhost',
    '١٠.0.0.0',
  ])('%j is not', (text) => {
    expect(parseCidr(text)).toBeUndefined()
  })

  it('reads every address the system reads, but for embedded IPv4', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const isPlain = isIP(text) !== 0 && !(text.includes(':') && text.includes('.'))
        expect(parseCidr(text) !== undefined).toBe(isPlain)
      }),
    )
  })
})

describe('covering', () => {
  it.each([
    [['10.0.0.0/8'], ['10.1.0.0/16', '10.255.255.255'], true],
    [['10.0.0.0/25', '10.0.0.128/25'], ['10.0.0.0/24'], true],
    [['10.0.0.128/25', '10.0.0.0/25', '10.0.0.0/26'], ['10.0.0.0/24'], true],
    [['10.0.0.0/25', '10.0.0.192/26'], ['10.0.0.0/24'], false],
    [['10.0.0.0/24'], ['10.0.0.0/23'], false],
    [['10.0.0.0/24'], ['10.0.1.0'], false],
    [['0.0.0.0/0'], ['::/128'], false],
    [['::/0'], ['10.0.0.0/8'], false],
    [['::/0', '0.0.0.0/0'], ['10.0.0.0/8', 'fe80::/10'], true],
    [[], ['10.0.0.0/8'], false],
  ])('%j of %j is %s', (outer, inner, expected) => {
    expect(coversAll(rangesOf(outer), rangesOf(inner))).toBe(expected)
  })
})
