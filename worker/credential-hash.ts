/** The name under which a credential is known to whoever must not hold it. */

const textEncoder = new TextEncoder()

/** SHA-256 in base64: how the ledger and GitHub's audit log name a credential without holding it. */
export async function hashOf(credential: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', textEncoder.encode(credential))
  return new Uint8Array(digest).toBase64()
}
