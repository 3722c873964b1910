/** Reads recent asks back from every ledger, a bounded number of each, for a replay under a candidate policy. */
import { AUTHORITY_LEDGER } from '../shared/ledger.ts'
import { type AskEntry, askEntrySchema } from '../shared/policy/replay.ts'
import type { Deps } from './deps.ts'

export interface RecordedAsks {
  readonly entries: readonly AskEntry[]
  /** Some ledger held more asks in the period than were read, by number or by length: the newest stand for all. */
  readonly sampled: boolean
}

const MAX_ASKS = 20_000
const MIN_ASKS_PER_LEDGER = 100
/** An isolate holds them all at once. */
const MAX_CHARACTERS = 32_000_000

/** Rejects when the policy store or a ledger cannot be reached. @param since RFC 3339 in UTC */
export async function recordedAsks(since: string, deps: Pick<Deps, 'ledger' | 'policyStore'>): Promise<RecordedAsks> {
  // nobody asks the authorities' own ledger for anything, and all of it would be searched
  const names = (await deps.policyStore().ledgers()).filter((name) => name !== AUTHORITY_LEDGER)
  const each = Math.max(MIN_ASKS_PER_LEDGER, Math.floor(MAX_ASKS / Math.max(1, names.length)))
  const entries: AskEntry[] = []
  let sampled = false
  let characters = 0
  for (const name of names) {
    if (entries.length >= MAX_ASKS || characters >= MAX_CHARACTERS) return { entries, sampled: true }
    const { lines, isCut } = await deps.ledger(name).recentAsks(since, each)
    sampled ||= isCut
    for (const line of lines) {
      characters += line.length
      const read = askEntrySchema.safeParse(JSON.parse(line))
      if (read.success) entries.push(read.data)
    }
  }
  return { entries, sampled }
}
