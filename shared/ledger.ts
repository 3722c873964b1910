/**
 * The ledger's entries as everyone reads them, and the chain that ties them: each entry names the hash of the one before it,
 * and its own hash is SHA-256 over its canonical JSON (RFC 8785) without the member `hash`. Hashing itself is passed in.
 */
import * as z from 'zod'
import { canonicalJson, type JsonObject } from './json.ts'
import { LEDGER_VERSION } from './ledger-entries.ts'
import { err, ok, type Result } from './result.ts'

/** The ledger in which acts on the broker itself are kept. */
export const AUTHORITY_LEDGER = 'v1:authorities'

/** The hash before the first entry of every ledger. */
export const GENESIS_HASH = '0'.repeat(64)

const HEX_DIGEST = /^[0-9a-f]{64}$/
const DATETIME = z.regexes.datetime({})

const hexDigest = z.string().regex(HEX_DIGEST)

/** One line of an export. Loose: later versions may add types and members, and the hash covers them all. Whether it fits its type `misfits` says. */
export const entrySchema = z.looseObject({
  v: z.literal(LEDGER_VERSION),
  ledger: z.string().min(1),
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  type: z.string().min(1),
  prev: hexDigest,
  hash: hexDigest,
})

export type Entry = z.infer<typeof entrySchema>

/** As `entrySchema`, for a reader of millions: nothing is copied. A test holds the two against each other. */
export function isEntry(value: JsonObject): value is Entry & JsonObject {
  const { v, ledger, seq, at, type, prev, hash } = value
  return (
    v === LEDGER_VERSION &&
    isName(ledger) &&
    Number.isSafeInteger(seq) &&
    Number(seq) > 0 &&
    isName(type) &&
    typeof at === 'string' &&
    DATETIME.test(at) &&
    typeof prev === 'string' &&
    HEX_DIGEST.test(prev) &&
    typeof hash === 'string' &&
    HEX_DIGEST.test(hash)
  )
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
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
  return followIf(head, entry, () => sha256Hex(hashedText(entry)) === entry.hash)
}

/** As `follow`, for a reader that knows a shorter way to the text the hash was taken of. */
export function followIf(head: LedgerHead, entry: Entry, isUnchanged: () => boolean): Result<LedgerHead, ChainBreak> {
  const broken = (problem: ChainBreak['problem']): Result<never, ChainBreak> => err({ ledger: entry.ledger, seq: entry.seq, problem })
  if (entry.seq !== head.seq + 1) return broken('missing_or_reordered')
  if (entry.prev !== head.hash) return broken('not_chained')
  if (!isUnchanged()) return broken('changed')
  return ok({ seq: entry.seq, hash: entry.hash })
}
