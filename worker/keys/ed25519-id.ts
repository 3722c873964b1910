/** How an Ed25519 public key is named: as OpenSSH shows it, for a CA; by its RFC 7638 thumbprint, in the key set. Names, not proofs. */
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Ed25519Purpose } from './keys.ts'
import { ed25519Blob } from './ssh-public-key.ts'

/** `SHA256:…`, as `ssh-keygen -l` and sshd's log print it. */
export function sshFingerprint(publicKey: Uint8Array): string {
  const digest = createHash('sha256').update(ed25519Blob(publicKey)).digest()
  return `SHA256:${Buffer.from(digest).toString('base64').replace(/=+$/, '')}`
}

/** RFC 7638 §3 over the members of RFC 8037 §2, in their one order. */
function thumbprint(publicKey: Uint8Array): string {
  const members = `{"crv":"Ed25519","kty":"OKP","x":"${Buffer.from(publicKey).toString('base64url')}"}`
  return createHash('sha256').update(members).digest('base64url')
}

export function ed25519Kid(purpose: Ed25519Purpose, publicKey: Uint8Array): string {
  return purpose === 'checkpoint' ? thumbprint(publicKey) : sshFingerprint(publicKey)
}
