/** Reads a body as UTF-8 text, up to a bound: no more than the bound is ever held, and the rest is not read. */

/** `undefined` when the body is larger than `maxBytes`; empty when there is none. */
export async function cappedText(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  // leaving the loop cancels the stream
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
