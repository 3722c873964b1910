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
  return readParameters(text)
}

/** `application/x-www-form-urlencoded` text (URL Standard §5.1), stricter than the standard: a repeated name and broken percent-encoding are refused. */
function readParameters(text: string): Result<Form, Refusal> {
  const form = new Map<string, string>()
  for (const pair of text.split('&').filter((part) => part !== '')) {
    const equals = `${pair}=`.indexOf('=')
    const name = decoded(pair.slice(0, equals))
    const value = decoded(pair.slice(equals + 1))
    if (name === undefined || value === undefined) return err(malformed(name ?? '', 'malformed', 'percent-encoded UTF-8'))
    if (form.has(name)) return err(malformed(name, 'repeated', 'each parameter once'))
    form.set(name, value)
  }
  for (const [name, value] of form) if (value === '') form.delete(name)
  return ok(form)
}

/** `undefined` when the percent-encoding is broken. A token needs none, and most of a form is one. */
function decoded(text: string): string | undefined {
  if (!text.includes('%') && !text.includes('+')) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

function malformed(parameter: string, problem: 'malformed' | 'repeated', expected: string): Refusal {
  return { code: 'request_malformed', parameter: parameter.slice(0, 64), problem, expected }
}
