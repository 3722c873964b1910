/**
 * What the broker writes to its log: one JSON line an event, of the fields listed here and no others.
 * The list is the guard: a value that is not one of these cannot be logged, so no token, credential or upstream body ever is.
 */
export interface LogLine {
  readonly event: 'exchange' | 'revoke' | 'introspect' | 'authority' | 'keys' | 'sweep' | 'publish' | 'fault'
  readonly outcome: string
  readonly decision?: string
  readonly code?: string
  /** Name of the issuer in the policy; never the `iss` of an unproven token. */
  readonly issuer?: string
  readonly grant?: string
  readonly workload?: string
  readonly lease?: string
  readonly policy?: string
  readonly detail?: string
  readonly status?: number
  readonly count?: number
  readonly unknownClaims?: readonly string[]
  readonly ms?: number
}

export type Log = (line: LogLine) => void
