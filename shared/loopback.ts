/** Is it this very machine? The one answer, for policies, broker, action and command line: where plain http may be spoken, because nobody is in between. */

/** A host as a URL has it, as the source of a regular expression. */
export const LOOPBACK_HOST = String.raw`(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])`

const WHOLE = new RegExp(`^${LOOPBACK_HOST}$`)

/** @param hostname as `URL.hostname` writes it: in lower case, an IPv4 address in its dotted form, an IPv6 one in brackets */
export function isLoopbackHost(hostname: string): boolean {
  return WHOLE.test(hostname)
}
