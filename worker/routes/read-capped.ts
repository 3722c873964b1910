/** Reads a request's body as text, up to a bound. `undefined` when it is larger: no more than the bound is ever held. */
import { cappedText } from '../capped-text.ts'

const DIGITS = /^[0-9]{1,12}$/

export async function readCapped(request: Request, maxBytes: number): Promise<string | undefined> {
  const declared = request.headers.get('content-length')
  // HTTP/1.1 and HTTP/2 end the body where the header says, so a small one can be read whole (RFC 9110 §8.6)
  if (declared !== null && DIGITS.test(declared)) {
    if (Number(declared) > maxBytes) return undefined
    const whole = await request.text()
    return whole.length > maxBytes ? undefined : whole
  }
  return cappedText(request.body, maxBytes)
}
