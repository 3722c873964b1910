/**
 * The judgement: may this caller have that grant? Pure, total, and independent of how many grants there are. The order is
 * fence → suspended → guardrails → rules; the first matching rule alone authorises, and without one the answer is no.
 * It must never look at a claim that is not an attribute, and never puts another workload's data into a reason.
 */
import type { OwnerFacts } from '../platforms/platform.ts'
import type { Reason, RefusedCause } from '../refusal.ts'
import { conditionHolds, type Failure, failureOf } from './condition.ts'
import { type Identified, identify } from './identity.ts'
import { editDistance, isOneSlip } from './nearest.ts'
import { sameText } from './pattern.ts'
import type { Caller, Decision, Grant, Guardrail, Issuer, Note, Policy, Refused, Rule } from './policy.ts'

/** `renamed`: the id is in the fence under another name, which is allowed and reported. */
export function checkFence(issuer: Issuer, owner: OwnerFacts): 'inside' | 'renamed' | 'outside' {
  let verdict: 'renamed' | 'outside' = 'outside'
  for (const entry of issuer.owners) {
    if (entry.id !== owner.id) continue
    if (sameText(entry.name, owner.name, true)) return 'inside'
    verdict = 'renamed'
  }
  return verdict
}

/** A caller outside the fence is answered as if the grant did not exist, and without reasons. */
export function decide(policy: Policy, caller: Caller, grantName: string): Decision {
  const issuer = policy.issuers.get(caller.issuer.url)
  if (issuer === undefined || checkFence(issuer, caller.owner) === 'outside') return refused(grantName, 'unknown_grant', [])
  const grant = policy.grant(grantName)
  if (grant === undefined) return unknownGrant(policy, caller, grantName)
  return judge(policy, caller, grant)
}

function judge(policy: Policy, caller: Caller, grant: Grant): Decision {
  const match = firstMatch(grant, caller)
  const forbidding = policy.guardrails.filter((guardrail) => forbids(guardrail, grant, caller))
  if (match !== undefined && forbidding.length === 0) {
    return { outcome: 'allow', grant, rule: match.rule, notes: [...ownerNotes(policy, caller), ...match.notes] }
  }
  const suspended = match === undefined ? grant.rules.filter((rule) => isStopped(rule, caller)) : []
  if (suspended.length > 0)
    return refused(
      grant.name,
      'suspended',
      uniqueBy(suspended.map(suspendedReason), ({ rule }) => rule),
    )
  if (forbidding.length > 0) {
    return refused(
      grant.name,
      'guardrail',
      forbidding.flatMap((guardrail) => guardrailReasons(guardrail, caller)),
    )
  }
  return refused(
    grant.name,
    'no_rule',
    grant.rules.flatMap((rule) => ruleReasons(rule, caller)),
  )
}

function refused(grant: string, cause: RefusedCause, reasons: readonly Reason[]): Refused {
  return { outcome: 'refuse', grant, cause, reasons }
}

function firstMatch({ rules }: Grant, caller: Caller): { readonly rule: Rule; readonly notes: readonly Note[] } | undefined {
  for (const rule of rules) {
    if (rule.workload.suspended || !rule.conditions.every((condition) => conditionHolds(condition, caller.attributes))) continue
    const identified = identify(rule.workload, caller)
    if (identified.matches) return { rule, notes: identified.notes }
  }
  return undefined
}

/** A rule whose workload this caller is, and which is suspended. */
function isStopped({ workload }: Rule, caller: Caller): boolean {
  return workload.suspended && identify(workload, caller).matches
}

/** True when a guardrail covers the grant and all it forbids is there; a missing attribute does not hold. */
export function forbids(guardrail: Guardrail, grant: Grant, { attributes }: Caller): boolean {
  return guardrail.appliesTo(grant) && guardrail.forbid.every((condition) => conditionHolds(condition, attributes))
}

function suspendedReason({ workload }: Rule): Reason {
  return { rule: workload.name, attribute: 'suspended', seen: null, hint: 'this workload is suspended' }
}

function guardrailReasons({ name, why, forbid }: Guardrail, { attributes }: Caller): readonly Reason[] {
  return forbid.map(({ attribute }) => ({ rule: name, attribute, seen: attributes.get(attribute) ?? null, hint: why }))
}

/** How one rule sees a caller: as its workload or not, and which of its own conditions fail. */
export function judgeRule(rule: Rule, caller: Caller): { readonly identified: Identified; readonly failures: readonly Failure[] } {
  const failed = rule.conditions.filter((condition) => !conditionHolds(condition, caller.attributes))
  return { identified: identify(rule.workload, caller), failures: failed.map((condition) => failureOf(condition, caller.attributes)) }
}

/**
 * One reason for each attribute that did not fit. Of a rule for another workload only the identity is told, and never what that workload is:
 * `expected` is left out.
 */
function ruleReasons(rule: Rule, caller: Caller): readonly Reason[] {
  const { identified, failures } = judgeRule(rule, caller)
  if (identified.matches) return failures.map((failure) => ({ rule: rule.name, ...failure }))
  return identified.failures.map(({ expected: _expected, ...failure }) => ({ rule: rule.name, ...failure }))
}

function ownerNotes(policy: Policy, { issuer, owner }: Caller): readonly Note[] {
  const fence = policy.issuers.get(issuer.url)
  if (fence === undefined || checkFence(fence, owner) !== 'renamed') return []
  const policyName = fence.owners.find((entry) => entry.id === owner.id)?.name ?? owner.id
  return [{ about: 'owner_renamed', policyName, tokenName: owner.name }]
}

/** In a policy of more grants only slips of the pen are looked for: a stranger's spelling never costs much. */
const MAX_RANKED_GRANTS = 1_000

function unknownGrant(policy: Policy, caller: Caller, grantName: string): Refused {
  const answer = refused(grantName, 'unknown_grant', [])
  const all = policy.grantNames
  const names = all.length > MAX_RANKED_GRANTS ? all.filter((name) => isOneSlip(grantName, name)) : all
  const ranked = names.slice(0, MAX_RANKED_GRANTS).map((name) => ({ name, distance: editDistance(grantName, name) }))
  ranked.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  for (const { name } of ranked) {
    const grant = policy.grant(name)
    if (grant !== undefined && judge(policy, caller, grant).outcome === 'allow') return { ...answer, hint: name }
  }
  return answer
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()]
}
