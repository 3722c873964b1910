/**
 * Writes ids beside names in the text of a policy file, and changes nothing else: no line is printed anew, so comments, quotes, order and line
 * ends stay. It proves of every edited text that it says what the old one said and the ids; a text it cannot prove is given up, never written.
 */
import { isJsonObject, type Json } from '../../shared/json.ts'
import { type EntryLayout, parsePolicyFile } from '../../shared/policy/parse.ts'
import { textsOf } from '../../shared/policy/schema.ts'
import { ID_KEYS, type PinSite } from './pin-sites.ts'

/** A place that has no id yet, with the ids of its names in their order. */
export interface Pin {
  readonly site: PinSite
  readonly ids: readonly string[]
}

interface Insertion {
  readonly at: number
  readonly text: string
}

/** What may stand before a key on its line when the next line of its mapping can simply be indented to it. */
const BEFORE_KEY = /^ *(?:- +)*$/

/** The text with the ids of all pins, which are of that one file; or the pin that cannot be written where it would have to stand. */
export function withPins(text: string, pins: readonly Pin[]): { readonly text: string } | { readonly uneditable: Pin } {
  // by offset: two places that share an anchor are one text
  const insertions = new Map<number, Insertion>()
  for (const pin of pins) {
    const insertion = insertionOf(text, pin)
    if (insertion === undefined) return { uneditable: pin }
    insertions.set(insertion.at, insertion)
  }
  let edited = ''
  let done = 0
  for (const { at, text: inserted } of [...insertions.values()].sort((a, b) => a.at - b.at)) {
    edited += text.slice(done, at) + inserted
    done = at
  }
  edited += text.slice(done)
  const unproved = firstUnproved(edited, pins)
  return unproved === undefined ? { text: edited } : { uneditable: unproved }
}

function insertionOf(text: string, { site, ids }: Pin): Insertion | undefined {
  const layout = site.file.layoutOf(site.path)
  if (layout === undefined) return undefined
  const entry = `${site.idKey}: ${idsText(ids)}`
  return layout.style === 'flow' ? { at: layout.valueEnd, text: `, ${entry}` } : lineAfter(text, layout, entry)
}

/** One more line of a block mapping: below the entry and the comment behind it, with its indentation. */
function lineAfter(text: string, { keyStart, valueEnd }: EntryLayout, entry: string): Insertion | undefined {
  const lineStart = text.lastIndexOf('\n', keyStart - 1) + 1
  if (!BEFORE_KEY.test(text.slice(lineStart, keyStart))) return undefined
  // a block text ends behind its line end, everything else before it
  const feed = text.indexOf('\n', text[valueEnd - 1] === '\n' ? valueEnd - 1 : valueEnd)
  const end = feed < 0 ? text.length : feed
  const isCrlf = text[end - 1] === '\r'
  return { at: isCrlf ? end - 1 : end, text: `${isCrlf ? '\r\n' : '\n'}${' '.repeat(keyStart - lineStart)}${entry}` }
}

function idsText(ids: readonly string[]): string {
  const quoted = [...new Set(ids)].map((id) => `"${id}"`)
  return quoted.length === 1 ? quoted.join('') : `[${quoted.join(', ')}]`
}

/** INVARIANT: an edited text says all that the old one said, the ids of every pin, and besides them nothing but ids. */
function firstUnproved(edited: string, pins: readonly Pin[]): Pin | undefined {
  const [first] = pins
  if (first === undefined) return undefined
  const { value: before, name } = first.site.file
  const { value: after, problems } = parsePolicyFile({ name, text: edited })
  if (problems.length > 0 || before === undefined || after === undefined || !saysTheSame(before, after)) return first
  return pins.find((pin) => !isWritten(after, pin))
}

function isWritten(value: Json, { site, ids }: Pin): boolean {
  const map = site.path.slice(0, -1).reduce<Json | undefined>(memberOf, value)
  const written = isJsonObject(map) ? textsOf(map[site.idKey]) : []
  const wanted = [...new Set(ids)]
  return written.length === wanted.length && wanted.every((id, index) => written[index] === id)
}

function memberOf(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}

function saysTheSame(before: Json, after: Json): boolean {
  if (Array.isArray(before)) {
    return Array.isArray(after) && before.length === after.length && before.every((item, index) => saysTheSame(item, after[index]))
  }
  if (!isJsonObject(before)) return before === after
  if (!isJsonObject(after)) return false
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key))
  if (!added.every((key) => ID_KEYS.some((idKey) => idKey === key))) return false
  return Object.entries(before).every(([key, value]) => {
    const now = after[key]
    return now !== undefined && Object.hasOwn(after, key) && saysTheSame(value, now)
  })
}
