/**
 * What the step summary says of a granted credential: which grant and rule, what it may do, until when, under which policy.
 * Facts only, all escaped; the credential itself never comes here.
 */
import { formatDuration, formatInstant, type Instant, type Seconds } from '../shared/units.ts'
import type { TokenResponse } from '../shared/wire.ts'
import { tableCell } from './printable.ts'

export interface Granted {
  readonly grant: string
  readonly response: Pick<TokenResponse, 'rule' | 'kind' | 'authorization_details' | 'expires_in' | 'lease_id' | 'policy'>
  readonly expiresAt: Instant
  readonly askedTtl: Seconds | undefined
  /** Whether post will give the credential back. */
  readonly returned: boolean
}

/** An answer a second short of what was asked is the time it took. */
const TTL_TOLERANCE_SECONDS = 2

/** One Markdown table. */
export function summaryOf(granted: Granted): string {
  const { response } = granted
  const rows: readonly (readonly [string, string])[] = [
    ['Grant', granted.grant],
    ['Rule', response.rule],
    ['Kind', response.kind],
    ['Scope', scopeText(response)],
    ['Expires', expiryText(granted)],
    ['Lease', response.lease_id],
    ['Policy', response.policy],
  ]
  const body = rows.map(([name, value]) => `| ${name} | ${tableCell(value)} |`)
  return ['### Jobpass: credential granted', '', '| | |', '|---|---|', ...body, ''].join('\n')
}

/** What was cut from the asked lifetime, as a sentence; `undefined` when nothing was. */
export function clampSentence(asked: Seconds | undefined, given: Seconds): string | undefined {
  if (asked === undefined || given >= asked - TTL_TOLERANCE_SECONDS) return undefined
  return `the ttl was cut to ${formatDuration(given)}: ${formatDuration(asked)} was asked, and the grant allows less`
}

function scopeText(response: Granted['response']): string {
  const [{ type: _, ...scope } = { type: '' }] = response.authorization_details
  return JSON.stringify(scope)
}

function expiryText({ response, expiresAt, askedTtl, returned }: Granted): string {
  const clamp = clampSentence(askedTtl, response.expires_in)
  const end = returned ? ', or when the job ends' : ''
  return `${formatInstant(expiresAt)}${end}${clamp === undefined ? '' : ` (${clamp})`}`
}
