/**
 * A signed checkpoint over every ledger (C2SP signed-note, Ed25519): what `shared/checkpoint.ts` describes, signed by the broker's checkpoint key.
 * It is on record before it is signed, as an entry of the authorities' ledger that the checkpoint itself ends with: what is not in the chain is not signed.
 */
import { createHash } from 'node:crypto'
import { checkpointBody, type LedgerState, noteKeyId, othersDigest, signedNote } from '../shared/checkpoint.ts'
import { AUTHORITY_LEDGER } from '../shared/ledger.ts'
import type { Deps } from './deps.ts'

const LEDGERS_AT_ONCE = 6
const MAX_ROUNDS = 5

const sha256Base64 = (text: string): string => createHash('sha256').update(text).digest('base64')

/** Rejects with `keysUnavailable` when the key cannot be had, and otherwise when a ledger cannot be reached or other checkpoints always come first. */
export async function signedCheckpoint(deps: Deps): Promise<string> {
  const key = await deps.keys.checkpointKey()
  const keyName = new URL(deps.config.origin).host
  const body = checkpointBody(deps.config.origin, await recordedState(deps), sha256Base64)
  const signature = await key.sign(new TextEncoder().encode(body))
  const keyId = noteKeyId(keyName, key.publicKey, (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()))
  return signedNote(body, { keyName, blob: new Uint8Array([...keyId, ...signature]).toBase64() })
}

/**
 * INVARIANT: every ledger is read after the checkpoint before was recorded, so from one checkpoint to the next no ledger goes back.
 * When another checkpoint is recorded meanwhile, they are read again.
 */
async function recordedState(deps: Deps): Promise<readonly LedgerState[]> {
  const authorities = deps.ledger(AUTHORITY_LEDGER)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const since = (await authorities.head()).seq
    const others = await headsOfOthers(deps)
    const facts = { others: othersDigest(others, sha256Base64), ledgers: others.length }
    const head = await authorities.recordCheckpoint({ ledger: AUTHORITY_LEDGER, facts, since })
    if (head !== 'overtaken') return [...others, { ledger: AUTHORITY_LEDGER, ...head }]
  }
  throw new Error(`${MAX_ROUNDS} times another checkpoint was recorded first`)
}

async function headsOfOthers(deps: Deps): Promise<readonly LedgerState[]> {
  const names = (await deps.policyStore().ledgers()).filter((name) => name !== AUTHORITY_LEDGER)
  const states: LedgerState[] = []
  for (let start = 0; start < names.length; start += LEDGERS_AT_ONCE) {
    const batch = names.slice(start, start + LEDGERS_AT_ONCE)
    const heads = await Promise.all(batch.map((name) => deps.ledger(name).head()))
    states.push(...batch.map((ledger, index) => ({ ledger, seq: heads[index]?.seq ?? 0, hash: heads[index]?.hash ?? '' })))
  }
  return states.filter(({ seq }) => seq > 0)
}
