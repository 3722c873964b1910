/**
 * What the scenarios of a policy leave untested: rules by which no scenario is allowed, conditions and guardrails on which none is refused. A condition
 * counts as tested only when a scenario fails it and nothing else of its rule: otherwise it could be dropped and every scenario would still pass.
 */
import { conditionHolds } from './condition.ts'
import { checkFence, decide, forbids } from './decide.ts'
import { identify } from './identity.ts'
import type { Caller, Condition, Grant, Policy, Rule } from './policy.ts'
import { grantsOf } from './policy-records.ts'
import type { DocumentPath, Problem } from './problem.ts'
import { scenarioCaller } from './scenario.ts'
import type { PolicyDocument } from './schema.ts'

const UNTESTED_RULE = 'untested-rule'
const UNTESTED_CONDITION = 'untested-condition'
const UNTESTED_GUARDRAIL = 'untested-guardrail'

/** How many of how many. */
export interface Share {
  readonly tested: number
  readonly all: number
}

export interface Coverage {
  readonly rules: Share
  /** The conditions that rules state; the platform's defaults are no work of the author's. */
  readonly conditions: Share
  readonly guardrails: Share
  /** What is untested, as findings of severity info. */
  readonly problems: readonly Problem[]
}

interface Tested {
  readonly rules: Set<Rule>
  /** By `conditionName`: rules that say the same share one condition. */
  readonly conditions: Set<string>
  readonly guardrails: Set<string>
}

export function coverageOf(document: PolicyDocument, policy: Policy): Coverage {
  const tested: Tested = { rules: new Set(), conditions: new Set(), guardrails: new Set() }
  for (const scenario of document.scenarios) {
    const caller = scenarioCaller(scenario, policy)
    const grant = policy.grant(scenario.ask)
    if (caller === undefined || grant === undefined || checkFence(caller.issuer, caller.owner) === 'outside') continue
    note(caller, grant, policy, tested)
  }
  const rules = grantsOf(policy).flatMap((grant) =>
    grant.rules.map((rule, index) => ({ rule, path: ['grants', grant.name, 'allow', index] })),
  )
  const conditions = rules.flatMap(({ rule, path }) =>
    stated(rule).map(({ attribute }) => ({ attribute, name: conditionName(rule, attribute), path: [...path, attribute] })),
  )
  const problems = [
    ...rules.flatMap(({ rule, path }) =>
      tested.rules.has(rule) ? [] : [untested(UNTESTED_RULE, path, `no scenario is allowed by the rule ${rule.name}`)],
    ),
    ...conditions.flatMap(({ attribute, name, path }) => {
      const message = `no scenario is refused for ${attribute} alone`
      return tested.conditions.has(name) ? [] : [untested(UNTESTED_CONDITION, path, message)]
    }),
    ...policy.guardrails.flatMap(({ name }) =>
      tested.guardrails.has(name) ? [] : [untested(UNTESTED_GUARDRAIL, ['guardrails', name], `no scenario meets the guardrail ${name}`)],
    ),
  ]
  return {
    rules: { tested: tested.rules.size, all: rules.length },
    conditions: { tested: tested.conditions.size, all: conditions.length },
    guardrails: { tested: tested.guardrails.size, all: policy.guardrails.length },
    problems,
  }
}

function note(caller: Caller, grant: Grant, policy: Policy, tested: Tested): void {
  const decision = decide(policy, caller, grant.name)
  if (decision.outcome === 'allow') tested.rules.add(decision.rule)
  for (const guardrail of policy.guardrails) if (forbids(guardrail, grant, caller)) tested.guardrails.add(guardrail.name)
  if (decision.outcome === 'allow') return
  for (const rule of grant.rules) {
    const failed = rule.conditions.filter((condition) => !conditionHolds(condition, caller.attributes))
    const [only] = failed
    if (only === undefined || failed.length > 1 || only.byDefault === true) continue
    if (identify(rule.workload, caller).matches) tested.conditions.add(conditionName(rule, only.attribute))
  }
}

/** A rule states an attribute once. */
function conditionName(rule: Rule, attribute: string): string {
  return `${rule.name} ${attribute}`
}

function stated({ conditions }: Rule): readonly Condition[] {
  return conditions.filter(({ byDefault }) => byDefault !== true)
}

function untested(id: string, path: DocumentPath, message: string): Problem {
  return { path, at: 'key', id, severity: 'info', message }
}
