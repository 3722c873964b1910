/** A signed checkpoint over every ledger (C2SP signed-note, Ed25519): what `shared/checkpoint.ts` describes, signed by the broker's checkpoint key. */
import { createHash } from 'node:crypto'
import { checkpointBody, type LedgerState, noteKeyId, signedNote } from '../shared/checkpoint.ts'
import type { Deps } from './deps.ts'

const sha256Base64 = (text: string): string => createHash('sha256').update(text).digest('base64')

/** Rejects with `keysUnavailable` when the key cannot be had, and otherwise when a ledger cannot be reached. */
export async function signedCheckpoint(deps: Deps): Promise<string> {
  const names = await deps.policyStore().ledgers()
  const ledgers: LedgerState[] = []
  for (const name of names) {
    const { seq, hash } = await deps.ledger(name).head()
    if (seq > 0) ledgers.push({ ledger: name, seq, hash })
  }
  const key = await deps.keys.checkpointKey()
  const keyName = new URL(deps.config.origin).host
  const body = checkpointBody(deps.config.origin, ledgers, sha256Base64)
  const signature = await key.sign(new TextEncoder().encode(body))
  const keyId = noteKeyId(keyName, key.publicKey, (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()))
  return signedNote(body, { keyName, blob: new Uint8Array([...keyId, ...signature]).toBase64() })
}
