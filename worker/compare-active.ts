/**
 * What a candidate does to the policy it replaces: how many grants it takes away, and whether it gives anybody anything new. It judges nothing by itself;
 * `publish.ts` has what is refused. With force the active policy is not even read, so that no active policy, however broken, can keep its publishers out.
 */
import { openCompiled } from '../shared/policy/compile.ts'
import { loadPolicy } from '../shared/policy/load.ts'
import { type LostGrant, lostGrants } from '../shared/policy/lost-grants.ts'
import { planPolicies } from '../shared/policy/plan.ts'
import { isFailing } from '../shared/policy/plan-condition.ts'
import { unchangedGrants } from '../shared/policy/plan-unchanged.ts'
import { verdict } from '../shared/policy/plan-words.ts'
import type { Policy, PolicyDigest } from '../shared/policy/policy.ts'
import type { PolicyDocument } from '../shared/policy/schema.ts'
import { policyText } from './authorize/policy-cache.ts'
import type { Deps } from './deps.ts'

export interface Opened {
  readonly document: PolicyDocument
  readonly policy: Policy
}

/** Before the first policy nobody had any access. */
const NO_POLICY = '{"jobpass":1}'

/** The policy that is to be replaced, from the store. Rejects when it cannot be had. */
export async function openReplaced(replaces: PolicyDigest | '*', deps: Pick<Deps, 'policyStore'>): Promise<Opened> {
  const document = openCompiled(replaces === '*' ? NO_POLICY : await policyText(replaces, deps))
  return { document, policy: loadPolicy(document, replaces === '*' ? 'sha256:none' : replaces) }
}

/** A publication may always take this many grants away: a small policy must be able to change. */
const ALWAYS_ALLOWED = 3

export interface Losses {
  readonly lost: readonly LostGrant[]
  readonly grants: number
  readonly allowed: number
}

/** `undefined`: no more than the configured share. */
export function tooManyLosses(base: Policy, head: Policy, maxPercent: number): Losses | undefined {
  const grants = base.grantNames.length
  const allowed = Math.max(ALWAYS_ALLOWED, Math.floor((grants * maxPercent) / 100))
  const lost = lostGrants(base, head)
  return lost.length > allowed ? { lost, grants, allowed } : undefined
}

/** Why the change gives somebody something new, in words; `undefined` when it gives nobody anything. What cannot be decided counts as giving. */
export function whyWider(base: Opened, head: Opened): string | undefined {
  const plan = planPolicies(base.policy, head.policy, unchangedGrants(base.document, head.document))
  if (!plan.ok) return `Grant ${plan.error.grant} cannot be compared exactly`
  return isFailing(plan.value, 'widen') ? verdict(plan.value) : undefined
}
