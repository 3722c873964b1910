/** Reads a body as the bytes it is, up to a bound: for what is signed, where a decoded text is not the same thing. */

/** `undefined` when the body is larger than `maxBytes`; empty when there is none. No more than the bound is ever held. */
export async function cappedBytes(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  // leaving the loop cancels the stream
  for await (const chunk of body ?? []) {
    length += chunk.byteLength
    if (length > maxBytes) return undefined
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}
