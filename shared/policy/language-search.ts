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
/** Steps of the first try, and of the second. */
const MAX_STEPS = { determinised: 50_000, byPosition: 500_000 } as const
/** How many earlier states of one position a new one is compared with. */
const MAX_COMPARED = 200

/** All tracks side by side in one big integer, so that one step moves all of them. */
interface Product {
  readonly shape: Shape
  readonly start: bigint
  readonly loops: bigint
  /** The bits of every track the text must be in; of those it must not be in. */
  readonly wanted: readonly bigint[]
  readonly unwanted: bigint
  readonly accepting: bigint
  /** By position of the shape: the letters it takes, one for each effect on the tracks. */
  readonly letters: readonly (readonly Letter[])[]
}

/** One code unit to try, with what it does to the tracks: the bits it may enter, and those of tracks that do not read it. */
interface Letter {
  readonly unit: number
  readonly entered: bigint
  readonly kept: bigint
}

interface Node {
  readonly position: number
  readonly state: bigint
  readonly unit: number
  readonly before: Node | undefined
}

export function search({ shape, all, none }: Search): SearchOutcome {
  const product = productOf(shape, all, none)
  const first = run(product, 'determinised')
  return first === 'undecided' ? run(product, 'byPosition') : first
}

interface Placed extends Track {
  readonly offset: bigint
  readonly mask: bigint
}

function productOf(shape: Shape, all: readonly Track[], none: readonly Track[]): Product {
  let offset = 0n
  const placed = [...all, ...none].map((track): Placed => {
    const at = offset
    const width = BigInt(track.set.width)
    offset += width
    return { ...track, offset: at, mask: ((1n << width) - 1n) << at }
  })
  const sum = (bits: (track: Placed) => bigint): bigint => placed.reduce((whole, track) => whole | (bits(track) << track.offset), 0n)
  const alphabet = unitsOf(shape, placed)
  return {
    shape,
    start: sum(({ set }) => set.start),
    loops: sum(({ set }) => set.loops),
    accepting: sum(({ set }) => set.accepting),
    wanted: placed.slice(0, all.length).map(({ mask }) => mask),
    unwanted: placed.slice(all.length).reduce((whole, { mask }) => whole | mask, 0n),
    letters: lettersOf(shape, placed, alphabet),
  }
}

/** For each position of the shape the units it takes, without those that do to the tracks what an earlier one does. */
function lettersOf(shape: Shape, tracks: readonly Placed[], alphabet: readonly number[]): readonly (readonly Letter[])[] {
  const classes = classesOf(shape)
  const made = new Map<string, readonly Letter[]>()
  return shape.positions.map(({ takes, part }) => {
    const reading = tracks.filter((track) => track.part === undefined || track.part === part)
    const kept = tracks.filter((track) => !reading.includes(track)).reduce((whole, { mask }) => whole | mask, 0n)
    const key = `${part} ${typeof takes === 'number' ? takes : `class ${classes.indexOf(takes)}`}`
    const known = made.get(key)
    if (known !== undefined) return known
    const letters = new Map<bigint, Letter>()
    for (const unit of typeof takes === 'number' ? [takes] : alphabet.filter((candidate) => takesUnit(takes, candidate))) {
      const entered = reading.reduce((whole, { set, offset }) => whole | (set.enteredBy(unit) << offset), 0n)
      if (!letters.has(entered)) letters.set(entered, { unit, entered, kept })
    }
    made.set(key, [...letters.values()])
    return [...letters.values()]
  })
}

function run(product: Product, method: keyof typeof MAX_STEPS): SearchOutcome {
  const seen: Seen = { exact: new Set(), byPosition: new Map() }
  let steps = 0
  let level = successors({ positions: product.shape.first, state: product.start, before: undefined }, product, method)
  for (let length = 1; length <= MAX_TEXT_LENGTH && level.length > 0; length++) {
    const next: Node[] = []
    for (const node of level) {
      if (isAccepted(node, product)) return foundAt(node, product.shape)
      if (!isNew(node, product, seen)) continue
      const positions = product.shape.positions[node.position]?.follow ?? []
      next.push(...successors({ positions, state: node.state, before: node }, product, method))
    }
    steps += next.length
    if (steps > MAX_STEPS[method]) return 'undecided'
    level = next
  }
  return 'none'
}

interface Step {
  readonly positions: readonly number[]
  readonly state: bigint
  readonly before: Node | undefined
}

function successors({ positions, state, before }: Step, product: Product, method: keyof typeof MAX_STEPS): readonly Node[] {
  const moving = (state << 1n) | (state & product.loops)
  const nodes: Node[] = []
  for (const position of positions) {
    for (const { unit, entered, kept } of product.letters[position] ?? []) {
      const next = (moving & entered) | (state & kept)
      // a set the text must be in, with no way on
      if (product.wanted.some((mask) => (next & mask) === 0n)) continue
      for (const one of method === 'determinised' ? [next] : onePositionEach(next, product))
        nodes.push({ position, state: one, unit, before })
    }
  }
  return nodes
}

/** Every way to be in one single position of each wanted set. */
function onePositionEach(state: bigint, { wanted, unwanted }: Product): readonly bigint[] {
  return wanted.reduce<readonly bigint[]>(
    (ways, mask) => singleBits(state & mask).flatMap((bit) => ways.map((way) => way | bit)),
    [state & unwanted],
  )
}

function singleBits(set: bigint): readonly bigint[] {
  const bits: bigint[] = []
  for (let rest = set; rest !== 0n; rest &= rest - 1n) bits.push(rest & -rest)
  return bits
}

function isAccepted({ position, state }: Node, { shape, accepting, wanted, unwanted }: Product): boolean {
  const ending = state & accepting
  return shape.last.has(position) && (ending & unwanted) === 0n && wanted.every((mask) => (ending & mask) !== 0n)
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
  readonly byPosition: Map<number, bigint[]>
}

/** False when an earlier state is at least as good: more ways into every wanted set, fewer into the unwanted. */
function isNew({ position, state }: Node, { unwanted }: Product, { exact, byPosition }: Seen): boolean {
  const key = `${position},${state.toString(32)}`
  if (exact.has(key)) return false
  exact.add(key)
  const known = byPosition.get(position) ?? []
  const ways = state & ~unwanted
  const traps = state & unwanted
  for (let index = Math.max(0, known.length - MAX_COMPARED); index < known.length; index++) {
    const earlier = known[index] ?? 0n
    if ((ways & ~earlier) === 0n && (earlier & unwanted & ~traps) === 0n) return false
  }
  known.push(state)
  byPosition.set(position, known)
  return true
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
function unitsOf(shape: Shape, tracks: readonly Track[]): readonly number[] {
  const named = namedUnits(shape, tracks)
  const classes = classesOf(shape)
  const fresh = new Map<string, number>()
  for (const unit of freshUnits(new Set([...named, ...otherCases(tracks)]))) {
    const signature = classes.map((unitClass) => (unitClass.admits(unit) ? '1' : '0')).join('')
    if (!fresh.has(signature)) fresh.set(signature, unit)
  }
  const pleasant = [...named].sort((a, b) => pleasantness(a) - pleasantness(b) || a - b)
  return [...fresh.values(), ...pleasant]
}

function classesOf(shape: Shape): readonly UnitClass[] {
  return [...new Set(shape.positions.flatMap(({ takes }): UnitClass[] => (typeof takes === 'number' ? [] : [takes])))]
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
