/**
 * The semantic diff of two policies: for each grant who can newly get it and who no longer can, each with a token as proof, and how scope, lifetime,
 * limits and connection changed. It compares what policies allow, never their text. Every witness is put to `decide` under both policies before
 * anybody sees it; one that does not bear the plan out is a fault of ours and stops the plan.
 */
import { canonicalJson, type JsonObject } from '../json.ts'
import type { ScopeComparison } from '../kinds/kind.ts'
import { err, ok, type Result } from '../result.ts'
import { lifetimeOf } from './lifetime.ts'
import { type Access, type AccessOf, accessOf, NO_ACCESS, startReading } from './plan-access.ts'
import { findDifferences, type Gained } from './plan-difference.ts'
import { type CompareTerms, type TermChanges, termsCompared } from './plan-terms.ts'
import { type TripwireChange, tripwireChanges } from './plan-tripwires.ts'
import type { IsUnchanged } from './plan-unchanged.ts'
import { proved, type Witness } from './plan-witness.ts'
import type { Grant, Policy, PolicyDigest } from './policy.ts'

export interface Plan {
  readonly base: PolicyDigest
  readonly head: PolicyDigest
  /** Changed grants alone, by name. */
  readonly grants: readonly GrantChange[]
  /** What changed for every grant of an issuer: whose keys are believed, how old a token may be. */
  readonly issuers: readonly IssuerChange[]
  readonly tripwires: readonly TripwireChange[]
}

export interface GrantChange {
  readonly grant: string
  readonly change: 'added' | 'removed' | 'changed'
  /** One witness for each rule and sort of event that gives somebody something new; cut when there are very many. */
  readonly newly: readonly Witness[]
  readonly noLonger: readonly Witness[]
  readonly isCut: boolean
  readonly scope: ScopeComparison
  readonly ttl: 'same' | 'longer' | 'shorter'
  /** In words: what else the grant is, was, or became. */
  readonly terms: TermChanges
}

export interface IssuerChange {
  readonly issuer: string
  readonly change: string
  /** Tokens are believed that were not before. */
  readonly widens: boolean
}

/** The search of a grant was given up: nothing can be said of the whole, because nothing is guessed. */
export interface Undecided {
  readonly grant: string
}

interface Side {
  readonly policy: Policy
  readonly accessOf: AccessOf
}

interface Sides {
  readonly base: Side
  readonly head: Side
}

/** `isUnchanged` names grants that need no comparing; without it every grant is compared. */
export function planPolicies(base: Policy, head: Policy, isUnchanged: IsUnchanged = () => false): Result<Plan, Undecided> {
  const reading = startReading()
  const terms = termsCompared()
  const sides = {
    base: { policy: base, accessOf: accessOf(base, reading) },
    head: { policy: head, accessOf: accessOf(head, reading) },
  }
  const grants: GrantChange[] = []
  for (const name of [...new Set([...base.grantNames, ...head.grantNames])].sort()) {
    if (isUnchanged(name)) continue
    const change = planGrant(name, sides, terms)
    if (change === 'undecided') return err({ grant: name })
    if (change !== undefined) grants.push(change)
  }
  return ok({
    base: base.digest,
    head: head.digest,
    grants,
    issuers: issuerChanges(base, head),
    tripwires: tripwireChanges(base.tripwires, head.tripwires),
  })
}

/** `undefined`: nothing changed for anybody. */
function planGrant(name: string, { base, head }: Sides, compareTerms: CompareTerms): GrantChange | 'undecided' | undefined {
  const [before, after] = [base.policy.grant(name), head.policy.grant(name)]
  const [old, next] = [accessUnder(base, before), accessUnder(head, after)]
  const isSame = before !== undefined && after !== undefined && old.key === next.key
  const gained = isSame ? NOTHING : findDifferences(next, old)
  const lost = isSame ? NOTHING : findDifferences(old, next)
  if (gained === 'undecided' || lost === 'undecided') return 'undecided'
  const terms = compareTerms(asLivedUnder(base.policy, before), asLivedUnder(head.policy, after))
  const differences = {
    newly: gained.found.map((one) => proved(one, { grant: name, allows: head.policy, refuses: base.policy })),
    noLonger: lost.found.map((one) => proved(one, { grant: name, allows: base.policy, refuses: head.policy })),
    isCut: gained.isCut || lost.isCut,
  }
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  const hasChanged = change !== 'changed' || gained.found.length + lost.found.length > 0 || terms.words.length > 0
  return hasChanged ? { grant: name, change, ...differences, scope: terms.scope, ttl: terms.ttl, terms } : undefined
}

/** A grant with the lifetime its policy clamps it to: raising `max_ttl` lengthens every grant that was cut by it. */
function asLivedUnder({ settings }: Policy, grant: Grant | undefined): Grant | undefined {
  return grant === undefined ? undefined : { ...grant, ttl: lifetimeOf(grant, settings) }
}

const NOTHING: Gained = { found: [], isCut: false }

function accessUnder({ accessOf: read }: Side, grant: Grant | undefined): Access {
  return grant === undefined ? NO_ACCESS : read(grant)
}

/** More than before: somebody can newly get it, or whoever gets it gets more, or for longer. */
export function widens({ newly, scope, ttl }: GrantChange): boolean {
  return newly.length > 0 || scope === 'wider' || scope === 'other' || ttl === 'longer'
}

export function narrows({ change, noLonger, scope, ttl }: GrantChange): boolean {
  return change === 'removed' || noLonger.length > 0 || scope === 'narrower' || ttl === 'shorter'
}

function issuerChanges(base: Policy, head: Policy): readonly IssuerChange[] {
  const changes: IssuerChange[] = []
  for (const [url, issuer] of head.issuers) {
    const before = base.issuers.get(url)
    if (before === undefined) continue
    const say = (change: string, isWider: boolean): void => void changes.push({ issuer: url, change, widens: isWider })
    if (keysText(issuer.jwks) !== keysText(before.jwks))
      say(`its keys are now ${keysFrom(issuer.jwks)}, before ${keysFrom(before.jwks)}`, true)
    if (issuer.audience !== before.audience) say(`its tokens must be made for ${audience(issuer)}, before for ${audience(before)}`, true)
  }
  const [old, next] = [base.settings.tokenMaxAge, head.settings.tokenMaxAge]
  if (old !== next) changes.push({ issuer: '*', change: `a token may be ${next} s old, before ${old} s`, widens: next > old })
  return changes
}

function keysText(jwks: JsonObject | undefined): string {
  return jwks === undefined ? '' : canonicalJson(jwks)
}

function keysFrom(jwks: JsonObject | undefined): string {
  return jwks === undefined ? 'those it publishes' : 'written in the policy'
}

function audience({ audience: own }: { readonly audience?: string }): string {
  return own === undefined ? "the broker's origin" : JSON.stringify(own)
}
