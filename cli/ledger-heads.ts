/**
 * Where every ledger of a broker stands, for somebody who watches it: each new entry must be the unchanged successor of the last one seen. It asks nobody
 * anything; an entry that comes too early is left for the caller to fetch what is between.
 */
import type { JsonObject } from '../shared/json.ts'
import { followIf, GENESIS_HASH } from '../shared/ledger.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { PROBLEMS } from './ledger-file.ts'
import { readLedgerLine } from './ledger-line.ts'

export interface SeenHead {
  readonly seq: number
  readonly hash: string
  /** When its last entry was written; empty when that is not known. */
  readonly at: string
}

export type Heads = Map<string, SeenHead>

/** The chain does not hold: where, in words. */
export interface ChainBroken {
  readonly by: 'chain'
  readonly lines: readonly string[]
}

export interface SeenEntry {
  /** `early`: there are entries before it that were not seen yet; the head stays. */
  readonly is: 'new' | 'known' | 'early'
  readonly ledger: string
  readonly entry: JsonObject
}

const START: SeenHead = { seq: 0, hash: GENESIS_HASH, at: '' }

/** Reads one line and moves the head of its ledger when it is the next entry. */
export function see(heads: Heads, line: string): Result<SeenEntry, ChainBroken> {
  const read = readLedgerLine(line)
  if (read.is !== 'entry') return err({ by: 'chain', lines: ['the broker answers with a line that is no entry of a ledger'] })
  const { entry } = read
  const { ledger, seq, at } = entry
  const head = heads.get(ledger) ?? START
  const broken = (what: string): Result<never, ChainBroken> => err({ by: 'chain', lines: [`${ledger} entry ${seq}: ${what}`] })
  if (seq > head.seq + 1) return ok({ is: 'early', ledger, entry })
  if (seq <= head.seq) {
    if (seq === head.seq && entry.hash !== head.hash) return broken('it is another one than before: the ledger was written anew')
    // written after the head, and numbered before it
    if (seq < head.seq && head.at !== '' && at > head.at) return broken(`the ledger was at entry ${head.seq} before: it was written anew`)
    return ok({ is: 'known', ledger, entry })
  }
  const followed = followIf(head, entry, read.isUnchanged)
  if (!followed.ok) return broken(PROBLEMS[followed.error.problem])
  heads.set(ledger, { ...followed.value, at })
  return ok({ is: 'new', ledger, entry })
}
