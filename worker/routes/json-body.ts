/** The door for small JSON bodies of authority endpoints: bounded, no member named twice, of the form the endpoint takes. It never says what was sent, only what was expected. */
import type * as z from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import { parseStrictJson } from '../../shared/strict-json.ts'
import { problemAnswer } from './answers.ts'
import { readCapped } from './read-capped.ts'

const MAX_BODY_BYTES = 16 * 1024

/** What is not clear about a body that is not as expected, and what was expected. */
export interface Expected {
  readonly title: string
  readonly detail: string
}

/** The error is the answer: 400. */
export async function jsonBody<T>(request: Request, schema: z.ZodType<T>, expected: Expected): Promise<Result<T, Response>> {
  const json = parseStrictJson((await readCapped(request, MAX_BODY_BYTES)) ?? '')
  const read = schema.safeParse(json.ok ? json.value : undefined)
  return read.success ? ok(read.data) : err(problemAnswer({ status: 400, ...expected }))
}
