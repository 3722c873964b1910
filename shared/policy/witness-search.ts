/**
 * Finds a text for one fact of a run: a usual one where the region leaves the choice, an example of a pattern, else the shortest there is.
 * It knows the shape of a fact and nothing of what a platform makes agree with it.
 */
import { isEmptySet, patternsLeft, shortestTextKept, type TextQuery, type TextSet, together } from './language.ts'
import type { SearchOutcome, Track } from './language-search.ts'
import { hasShapeKept, type Shape } from './language-shape.ts'
import { admits, type Region } from './witness-region.ts'

/** A value, its absence where the region allows that, or why there is none. */
export type Sought = { readonly value: string | undefined } | 'none' | 'undecided'
export type SoughtFacts = ReadonlyMap<string, string> | 'none' | 'undecided'

/** Questions about texts, answered from memory when they were asked before. */
export interface Seek {
  readonly shortest: (query: TextQuery) => SearchOutcome
  readonly fits: (shape: Shape, text: string) => boolean
  /** Usual texts by attribute, the most usual first. */
  readonly usual: ReadonlyMap<string, readonly string[]>
}

export function startSeek(usual: Seek['usual']): Seek {
  return { shortest: shortestTextKept(), fits: hasShapeKept(), usual }
}

/** A text of the shape that the region has for the attribute. */
export function textValue(region: Region, attribute: string, { shape, seek }: { readonly shape: Shape; readonly seek: Seek }): Sought {
  const bounds = region.bounds.get(attribute)
  const isFit = (text: string): boolean => admits(region, attribute, text) && seek.fits(shape, text)
  const usual = region.usual.get(attribute)?.find(isFit)
  const candidate = usual ?? (bounds?.rest ?? seek.usual.get(attribute) ?? []).find(isFit)
  if (candidate !== undefined) return { value: candidate }
  if (bounds?.rest !== undefined) return 'none'
  const all = patternsLeft(bounds?.all ?? NO_SETS, bounds?.none ?? NO_SETS)
  if (all.some(isEmptySet)) return 'none'
  const example = all.flatMap(({ wildcards }) => wildcards.slice(0, MAX_EXAMPLES).map(({ text }) => exampleOf(text))).find(isFit)
  if (example !== undefined) return { value: example }
  const found = seek.shortest({ all, none: bounds?.none ?? NO_SETS, shape })
  return typeof found === 'string' ? found : { value: found.text }
}

const NO_SETS: readonly TextSet[] = []
const MAX_EXAMPLES = 20

/** A text a pattern matches: every wildcard stands for one letter. */
function exampleOf(pattern: string): string {
  return pattern.replace(/\*\*?/g, 'x')
}

/** The sets an attribute must be in, or must not be in, as tracks of a search over a text that holds it as that part; no part: as the whole. */
export function tracks(
  { bounds }: Region,
  which: 'all' | 'none',
  { attribute, part }: { attribute: string; part?: string },
): readonly Track[] {
  const { all, none } = bounds.get(attribute) ?? { all: NO_SETS, none: NO_SETS }
  const sets = which === 'all' ? patternsLeft(all, none) : together(none)
  return sets.map((set): Track => (part === undefined ? { set: set.automaton() } : { set: set.automaton(), part }))
}

/** Remembers what was made for a key: forms and sorts of events come round again and again in one region. */
export function keptFor<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}

/** Without an entry of its own for each fact, which iterating would make: a large plan comes by here a hundred thousand times. */
export function copyInto(facts: Map<string, string>, part: ReadonlyMap<string, string>): void {
  part.forEach((value, name) => {
    facts.set(name, value)
  })
}
