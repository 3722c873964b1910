/**
 * Checks an exported ledger offline: every chain from its first entry, and a signed checkpoint over all of them. It trusts nothing in
 * the file but what a key vouches for, and never says "intact" of what no signature covers.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import * as z from 'zod'
import { type Checkpoint, noteKeyId, readCheckpoint, type SignedCheckpoint } from '../shared/checkpoint.ts'
import { entrySchema, follow, GENESIS_HASH, type LedgerHead } from '../shared/ledger.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { parseStrictJson } from '../shared/strict-json.ts'

/** Where something is broken, in words: the ledger and entry, or the line. */
export type Break = string

export interface LedgerFile {
  readonly entries: number
  readonly heads: ReadonlyMap<string, LedgerHead>
  /** `ledger seq` → hash, of every entry. */
  readonly hashes: ReadonlyMap<string, string>
  readonly breaks: readonly Break[]
  readonly checkpoint?: string
  readonly keys?: unknown
}

/** The lines an export ends with, besides entries. */
const checkpointLine = z.strictObject({ type: z.literal('checkpoint'), note: z.string() })
const keysLine = z.strictObject({ type: z.literal('keys'), keys: z.array(z.unknown()) })

interface Reading {
  entries: number
  checkpoint?: string
  keys?: unknown
  readonly heads: Map<string, LedgerHead>
  readonly hashes: Map<string, string>
  readonly breaks: Break[]
  /** Ledgers with a break: what follows one cannot be judged. */
  readonly lost: Set<string>
}

export async function readLedgerFile(lines: AsyncIterable<string>): Promise<LedgerFile> {
  const reading: Reading = { entries: 0, heads: new Map(), hashes: new Map(), breaks: [], lost: new Set() }
  let number = 0
  for await (const line of lines) {
    number++
    if (line.trim() !== '') readLine(reading, line, number)
  }
  return reading
}

function readLine(reading: Reading, line: string, number: number): void {
  const json = parseStrictJson(line)
  const value = json.ok ? json.value : undefined
  const checkpoint = checkpointLine.safeParse(value)
  const keys = keysLine.safeParse(value)
  const entry = entrySchema.safeParse(value)
  if (checkpoint.success) reading.checkpoint = checkpoint.data.note
  else if (keys.success) reading.keys = { keys: keys.data.keys }
  else if (entry.success) readEntry(reading, entry.data)
  else reading.breaks.push(`line ${number} is not an entry of a ledger`)
}

function readEntry(reading: Reading, entry: z.infer<typeof entrySchema>): void {
  const { ledger, seq } = entry
  reading.entries++
  if (reading.lost.has(ledger)) return
  const followed = follow(reading.heads.get(ledger) ?? { seq: 0, hash: GENESIS_HASH }, entry, sha256Hex)
  if (followed.ok) {
    reading.heads.set(ledger, followed.value)
    reading.hashes.set(`${ledger} ${seq}`, entry.hash)
    return
  }
  reading.lost.add(ledger)
  reading.breaks.push(`${ledger} entry ${seq}: ${PROBLEMS[followed.error.problem]}`)
}

const PROBLEMS = {
  changed: 'its content is not what its hash was taken of',
  missing_or_reordered: 'it is not the next one: an entry is missing, doubled or out of order',
  not_chained: 'it does not follow the entry before it',
} as const

/** What the checkpoint says that the file does not bear out, and how many entries came after it. */
export function compareWithCheckpoint(
  file: LedgerFile,
  checkpoint: Checkpoint,
): { readonly breaks: readonly Break[]; readonly uncovered: number } {
  const breaks: Break[] = []
  let covered = 0
  for (const { ledger, seq, hash } of checkpoint.ledgers) {
    const found = seq === 0 ? hash : file.hashes.get(`${ledger} ${seq}`)
    if (found === undefined)
      breaks.push(
        `${ledger} entry ${file.heads.get(ledger)?.seq ?? 0}: the checkpoint knows entries up to ${seq}; the last ones are missing`,
      )
    else if (found !== hash) breaks.push(`${ledger} entry ${seq}: the checkpoint has another hash for it; the ledger was written anew`)
    else covered += seq
  }
  return { breaks, uncovered: breaks.length > 0 ? 0 : file.entries - covered }
}

const ed25519Key = z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.base64url() })
const keySet = z.looseObject({ keys: z.array(z.unknown()) })

/** The name of the signer when one of the keys signed the note; else why not. */
export function verifyCheckpoint(signed: SignedCheckpoint, keys: unknown): Result<string, string> {
  const read = keySet.safeParse(keys)
  const candidates = (read.success ? read.data.keys : []).flatMap((key) => {
    const candidate = ed25519Key.safeParse(key)
    return candidate.success ? [candidate.data] : []
  })
  if (candidates.length === 0) return err('the key set has no Ed25519 key')
  for (const { keyName, blob } of signed.signatures) {
    for (const { x } of candidates) if (signedBy(signed.body, keyName, Buffer.from(blob, 'base64'), x)) return ok(keyName)
  }
  return err('no key of the key set made a signature of the checkpoint')
}

/** C2SP signed-note: the first bytes name the key, the rest is an Ed25519 signature of the body. */
function signedBy(body: string, keyName: string, blob: Buffer, x: string): boolean {
  const keyId = noteKeyId(keyName, Buffer.from(x, 'base64url'), (bytes) => createHash('sha256').update(bytes).digest())
  if (!blob.subarray(0, keyId.length).equals(keyId)) return false
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return verify(null, Buffer.from(body), key, blob.subarray(keyId.length))
}

/** Reads a checkpoint's note. */
export function parseNote(note: string): Result<SignedCheckpoint, string> {
  return readCheckpoint(note, (text) => createHash('sha256').update(text).digest('base64'))
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
