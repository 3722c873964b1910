/**
 * What of a refusal its caller may hear, as the policy's `explain` setting says. It only ever takes away:
 * what a workload is, and what other rules hold, was never in the reasons.
 */
import type { Reason } from '../refusal.ts'
import type { Refused, Settings } from './policy.ts'

export interface Told {
  readonly reasons: readonly Reason[]
  /** The nearest grant the caller could have. */
  readonly hint?: string
}

/** A grant with very many rules does not make a very long answer. */
const MAX_REASONS = 20

export function toldToCaller({ reasons, hint }: Refused, { explain }: Pick<Settings, 'explain'>): Told {
  if (explain === 'none') return { reasons: [] }
  const cut = reasons.slice(0, MAX_REASONS)
  return { reasons: explain === 'rules' ? cut : cut.map(withoutExpected), ...(hint === undefined ? {} : { hint }) }
}

function withoutExpected({ expected: _expected, ...reason }: Reason): Reason {
  return reason
}
