/**
 * SSH wire strings and integers (RFC 4251 §5): the writer, and the strict reader of what a stranger sent.
 * Bytes in, bytes out; no cryptography, and nothing is assumed of a length that was not checked against what is there.
 */

export type Bytes = Uint8Array<ArrayBuffer>

const UINT32_BYTES = 4
const textEncoder = new TextEncoder()

export function concat(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

export function writeUint32(value: number): Bytes {
  const bytes = new Uint8Array(UINT32_BYTES)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

export function writeUint64(value: bigint): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value)
  return bytes
}

/** A `string`: length, then the bytes; text is UTF-8. */
export function writeString(value: Uint8Array | string): Bytes {
  const bytes = typeof value === 'string' ? textEncoder.encode(value) : value
  return concat([writeUint32(bytes.length), bytes])
}

/** A blob that is nothing but strings, to its last byte. `undefined` when a length runs past the end or bytes are left over. */
export function readStrings(blob: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  const strings: Uint8Array[] = []
  let offset = 0
  while (offset < blob.length) {
    if (blob.length - offset < UINT32_BYTES) return undefined
    const length = view.getUint32(offset)
    offset += UINT32_BYTES
    if (length > blob.length - offset) return undefined
    strings.push(blob.subarray(offset, offset + length))
    offset += length
  }
  return strings
}

/** Bits of a positive `mpint`. `undefined` when it is zero, negative, or not in the shortest form. */
export function positiveMpintBits(mpint: Uint8Array): number | undefined {
  const [first, second] = mpint
  if (first === undefined || first >= 0x80) return undefined
  if (first !== 0) return (mpint.length - 1) * 8 + bitsOf(first)
  // a leading zero is there only to keep the sign bit clear
  if (second === undefined || second < 0x80) return undefined
  return (mpint.length - 1) * 8
}

function bitsOf(byte: number): number {
  return 32 - Math.clz32(byte)
}
