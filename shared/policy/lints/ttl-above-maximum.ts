/** `ttl-above-maximum`: a grant that promises a longer life than any of its credentials will have. */
import { formatDuration } from '../../units.ts'
import { clampedBy, lifetimeOf } from '../lifetime.ts'
import { grantsOf } from '../policy-records.ts'
import type { Lint } from './lint.ts'

export const ttlAboveMaximum: Lint = {
  id: 'ttl-above-maximum',
  severity: 'warning',
  why: 'The policy says more than anybody gets: the lifetime is clamped, and readers of the grant are misled.',
  fix: 'Write the lifetime it is clamped to, or raise `max_ttl` where that is what clamps it.',
  find: ({ policy }) =>
    grantsOf(policy).flatMap((grant) => {
      const because = clampedBy(grant, policy.settings)
      if (because === undefined) return []
      const lifetime = formatDuration(lifetimeOf(grant, policy.settings))
      const message = `${formatDuration(grant.ttl)} is clamped to ${lifetime}, because ${because}`
      return [{ path: ['grants', grant.name, 'ttl'], message, edit: { set: lifetime } }]
    }),
}
