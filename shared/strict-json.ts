/**
 * JSON from strangers: parsed only when no object in it names a member twice, so that two parsers can never read it differently
 * (RFC 8259 §4 leaves that open). It must never be more lenient than JSON.parse.
 */
import type { Json } from './json.ts'
import { err, ok, type Result } from './result.ts'

export type StrictJsonProblem = 'not_json' | 'duplicate_member' | 'too_deep'

const MAX_DEPTH = 32
/** A bracket or a whole string; what lies between them cannot matter. */
const TOKEN = /[{}[\]]|"(?:[^"\\]|\\.)*"/g

export function parseStrictJson(text: string): Result<Json, StrictJsonProblem> {
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    return err('not_json')
  }
  const problem = scan(text)
  return problem === undefined ? ok(value) : err(problem)
}

/** Walks text that JSON.parse has accepted: every string followed by a colon is a member name of the innermost object. */
function scan(text: string): StrictJsonProblem | undefined {
  const open: Set<string>[] = []
  TOKEN.lastIndex = 0
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [lexeme = ''] = token
    if (lexeme === '{' || lexeme === '[') {
      if (open.push(new Set()) > MAX_DEPTH) return 'too_deep'
    } else if (lexeme === '}' || lexeme === ']') {
      open.pop()
    } else if (isMemberName(text, TOKEN.lastIndex) && !remember(open.at(-1), JSON.parse(lexeme))) {
      return 'duplicate_member'
    }
  }
  return undefined
}

function isMemberName(text: string, from: number): boolean {
  let index = from
  while (' \t\n\r'.includes(text[index] ?? '.')) index++
  return text[index] === ':'
}

function remember(names: Set<string> | undefined, name: unknown): boolean {
  if (names === undefined || typeof name !== 'string' || names.has(name)) return false
  names.add(name)
  return true
}
