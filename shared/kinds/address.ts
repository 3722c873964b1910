/**
 * IP addresses and CIDR ranges as numbers: read strictly, compared exactly. Nothing is resolved and no zone or port is accepted.
 * The forms read are the ones OpenSSH's `source-address` understands, so what passes here is never refused there.
 */

/** A contiguous run of addresses of one family, both ends included. */
export interface AddressRange {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
}

interface Address {
  readonly family: 4 | 6
  readonly value: bigint
}

const FAMILY_BITS = { 4: 32, 6: 128 } as const

/** `10.0.0.0/8`, `2001:db8::/32`, or one plain address. `undefined` for anything else, and when bits are set below the mask. */
export function parseCidr(text: string): AddressRange | undefined {
  const [addressText = '', lengthText, ...rest] = text.split('/')
  const address = parseAddress(addressText)
  if (address === undefined || rest.length > 0) return undefined
  const bits = FAMILY_BITS[address.family]
  const length = lengthText === undefined ? bits : parseMaskLength(lengthText, bits)
  if (length === undefined) return undefined
  const hostMask = (1n << BigInt(bits - length)) - 1n
  if ((address.value & hostMask) !== 0n) return undefined
  return { family: address.family, first: address.value, last: address.value | hostMask }
}

function parseMaskLength(text: string, bits: number): number | undefined {
  if (!/^(0|[1-9][0-9]{0,2})$/.test(text)) return undefined
  const length = Number(text)
  return length <= bits ? length : undefined
}

function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseAddress6(text) : parseAddress4(text)
}

function parseAddress4(text: string): Address | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0n
  for (const part of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return undefined
    value = (value << 8n) | BigInt(part)
  }
  return { family: 4, value }
}

/** RFC 4291 §2.2 forms 1 and 2. Embedded IPv4 is refused: OpenSSH matches such a peer as IPv4. */
function parseAddress6(text: string): Address | undefined {
  const [head = '', tail, ...rest] = text.split('::')
  if (rest.length > 0) return undefined
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...before, ...new Array<string>(missing).fill('0'), ...after]
  let value = 0n
  for (const group of groups) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined
    value = (value << 16n) | BigInt(`0x${group}`)
  }
  return { family: 6, value }
}

/** True when every address of `inner` is in `outer`; ranges of `outer` that touch count as one. An empty `inner` is covered by anything. */
export function coversAll(outer: readonly AddressRange[], inner: readonly AddressRange[]): boolean {
  const merged = mergeRanges(outer)
  return inner.every((range) =>
    merged.some((whole) => whole.family === range.family && whole.first <= range.first && range.last <= whole.last),
  )
}

function mergeRanges(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = [...ranges].sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1))
  const merged: AddressRange[] = []
  for (const range of sorted) {
    const previous = merged.at(-1)
    const touches = previous !== undefined && previous.family === range.family && range.first <= previous.last + 1n
    if (!touches) merged.push(range)
    else if (range.last > previous.last) merged[merged.length - 1] = { ...previous, last: range.last }
  }
  return merged
}
