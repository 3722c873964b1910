/**
 * JSON from strangers: parsed only when no object in it names a member twice, so that two parsers can never read it differently
 * (RFC 8259 §4 leaves that open). It must never be more lenient than JSON.parse.
 */
import type { Json } from './json.ts'
import { err, ok, type Result } from './result.ts'

export type StrictJsonProblem = 'not_json' | 'duplicate_member' | 'too_deep'

const MAX_DEPTH = 32

/** A whole string. Outside strings a colon stands for exactly one member, so colons count the members a text writes. */
const STRING = /"(?:[^"\\]|\\.)*"/g

export function parseStrictJson(text: string): Result<Json, StrictJsonProblem> {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    return err('not_json')
  }
  const kept = countMembers(value, MAX_DEPTH)
  if (kept === undefined) return err('too_deep')
  return kept === countColons(text.replace(STRING, '')) ? ok(value) : err('duplicate_member')
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

function countColons(text: string): number {
  let count = 0
  for (let index = text.indexOf(':'); index >= 0; index = text.indexOf(':', index + 1)) count++
  return count
}
