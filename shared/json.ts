/** JSON as a type, and its one canonical text (RFC 8785), which is what digests and chain hashes are taken of. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** True for a JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * RFC 8785: members sorted by UTF-16 code units, no white space, numbers and strings as ECMAScript writes them.
 * Members whose value is `undefined` are left out, as JSON.stringify does. A number that is not finite is a fault.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (isJsonObject(value)) return canonicalObject(value)
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('canonical JSON has no NaN and no Infinity')
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`canonical JSON has no ${typeof value}`)
  return text
}

function canonicalObject(record: JsonObject): string {
  let text = ''
  // the default order of sort is that of UTF-16 code units, as RFC 8785 §3.2.3 wants it
  for (const name of Object.keys(record).sort()) {
    const member = record[name]
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}
