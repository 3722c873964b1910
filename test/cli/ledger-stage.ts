/** A broker's ledger in memory, with real hashes and signatures, to be attacked: entries, checkpoints that are on record, and a terminal to verify them in. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ledgerCommand } from '../../cli/commands/ledger.ts'
import { checkpointBody, type LedgerState, noteKeyId, othersDigest, signedNote } from '../../shared/checkpoint.ts'
import { canonicalJson, type JsonObject } from '../../shared/json.ts'
import { AUTHORITY_LEDGER, GENESIS_HASH, hashedText } from '../../shared/ledger.ts'
import { testIo } from './io.ts'

export const A = 'v1:https://token.actions.githubusercontent.com:65000001'
export const B = 'v1:https://token.actions.githubusercontent.com:9'
const ORIGIN = 'https://jobpass.example.com'

const signer = generateKeyPairSync('ed25519')
export const stranger = generateKeyPairSync('ed25519')

const sha256 = (text: string, encoding: 'hex' | 'base64'): string => createHash('sha256').update(text).digest(encoding)

export interface StagedEntry extends JsonObject {
  readonly ledger: string
  readonly seq: number
  readonly hash: string
}

/** An entry after another one, hashed as the broker does. */
export function after(before: StagedEntry | undefined, ledger: string, body: JsonObject): StagedEntry {
  const seq = (before?.seq ?? 0) + 1
  const at = new Date(Date.UTC(2026, 10, 22) + seq * 1000).toISOString()
  const entry: JsonObject & { readonly ledger: string; readonly seq: number; readonly hash?: string } = {
    ...body,
    v: 1,
    ledger,
    seq,
    at,
    prev: before?.hash ?? GENESIS_HASH,
  }
  return { ...entry, hash: sha256(hashedText(entry), 'hex') }
}

/** One broker: it appends, and signs checkpoints that it records. */
export class StagedBroker {
  readonly ledgers = new Map<string, StagedEntry[]>()

  append(ledger: string, body: JsonObject): StagedEntry {
    const entries = this.ledgers.get(ledger) ?? []
    const entry = after(entries.at(-1), ledger, body)
    this.ledgers.set(ledger, [...entries, entry])
    return entry
  }

  refusals(ledger: string, count: number, counted = 'docs'): void {
    for (let index = 0; index < count; index++)
      this.append(ledger, { type: 'refusals_counted', counted, minute: '2026-11-22T00:00:00.000Z', refusals: index })
  }

  /** The state of every ledger, the authorities' first made to record it. */
  states(): readonly LedgerState[] {
    const others = [...this.ledgers.keys()].filter((name) => name !== AUTHORITY_LEDGER).flatMap((name) => this.stateOf(name))
    const record = { type: 'checkpointed', others: othersDigest(others, (text) => sha256(text, 'base64')), ledgers: others.length }
    this.append(AUTHORITY_LEDGER, record)
    return [...others, ...this.stateOf(AUTHORITY_LEDGER)]
  }

  stateOf(name: string): readonly LedgerState[] {
    return (this.ledgers.get(name) ?? []).slice(-1).map(({ ledger, seq, hash }) => ({ ledger, seq, hash }))
  }

  checkpoint(): string {
    return noteOf(this.states())
  }

  /** Another broker with the same past. */
  copy(): StagedBroker {
    const copy = new StagedBroker()
    for (const [name, entries] of this.ledgers) copy.ledgers.set(name, [...entries])
    return copy
  }

  lines(): readonly string[] {
    return [...this.ledgers.keys()].sort().flatMap((name) => (this.ledgers.get(name) ?? []).map(lineOf))
  }
}

/** As the broker writes it: canonical, its hash in front. */
export function lineOf(entry: StagedEntry): string {
  const { hash, ...rest } = entry
  return `{"hash":"${hash}",${canonicalJson(rest).slice(1)}`
}

function jwk(key: KeyObject): Record<string, unknown> {
  return { ...key.export({ format: 'jwk' }) }
}

export const KEYS_LINE = JSON.stringify({ type: 'keys', keys: [{ kty: 'EC' }, jwk(signer.publicKey)] })

export function noteOf(states: readonly LedgerState[], key = signer): string {
  const body = checkpointBody(ORIGIN, states, (text) => sha256(text, 'base64'))
  const raw = Buffer.from(String(jwk(key.publicKey).x), 'base64url')
  const keyId = noteKeyId('jobpass', raw, (bytes) => createHash('sha256').update(bytes).digest())
  const blob = Buffer.concat([keyId, sign(null, Buffer.from(body), key.privateKey)]).toString('base64')
  return signedNote(body, { keyName: 'jobpass', blob })
}

export function checkpointLine(note: string): string {
  return JSON.stringify({ type: 'checkpoint', note })
}

/** Runs `ledger verify` on these lines; `files` are written beside them. */
export async function verifyIn(
  folder: string,
  lines: readonly string[],
  { files = {}, args = [] }: { files?: Readonly<Record<string, string>>; args?: readonly string[] } = {},
): Promise<{ code: number; out: string; errors: string }> {
  await writeFile(join(folder, 'ledger.ndjson'), lines.map((line) => `${line}\n`).join(''))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const io = testIo(folder)
  const code = await ledgerCommand(['verify', 'ledger.ndjson', ...args], io)
  return { code, out: io.out(), errors: io.errors() }
}
