/**
 * A region of runs: for each attribute the sets its value must be in, and those it must not be in. Rules, guardrails and fences are regions;
 * what one policy allows and another does not is searched by cutting regions smaller. A region is never changed in place.
 */
import type { JsonObject } from '../json.ts'
import { holdsText, type TextSet } from './language.ts'

/** One condition on one attribute, as a language. A missing attribute is in no set. */
export interface AttributeTest {
  readonly attribute: string
  readonly set: TextSet
  /** Two tests with one key hold for the same runs. */
  readonly key: string
}

export interface Bounds {
  readonly all: readonly TextSet[]
  readonly none: readonly TextSet[]
  /** When some set of `all` has no wildcard: every text that is left, as a policy spells it. */
  readonly rest?: readonly string[]
}

export interface Region {
  readonly bounds: ReadonlyMap<string, Bounds>
  /** Keys of the tests that hold everywhere in it. */
  readonly holding: ReadonlySet<string>
  /** Texts to try first where the region leaves a choice, by attribute. They bound nothing. */
  readonly usual: ReadonlyMap<string, readonly string[]>
}

/** The facts of one possible run, by attribute. What is not there is missing. */
export type FoundRun = ReadonlyMap<string, string>

/** Which facts a platform's tokens can hold together, and a token that holds them. */
export interface RunModel {
  /** Some run of the region; the most usual one the region leaves room for. */
  readonly find: (region: Region) => FoundRun | 'none' | 'undecided'
  /** The payload of an ID token of that run, without times, `aud` and `jti`. It adds no attribute that the run does not hold. */
  readonly payload: (issuerUrl: string, run: FoundRun) => JsonObject
}

export const EVERYWHERE: Region = { bounds: new Map(), holding: new Set(), usual: new Map() }
const UNBOUNDED: Bounds = { all: [], none: [] }

/** The part of a region where every test holds. */
export function within(region: Region, tests: readonly AttributeTest[]): Region {
  const open = tests.filter(({ key }) => !region.holding.has(key))
  if (open.length === 0) return region
  const bounds = new Map(region.bounds)
  for (const { attribute, set } of open) {
    const old = bounds.get(attribute)
    bounds.set(attribute, old === undefined ? aloneIn(set) : boundedBy(old, set))
  }
  const holding = new Set(region.holding)
  for (const { key } of open) holding.add(key)
  return { bounds, holding, usual: region.usual }
}

/** The part of a region where the test does not hold. */
export function without(region: Region, { attribute, set }: AttributeTest): Region {
  const old = region.bounds.get(attribute) ?? UNBOUNDED
  const rest = old.rest?.filter((text) => !holdsText(set, text))
  const bounds = new Map(region.bounds).set(attribute, { all: old.all, none: [...old.none, set], ...(rest === undefined ? {} : { rest }) })
  return { bounds, holding: region.holding, usual: region.usual }
}

const alone = new WeakMap<TextSet, Bounds>()

/** The bounds of an attribute of which a region says nothing else. They are the same in every region. */
function aloneIn(set: TextSet): Bounds {
  const known = alone.get(set) ?? boundedBy(UNBOUNDED, set)
  alone.set(set, known)
  return known
}

function boundedBy({ all, none, rest }: Bounds, set: TextSet): Bounds {
  const left = rest?.filter((text) => holdsText(set, text)) ?? textsLeft(set, all, none)
  return { all: [...all, set], none, ...(left === undefined ? {} : { rest: left }) }
}

function textsLeft(set: TextSet, all: readonly TextSet[], none: readonly TextSet[]): readonly string[] | undefined {
  if (set.wildcards.length > 0) return undefined
  return set.texts.filter((text) => all.every((other) => holdsText(other, text)) && !none.some((other) => holdsText(other, text)))
}

/** True when the region has the value for the attribute; `undefined` is a missing one. */
export function admits({ bounds }: Region, attribute: string, value: string | undefined): boolean {
  const bound = bounds.get(attribute)
  if (bound === undefined) return true
  if (value === undefined || value === '') return bound.all.length === 0
  return bound.all.every((set) => holdsText(set, value)) && !bound.none.some((set) => holdsText(set, value))
}

/** True when the attribute cannot be missing anywhere in the region. */
export function isNeeded({ bounds }: Region, attribute: string): boolean {
  return (bounds.get(attribute)?.all.length ?? 0) > 0
}

export function holdsFor({ attribute, set }: AttributeTest, run: FoundRun): boolean {
  const value = run.get(attribute)
  return value !== undefined && holdsText(set, value)
}
