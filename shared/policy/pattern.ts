/**
 * The one matcher of the house. A pattern is a text in which `*` stands for one or more characters other than `/` and `**` for one or
 * more of any sort; nothing else is special. Every element takes at least one UTF-16 code unit, so a pattern of m elements is an automaton of
 * m positions, run bit-parallel: a match costs the length of the value times m/32, whatever the pattern. There is no backtracking.
 * Control characters and missing values never match.
 */
import { hasControlCharacter } from '../platforms/platform.ts'

/** The longest pattern a policy may hold, in UTF-16 code units. */
export const MAX_PATTERN_LENGTH = 512

/** One position of a pattern: a code unit, one or more units but `/`, or one or more of any. */
export type PatternElement = number | 'segment' | 'any'

export interface PatternOptions {
  /** ASCII letter case is ignored. */
  readonly foldCase: boolean
  /** `*` is an ordinary character (exact attributes). */
  readonly literal?: boolean
}

export interface Pattern {
  readonly text: string
  readonly foldCase: boolean
  /** Absent for an exact pattern, which is compared as it stands. */
  readonly automaton?: Automaton
  /** An exact pattern that no value can match: it is empty or holds a control character. */
  readonly isVoid?: true
}

/** At most 32 positions: a set of them is the bits of one number. */
export type Automaton = NarrowAutomaton | WideAutomaton

interface NarrowAutomaton extends Masks<number> {
  readonly words: 1
}

/** Sets of positions in several words of 32 bits. */
interface WideAutomaton extends Masks<Int32Array> {
  readonly words: number
}

interface Masks<Set> {
  /** The positions a unit that no literal names may enter: wildcards. `other` holds both sorts, `slash` only `**`. `other` may be entered again. */
  readonly other: Set
  readonly slash: Set
  /** For each unit a literal names: the positions it may enter. */
  readonly byUnit: ReadonlyMap<number, Set>
  /** Of the last word. */
  readonly lastBit: number
}

const SLASH = 0x2f
const WORD_BITS = 32

/** The elements of a pattern in order. `***` is `**` and `*`. */
export function patternElements(text: string, foldCase: boolean): readonly PatternElement[] {
  const elements: PatternElement[] = []
  for (let index = 0; index < text.length; index++) {
    if (text[index] !== '*') {
      elements.push(unitAt(text, index, foldCase))
    } else if (text[index + 1] === '*') {
      elements.push('any')
      index++
    } else {
      elements.push('segment')
    }
  }
  return elements
}

export function compilePattern(text: string, { foldCase, literal = false }: PatternOptions): Pattern {
  const isVoid = text === '' || hasControlCharacter(text)
  if (literal || !text.includes('*')) return isVoid ? { text, foldCase, isVoid } : { text, foldCase }
  return { text, foldCase, automaton: compileAutomaton(patternElements(text, foldCase)) }
}

/** True when the pattern matches the whole value. */
export function matches(pattern: Pattern, value: string): boolean {
  const { automaton } = pattern
  if (automaton !== undefined) return isNarrow(automaton) ? runNarrow(pattern, automaton, value) : runWide(pattern, automaton, value)
  return sameText(pattern.text, value, pattern.foldCase) && pattern.isVoid !== true
}

/** The same pattern, deaf to the case of ASCII letters. */
export function ignoringCase(pattern: Pattern): Pattern {
  const { text, foldCase, automaton } = pattern
  if (foldCase) return pattern
  if (automaton !== undefined && /[A-Z]/.test(text)) return compilePattern(text, { foldCase: true })
  return { ...pattern, foldCase: true }
}

/** True when two texts are the same but for the case of ASCII letters, or altogether when `foldCase` is off. */
export function sameText(a: string, b: string, foldCase: boolean): boolean {
  if (!foldCase || a.length !== b.length || a === b) return a === b
  for (let index = 0; index < a.length; index++) {
    if (unitAt(a, index, true) !== unitAt(b, index, true)) return false
  }
  return true
}

function unitAt(text: string, index: number, foldCase: boolean): number {
  const unit = text.charCodeAt(index)
  return foldCase && unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit
}

function isControlUnit(unit: number): boolean {
  return unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || unit === 0x2028 || unit === 0x2029
}

function compileAutomaton(elements: readonly PatternElement[]): Automaton {
  return elements.length <= WORD_BITS ? compileNarrow(elements) : compileWide(elements)
}

function isNarrow(automaton: Automaton): automaton is NarrowAutomaton {
  return automaton.words === 1
}

function compileNarrow(elements: readonly PatternElement[]): NarrowAutomaton {
  let [other, slash] = [0, 0]
  elements.forEach((element, position) => {
    if (typeof element !== 'number') other |= 1 << position
    if (element === 'any') slash |= 1 << position
  })
  const byUnit = new Map<number, number>()
  elements.forEach((element, position) => {
    if (typeof element !== 'number') return
    byUnit.set(element, (byUnit.get(element) ?? (element === SLASH ? slash : other)) | (1 << position))
  })
  return { words: 1, other, slash, byUnit, lastBit: 1 << (elements.length - 1) }
}

function compileWide(elements: readonly PatternElement[]): WideAutomaton {
  const words = Math.ceil(elements.length / WORD_BITS)
  const [other, slash] = [new Int32Array(words), new Int32Array(words)]
  elements.forEach((element, position) => {
    if (typeof element !== 'number') setBit(other, position)
    if (element === 'any') setBit(slash, position)
  })
  const byUnit = new Map<number, Int32Array>()
  elements.forEach((element, position) => {
    if (typeof element !== 'number') return
    const entered = byUnit.get(element) ?? Int32Array.from(element === SLASH ? slash : other)
    setBit(entered, position)
    byUnit.set(element, entered)
  })
  return { words, other, slash, byUnit, lastBit: 1 << ((elements.length - 1) & (WORD_BITS - 1)) }
}

function setBit(mask: Int32Array, position: number): void {
  const word = position >>> 5
  mask[word] = (mask[word] ?? 0) | (1 << (position & (WORD_BITS - 1)))
}

/** The positions a unit may enter; `undefined` for a control character, which may enter none. */
function enteredBy<Set>({ byUnit, slash, other }: Masks<Set>, unit: number): Set | undefined {
  if (isControlUnit(unit)) return undefined
  return byUnit.get(unit) ?? (unit === SLASH ? slash : other)
}

/** At most 32 positions: the whole state is one number. */
function runNarrow({ foldCase }: Pattern, automaton: NarrowAutomaton, value: string): boolean {
  let state = 0
  let start = 1
  for (let index = 0; index < value.length; index++) {
    const entered = enteredBy(automaton, unitAt(value, index, foldCase))
    if (entered === undefined) return false
    state = ((state << 1) | start | (state & automaton.other)) & entered
    if (state === 0) return false
    start = 0
  }
  return (state & automaton.lastBit) !== 0
}

/** More positions: the shift carries from word to word. */
function runWide({ foldCase }: Pattern, automaton: WideAutomaton, value: string): boolean {
  const { words, other } = automaton
  const state = new Int32Array(words)
  let start = 1
  for (let index = 0; index < value.length; index++) {
    const entered = enteredBy(automaton, unitAt(value, index, foldCase))
    if (entered === undefined) return false
    let carry = start
    let alive = 0
    for (let word = 0; word < words; word++) {
      const old = state[word] ?? 0
      const next = ((old << 1) | carry | (old & (other[word] ?? 0))) & (entered[word] ?? 0)
      carry = old >>> 31
      state[word] = next
      alive |= next
    }
    if (alive === 0) return false
    start = 0
  }
  return ((state[words - 1] ?? 0) & automaton.lastBit) !== 0
}
