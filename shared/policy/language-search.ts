/**
 * The search behind every question about languages: breadth first over the product of a shape, the sets a text must be in and the sets it must not
 * be in, determinised only where the search goes. A state that another one is at least as good as is dropped. Where determinising the wanted sets
 * grows out of hand, the search starts again and follows their positions one by one, of which there are never many.
 * It answers with the shortest text, with `none`, or with `undecided` once its budget is spent, and never guesses.
 */
import type { SetAutomaton } from './language-automaton.ts'
import { type Shape, takesUnit, type UnitClass } from './language-shape.ts'

/** A set, and the parts of the shape it reads; absent: the whole text. */
export interface Track {
  readonly set: SetAutomaton
  readonly part?: string
}

export interface Search {
  readonly shape: Shape
  readonly all: readonly Track[]
  readonly none: readonly Track[]
}

export interface Found {
  readonly text: string
  /** The text of each part of the shape. */
  readonly parts: ReadonlyMap<string, string>
}

export type SearchOutcome = Found | 'none' | 'undecided'

/** No claim is longer: a text beyond this cannot be in a token. */
const MAX_TEXT_LENGTH = 1024
/** States of the first try, and of the second. */
const MAX_STATES = { determinised: 2_000, byPosition: 100_000 } as const
/** How many earlier states of one position a new one is compared with. */
const MAX_COMPARED = 400

/** One code unit to try, with what it does to every track. */
interface Letter {
  readonly unit: number
  readonly entered: readonly bigint[]
}

interface Node {
  readonly position: number
  /** Position sets: first those of `all`, then those of `none`. */
  readonly sets: readonly bigint[]
  readonly unit: number
  readonly before: Node | undefined
}

interface Product {
  readonly shape: Shape
  readonly tracks: readonly Track[]
  readonly wanted: number
  /** By position of the shape: the letters it takes. */
  readonly letters: readonly (readonly Letter[])[]
  readonly method: keyof typeof MAX_STATES
}

export function search({ shape, all, none }: Search): SearchOutcome {
  const tracks = [...all, ...none]
  const alphabet = lettersOf(shape, tracks)
  const letters = shape.positions.map(({ takes }) => alphabet.filter(({ unit }) => takesUnit(takes, unit)))
  const product = { shape, tracks, wanted: all.length, letters }
  const first = run({ ...product, method: 'determinised' })
  return first === 'undecided' ? run({ ...product, method: 'byPosition' }) : first
}

function run(product: Product): SearchOutcome {
  const { shape, tracks, wanted, method } = product
  const seen: Seen = { exact: new Set(), byPosition: new Map() }
  let level = successors({ positions: shape.first, sets: tracks.map(({ set }) => set.start), before: undefined }, product)
  for (let length = 1; length <= MAX_TEXT_LENGTH && level.length > 0; length++) {
    const kept: Node[] = []
    for (const node of level) {
      if (isAccepted(node, product)) return foundAt(node, shape)
      if (isNew(node, wanted, seen)) kept.push(node)
      if (seen.exact.size > MAX_STATES[method]) return 'undecided'
    }
    level = kept.flatMap((node) =>
      successors({ positions: shape.positions[node.position]?.follow ?? [], sets: node.sets, before: node }, product),
    )
  }
  return 'none'
}

interface Step {
  readonly positions: readonly number[]
  readonly sets: readonly bigint[]
  readonly before: Node | undefined
}

function successors({ positions, sets, before }: Step, product: Product): readonly Node[] {
  const nodes: Node[] = []
  for (const position of positions) {
    const name = product.shape.positions[position]?.part
    for (const letter of product.letters[position] ?? []) {
      const next = advance(sets, letter, name, product)
      if (next === undefined) continue
      for (const one of product.method === 'determinised' ? [next] : onePositionEach(next, product.wanted)) {
        nodes.push({ position, sets: one, unit: letter.unit, before })
      }
    }
  }
  return nodes
}

/** Every way to be in one single position of each wanted set. */
function onePositionEach(sets: readonly bigint[], wanted: number): readonly (readonly bigint[])[] {
  let ways: (readonly bigint[])[] = [[]]
  sets.forEach((set, index) => {
    const choices = index < wanted ? singleBits(set) : [set]
    ways = ways.flatMap((way) => choices.map((bit) => [...way, bit]))
  })
  return ways
}

function singleBits(set: bigint): readonly bigint[] {
  const bits: bigint[] = []
  for (let rest = set; rest !== 0n; rest &= rest - 1n) bits.push(rest & -rest)
  return bits
}

/** The sets after one letter; `undefined` when a set the text must be in has no way on. */
function advance(sets: readonly bigint[], { entered }: Letter, name: string | undefined, product: Product): readonly bigint[] | undefined {
  const next: bigint[] = []
  for (let index = 0; index < sets.length; index++) {
    const track = product.tracks[index]
    const state = sets[index] ?? 0n
    if (track === undefined || (track.part !== undefined && track.part !== name)) {
      next.push(state)
      continue
    }
    const moved = ((state << 1n) | (state & track.set.loops)) & (entered[index] ?? 0n)
    if (moved === 0n && index < product.wanted) return undefined
    next.push(moved)
  }
  return next
}

function isAccepted({ position, sets }: Node, { shape, tracks, wanted }: Product): boolean {
  if (!shape.last.has(position)) return false
  return tracks.every(({ set }, index) => (((sets[index] ?? 0n) & set.accepting) !== 0n) === index < wanted)
}

function foundAt(node: Node, shape: Shape): Found {
  const units: number[] = []
  const parts = new Map<string, number[]>()
  for (let at: Node | undefined = node; at !== undefined; at = at.before) {
    units.push(at.unit)
    const name = shape.positions[at.position]?.part ?? ''
    const part = parts.get(name)
    if (part === undefined) parts.set(name, [at.unit])
    else part.push(at.unit)
  }
  return { text: textOf(units), parts: new Map([...parts].map(([name, part]) => [name, textOf(part)])) }
}

function textOf(reversed: readonly number[]): string {
  return reversed
    .map((unit) => String.fromCharCode(unit))
    .reverse()
    .join('')
}

/** The states met so far, and by position of the shape those worth comparing with. */
interface Seen {
  readonly exact: Set<string>
  readonly byPosition: Map<number, (readonly bigint[])[]>
}

/** False when an earlier state is at least as good: more ways into every wanted set, fewer into the unwanted. */
function isNew({ position, sets }: Node, wanted: number, { exact, byPosition }: Seen): boolean {
  const key = `${position},${sets.map((set) => set.toString(32)).join()}`
  if (exact.has(key)) return false
  const known = byPosition.get(position) ?? []
  const compared = known.length > MAX_COMPARED ? known.slice(-MAX_COMPARED) : known
  if (compared.some((earlier) => isAsGood(earlier, sets, wanted))) return false
  exact.add(key)
  known.push(sets)
  byPosition.set(position, known)
  return true
}

function isAsGood(earlier: readonly bigint[], sets: readonly bigint[], wanted: number): boolean {
  return earlier.every((set, index) => {
    const other = sets[index] ?? 0n
    const shared = set & other
    return index < wanted ? shared === other : shared === set
  })
}

/** Units nobody names are tried in this order, one for each class they fall into; then letters beyond ASCII, then a surrogate pair. */
const FRESH = `xyzabcdefghijklmnopqrstuvw1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.+~!#$%&'(),:;<=>?@[]^{|}"\\ \``
const FIRST_BEYOND_ASCII = 0xe0
const SURROGATES = [0xd83d, 0xde00]
const SLASH = 0x2f

/**
 * The alphabet, reduced: every unit that a set or the shape names, and one for each class of the rest. Two units nobody names, that the shape's
 * classes cannot tell apart, cannot be told apart by any answer.
 */
function lettersOf(shape: Shape, tracks: readonly Track[]): readonly Letter[] {
  const named = namedUnits(shape, tracks)
  const classes = [...new Set(shape.positions.flatMap(({ takes }): UnitClass[] => (typeof takes === 'number' ? [] : [takes])))]
  const fresh = new Map<string, number>()
  for (const unit of freshUnits(new Set([...named, ...otherCases(tracks)]))) {
    const signature = classes.map((unitClass) => (unitClass.admits(unit) ? '1' : '0')).join('')
    if (!fresh.has(signature)) fresh.set(signature, unit)
  }
  const pleasant = [...named].sort((a, b) => pleasantness(a) - pleasantness(b) || a - b)
  return [...fresh.values(), ...pleasant].map((unit) => ({ unit, entered: tracks.map(({ set }) => set.enteredBy(unit)) }))
}

/** A folded set names a letter in both its cases. Where every set folds, one of them is enough to try. */
function namedUnits(shape: Shape, tracks: readonly Track[]): ReadonlySet<number> {
  const named = new Set<number>([SLASH])
  for (const { takes } of shape.positions) if (typeof takes === 'number') named.add(takes)
  for (const { set } of tracks) for (const unit of set.units) named.add(unit)
  if (tracks.some(({ set }) => !set.foldCase)) for (const unit of otherCases(tracks)) named.add(unit)
  return named
}

/** The capitals of the letters that folded sets name. */
function otherCases(tracks: readonly Track[]): readonly number[] {
  const folded = tracks.flatMap(({ set }) => (set.foldCase ? [...set.units] : []))
  return folded.filter((unit) => unit >= 0x61 && unit <= 0x7a).map((unit) => unit - 0x20)
}

function freshUnits(named: ReadonlySet<number>): readonly number[] {
  const ascii = Array.from({ length: FRESH.length }, (_, index) => FRESH.charCodeAt(index)).filter((unit) => !named.has(unit))
  return [...ascii, ...[FIRST_BEYOND_ASCII, ...SURROGATES].map((first) => firstFree(first, named))]
}

function firstFree(first: number, named: ReadonlySet<number>): number {
  let unit = first
  while (named.has(unit)) unit++
  return unit
}

/** Lower-case letters and digits make the texts a reader expects. */
function pleasantness(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return 0
  if (unit >= 0x30 && unit <= 0x39) return 1
  return unit >= 0x41 && unit <= 0x5a ? 2 : 3
}
