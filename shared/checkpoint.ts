/**
 * A checkpoint: one signed statement of where every ledger stands, in the form of C2SP tlog-checkpoint and signed-note.
 * Its body is: the broker's origin, the number of entries in all ledgers, the head over all ledgers (base64), and one extension line
 * `<ledger> <seq> <hash>` for each ledger in order of name. The head is SHA-256 over those extension lines, each with its newline.
 * The signature is Ed25519 over the body (signed-note algorithm 0x01). Signing and hashing are passed in.
 * A checkpoint is on record: the line of the authorities' ledger names the very entry that holds the digest of all other lines.
 */
import { AUTHORITY_LEDGER } from './ledger.ts'
import { err, ok, type Result } from './result.ts'

export interface LedgerState {
  readonly ledger: string
  readonly seq: number
  /** 64 hex digits. */
  readonly hash: string
}

export interface Checkpoint {
  readonly origin: string
  readonly entries: number
  /** base64 of the SHA-256 over the extension lines. */
  readonly head: string
  readonly ledgers: readonly LedgerState[]
}

export interface NoteSignature {
  readonly keyName: string
  /** The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), then the signature; base64. */
  readonly blob: string
}

export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint
  /** The signed text: everything up to and including the newline before the blank line. */
  readonly body: string
  readonly signatures: readonly NoteSignature[]
}

/** Names hold no space and no newline, so lines can be split; an issuer URL and an owner id never do. */
export function ledgerLines(ledgers: readonly LedgerState[]): string {
  const sorted = [...ledgers].sort((a, b) => (a.ledger < b.ledger ? -1 : a.ledger > b.ledger ? 1 : 0))
  return sorted.map(({ ledger, seq, hash }) => `${ledger} ${seq} ${hash}\n`).join('')
}

/** What the entry that records a checkpoint holds: base64 of the SHA-256 over every line but that of the authorities' ledger. */
export function othersDigest(ledgers: readonly LedgerState[], sha256Base64: (text: string) => string): string {
  return sha256Base64(ledgerLines(ledgers.filter(({ ledger }) => ledger !== AUTHORITY_LEDGER)))
}

export function checkpointBody(origin: string, ledgers: readonly LedgerState[], sha256Base64: (text: string) => string): string {
  const lines = ledgerLines(ledgers)
  const entries = ledgers.reduce((sum, { seq }) => sum + seq, 0)
  return `${origin}\n${entries}\n${sha256Base64(lines)}\n${lines}`
}

/** The whole note: body, blank line, signature line (U+2014, space, key name, space, base64). */
export function signedNote(body: string, signature: NoteSignature): string {
  return `${body}\n— ${signature.keyName} ${signature.blob}\n`
}

const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/=]+)$/
const LEDGER_LINE = /^(\S+) (\d{1,15}) ([0-9a-f]{64})$/

/** Reads a note. Checks its form and that the head is that of its lines; the signature is the caller's to check. */
export function readCheckpoint(note: string, sha256Base64: (text: string) => string): Result<SignedCheckpoint, string> {
  const split = note.indexOf('\n\n')
  if (split < 0) return err('no blank line between the body and the signatures')
  const body = note.slice(0, split + 1)
  const signatures: NoteSignature[] = []
  for (const line of note.slice(split + 2).split('\n')) {
    const match = SIGNATURE_LINE.exec(line)
    if (match !== null) signatures.push({ keyName: match[1] ?? '', blob: match[2] ?? '' })
  }
  const [origin = '', entries = '', head = '', ...rest] = body.slice(0, -1).split('\n')
  const ledgers: LedgerState[] = []
  for (const line of rest) {
    const match = LEDGER_LINE.exec(line)
    if (match === null) return err(`not a ledger line: ${JSON.stringify(line.slice(0, 80))}`)
    ledgers.push({ ledger: match[1] ?? '', seq: Number(match[2]), hash: match[3] ?? '' })
  }
  if (checkpointBody(origin, ledgers, sha256Base64) !== body) return err('the entry count or the head does not fit the ledger lines')
  return ok({ checkpoint: { origin, entries: Number(entries), head, ledgers }, body, signatures })
}

const ED25519_ALGORITHM = 0x01
const KEY_ID_BYTES = 4

/** The key id of an Ed25519 note key (C2SP signed-note): the first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). The name is ASCII. */
export function noteKeyId(keyName: string, publicKey: Uint8Array, sha256: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  const name = Array.from(keyName, (character) => character.charCodeAt(0))
  return sha256(new Uint8Array([...name, 0x0a, ED25519_ALGORITHM, ...publicKey])).slice(0, KEY_ID_BYTES)
}
