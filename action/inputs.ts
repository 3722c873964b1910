/**
 * The door for the inputs of the step: read, checked and given their defaults, all problems at once. The runner does not enforce `required`
 * and has no types, so nothing behind this door looks at an input again.
 */
import { parseDocument } from 'yaml'
import * as z from 'zod'
import { isJsonObject, type JsonObject } from '../shared/json.ts'
import { isLoopbackHost } from '../shared/loopback.ts'
import { hasControlCharacter } from '../shared/platforms/platform.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { parseDuration, type Seconds } from '../shared/units.ts'
import { MAX_REASON_LENGTH, NAME_PATTERN } from '../shared/wire.ts'
import type { Failure, InputProblem } from './failure.ts'

export interface Inputs {
  /** The broker's origin, without a slash at its end. */
  readonly broker: string
  readonly grant: string
  readonly scope?: JsonObject
  readonly ttl?: Seconds
  /** The `aud` to ask the ID token for. */
  readonly audience: string
  readonly env: boolean
  readonly revoke: boolean
  readonly reason?: string
}

const MAX_SHOWN_INPUT = 80
const MAX_SCOPE_LENGTH = 32_768

export const brokerExpected =
  'the origin of the broker: https://, a host, nothing behind it (http only to a loopback address), such as https://jobpass.example.com'
const scopeExpected = 'a YAML or JSON mapping that narrows the scope of the grant, such as {"repositories":["docs"]}'

/** Empty means absent: the runner hands both over alike. */
export function optionalInput<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), z.optional(schema))
}

/** `true` or `false`, as the runner's own readers take them. */
export const booleanInput = (byDefault: boolean) =>
  z
    .enum(['', 'true', 'True', 'TRUE', 'false', 'False', 'FALSE'], { error: 'true or false' })
    .transform((text) => (text === '' ? byDefault : text.toLowerCase() === 'true'))

const inputs = z.strictObject({
  broker: z.string().transform(convert(readOrigin, brokerExpected)),
  grant: z.string().regex(NAME_PATTERN, 'the name of a grant: lower-case letters, digits and hyphens, at most 63 characters'),
  scope: optionalInput(z.string().transform(convert(readScope, scopeExpected))),
  ttl: optionalInput(z.string().transform(convert(parseDuration, 'a lifetime such as 90s, 10m or 1h'))),
  audience: optionalInput(
    z
      .string()
      .regex(/^[\x21-\x7e]{1,1024}$/, 'an `aud` of at most 1024 visible ASCII characters; leave it out for the origin of the broker'),
  ),
  env: booleanInput(false),
  revoke: booleanInput(true),
  reason: optionalInput(z.string().refine(isReason, `one line of at most ${MAX_REASON_LENGTH} characters`)),
})

const NAMES = Object.keys(inputs.shape)

/** Reads every input through `read`, which gives an empty text for one that is absent. */
export function readInputs(read: (name: string) => string): Result<Inputs, Failure> {
  const texts = Object.fromEntries(NAMES.map((name) => [name, read(name).trim()]))
  const parsed = inputs.safeParse(texts)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => problemOf(String(path[0]), texts, message))
    return err({ code: 'inputs_unusable', problems })
  }
  const { broker, grant, env, revoke, audience, scope, ttl, reason } = parsed.data
  return ok({
    broker,
    grant,
    env,
    revoke,
    audience: audience ?? broker,
    ...(scope === undefined ? {} : { scope }),
    ...(ttl === undefined ? {} : { ttl }),
    ...(reason === undefined ? {} : { reason }),
  })
}

/** One input with what was seen, cut, and what was expected. */
export function problemOf(input: string, texts: Readonly<Record<string, string>>, expected: string): InputProblem {
  const text = texts[input] ?? ''
  return { input, seen: text.length > MAX_SHOWN_INPUT ? `${text.slice(0, MAX_SHOWN_INPUT)}…` : text, expected }
}

/** A zod transform out of a reader that gives `undefined` for what it cannot read. */
export function convert<T>(read: (text: string) => T | undefined, expected: string) {
  return (text: string, context: z.RefinementCtx): T => {
    const value = read(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: expected })
    return z.NEVER
  }
}

/** An origin the token may be sent to. User information, a path, a query or a fragment would be lost or, worse, misread: refused. */
export function readOrigin(text: string): string | undefined {
  if (!/^https?:\/\/[^/?#@\\\s]+\/?$/i.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' || isLoopbackHost(url.hostname) ? url.origin : undefined
}

function isReason(text: string): boolean {
  return text.length <= MAX_REASON_LENGTH && !hasControlCharacter(text)
}

/** One non-empty mapping of JSON values, written as YAML 1.2 (core schema) or as JSON. */
function readScope(text: string): JsonObject | undefined {
  if (text.length > MAX_SCOPE_LENGTH) return undefined
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: true, stringKeys: true, logLevel: 'error' })
  if (document.errors.length > 0 || document.warnings.length > 0) return undefined
  return jsonMapping(document)
}

function jsonMapping(document: ReturnType<typeof parseDocument>): JsonObject | undefined {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 })
    return isJsonObject(value) && Object.keys(value).length > 0 ? value : undefined
  } catch {
    return undefined
  }
}
