/**
 * A condition's patterns as one automaton: every pattern's positions side by side in one big integer, so that a step of all of them is a shift and two
 * masks. It reads the elements `pattern.ts` reads and must never disagree with that matcher.
 */
import { type Pattern, patternElements } from './pattern.ts'

/** All patterns of a set side by side, as position sets in big integers. Each pattern begins with a position that no unit enters. */
export interface SetAutomaton {
  /** Positions in all. */
  readonly width: number
  readonly start: bigint
  readonly accepting: bigint
  readonly loops: bigint
  readonly foldCase: boolean
  /** Every code unit a literal names; folded when case is ignored. */
  readonly units: ReadonlySet<number>
  /** The positions a unit may enter. */
  readonly enteredBy: (unit: number) => bigint
}

const SLASH = 0x2f

/** Literals are folded already when case is ignored. */
export function compileSet(literals: readonly string[], wildcards: readonly Pattern[], foldCase: boolean): SetAutomaton {
  const masks = { start: 0n, accepting: 0n, loops: 0n, anys: 0n }
  const byUnit = new Map<number, bigint>()
  let bit = 1n
  let width = 0
  const next = (): void => {
    bit <<= 1n
    width++
  }
  const begin = (): void => {
    masks.start |= bit
    next()
  }
  const unitAt = (unit: number): void => {
    byUnit.set(unit, (byUnit.get(unit) ?? 0n) | bit)
    next()
  }
  const end = (): void => {
    masks.accepting |= bit >> 1n
  }
  for (const text of literals) {
    begin()
    for (let index = 0; index < text.length; index++) unitAt(text.charCodeAt(index))
    end()
  }
  for (const { text } of wildcards) {
    begin()
    for (const element of patternElements(text, foldCase)) {
      if (typeof element === 'number') {
        unitAt(element)
        continue
      }
      masks.loops |= bit
      if (element === 'any') masks.anys |= bit
      next()
    }
    end()
  }
  const { start, accepting, loops, anys } = masks
  const entered = new Map([...byUnit].map(([unit, literal]) => [unit, literal | (unit === SLASH ? anys : loops)]))
  const enteredBy = (unit: number): bigint => {
    const asFolded = foldCase && unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit
    return entered.get(asFolded) ?? (asFolded === SLASH ? anys : loops)
  }
  return { width, start, accepting, loops, foldCase, units: new Set(byUnit.keys()), enteredBy }
}
