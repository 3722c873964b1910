/**
 * The conditions of one rule as narrow as the asks it allowed: of each list what was needed, for a pattern the values it stood for where they are few.
 * INVARIANT: what comes out holds for every ask that was observed, and for nothing the rule did not hold for: each text is one of the rule's own patterns, or
 * a value that one of them matched, written so that it can mean nothing else.
 */
import { type AttributeForm, hasControlCharacter } from '../platforms/platform.ts'
import { MAX_PATTERN_LENGTH, matches, type Pattern } from './pattern.ts'
import type { Condition, Rule } from './policy.ts'

/** How often each value of each attribute was seen, over `asks` asks. */
export interface Observed {
  readonly asks: number
  readonly values: ReadonlyMap<string, ReadonlyMap<string, number>>
}

export interface ConditionChange {
  readonly rule: string
  readonly attribute: string
  /** Empty: the rule does not state it. */
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/** More values than these are what the pattern is for. */
const MAX_VALUES = 5

/** Facts a rule should state when all of its runs agree on them. */
const WORTH_STATING = ['ref', 'environment'] as const

export function narrowerConditions(rule: Rule, observed: Observed): readonly ConditionChange[] {
  if (observed.asks === 0) return []
  const stated = rule.conditions.filter(({ byDefault }) => byDefault !== true)
  return [
    ...stated.flatMap((condition) => narrowed(rule, condition, observed)),
    ...WORTH_STATING.flatMap((name) => added(rule, name, observed)),
  ]
}

function narrowed({ name, workload }: Rule, { attribute, patterns }: Condition, { values }: Observed): readonly ConditionChange[] {
  const seen = [...(values.get(attribute)?.keys() ?? [])]
  const form = workload.issuer.platform.attribute(attribute)
  if (form === undefined || seen.length === 0) return []
  const from = patterns.map(({ text }) => text)
  const to = needed(patterns, seen, form)
  const isSame = to.length === new Set(from).size && to.every((text) => from.includes(text))
  return isSame ? [] : [{ rule: name, attribute, from, to }]
}

/** The rule's own texts where they are exact, else the values themselves, else the pattern that stands for many of them. */
function needed(patterns: readonly Pattern[], seen: readonly string[], form: AttributeForm): readonly string[] {
  const texts = new Set<string>()
  const byPattern = new Map<Pattern, string[]>()
  for (const value of seen) {
    const fitting = patterns.filter((pattern) => matches(pattern, value))
    const exact = fitting.find(({ automaton }) => automaton === undefined)
    const [first] = fitting
    if (exact !== undefined) texts.add(exact.text)
    else if (first !== undefined) byPattern.set(first, [...(byPattern.get(first) ?? []), value])
  }
  for (const [pattern, values] of byPattern) {
    const isSpeltOut = values.length <= MAX_VALUES && values.every((value) => meansItself(value, form))
    for (const text of isSpeltOut ? values : [pattern.text]) texts.add(text)
  }
  return [...texts].sort()
}

function added(rule: Rule, attribute: (typeof WORTH_STATING)[number], { asks, values }: Observed): readonly ConditionChange[] {
  const { workload } = rule
  const isStated = [...rule.conditions, ...workload.is].some((condition) => condition.attribute === attribute)
  const form = workload.issuer.platform.attribute(attribute)
  const [only, ...more] = values.get(attribute) ?? []
  if (isStated || form === undefined || only === undefined || more.length > 0) return []
  const [value, times] = only
  return times === asks && meansItself(value, form) ? [{ rule: rule.name, attribute, from: [], to: [value] }] : []
}

/** A text that, written as a condition, is taken by the parser and matches nothing but itself. */
function meansItself(value: string, { match, prefix }: AttributeForm): boolean {
  const isExact = match === 'exact' || !value.includes('*')
  const isPlain = value !== '' && value.trim() === value && value.length <= MAX_PATTERN_LENGTH && !hasControlCharacter(value)
  return isExact && isPlain && (prefix === undefined || value.startsWith(prefix))
}
