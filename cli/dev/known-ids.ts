/** The ids behind the names of a local job. A platform has one for every name; here the policy's own pins are the truth, then made-up ones that stay the same. */
import { createHash } from 'node:crypto'

export interface KnownIds {
  /** Owner name in lower case → id. */
  readonly owners: ReadonlyMap<string, string>
  /** Full name of a repository in lower case → id. */
  readonly repositories: ReadonlyMap<string, string>
}

/** A made-up id that is the same for the same text every time: positive, decimal, ten digits. */
export function idOf(text: string): string {
  return String(1_000_000_000 + (createHash('sha256').update(text).digest().readUInt32BE(0) % 9_000_000_000))
}
