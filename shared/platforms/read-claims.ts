/**
 * Reads the claims of a token by the profile of its platform: type, length, control characters and form of each, and which of them are attributes.
 * What the claims say of each other is the platform's own business; a claim of no profile is reported and never judged.
 */
import type { JsonObject } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import { type AttributeForm, type ClaimProblem, hasControlCharacter, type PlatformFacts } from './platform.ts'

/** How a claim is read that is no attribute. `any`: nobody reads it. */
export type OtherClaim = 'text' | 'decimal' | 'any'

/** The attribute a claim becomes, or how it is read when it becomes none. */
export type ClaimReading = ReadAttribute | OtherClaim

export interface ReadAttribute {
  readonly name: string
  readonly form: AttributeForm
}

export interface ClaimsProfile {
  /** Every claim of the profile that has a name of its own. */
  readonly known: ReadonlyMap<string, ClaimReading>
  /** A claim of an open family; `undefined` when it is of none. */
  readonly attributeOf?: (claim: string) => ReadAttribute | undefined
}

/** What a token says for rules to match, and what it says that this version does not know. */
export type ReadClaims = Pick<PlatformFacts, 'attributes' | 'unknownClaims'>

const MAX_CLAIM_LENGTH = 1024
const DECIMAL_ID = /^[1-9][0-9]*$/

export function readClaims(claims: JsonObject, { known, attributeOf }: ClaimsProfile): Result<ReadClaims, ClaimProblem> {
  const attributes = new Map<string, string>()
  const unknownClaims: string[] = []
  for (const claim of Object.keys(claims)) {
    const reading = known.get(claim) ?? attributeOf?.(claim)
    if (reading === 'any') continue
    if (reading === undefined) {
      unknownClaims.push(claim)
      continue
    }
    const value = claims[claim]
    const problem = formProblem(value, formOf(reading))
    if (problem !== undefined) return err({ code: 'claim_malformed', claim, expected: problem })
    if (typeof reading === 'object' && typeof value === 'string' && value !== '') attributes.set(reading.name, value)
  }
  return ok({ attributes, unknownClaims })
}

function formOf(reading: ClaimReading): AttributeForm['form'] | undefined {
  if (typeof reading === 'object') return reading.form.form
  return reading === 'decimal' ? 'id' : undefined
}

/** What is wrong with one claim; `undefined` when nothing is. An empty text counts as missing and has no form. */
function formProblem(value: unknown, form: AttributeForm['form'] | undefined): string | undefined {
  if (typeof value !== 'string') return 'a string'
  if (value.length > MAX_CLAIM_LENGTH) return `at most ${MAX_CLAIM_LENGTH} characters`
  if (hasControlCharacter(value)) return 'no control characters'
  if (value === '') return undefined
  if (form === 'id' && !DECIMAL_ID.test(value)) return 'a decimal number without a leading zero'
  if (form === 'boolean' && value !== 'true' && value !== 'false') return '"true" or "false"'
  return undefined
}

/** The first claim of the list that is missing or empty. */
export function missingClaim(claims: JsonObject, required: readonly string[]): ClaimProblem | undefined {
  const name = required.find((claim) => typeof claims[claim] !== 'string' || claims[claim] === '')
  return name === undefined ? undefined : { code: 'claim_missing', claim: name, expected: 'present and not empty' }
}
