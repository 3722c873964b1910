/**
 * Reads the claims of a token by the profile of its platform: type, length, control characters and form of each, and which of them are attributes.
 * What the claims say of each other is the platform's own business; a claim of no profile is reported and never judged.
 */
import type { JsonObject } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import { type AttributeForm, type ClaimProblem, hasControlCharacter, type PlatformFacts } from './platform.ts'

/** How a claim is read that is no attribute. `any`: nobody reads it. */
export type OtherClaim = 'text' | 'decimal' | 'any'

export interface ClaimsProfile {
  /** The attribute a claim becomes; `undefined` when it becomes none. */
  readonly attributeOf: (claim: string) => { readonly name: string; readonly form: AttributeForm } | undefined
  /** Claims of the profile that are no attributes. */
  readonly others: ReadonlyMap<string, OtherClaim>
}

/** What a token says for rules to match, and what it says that this version does not know. */
export type ReadClaims = Pick<PlatformFacts, 'attributes' | 'unknownClaims'>

const MAX_CLAIM_LENGTH = 1024
const DECIMAL_ID = /^[1-9][0-9]*$/

export function readClaims(claims: JsonObject, { attributeOf, others }: ClaimsProfile): Result<ReadClaims, ClaimProblem> {
  const attributes = new Map<string, string>()
  const unknownClaims: string[] = []
  for (const [claim, value] of Object.entries(claims)) {
    const other = others.get(claim)
    if (other === 'any') continue
    const attribute = other === undefined ? attributeOf(claim) : undefined
    if (other === undefined && attribute === undefined) {
      unknownClaims.push(claim)
      continue
    }
    const problem = formProblem(value, other === 'decimal' ? 'id' : attribute?.form.form)
    if (problem !== undefined) return err({ code: 'claim_malformed', claim, expected: problem })
    if (attribute !== undefined && typeof value === 'string' && value !== '') attributes.set(attribute.name, value)
  }
  return ok({ attributes, unknownClaims })
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
