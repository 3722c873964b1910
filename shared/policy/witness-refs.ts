/** How git spells refs, whatever platform they are on: git-check-ref-format(1). */
import { hasControlCharacter } from '../platforms/platform.ts'
import { character, literal, maybe, type Piece, sequence, some, type UnitClass } from './language-shape.ts'

export const isLetterOrDigit = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a)

/** Anything a claim may hold. */
export const TEXT_UNIT: UnitClass = {
  admits: (unit) => (unit < 0xd800 || unit > 0xdfff) && !hasControlCharacter(String.fromCharCode(unit)),
}

/** Neither `/` nor `.`, nor what git forbids in refs. */
const REF_UNIT: UnitClass = { admits: (unit) => TEXT_UNIT.admits(unit) && !' ~^:?*[\\/.'.includes(String.fromCharCode(unit)) }

/** A name between two `/` of a ref: not empty, no dot at its start, no two dots in a row. */
const COMPONENT = sequence(some(sequence(character(REF_UNIT), maybe(some(sequence(literal('.'), character(REF_UNIT)))))))

export const REF_NAME: Piece = sequence(maybe(some(sequence(COMPONENT, maybe(literal('.')), literal('/')))), COMPONENT)
export const BRANCH: Piece = sequence(literal('refs/heads/'), REF_NAME)
export const TAG: Piece = sequence(literal('refs/tags/'), REF_NAME)
