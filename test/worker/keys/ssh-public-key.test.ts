/** The holder's public key comes from a stranger: what is taken, and a table of hostile lines that are not. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePublicKeyLine } from '../../../worker/keys/ssh-public-key.ts'
import { concat, positiveMpintBits, readStrings, writeString, writeUint32 } from '../../../worker/keys/ssh-wire.ts'

const line = (format: string, ...fields: (Uint8Array | string)[]) =>
  `${format} ${Buffer.from(concat([writeString(format), ...fields.map(writeString)])).toString('base64')}`
const raw = (format: string, ...parts: Uint8Array[]) => `${format} ${Buffer.from(concat(parts)).toString('base64')}`
const filled = (length: number, first: number, rest = 0x55) => {
  const bytes = new Uint8Array(length).fill(rest)
  bytes[0] = first
  return bytes
}

const ed25519 = filled(32, 1)
const point = (coordinateBytes: number) => filled(1 + 2 * coordinateBytes, 4)
const exponent = new Uint8Array([1, 0, 1])
/** A positive mpint of so many bits, odd. */
const modulus = (bits: number) => {
  const spare = bits % 8
  const first = spare === 0 ? [0, 0x80] : [1 << (spare - 1)]
  return concat([new Uint8Array(first), new Uint8Array(Math.floor((bits - 1) / 8)).fill(0xff)])
}

describe('a holder’s public key', () => {
  it.each([
    ['ssh-ed25519', [ed25519], 'ssh-ed25519-cert-v01@openssh.com'],
    ['ecdsa-sha2-nistp256', ['nistp256', point(32)], 'ecdsa-sha2-nistp256-cert-v01@openssh.com'],
    ['ecdsa-sha2-nistp384', ['nistp384', point(48)], 'ecdsa-sha2-nistp384-cert-v01@openssh.com'],
    ['ecdsa-sha2-nistp521', ['nistp521', point(66)], 'ecdsa-sha2-nistp521-cert-v01@openssh.com'],
    ['ssh-rsa', [exponent, modulus(3072)], 'ssh-rsa-cert-v01@openssh.com'],
    ['ssh-rsa', [exponent, modulus(4096)], 'ssh-rsa-cert-v01@openssh.com'],
    ['sk-ssh-ed25519@openssh.com', [ed25519, 'ssh:'], 'sk-ssh-ed25519-cert-v01@openssh.com'],
    ['sk-ecdsa-sha2-nistp256@openssh.com', ['nistp256', point(32), 'ssh:work'], 'sk-ecdsa-sha2-nistp256-cert-v01@openssh.com'],
  ] as const)('of format %s is taken, its fields unchanged', (format, fields, certificateFormat) => {
    const key = parsePublicKeyLine(line(format, ...fields))
    expect(key).toMatchObject({ format, certificateFormat })
    expect(key?.fields.map((field) => Buffer.from(field).toString('hex'))).toEqual(
      fields.map((field) => Buffer.from(field).toString('hex')),
    )
  })

  it('may carry a comment and a line break at the end', () => {
    for (const end of ['', ' ', ' runner@host, 2nd key', '\n', ' runner\n', '\r\n'])
      expect(parsePublicKeyLine(line('ssh-ed25519', ed25519) + end)).toBeDefined()
  })

  const good = line('ssh-ed25519', ed25519)
  it.each<[string, string]>([
    ['empty', ''],
    ['only a format', 'ssh-ed25519'],
    ['without a blob', 'ssh-ed25519 '],
    ['two lines', `${good}\n${good}`],
    ['behind options', `command="true" ${good}`],
    ['behind space', ` ${good}`],
    ['a CA line', `cert-authority ${good}`],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['of an unknown format', line('ssh-dss', ed25519)],
    ['of the format __proto__', line('__proto__', ed25519)],
    ['a certificate', line('ssh-ed25519-cert-v01@openssh.com', ed25519)],
    ['under another name than its blob', good.replace('ssh-ed25519', 'ssh-rsa')],
    ['of a blob whose name lies', raw('ssh-ed25519', writeString('ssh-rsa'), writeString(ed25519))],
    ['in base64 with white space', good.replace('AAAA', 'AA AA')],
    [
      'in base64 without its padding',
      line('ssh-rsa', exponent, modulus(3072)).replace(/=+$/, '') + (line('ssh-rsa', exponent, modulus(3072)).endsWith('=') ? '' : 'A'),
    ],
    ['in base64url', raw('ssh-ed25519', writeString('ssh-ed25519'), writeString(filled(32, 0xff, 0xff))).replaceAll('/', '_')],
    ['an Ed25519 key of 31 bytes', line('ssh-ed25519', filled(31, 1))],
    ['an Ed25519 key of 33 bytes', line('ssh-ed25519', filled(33, 1))],
    ['an Ed25519 key of no bytes', line('ssh-ed25519', '')],
    ['with a field too many', line('ssh-ed25519', ed25519, 'x')],
    ['with bytes left over', raw('ssh-ed25519', writeString('ssh-ed25519'), writeString(ed25519), new Uint8Array([0]))],
    ['with a length past the end', raw('ssh-ed25519', writeString('ssh-ed25519'), writeUint32(33), ed25519)],
    ['with a length of four gigabytes', raw('ssh-ed25519', writeString('ssh-ed25519'), writeUint32(0xffffffff), ed25519)],
    ['on another curve than its name', line('ecdsa-sha2-nistp256', 'nistp384', point(48))],
    ['on a curve with the point of another', line('ecdsa-sha2-nistp256', 'nistp256', point(48))],
    ['a compressed point', line('ecdsa-sha2-nistp256', 'nistp256', filled(33, 2))],
    ['a point without its mark', line('ecdsa-sha2-nistp256', 'nistp256', filled(65, 2))],
    ['RSA of 2048 bits', line('ssh-rsa', exponent, modulus(2048))],
    ['RSA of 3071 bits', line('ssh-rsa', exponent, modulus(3071))],
    ['RSA of 16 392 bits', line('ssh-rsa', exponent, modulus(16_392))],
    ['RSA with a negative modulus', line('ssh-rsa', exponent, filled(384, 0x80, 0xff))],
    ['RSA with zeros before the modulus', line('ssh-rsa', exponent, concat([new Uint8Array([0]), modulus(3071)]))],
    ['RSA short, but stretched by zeros', line('ssh-rsa', exponent, concat([new Uint8Array(200), modulus(2048)]))],
    ['RSA with an even modulus', line('ssh-rsa', exponent, concat([modulus(3072).subarray(0, -1), new Uint8Array([0xfe])]))],
    ['RSA with the exponent 1', line('ssh-rsa', new Uint8Array([1]), modulus(3072))],
    ['RSA with an even exponent', line('ssh-rsa', new Uint8Array([4]), modulus(3072))],
    ['RSA with a huge exponent', line('ssh-rsa', modulus(3072), modulus(3072))],
    ['RSA with its fields exchanged', line('ssh-rsa', modulus(3072), exponent)],
    ['a security key without an application', line('sk-ssh-ed25519@openssh.com', ed25519)],
    ['a security key of a web site', line('sk-ssh-ed25519@openssh.com', ed25519, 'https://evil.example')],
    ['longer than any key', `${good} ${'x'.repeat(9000)}`],
  ])('that is %s is refused', (_what, hostile) => {
    expect(parsePublicKeyLine(hostile)).toBeUndefined()
  })

  it('never throws, whatever the bytes', () => {
    const formats = fc.constantFrom('ssh-ed25519', 'ssh-rsa', 'ecdsa-sha2-nistp256', 'sk-ssh-ed25519@openssh.com')
    fc.assert(
      fc.property(formats, fc.uint8Array({ maxLength: 200 }), fc.string(), (format, bytes, text) => {
        expect(parsePublicKeyLine(raw(format, writeString(format), bytes))).toBeUndefined()
        expect(parsePublicKeyLine(text)).toBeUndefined()
      }),
    )
  })
})

describe('the wire form', () => {
  it('reads what it wrote, and nothing that was cut or lengthened', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), fc.nat(), (strings, at) => {
        const blob = concat(strings.map(writeString))
        expect(readStrings(blob)?.map((bytes) => [...bytes])).toEqual(strings.map((bytes) => [...bytes]))
        const cut = blob.subarray(0, blob.length === 0 ? 0 : at % blob.length)
        const read = readStrings(cut)
        if (read !== undefined) expect(concat(read.map(writeString))).toEqual(new Uint8Array(cut))
        expect(readStrings(concat([blob, new Uint8Array([1])]))).toBeUndefined()
      }),
    )
  })

  it.each([
    [[], undefined],
    [[0], undefined],
    [[0, 0x7f], undefined],
    [[0x80], undefined],
    [[1], 1],
    [[0x7f], 7],
    [[0, 0x80], 8],
    [[1, 0], 9],
    [[0, 0xff, 0xff], 16],
  ])('the mpint %j has %j bits', (bytes, bits) => {
    expect(positiveMpintBits(new Uint8Array(bytes))).toBe(bits)
  })
})
