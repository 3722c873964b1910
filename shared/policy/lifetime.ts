/**
 * How long a credential of a grant lives at most: the grant's `ttl`, the policy's `max_ttl` or the kind's longest, whichever is least.
 * A policy that writes more is clamped to that, never refused for it; the caller reads the outcome in `expires_in`.
 */
import { formatDuration, type Seconds } from '../units.ts'
import type { Grant, Settings } from './policy.ts'

export function lifetimeOf({ ttl, connection }: Grant, { maxTtl }: Settings): Seconds {
  return Math.min(ttl, maxTtl, connection.kind.lifetime.max)
}

/** What keeps a grant from its `ttl`, in words; `undefined` when nothing does. */
export function clampedBy(grant: Grant, settings: Settings): string | undefined {
  const lifetime = lifetimeOf(grant, settings)
  if (lifetime === grant.ttl) return undefined
  const { kind } = grant.connection
  return lifetime === settings.maxTtl
    ? `max_ttl is ${formatDuration(lifetime)}`
    : `a ${kind.name} credential lives at most ${formatDuration(lifetime)}`
}
