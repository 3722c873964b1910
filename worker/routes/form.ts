/**
 * The door for form-encoded requests (RFC 6749 §3.2, Appendix B): media type, size, parameters. Unknown parameters are let through for the reader to ignore,
 * a repeated one is refused, an empty one counts as absent.
 */
import type { Refusal } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Form } from '../ask.ts'
import { readCapped } from './read-capped.ts'

const MAX_FORM_BYTES = 64 * 1024

const FORM_TYPE = /^application\/x-www-form-urlencoded(?:\s*;|\s*$)/i

export async function readForm(request: Request): Promise<Result<Form, Refusal>> {
  if (!FORM_TYPE.test(request.headers.get('content-type') ?? '')) return err({ code: 'media_type_unsupported' })
  const text = await readCapped(request, MAX_FORM_BYTES)
  if (text === undefined) return err({ code: 'request_too_large', limitBytes: MAX_FORM_BYTES })
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (form.has(name))
      return err({ code: 'request_malformed', parameter: name.slice(0, 64), problem: 'repeated', expected: 'each parameter once' })
    form.set(name, value)
  }
  for (const [name, value] of form) if (value === '') form.delete(name)
  return ok(form)
}
