/**
 * A witness: the payload of an ID token that one policy accepts for a grant and another refuses. It exists only once `decide` has said so of both,
 * by the way every token goes; a run that does not bear this out is a fault of the search, thrown and never shown.
 */
import { canonicalJson, type JsonObject } from '../json.ts'
import type { Platform } from '../platforms/platform.ts'
import type { Reason } from '../refusal.ts'
import { checkFence, decide } from './decide.ts'
import { describeReason } from './explain.ts'
import type { Difference } from './plan-difference.ts'
import type { Allowed, Issuer, Note, Policy, Refused } from './policy.ts'
import { type RunIdentity, runIdentity } from './run-identity.ts'

export interface Witness {
  readonly payload: JsonObject
  /** The rule that lets it in, and its workload, under the policy that does. */
  readonly rule: string
  readonly workload: string
  /** It is let in under a new name of its repository or owner. */
  readonly notes: readonly Note[]
  /** The event is one that a rule must ask for by name, because others than the repository's own people can cause it. */
  readonly isUnusualEvent: boolean
  /** What people know the run by. */
  readonly who: RunIdentity
  /** Why the other policy refuses it: the rule that comes nearest, or the guardrail. */
  readonly because: string
}

/** What the two policies must say. */
export interface Claim {
  readonly grant: string
  readonly allows: Policy
  readonly refuses: Policy
}

export function proved({ area, run }: Difference, { grant, allows, refuses }: Claim): Witness {
  const payload = area.model.payload(area.issuer.url, run)
  const factsOf = readOnce(payload)
  const decision = decisionOn(allows, { payload, grant, factsOf })
  const refusal = decisionOn(refuses, { payload, grant, factsOf })
  if (typeof decision === 'string' || decision.outcome !== 'allow' || (typeof refusal !== 'string' && refusal.outcome !== 'refuse')) {
    throw new Error(`a witness of grant ${grant} does not hold: ${canonicalJson(payload)}`)
  }
  const who = runIdentity(run, area.issuer.platform)
  const everyday = area.issuer.platform.ruleDefaults.get(area.issuer.platform.roles.event) ?? []
  return {
    payload,
    ...ruleOf(decision),
    isUnusualEvent: !everyday.includes(who.event),
    who,
    because: typeof refusal === 'string' ? refusal : refusalText(refusal, grant),
  }
}

function ruleOf({ rule, notes }: Allowed): Pick<Witness, 'rule' | 'workload' | 'notes'> {
  return { rule: rule.name, workload: rule.workload.name, notes }
}

type FactsOf = (issuer: Issuer) => ReturnType<Platform['readFacts']>

/** A payload says the same to both policies when they read it by the same platform. */
function readOnce(payload: JsonObject): FactsOf {
  const read = new Map<Platform, ReturnType<FactsOf>>()
  return ({ platform, url }) => {
    const facts = read.get(platform) ?? platform.readFacts(url, payload)
    read.set(platform, facts)
    return facts
  }
}

interface Asked {
  readonly payload: JsonObject
  readonly grant: string
  readonly factsOf: FactsOf
}

/** What the policy decides for a token of that payload; a text when it never comes to a decision. */
function decisionOn(policy: Policy, { payload, grant, factsOf }: Asked): Allowed | Refused | string {
  const issuer = policy.issuers.get(String(payload.iss))
  if (issuer === undefined) return 'its issuer is not trusted'
  const facts = factsOf(issuer)
  if (!facts.ok) throw new Error(`a witness of grant ${grant} is no token: ${facts.error.claim}, expected ${facts.error.expected}`)
  const { owner, attributes } = facts.value
  if (checkFence(issuer, owner) === 'outside') return 'its owner is outside the fence'
  return decide(policy, { issuer, owner, attributes }, grant)
}

/** The reasons of the rule with fewest of them: what would have to change. */
function refusalText({ cause, reasons }: Refused, grant: string): string {
  if (cause === 'unknown_grant') return `there is no grant ${grant}`
  const byRule = new Map<string, Reason[]>()
  for (const reason of reasons) {
    const ofRule = byRule.get(reason.rule)
    if (ofRule === undefined) byRule.set(reason.rule, [reason])
    else ofRule.push(reason)
  }
  let nearest: readonly Reason[] | undefined
  for (const ofRule of byRule.values()) if (nearest === undefined || ofRule.length < nearest.length) nearest = ofRule
  if (nearest === undefined) return 'no rule is for it'
  const start = cause === 'guardrail' ? 'guardrail ' : ''
  return `${start}${nearest.map(describeReason).join('; ')}`
}
