/**
 * What a grant allows, as areas of runs: one or two for each rule that can authorise (its conditions, the identity of its workload, the fence of its
 * issuer) and one for each guardrail above it. INVARIANT: an area says exactly what `decide.ts` and `identity.ts` say; `plan.ts` checks every
 * witness against them. Names of workloads and rules are no part of an area, so renaming them changes nothing.
 */
import { textSet } from './language.ts'
import { compilePattern, sameText } from './pattern.ts'
import type { Condition, Grant, Issuer, Policy, Rule, WorkloadRecord } from './policy.ts'
import { runModel } from './witness.ts'
import type { AttributeTest, RunModel } from './witness-region.ts'

/** Runs of one issuer for which every test holds. */
export interface RuleArea {
  readonly issuer: Issuer
  readonly model: RunModel
  readonly tests: readonly AttributeTest[]
  /** Two areas with one key hold the same runs. */
  readonly key: string
  readonly rule: Rule
}

export interface GuardArea {
  readonly tests: readonly AttributeTest[]
  readonly key: string
}

/** A grant's access: every run of an area of `rules` that is in no area of `guards`. */
export interface Access {
  readonly rules: readonly RuleArea[]
  readonly guards: readonly GuardArea[]
  /** Two accesses with one key allow the same runs. */
  readonly key: string
}

export const NO_ACCESS: Access = { rules: [], guards: [], key: '' }

export type AccessOf = (grant: Grant) => Access

/** Reads the grants of a policy; what several of them share is read once. */
export function accessOf(policy: Policy): AccessOf {
  const testOf = testsKept()
  const identities = new Map<WorkloadRecord, readonly (readonly AttributeTest[])[]>()
  const identityOf = (workload: WorkloadRecord): readonly (readonly AttributeTest[])[] => {
    const known = identities.get(workload)
    if (known !== undefined) return known
    const model = runModel(workload.issuer.platform)
    const ways = identityConditions(workload).map((conditions) => conditions.map((condition) => testOf(model.searched(condition))))
    identities.set(workload, ways)
    return ways
  }
  const guards = policy.guardrails.map(({ appliesTo, forbid }) => ({ appliesTo, ...guardArea(forbid, policy, testOf) }))
  return (grant) => {
    const rules = grant.rules
      .filter(({ workload }) => !workload.suspended)
      .flatMap((rule) => identityOf(rule.workload).map((identity) => ruleArea(rule, identity, testOf)))
    const above = guards.filter(({ appliesTo }) => appliesTo(grant)).map(({ tests, key }) => ({ tests, key }))
    return { rules, guards: above, key: JSON.stringify([keysOf(rules), keysOf(above)]) }
  }
}

function keysOf(areas: readonly { readonly key: string }[]): readonly string[] {
  return [...new Set(areas.map(({ key }) => key))].sort()
}

type TestOf = (condition: Condition) => AttributeTest

/** The tests of conditions, each made once. */
function testsKept(): TestOf {
  const made = new WeakMap<Condition, AttributeTest>()
  const byKey = new Map<string, AttributeTest>()
  return (condition) => {
    const known = made.get(condition)
    if (known !== undefined) return known
    const set = textSet(condition.patterns)
    const key = `${condition.attribute}=${set.key}`
    const test = byKey.get(key) ?? { attribute: condition.attribute, set, key }
    byKey.set(key, test)
    made.set(condition, test)
    return test
  }
}

function ruleArea(rule: Rule, identity: readonly AttributeTest[], testOf: TestOf): RuleArea {
  const { issuer } = rule.workload
  const model = runModel(issuer.platform)
  const tests = uniqueTests([...identity, ...rule.conditions.map((condition) => testOf(model.searched(condition)))])
  return { issuer, model, tests, key: JSON.stringify([issuer.url, ...keysOf(tests)]), rule }
}

/** The tests a run fails soonest come first: those that name texts, and few of them. */
function uniqueTests(tests: readonly AttributeTest[]): readonly AttributeTest[] {
  const unique = [...new Map(tests.map((test) => [test.key, test])).values()]
  return unique.sort((a, b) => a.set.wildcards.length - b.set.wildcards.length || a.set.literals.size - b.set.literals.size)
}

function guardArea(forbid: readonly Condition[], policy: Policy, testOf: TestOf): GuardArea {
  // one model reads the guardrails of all issuers as long as there is one platform; each adds nothing but its own determined facts
  const models = [...new Set([...policy.issuers.values()].map(({ platform }) => runModel(platform)))]
  const searched = (condition: Condition): Condition => models.reduce((seen, model) => model.searched(seen), condition)
  const tests = uniqueTests(forbid.map((condition) => testOf(searched(condition))))
  return { tests, key: JSON.stringify(keysOf(tests)) }
}

/** The conditions of a workload's identity and its fence, in each of the ways a run can be that workload (see `identity.ts`). */
function identityConditions(workload: WorkloadRecord): readonly (readonly Condition[])[] {
  const { is, issuer } = workload
  const fence = exact(
    OWNER_ID,
    issuer.owners.map(({ id }) => id),
  )
  const isPinned = is.some(({ attribute }) => attribute === ID)
  if (!isPinned) return [[fence, ...is]]
  const kept = [fence, ...is.filter(({ attribute }) => attribute !== NAME && attribute !== OWNER)]
  if (is.some(({ attribute }) => attribute === OWNER_ID)) return [kept]
  const names = ownerNames(workload)
  if (names.length === 0) return [kept]
  const fenced = names.map((name) => issuer.owners.filter((owner) => sameText(owner.name, name, true)).map(({ id }) => id))
  const ids = fenced.flat()
  const unfenced = names.filter((_, index) => fenced[index]?.length === 0)
  return [
    ...(ids.length > 0 ? [[...kept, exact(OWNER_ID, ids)]] : []),
    ...(unfenced.length > 0 ? [[...kept, exact(OWNER, unfenced, true)]] : []),
  ]
}

const ID = 'repository_id'
const NAME = 'repository'
const OWNER = 'repository_owner'
const OWNER_ID = 'repository_owner_id'

/** The owners a workload states by name. */
function ownerNames({ is }: WorkloadRecord): readonly string[] {
  const texts = (attribute: string): readonly string[] =>
    is.find((condition) => condition.attribute === attribute)?.patterns.map(({ text }) => text) ?? []
  return [...texts(NAME).map((repository) => repository.slice(0, Math.max(repository.indexOf('/'), 0))), ...texts(OWNER)]
}

function exact(attribute: string, texts: readonly string[], foldCase = false): Condition {
  return { attribute, patterns: texts.map((text) => compilePattern(text, { foldCase, literal: true })) }
}
