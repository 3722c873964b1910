/**
 * What a CI platform is to the rest of the house: how its ID tokens are shaped, and which facts of a token a rule may match.
 * A platform is data and pure functions. It never verifies a signature and never decides.
 */
import type { Json, JsonObject } from '../json.ts'
import type { Result } from '../result.ts'
import type { Seconds } from '../units.ts'

/** The normalised facts of one token that a rule may match. A fact that is absent or empty is not in the map. */
export type Attributes = ReadonlyMap<string, string>

/** How one attribute is written in a policy and compared with a token. */
export interface AttributeForm {
  /** `pattern`: `*` and `**` are special · `exact`: a `*` is an error. */
  readonly match: 'pattern' | 'exact'
  /** What a policy may write: free text, a decimal id in quotes, a boolean, or one of `values`. */
  readonly form: 'text' | 'id' | 'boolean' | 'word'
  readonly values?: readonly string[]
  /** ASCII case is ignored, because the platform itself ignores it. */
  readonly foldCase?: boolean
  /** A text that must begin so unless it begins with a wildcard (`ref` begins with `refs/`). */
  readonly prefix?: string
  /** A pattern needs its owner written out: what stands before its first `/`, or all before its last one (and then no `**`). */
  readonly literalOwner?: 'first' | 'last'
  /** One line for editors and for the reference. */
  readonly about: string
}

/** Why the claims of a token whose signature holds were not accepted. */
export interface ClaimProblem {
  readonly code: 'claim_missing' | 'claim_malformed'
  readonly claim: string
  /** The rule the claim breaks, in words that hold for every token: never the value of another party. */
  readonly expected: string
}

/** The facts of one run, as they go into leases, entries and the `ci` claim of a broker's JWT. All strings as the platform wrote them. */
export interface RunFacts {
  readonly issuer: string
  readonly repository: string
  readonly repositoryId: string
  readonly ref: string
  readonly sha: string
  readonly eventName: string
  readonly environment?: string
  readonly runId: string
  readonly runAttempt: string
  /** One job of one run; the finest key the platform gives (github: `check_run_id`, else run and attempt). */
  readonly job: string
  readonly workflowRef: string
  readonly actor: string
}

export interface OwnerFacts {
  readonly id: string
  readonly name: string
}

/** What a platform reads out of the payload of a verified token. */
export interface PlatformFacts {
  readonly owner: OwnerFacts
  readonly attributes: Attributes
  readonly run: RunFacts
  /** Names of claims this version does not know: kept for the record, never matched. */
  readonly unknownClaims: readonly string[]
}

/** The attributes by which every part of the house knows who asks, under the names the platform gives them. */
export interface AttributeRoles {
  /** The full name of the repository: what people know it by. */
  readonly repository: string
  /** Its id, which survives renames. */
  readonly repositoryId: string
  readonly owner: string
  /** The id the fence is made of. */
  readonly ownerId: string
  readonly event: string
}

export const PLATFORM_NAMES = ['github', 'gitlab'] as const

export type PlatformName = (typeof PLATFORM_NAMES)[number]

export interface Platform {
  readonly name: PlatformName
  /** JWS algorithms (RFC 7518 §3.1) its tokens may carry. */
  readonly algorithms: readonly string[]
  /** Whether the header must say `typ: JWT`. */
  readonly typRequired: boolean
  readonly nbfRequired: boolean
  /** Path of the key set below the issuer's URL. */
  readonly keySetPath: string
  /** Conditions that hold for a rule which does not state the attribute itself. */
  readonly ruleDefaults: ReadonlyMap<string, readonly string[]>
  /** Attributes that do not count as the condition a rule needs besides its workload. */
  readonly weakAttributes: readonly string[]
  /** Claims that are never a condition, each with the reason, for the error message. */
  readonly neverConditions: ReadonlyMap<string, string>
  readonly roles: AttributeRoles
  /** What the fence may call an owner, and the words for what it may not. */
  readonly ownerName: { readonly form: RegExp; readonly expected: string }
  /** The owner's part of a repository's full name; empty when there is none. */
  ownerOf(repository: string): string
  /** Events that somebody without write access can cause and that run with the default branch's ref, or on a stranger's code. */
  readonly strangerEvents: ReadonlySet<string>
  readonly attributeNames: readonly string[]
  /** The form of an attribute; `undefined` when a policy may not use it. Open families (`repo_property_*`) are answered here. */
  attribute(name: string): AttributeForm | undefined
  /** Claims → facts. Checks type, form and mutual consistency of every claim of the profile; time, `aud` and `jti` are not its business. */
  readFacts(issuerUrl: string, claims: JsonObject): Result<PlatformFacts, ClaimProblem>
  /** The attributes of a scenario or of a hypothetical run: what follows from the stated ones is filled in (`repository` → owner, `ref` → `ref_type`). */
  complete(stated: ReadonlyMap<string, string>, issuerUrl: string): Attributes
}

/** Longest lifetime (`exp` − `iat`) any issuer's token may have. GitHub has been seen to sign 21 600 s. */
export const MAX_TOKEN_LIFETIME: Seconds = 22_000

/** A control character (C0, DEL, C1, line and paragraph separators): refused in claims before matching. */
export function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || unit === 0x2028 || unit === 0x2029) return true
  }
  return false
}

/** A claim as text: the string itself; `undefined` for anything else. */
export function textClaim(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** ASCII letters to lower case and nothing else: the rule of GitHub and GitLab for the names of owners and repositories. */
export function foldAscii(value: string): string {
  return value.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
