/**
 * Where everything stands in a file that the fast reader has read: offsets of keys and values, found again by the list or mapping they belong to.
 * It must say exactly the places that the YAML parser says, so that a finding stands on the same line whoever read the file.
 */
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { DocumentPath, Place } from './problem.ts'

/** Offsets count UTF-16 code units. A value that is not there (`scope:` and nothing after it) stands where its key does. */
export interface EntryPlace {
  readonly key: number
  readonly value: number
}

/** Filled by one reading of a file: for its lists the offset of each item, for its mappings those of each entry. */
export interface Places {
  readonly lists: Map<Json, readonly number[]>
  readonly maps: Map<JsonObject, ReadonlyMap<string, EntryPlace>>
}

export function noPlaces(): Places {
  return { lists: new Map(), maps: new Map() }
}

/** The offset of the value at a path, or of the key it stands under; of the nearest value above when the path leads nowhere. */
export function offsetAt(path: DocumentPath, at: Place, { value, start, places }: PlacedFile): number {
  let node: Json | undefined = value
  let offset = start
  for (const [index, step] of path.entries()) {
    const entry: EntryPlace | undefined = entryPlace(node, step, places)
    if (entry === undefined) return offset
    offset = at === 'key' && index === path.length - 1 ? entry.key : entry.value
    node = childOf(node, step)
  }
  return offset
}

/** A file that was read with its places. */
export interface PlacedFile {
  readonly value: Json
  /** Where the value of the whole file begins. */
  readonly start: number
  readonly places: Places
}

/** An item of a list has no key: it stands for itself. */
function entryPlace(node: Json | undefined, step: string | number, { lists, maps }: Places): EntryPlace | undefined {
  if (isJsonObject(node)) return maps.get(node)?.get(String(step))
  const offset = node === undefined || typeof step !== 'number' ? undefined : lists.get(node)?.[step]
  return offset === undefined ? undefined : { key: offset, value: offset }
}

function childOf(node: Json | undefined, step: string | number): Json | undefined {
  if (isJsonObject(node)) return node[step]
  return Array.isArray(node) && typeof step === 'number' ? node[step] : undefined
}

/** Line and column of an offset, both from 1. */
export function positionsIn(text: string): (offset: number) => { readonly line: number; readonly column: number } {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return (offset) => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
