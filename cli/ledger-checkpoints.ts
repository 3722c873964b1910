/**
 * What checkpoints prove of a ledger's file: that a key signed each, that they are of one history with each other, that the file bears each of them out,
 * and that each is on record in the file. Nothing is believed of a checkpoint but what its signature covers.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import * as z from 'zod'
import { type Checkpoint, noteKeyId, othersDigest, readCheckpoint, type SignedCheckpoint } from '../shared/checkpoint.ts'
import { contradictions, type NamedCheckpoint } from '../shared/checkpoint-fork.ts'
import { AUTHORITY_LEDGER } from '../shared/ledger.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type LedgerFile, type Marks, markName, type NamedNote } from './ledger-file.ts'

export interface NamedSigned extends NamedCheckpoint {
  readonly signed: SignedCheckpoint
}

export function parseNotes(notes: readonly NamedNote[]): Result<readonly NamedSigned[], readonly string[]> {
  const problems: string[] = []
  const read: NamedSigned[] = []
  for (const { name, note } of notes) {
    const signed = readCheckpoint(note, sha256Base64)
    if (signed.ok) read.push({ name, checkpoint: signed.value.checkpoint, signed: signed.value })
    else problems.push(`${name}: ${signed.error}`)
  }
  return problems.length > 0 ? err(problems) : ok(read)
}

/** The entries the checkpoints point to: they are kept when the file is read. */
export function marksOf(checkpoints: readonly NamedCheckpoint[]): Marks {
  const marks = new Map<string, Set<number>>()
  for (const { ledger, seq } of checkpoints.flatMap(({ checkpoint }) => checkpoint.ledgers)) {
    const numbers = marks.get(ledger)
    if (numbers === undefined) marks.set(ledger, new Set([seq]))
    else numbers.add(seq)
  }
  return marks
}

/** Each checkpoint is held against the next one of the same history; what holds from one to the next holds between any two. */
export function forks(checkpoints: readonly NamedCheckpoint[]): readonly string[] {
  const recordOf = ({ checkpoint }: NamedCheckpoint): number =>
    checkpoint.ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER)?.seq ?? checkpoint.entries
  const inOrder = [...checkpoints].sort((one, other) => recordOf(one) - recordOf(other))
  return inOrder.flatMap((checkpoint, index) => {
    const next = inOrder[index + 1]
    return next === undefined ? [] : contradictions(checkpoint, next)
  })
}

/** What the checkpoint says that the file does not bear out. */
export function compareWithFile({ name, checkpoint }: NamedCheckpoint, file: LedgerFile): readonly string[] {
  const breaks: string[] = []
  for (const { ledger, seq, hash } of checkpoint.ledgers) {
    const found = seq === 0 ? hash : file.marked.get(markName(ledger, seq))?.hash
    const last = file.heads.get(ledger)?.seq ?? 0
    if (found === undefined) breaks.push(`${ledger} entry ${last}: ${name} knows entries up to ${seq}; the last ones are missing`)
    else if (found !== hash) breaks.push(`${ledger} entry ${seq}: ${name} has another hash for it; the ledger was written anew`)
  }
  return breaks
}

/** `old`: signed before the ledger recorded checkpoints, so nothing can be said. */
export function recordOfCheckpoint({ checkpoint }: NamedCheckpoint, file: LedgerFile): 'recorded' | 'missing' | 'old' {
  const record = checkpoint.ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER)
  const marked = record === undefined ? undefined : file.marked.get(markName(AUTHORITY_LEDGER, record.seq))
  if (marked?.others === othersDigest(checkpoint.ledgers, sha256Base64)) return 'recorded'
  const isOld = file.firstRecord === undefined || (record !== undefined && record.seq < file.firstRecord)
  return isOld ? 'old' : 'missing'
}

/** How many entries of the file no checkpoint covers. */
export function uncovered(checkpoints: readonly { readonly checkpoint: Checkpoint }[], file: LedgerFile): number {
  const covered = new Map<string, number>()
  for (const { ledger, seq } of checkpoints.flatMap(({ checkpoint }) => checkpoint.ledgers))
    covered.set(ledger, Math.max(seq, covered.get(ledger) ?? 0))
  return file.entries - [...covered.values()].reduce((sum, seq) => sum + seq, 0)
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

function sha256Base64(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
