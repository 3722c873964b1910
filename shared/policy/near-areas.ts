/**
 * Of many areas those that may hold a run of a given one, so that a grant of thousands of rules is not compared rule by rule with all the others.
 * An area is left out only when no value of some attribute can begin as both demand; what is left is for the search to judge.
 */
import { foldAscii } from '../platforms/platform.ts'
import type { TextSet } from './language.ts'
import type { RuleArea } from './plan-access.ts'

export interface NearAreas {
  readonly add: (area: RuleArea) => void
  /** Areas of the same issuer, in the order they were added. */
  readonly near: (area: RuleArea) => readonly RuleArea[]
}

/** So few are looked through faster than looked up. */
const FEW = 16
/** What comes later in a text is not looked at. */
const MAX_HEAD = 64
/** Behind a text without wildcards: no text goes on with it. */
const END = '\0'

/** The areas by how the values of one attribute begin. */
interface ByHead {
  readonly heads: Map<string, number[]>
  /** Also under everything their heads begin with. */
  readonly prefixes: Map<string, number[]>
  /** Those that let a value begin anyhow. */
  readonly open: number[]
}

type Heads = ReadonlyMap<string, readonly string[]>

export function nearAreas(areas: readonly RuleArea[] = []): NearAreas {
  const all = [...areas]
  const byAttribute = new Map<string, ByHead>()
  let indexed = 0
  const near: NearAreas['near'] = (area) => {
    const isMany = all.length > FEW
    if (isMany) for (; indexed < all.length; indexed++) addTo(byAttribute, headsOf(all[indexed]), indexed)
    const found = isMany ? fewest(headsOf(area), byAttribute) : undefined
    const candidates = found === undefined ? all : found.flatMap((at) => all[at] ?? [])
    return candidates.filter(({ issuer }) => issuer.url === area.issuer.url)
  }
  return { add: (area) => void all.push(area), near }
}

/** By attribute, how its values begin; without those that may begin anyhow. Sets that ignore case are only ever compared with their like. */
function headsOf(area: RuleArea | undefined): Heads {
  const heads = new Map<string, readonly string[]>()
  for (const { attribute, set } of area?.tests ?? []) {
    const own = beginnings(set)
    const key = set.foldCase ? `${attribute} in any case` : attribute
    if (!own.includes('') && own.length <= (heads.get(key)?.length ?? own.length)) heads.set(key, own)
  }
  return heads
}

function beginnings({ literals, wildcards, foldCase }: TextSet): readonly string[] {
  const before = wildcards.map(({ text }) => text.slice(0, text.indexOf('*')))
  const heads = [...[...literals].map((text) => text + END), ...(foldCase ? before.map(foldAscii) : before)]
  return heads.map((head) => head.slice(0, MAX_HEAD))
}

/** INVARIANT: an attribute that is met for the first time leaves every area before it open. */
function addTo(byAttribute: Map<string, ByHead>, heads: Heads, at: number): void {
  for (const attribute of heads.keys()) {
    const open = (): number[] => Array.from({ length: at }, (_, before) => before)
    if (!byAttribute.has(attribute)) byAttribute.set(attribute, { heads: new Map(), prefixes: new Map(), open: open() })
  }
  for (const [attribute, entry] of byAttribute) {
    const own = heads.get(attribute)
    if (own === undefined) entry.open.push(at)
    for (const head of own ?? []) {
      push(entry.heads, head, at)
      for (let length = 1; length <= head.length; length++) push(entry.prefixes, head.slice(0, length), at)
    }
  }
}

function push(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else if (list.at(-1) !== value) list.push(value)
}

/** Looked up by the attribute that leaves fewest; `undefined` when no attribute leaves any out. */
function fewest(heads: Heads, byAttribute: ReadonlyMap<string, ByHead>): readonly number[] | undefined {
  let best: readonly (readonly number[])[] | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [attribute, own] of heads) {
    const entry = byAttribute.get(attribute)
    if (entry === undefined) continue
    const lists = [entry.open, ...own.flatMap((head) => compatible(head, entry))]
    const count = lists.reduce((sum, { length }) => sum + length, 0)
    if (count >= least) continue
    best = lists
    least = count
  }
  return best && [...new Set(best.flat())].sort((a, b) => a - b)
}

/** Those with a head that begins with this one, or that this one begins with. */
function compatible(head: string, { heads, prefixes }: ByHead): (readonly number[])[] {
  const lists: (readonly number[])[] = [prefixes.get(head) ?? []]
  for (let length = 1; length < head.length; length++) {
    const shorter = heads.get(head.slice(0, length))
    if (shorter !== undefined) lists.push(shorter)
  }
  return lists
}
