/**
 * Inclusion between lists read as sets, which is what narrowing and comparing of scopes come down to.
 * Order and repetition never matter. Nothing here knows a kind.
 */
import type { ScopeComparison } from './kind.ts'

/** The first asked member that is not allowed; `undefined` when all are. */
export function firstOutside<T>(asked: readonly T[], allowed: readonly T[]): T | undefined {
  return asked.find((member) => !allowed.includes(member))
}

/** The allowed members that were asked for, each once, in the order of `allowed`. */
export function meetOf<T>(allowed: readonly T[], asked: readonly T[]): readonly T[] {
  return [...new Set(allowed)].filter((member) => asked.includes(member))
}

/** How `head` relates to `base` when more members mean more access. */
export function compareSets<T>(base: readonly T[], head: readonly T[]): ScopeComparison {
  return comparisonOf(
    head.every((member) => base.includes(member)),
    base.every((member) => head.includes(member)),
  )
}

/** From the two inclusions: does base hold all of head, does head hold all of base. */
export function comparisonOf(baseHoldsHead: boolean, headHoldsBase: boolean): ScopeComparison {
  if (baseHoldsHead && headHoldsBase) return 'same'
  if (baseHoldsHead) return 'narrower'
  return headHoldsBase ? 'wider' : 'other'
}

/** The comparison of a product from those of its parts: one part wider and another narrower is neither. */
export function combineComparisons(parts: readonly ScopeComparison[]): ScopeComparison {
  return comparisonOf(
    parts.every((part) => part === 'same' || part === 'narrower'),
    parts.every((part) => part === 'same' || part === 'wider'),
  )
}
