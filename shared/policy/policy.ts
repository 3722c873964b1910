/**
 * A policy, loaded and indexed for judgement: references resolved, durations in seconds, patterns ready to match.
 * Made by `load.ts` from a checked document, once per digest; immutable from then on.
 */

import type { Json } from '../json.ts'
import type { AnyKind } from '../kinds/kind.ts'
import type { Attributes, OwnerFacts, Platform } from '../platforms/platform.ts'
import type { Reason, RefusedCause } from '../refusal.ts'
import type { Seconds } from '../units.ts'
import type { Pattern } from './pattern.ts'

/** `sha256:` and 64 hex digits: the SHA-256 of the policy's canonical JSON. The policy's name everywhere. */
export type PolicyDigest = `sha256:${string}`

export interface Policy {
  readonly digest: PolicyDigest
  readonly settings: Settings
  /** By issuer URL, the exact string of a token's `iss`. */
  readonly issuers: ReadonlyMap<string, Issuer>
  readonly guardrails: readonly Guardrail[]
  readonly tripwires: Tripwires
  /** The grant of a name, resolved at first use; its cost does not grow with the number of grants. */
  grant(name: string): Grant | undefined
  connection(name: string): Connection | undefined
  workload(name: string): WorkloadRecord | undefined
  /** The workloads that a caller is. */
  workloadsOf(caller: Caller): readonly WorkloadRecord[]
  readonly connectionNames: readonly string[]
  readonly workloadNames: readonly string[]
  readonly grantNames: readonly string[]
}

export interface Settings {
  readonly explain: 'none' | 'attributes' | 'rules'
  readonly maxTtl: Seconds
  readonly tokenMaxAge: Seconds
}

export interface Issuer {
  readonly name: string
  readonly url: string
  readonly platform: Platform
  /** The fence: whose tokens are heard at all. Never empty. */
  readonly owners: readonly OwnerFacts[]
  /** The `aud` its tokens must carry; absent: the broker's origin. */
  readonly audience?: string
  /** An inline JWK set (RFC 7517 §5) for an issuer the broker cannot reach. */
  readonly jwks?: { readonly keys: readonly { readonly [member: string]: Json }[] }
}

/** What nobody does who means no harm. It refuses nothing: what trips it was refused anyway. */
export interface Tripwires {
  /** Names that are no grants. */
  readonly canaries: ReadonlySet<string>
  readonly refusalsPerMinute?: number
  /** The workloads that the caller is are frozen. */
  readonly freeze: boolean
}

/** A named caller, as the policy writes it. */
export interface WorkloadRecord {
  readonly name: string
  readonly issuer: Issuer
  readonly is: readonly Condition[]
  readonly owner: string
  readonly suspended: boolean
  /** Over all its grants. */
  readonly limits: Limits
}

/** Holds when the attribute is there and any pattern matches it. */
export interface Condition {
  readonly attribute: string
  readonly patterns: readonly Pattern[]
  /** The platform's default, for a rule that does not state the attribute. */
  readonly byDefault?: true
}

export interface Connection {
  readonly name: string
  readonly kind: AnyKind
  /** The kind's own members, as its schema parsed them. */
  readonly settings: unknown
  readonly owner: string
}

/** How many exchanges there may be. */
export interface Limits {
  readonly perJob?: number
  /** Of each workload by itself. */
  readonly perHour?: number
}

export interface GrantLimits extends Limits {
  /** Of all workloads together. */
  readonly perHourTotal?: number
}

export interface Rule {
  /** `deploy-docs/0` */
  readonly name: string
  readonly workload: WorkloadRecord
  /** The stated conditions and the platform's defaults for those not stated. */
  readonly conditions: readonly Condition[]
}

export interface Grant {
  readonly name: string
  readonly purpose: string
  readonly owner: string
  readonly connection: Connection
  /** As the kind's schema parsed it. */
  readonly scope: unknown
  /** As written: a credential lives no longer than `max_ttl` and the kind allow, see `lifetime.ts`. */
  readonly ttl: Seconds
  readonly limits: GrantLimits
  readonly rules: readonly Rule[]
}

export interface Guardrail {
  readonly name: string
  readonly why: string
  readonly appliesTo: (grant: Grant) => boolean
  /** All must hold for the guardrail to forbid. */
  readonly forbid: readonly Condition[]
}

/** The verified caller, as far as judgement needs it. */
export interface Caller {
  readonly issuer: Issuer
  readonly owner: OwnerFacts
  readonly attributes: Attributes
}

/** Something a reviewer should hear of though it changed nothing: a repository or an owner under a new name. */
export interface Note {
  readonly about: 'repository_renamed' | 'owner_renamed'
  readonly policyName: string
  readonly tokenName: string
}

export type Decision = Allowed | Refused

export interface Allowed {
  readonly outcome: 'allow'
  readonly grant: Grant
  readonly rule: Rule
  readonly notes: readonly Note[]
}

export interface Refused {
  readonly outcome: 'refuse'
  readonly grant: string
  readonly cause: RefusedCause
  /** In full; `told.ts` cuts them to what `settings.explain` allows. */
  readonly reasons: readonly Reason[]
  /** For an unknown grant: the nearest name among those this caller could get. */
  readonly hint?: string
}
