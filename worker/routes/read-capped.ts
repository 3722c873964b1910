/** Reads a request's body as text, up to a bound. `undefined` when it is larger: no more than the bound is ever held. */
const DIGITS = /^[0-9]{1,12}$/

export async function readCapped(request: Request, maxBytes: number): Promise<string | undefined> {
  const declared = request.headers.get('content-length')
  // HTTP/1.1 and HTTP/2 end the body where the header says, so a small one can be read whole (RFC 9110 §8.6)
  if (declared !== null && DIGITS.test(declared)) {
    if (Number(declared) > maxBytes) return undefined
    const whole = await request.text()
    return whole.length > maxBytes ? undefined : whole
  }
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return undefined
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
