/**
 * What a grant gives, before and after: scope, lifetime, limits and connection, compared and put into words. Who gets it is not its business.
 * A connection that reaches something else makes any scope another one, because the same words no longer mean the same access.
 */
import { canonicalJson, isJsonObject } from '../json.ts'
import type { ScopeComparison } from '../kinds/kind.ts'
import { formatDuration } from '../units.ts'
import { limitWords } from './plan-limits.ts'
import type { Connection, Grant } from './policy.ts'

/** One thing that changed: `wider` gives more, `narrower` less, `other` something else. */
export interface TermChange {
  readonly about: 'connection' | 'scope' | 'ttl' | 'limits'
  readonly sense: 'wider' | 'narrower' | 'other'
  readonly from: string
  readonly to: string
}

export interface TermChanges {
  readonly scope: ScopeComparison
  readonly ttl: 'same' | 'longer' | 'shorter'
  /** None for a grant that is added or removed. */
  readonly words: readonly TermChange[]
  /** What an added grant gives, and a removed one gave; empty for any other. */
  readonly gives: string
}

export type CompareTerms = (before: Grant | undefined, after: Grant | undefined) => TermChanges

/** Compares the grants of two policies, and each pair of their connections once. */
export function termsCompared(): CompareTerms {
  const connections = new Map<string, Reach>()
  return (before, after) => {
    if (before === undefined || after === undefined) {
      const only = after ?? before
      return { scope: 'same', ttl: 'same', words: [], gives: only === undefined ? '' : givesText(only) }
    }
    const pair = `${before.connection.name} ${after.connection.name}`
    const connection = connections.get(pair) ?? compareConnections(before.connection, after.connection)
    connections.set(pair, connection)
    return compareGrants(before, after, connection)
  }
}

/** How what two connections reach compares. `renamed`: the same, with another root secret or under another name. */
type Reach = 'same' | 'renamed' | 'other'

function compareGrants(before: Grant, after: Grant, connection: Reach): TermChanges {
  const scope = connection === 'other' ? 'other' : after.connection.kind.compare(before.scope, after.scope)
  const ttl = before.ttl === after.ttl ? 'same' : after.ttl > before.ttl ? 'longer' : 'shorter'
  const words = [...connectionWords(before, after, connection), ...scopeWords(before, after, scope), ...ttlWords(before, after)]
  return { scope, ttl, words: [...words, ...limitWords(before, after)], gives: '' }
}

function givesText({ connection, scope, ttl }: Grant): string {
  return `${connection.kind.name} by ${connection.name}, ${formatDuration(ttl)}: ${connection.kind.summary(scope)}`
}

function compareConnections(before: Connection, after: Connection): Reach {
  const isSameUpstream = before.kind.name === after.kind.name && reach(before) === reach(after)
  if (!isSameUpstream) return 'other'
  if (before.name !== after.name) return after.kind.minted === 'broker' ? 'other' : 'renamed'
  return canonicalJson(before.settings) === canonicalJson(after.settings) ? 'same' : 'renamed'
}

/** A connection's settings without the names of its secrets. */
function reach({ settings }: Connection): string {
  if (!isJsonObject(settings)) return canonicalJson(settings)
  return canonicalJson(
    Object.fromEntries(Object.entries(settings).filter(([, value]) => !isJsonObject(value) || value.secret === undefined)),
  )
}

function connectionWords(before: Grant, after: Grant, comparison: Reach): readonly TermChange[] {
  if (comparison === 'same') return []
  const [from, to] = [before.connection, after.connection].map(
    ({ name, kind, settings }) => `${name} (${kind.name}) ${canonicalJson(settings)}`,
  )
  return [{ about: 'connection', sense: 'other', from: from ?? '', to: to ?? '' }]
}

function scopeWords(before: Grant, after: Grant, scope: ScopeComparison): readonly TermChange[] {
  const [from, to] = [before, after].map(({ connection, scope: own }) => connection.kind.summary(own))
  return scope === 'same' || (scope === 'other' && from === to) ? [] : [{ about: 'scope', sense: scope, from: from ?? '', to: to ?? '' }]
}

function ttlWords(before: Grant, after: Grant): readonly TermChange[] {
  if (before.ttl === after.ttl) return []
  const sense = after.ttl > before.ttl ? 'wider' : 'narrower'
  return [{ about: 'ttl', sense, from: formatDuration(before.ttl), to: formatDuration(after.ttl) }]
}
