/**
 * The form a fact always has, whatever a policy says: an owner and a name, a full ref, a workflow file at a ref. A shape is an automaton over
 * UTF-16 code units whose positions are labelled with the part of the text they belong to, so that several facts can share one text.
 * It never admits a control character or half a surrogate pair.
 */

/** A named class of code units. Two classes are the same only when they are the same object. */
export interface UnitClass {
  readonly admits: (unit: number) => boolean
}

export interface ShapePosition {
  /** One code unit, or a class of them. */
  readonly takes: number | UnitClass
  /** The label of the part this position belongs to. */
  readonly part: string
  readonly follow: readonly number[]
}

export interface Shape {
  readonly positions: readonly ShapePosition[]
  readonly first: readonly number[]
  readonly last: ReadonlySet<number>
}

/** A piece of a shape, before its positions are numbered. */
export type Piece =
  | { readonly sort: 'unit'; readonly takes: number | UnitClass }
  | { readonly sort: 'sequence' | 'choice'; readonly pieces: readonly Piece[] }
  | { readonly sort: 'some' | 'maybe'; readonly piece: Piece }
  | { readonly sort: 'part'; readonly name: string; readonly piece: Piece }

export function oneOf(takes: UnitClass): Piece {
  return { sort: 'unit', takes }
}

export function literal(text: string): Piece {
  return sequence(...Array.from({ length: text.length }, (_, index): Piece => ({ sort: 'unit', takes: text.charCodeAt(index) })))
}

export function sequence(...pieces: readonly Piece[]): Piece {
  return { sort: 'sequence', pieces }
}

export function choice(...pieces: readonly Piece[]): Piece {
  return { sort: 'choice', pieces }
}

/** Once or more. */
export function some(piece: Piece): Piece {
  return { sort: 'some', piece }
}

export function maybe(piece: Piece): Piece {
  return { sort: 'maybe', piece }
}

export function times(count: number, piece: Piece): Piece {
  return sequence(...new Array<Piece>(count).fill(piece))
}

export function part(name: string, piece: Piece): Piece {
  return { sort: 'part', name, piece }
}

/** One character of a class, outside the basic plane as its two halves. */
export function character(takes: UnitClass): Piece {
  return choice(oneOf(takes), sequence(oneOf(HIGH_HALF), oneOf(LOW_HALF)))
}

const HIGH_HALF: UnitClass = { admits: (unit) => unit >= 0xd800 && unit <= 0xdbff }
const LOW_HALF: UnitClass = { admits: (unit) => unit >= 0xdc00 && unit <= 0xdfff }

interface Fragment {
  readonly first: readonly number[]
  readonly last: readonly number[]
  readonly isSkippable: boolean
}

interface Numbering {
  readonly positions: { readonly takes: number | UnitClass; readonly part: string; readonly follow: Set<number> }[]
}

/** Numbers the positions of a piece (Glushkov's construction). */
export function shapeOf(piece: Piece, name = ''): Shape {
  const numbering: Numbering = { positions: [] }
  const { first, last } = place(piece, name, numbering)
  const positions = numbering.positions.map(({ follow, ...position }) => ({ ...position, follow: [...follow] }))
  return { positions, first, last: new Set(last) }
}

function place(piece: Piece, name: string, numbering: Numbering): Fragment {
  switch (piece.sort) {
    case 'unit': {
      const position = numbering.positions.length
      numbering.positions.push({ takes: piece.takes, part: name, follow: new Set() })
      return { first: [position], last: [position], isSkippable: false }
    }
    case 'part':
      return place(piece.piece, piece.name, numbering)
    case 'maybe':
      return { ...place(piece.piece, name, numbering), isSkippable: true }
    case 'some': {
      const fragment = place(piece.piece, name, numbering)
      join(fragment.last, fragment.first, numbering)
      return fragment
    }
    case 'choice': {
      const fragments = piece.pieces.map((inner) => place(inner, name, numbering))
      return {
        first: fragments.flatMap(({ first }) => first),
        last: fragments.flatMap(({ last }) => last),
        isSkippable: fragments.some(({ isSkippable }) => isSkippable),
      }
    }
    case 'sequence':
      return piece.pieces.map((inner) => place(inner, name, numbering)).reduce((a, b) => follow(a, b, numbering), NOTHING)
  }
}

const NOTHING: Fragment = { first: [], last: [], isSkippable: true }

function follow(a: Fragment, b: Fragment, numbering: Numbering): Fragment {
  join(a.last, b.first, numbering)
  return {
    first: a.isSkippable ? [...a.first, ...b.first] : a.first,
    last: b.isSkippable ? [...a.last, ...b.last] : b.last,
    isSkippable: a.isSkippable && b.isSkippable,
  }
}

function join(from: readonly number[], to: readonly number[], { positions }: Numbering): void {
  for (const position of from) for (const next of to) positions[position]?.follow.add(next)
}

export function takesUnit(takes: number | UnitClass, unit: number): boolean {
  return typeof takes === 'number' ? takes === unit : takes.admits(unit)
}

/** True when the whole text has the shape. */
export function hasShape({ positions, first, last }: Shape, text: string): boolean {
  let current: readonly number[] = []
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    const next: number[] = []
    const enter = (reachable: readonly number[]): void => {
      for (const position of reachable) {
        const takes = positions[position]?.takes
        if (takes !== undefined && takesUnit(takes, unit) && !next.includes(position)) next.push(position)
      }
    }
    if (index === 0) enter(first)
    else for (const position of current) enter(positions[position]?.follow ?? [])
    if (next.length === 0) return false
    current = next
  }
  return current.some((position) => last.has(position))
}

/** `hasShape` that answers a question it was asked before from memory. */
export function hasShapeKept(): typeof hasShape {
  const kept = new Map<Shape, Map<string, boolean>>()
  return (shape, text) => {
    const ofShape = kept.get(shape) ?? new Map<string, boolean>()
    kept.set(shape, ofShape)
    const answer = ofShape.get(text) ?? hasShape(shape, text)
    ofShape.set(text, answer)
    return answer
  }
}
