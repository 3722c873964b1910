/** The address an ask came from, as a condition on a credential: one plain IP address or nothing. */
import { type AddressRange, parseCidr } from '../../shared/kinds/address.ts'

export interface CallerAddress {
  readonly text: string
  readonly range: AddressRange
}

/** `undefined` when it is missing or no single address. An IPv4 peer of a dual-stack listener is read as IPv4. */
export function parseCallerAddress(given: string | undefined): CallerAddress | undefined {
  const text = given?.replace(/^::ffff:(?=[0-9.]+$)/i, '') ?? ''
  const range = text.includes('/') ? undefined : parseCidr(text)
  return range === undefined ? undefined : { text, range }
}
