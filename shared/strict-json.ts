/**
 * JSON from strangers: parsed only when no object in it names a member twice, so that two parsers can never read it differently
 * (RFC 8259 §4 leaves that open). It must never be more lenient than JSON.parse.
 */
import type { Json } from './json.ts'
import { err, ok, type Result } from './result.ts'

export type StrictJsonProblem = 'not_json' | 'duplicate_member' | 'too_deep'

const MAX_DEPTH = 32
const COLON = 0x3a
const BACKSLASH = 0x5c

export function parseStrictJson(text: string): Result<Json, StrictJsonProblem> {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    return err('not_json')
  }
  const kept = countMembers(value, MAX_DEPTH)
  if (kept === undefined) return err('too_deep')
  // what JSON.stringify would write again, as most tokens are, names nothing twice: only other texts are counted
  if (JSON.stringify(value) === text) return ok(value)
  return kept === countWritten(text) ? ok(value) : err('duplicate_member')
}

/** How many members the parsed value holds, at every level: fewer than were written when a later one took an earlier one's place. `undefined`: nested too deep. */
function countMembers(value: Json, levels: number): number | undefined {
  if (typeof value !== 'object' || value === null) return 0
  if (levels === 0) return undefined
  const members = Object.values(value)
  let count = Array.isArray(value) ? 0 : members.length
  for (const member of members) {
    if (typeof member !== 'object') continue
    const below = countMembers(member, levels - 1)
    if (below === undefined) return undefined
    count += below
  }
  return count
}

/**
 * How many members a text writes that JSON.parse has accepted: outside strings a colon stands for exactly one. Walked by hand,
 * because a pattern that matches a whole string runs out of stack on a long one.
 */
function countWritten(text: string): number {
  let count = 0
  for (let from = 0; from < text.length; ) {
    const quote = text.indexOf('"', from)
    const end = quote < 0 ? text.length : quote
    for (let index = from; index < end; index++) if (text.charCodeAt(index) === COLON) count++
    from = quote < 0 ? end : endOfString(text, quote)
  }
  return count
}

/** Where the string that begins at `quote` is over. */
function endOfString(text: string, quote: number): number {
  let end = text.indexOf('"', quote + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end + 1
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(index - 1 - backslashes) === BACKSLASH) backslashes++
  return backslashes % 2 === 1
}
