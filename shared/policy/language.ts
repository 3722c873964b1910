/**
 * Conditions as languages. A text set holds every text that any of its patterns matches, and one question is asked of several of them: the shortest
 * text that is in all of these and in none of those. Inclusion, intersection and difference are that question. The answer is exact, never sampled;
 * a search that would cost more than its budget says so instead of guessing.
 */
import { hasControlCharacter } from '../platforms/platform.ts'
import { compileSet, type SetAutomaton } from './language-automaton.ts'
import { type SearchOutcome, search, type Track } from './language-search.ts'
import { character, oneOf, type Shape, shapeOf, some, type UnitClass } from './language-shape.ts'
import { matches, type Pattern } from './pattern.ts'

/** The texts that match any of some patterns. Two sets with one key hold the same texts. */
export interface TextSet {
  readonly key: string
  readonly foldCase: boolean
  /** The patterns without wildcards, as they were written. */
  readonly texts: readonly string[]
  readonly wildcards: readonly Pattern[]
  /** The same texts, folded when case is ignored: for look-up. */
  readonly literals: ReadonlySet<string>
  /** Made at first use. */
  readonly automaton: () => SetAutomaton
}

/** Patterns of one condition: they fold case alike. */
export function textSet(patterns: readonly Pattern[]): TextSet {
  const foldCase = patterns[0]?.foldCase ?? false
  const exact = patterns.filter(({ automaton, text }) => automaton === undefined && text !== '' && !hasControlCharacter(text))
  const wildcards = patterns.filter(({ automaton }) => automaton !== undefined)
  const literals = new Set(exact.map(({ text }) => folded(text, foldCase)))
  const wild = [...new Set(wildcards.map(({ text }) => folded(text, foldCase)))].sort()
  let automaton: SetAutomaton | undefined
  return {
    key: JSON.stringify([foldCase, [...literals].sort(), wild]),
    foldCase,
    texts: exact.map(({ text }) => text),
    wildcards,
    literals,
    automaton: () => {
      automaton ??= compileSet([...literals], wildcards, foldCase)
      return automaton
    },
  }
}

export function holdsText({ literals, wildcards, foldCase }: TextSet, text: string): boolean {
  if (literals.has(folded(text, foldCase))) return true
  for (const pattern of wildcards) if (matches(pattern, text)) return true
  return false
}

function folded(text: string, foldCase: boolean): string {
  return foldCase ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
}

export function isEmptySet({ literals, wildcards }: TextSet): boolean {
  return literals.size === 0 && wildcards.length === 0
}

/** The sets without the patterns that stand word for word in one of `none`: what they match is excluded anyway. */
export function patternsLeft(all: readonly TextSet[], none: readonly TextSet[]): readonly TextSet[] {
  if (none.length === 0) return all
  const excluded = new Set(none.flatMap(({ wildcards, foldCase }) => wildcards.map(({ text }) => `${foldCase} ${text}`)))
  return all.map((set) => {
    const isLeft = ({ text, foldCase }: Pattern): boolean => !excluded.has(`${foldCase} ${text}`)
    if (set.wildcards.every(isLeft)) return set
    return textSet([...exactPatterns(set), ...set.wildcards.filter(isLeft)])
  })
}

/** One set of all texts in any of these; two when some ignore case and some do not. */
export function together(sets: readonly TextSet[]): readonly TextSet[] {
  if (sets.length < 2) return sets
  return [true, false].flatMap((foldCase) => {
    const alike = sets.filter((set) => set.foldCase === foldCase)
    return alike.length < 2 ? alike : [textSet(alike.flatMap((set) => [...exactPatterns(set), ...set.wildcards]))]
  })
}

function exactPatterns({ texts, foldCase }: TextSet): readonly Pattern[] {
  return texts.map((text) => ({ text, foldCase }))
}

/** Any code unit but control characters and surrogates. */
const TEXT: UnitClass = { admits: (unit) => (unit < 0xd800 || unit > 0xdfff) && !hasControlCharacter(String.fromCharCode(unit)) }

/** Any text at all, empty excepted. */
export const ANY_TEXT: Shape = shapeOf(some(character(TEXT)))

/** Any sequence of code units, as the matcher sees it: surrogates need not come in pairs. */
export const ANY_UNITS: Shape = shapeOf(some(oneOf({ admits: (unit) => !hasControlCharacter(String.fromCharCode(unit)) })))

/** What a text must be in, and what it must not be in. */
export interface TextQuery {
  readonly all: readonly TextSet[]
  readonly none: readonly TextSet[]
  readonly shape?: Shape
}

/** The shortest text the query asks for. */
export function shortestText({ all, none, shape = ANY_TEXT }: TextQuery): SearchOutcome {
  const tracks = (sets: readonly TextSet[]): readonly Track[] => sets.map((set) => ({ set: set.automaton() }))
  return search({ shape, all: tracks(all), none: tracks(together(none)) })
}

/** `shortestText` that answers a question it was asked before from memory. */
export function shortestTextKept(): (query: TextQuery) => SearchOutcome {
  const kept = new Map<Shape, Map<string, SearchOutcome>>()
  return (query) => {
    const { all, none, shape = ANY_TEXT } = query
    const ofShape = kept.get(shape) ?? new Map<string, SearchOutcome>()
    kept.set(shape, ofShape)
    const key = JSON.stringify([all.map((set) => set.key).sort(), none.map((set) => set.key).sort()])
    const outcome = ofShape.get(key) ?? shortestText(query)
    ofShape.set(key, outcome)
    return outcome
  }
}

/** True when every text of `inner` is in `outer`; `undefined` when the budget did not suffice. */
export function isIncluded(inner: TextSet, outer: TextSet, shape: Shape = ANY_TEXT): boolean | undefined {
  const outcome = shortestText({ all: [inner], none: [outer], shape })
  return outcome === 'undecided' ? undefined : outcome === 'none'
}
