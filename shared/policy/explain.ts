/**
 * A decision for those who may read the policy: every rule that was considered and what each made of the caller, every guardrail that was asked.
 * It explains what `decide` did and decides nothing itself. It is never sent to a caller: see `told.ts` for that.
 */
import type { Reason } from '../refusal.ts'
import type { Failure } from './condition.ts'
import { checkFence, decide, forbids, judgeRule } from './decide.ts'
import { lifetimeOf } from './lifetime.ts'
import type { Caller, Decision, Grant, Note, Policy, Rule, Settings } from './policy.ts'

/** What one rule made of the caller. `workload` failures say that it is meant for somebody else. */
export interface ConsideredRule {
  readonly rule: string
  readonly workload: string
  readonly outcome: 'matches' | 'suspended' | 'other_workload' | 'conditions_fail'
  readonly failures: readonly Failure[]
}

export interface ConsideredGuardrail {
  readonly guardrail: string
  readonly forbids: boolean
  readonly why: string
}

export interface Explanation {
  readonly outcome: 'allow' | 'refuse'
  readonly grant: string
  readonly policy: string
  /** The refusal's code of the contract. */
  readonly code?: 'grant_refused' | 'owner_outside_fence' | 'issuer_untrusted' | 'claim_missing' | 'claim_malformed'
  readonly cause?: string
  /** The rule that authorises. */
  readonly rule?: string
  readonly workload?: string
  readonly kind?: string
  /** In seconds, clamped to what `max_ttl` and the kind allow. */
  readonly ttl?: number
  readonly scope?: string
  readonly reasons: readonly Reason[]
  readonly hint?: string
  readonly notes: readonly Note[]
  readonly considered: readonly ConsideredRule[]
  readonly guardrails: readonly ConsideredGuardrail[]
}

export function explainDecision(policy: Policy, caller: Caller, grantName: string): Explanation {
  const fence = policy.issuers.get(caller.issuer.url)
  const base = { grant: grantName, policy: policy.digest, reasons: [], notes: [], considered: [], guardrails: [] }
  if (fence === undefined || checkFence(fence, caller.owner) === 'outside') {
    const reason: Reason = {
      rule: 'fence',
      attribute: fence?.platform.roles.ownerId ?? 'issuer',
      seen: caller.owner.id === '' ? null : caller.owner.id,
    }
    return { ...base, outcome: 'refuse', code: 'owner_outside_fence', reasons: [reason] }
  }
  const decision = decide(policy, caller, grantName)
  const grant = policy.grant(grantName)
  return {
    ...base,
    ...outcomeOf(decision, policy.settings),
    considered: grant?.rules.map((rule) => considerRule(rule, caller)) ?? [],
    guardrails: grant === undefined ? [] : considerGuardrails(policy, grant, caller),
  }
}

function outcomeOf(decision: Decision, settings: Settings): Pick<Explanation, 'outcome'> & Partial<Explanation> {
  if (decision.outcome === 'refuse') {
    const { cause, reasons, hint } = decision
    return { outcome: 'refuse', code: 'grant_refused', cause, reasons, ...(hint === undefined ? {} : { hint }) }
  }
  const { rule, grant, notes } = decision
  const { kind } = grant.connection
  const scope = kind.summary(grant.scope)
  return {
    outcome: 'allow',
    rule: rule.name,
    workload: rule.workload.name,
    kind: kind.name,
    ttl: lifetimeOf(grant, settings),
    scope,
    notes,
  }
}

function considerRule(rule: Rule, caller: Caller): ConsideredRule {
  const { identified, failures } = judgeRule(rule, caller)
  const base = { rule: rule.name, workload: rule.workload.name }
  if (!identified.matches) return { ...base, outcome: 'other_workload', failures: identified.failures }
  if (rule.workload.suspended) return { ...base, outcome: 'suspended', failures }
  return { ...base, outcome: failures.length === 0 ? 'matches' : 'conditions_fail', failures }
}

function considerGuardrails(policy: Policy, grant: Grant, caller: Caller): readonly ConsideredGuardrail[] {
  return policy.guardrails
    .filter((guardrail) => guardrail.appliesTo(grant))
    .map((guardrail) => ({ guardrail: guardrail.name, forbids: forbids(guardrail, grant, caller), why: guardrail.why }))
}

/** One line: the rule that allows, or each reason why not. */
export function describeDecision(decision: Decision): string {
  if (decision.outcome === 'allow') return `rule ${decision.rule.name}`
  if (decision.cause === 'unknown_grant') return `no grant is called ${JSON.stringify(decision.grant)}`
  return decision.reasons.map(describeReason).join('; ')
}

export function describeReason({ rule, attribute, seen, hint }: Reason): string {
  const advice = hint === undefined ? '' : ` (${hint})`
  return `${rule}: ${attribute} is ${seen === null ? 'absent' : JSON.stringify(seen)}${advice}`
}
