/**
 * The ledger's entries as everyone reads them, and the chain that ties them: each entry names the hash of the one before it,
 * and its own hash is SHA-256 over its canonical JSON (RFC 8785) without the member `hash`. Hashing itself is passed in.
 */
import * as z from 'zod'
import { canonicalJson, type JsonObject } from './json.ts'
import { err, ok, type Result } from './result.ts'

export const LEDGER_VERSION = 1

/** What an entry can be about. `docs/ledger.md` explains each. */
export const ENTRY_TYPES = [
  'opened',
  'issued',
  'failed',
  'refused',
  'refusals_counted',
  'returned',
  'revoked',
  'expired',
  'orphaned',
  'end_failed',
  'recalled',
  'repository_changed',
  'published',
  'tripped',
  'froze',
  'thawed',
  'authority_used',
  'break_glass_used',
] as const

/** Entries that somebody should be woken for. They are what is notified; see `docs/tripwires.md`. */
export const ALARMING_TYPES: readonly EntryType[] = ['tripped', 'break_glass_used', 'end_failed', 'orphaned']

export type EntryType = (typeof ENTRY_TYPES)[number]

/** The hash before the first entry of every ledger. */
export const GENESIS_HASH = '0'.repeat(64)

const hexDigest = z.string().regex(/^[0-9a-f]{64}$/)

/** One line of an export. Loose: later versions may add members, and the hash covers them all. */
export const entrySchema = z.looseObject({
  v: z.literal(LEDGER_VERSION),
  ledger: z.string().min(1),
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  type: z.enum(ENTRY_TYPES),
  prev: hexDigest,
  hash: hexDigest,
})

export type Entry = z.infer<typeof entrySchema>

/** What the writer of an entry says; the ledger adds `v`, `ledger`, `seq`, `at`, `prev`, `hash`. No secret ever. */
export interface EntryBody extends JsonObject {
  readonly type: EntryType
}

/** The text an entry's hash is taken of: its canonical JSON without `hash`. */
export function hashedText(entry: { readonly hash?: unknown }): string {
  const { hash: _, ...rest } = entry
  return canonicalJson(rest)
}

/** Why a chain does not hold, and at which entry. */
export interface ChainBreak {
  readonly ledger: string
  readonly seq: number
  readonly problem: 'changed' | 'missing_or_reordered' | 'not_chained'
}

/** Where a ledger stands: the last entry's number and hash; 0 and the genesis hash when empty. */
export interface LedgerHead {
  readonly seq: number
  readonly hash: string
}

/** Checks that `entry` is the unchanged successor of `head`. Returns the new head. */
export function follow(head: LedgerHead, entry: Entry, sha256Hex: (text: string) => string): Result<LedgerHead, ChainBreak> {
  const broken = (problem: ChainBreak['problem']): Result<never, ChainBreak> => err({ ledger: entry.ledger, seq: entry.seq, problem })
  if (entry.seq !== head.seq + 1) return broken('missing_or_reordered')
  if (entry.prev !== head.hash) return broken('not_chained')
  const text = hashedText(entry)
  if (sha256Hex(text) !== entry.hash) return broken('changed')
  return ok({ seq: entry.seq, hash: entry.hash })
}
