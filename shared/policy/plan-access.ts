/**
 * What a grant allows, as areas of runs: one or two for each rule that can authorise (its conditions, the identity of its workload, the fence of its
 * issuer) and one for each guardrail above it. INVARIANT: an area says exactly what `decide.ts` and `identity.ts` say; `plan.ts` checks every
 * witness against them. Names of workloads and rules are no part of an area, so renaming them changes nothing.
 */

import { ownerNames } from './identity.ts'
import { textSet } from './language.ts'
import { compilePattern, sameText } from './pattern.ts'
import type { Condition, Grant, Issuer, Policy, Rule, WorkloadRecord } from './policy.ts'
import { runModels, searchedFor } from './witness.ts'
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

/** What both sides of one plan share: tests are the same for both when they hold for the same runs. */
export interface Reading {
  readonly modelOf: (issuer: Issuer) => RunModel
  readonly testOf: (condition: Condition) => AttributeTest
}

export function startReading(): Reading {
  const byCondition = new Map<Condition, AttributeTest>()
  const byWords = new Map<string, AttributeTest>()
  const bySet = new Map<string, AttributeTest>()
  const read = (condition: Condition): AttributeTest => {
    const words = wordsOf(condition)
    const known = byWords.get(words)
    if (known !== undefined) return known
    const { attribute, patterns } = searchedFor(condition)
    const set = textSet(patterns)
    const setKey = `${attribute} ${set.key}`
    const test = bySet.get(setKey) ?? { attribute, set, key: String(bySet.size) }
    bySet.set(setKey, test)
    byWords.set(words, test)
    return test
  }
  // rules of one policy share their conditions
  const testOf: Reading['testOf'] = (condition) => {
    const known = byCondition.get(condition) ?? read(condition)
    byCondition.set(condition, known)
    return known
  }
  return { modelOf: runModels(), testOf }
}

/** A condition as it is written, letter for letter. */
function wordsOf({ attribute, patterns }: Condition): string {
  let words = attribute
  for (const { text, foldCase, automaton } of patterns) words += `\n${foldCase ? 'f' : ''}${automaton === undefined ? '=' : '~'}${text}`
  return words
}

/** Reads the grants of a policy; what several of them share is read once. */
export function accessOf(policy: Policy, reading: Reading = startReading()): AccessOf {
  const identities = new Map<WorkloadRecord, readonly (readonly AttributeTest[])[]>()
  const identityOf = (workload: WorkloadRecord): readonly (readonly AttributeTest[])[] => {
    const known = identities.get(workload)
    if (known !== undefined) return known
    const ways = identityConditions(workload).map((conditions) => conditions.map((condition) => reading.testOf(condition)))
    identities.set(workload, ways)
    return ways
  }
  const guards = policy.guardrails.map(({ appliesTo, forbid }) => ({ appliesTo, area: guardArea(forbid, reading) }))
  return (grant) => {
    const rules = grant.rules
      .filter(({ workload }) => !workload.suspended)
      .flatMap((rule) => identityOf(rule.workload).map((identity) => ruleArea(rule, identity, reading)))
    const above = guards.filter(({ appliesTo }) => appliesTo(grant)).map(({ area }) => area)
    return { rules, guards: above, key: `${keyOf(rules)} but ${keyOf(above)}` }
  }
}

/** The areas or tests as a set, in one text. */
function keyOf(items: readonly { readonly key: string }[]): string {
  return [...new Set(items.map(({ key }) => key))].sort().join('|')
}

function ruleArea(rule: Rule, identity: readonly AttributeTest[], { modelOf, testOf }: Reading): RuleArea {
  const { issuer } = rule.workload
  const model = modelOf(issuer)
  const tests = uniqueTests([...identity, ...rule.conditions.map((condition) => testOf(condition))])
  return { issuer, model, tests, key: `${issuer.url} ${testsKey(tests)}`, rule }
}

/** The tests a run fails soonest come first: those that name texts, and few of them. The same tests always come in the same order. */
function uniqueTests(tests: readonly AttributeTest[]): readonly AttributeTest[] {
  // one reading makes one test of all that have one key
  return [...new Set(tests)].sort(
    (a, b) => a.set.wildcards.length - b.set.wildcards.length || a.set.literals.size - b.set.literals.size || (a.key < b.key ? -1 : 1),
  )
}

/** A guardrail is read for every issuer. One that names an attribute a platform does not have never holds there. */
function guardArea(forbid: readonly Condition[], { testOf }: Reading): GuardArea {
  const tests = uniqueTests(forbid.map((condition) => testOf(condition)))
  return { tests, key: testsKey(tests) }
}

function testsKey(tests: readonly AttributeTest[]): string {
  let text = ''
  for (const { key } of tests) text += `${key},`
  return text
}

/** The conditions of a workload's identity and its fence, in each of the ways a run can be that workload (see `identity.ts`). */
function identityConditions(workload: WorkloadRecord): readonly (readonly Condition[])[] {
  const { is, issuer } = workload
  const { roles } = issuer.platform
  const fence = exact(
    roles.ownerId,
    issuer.owners.map(({ id }) => id),
  )
  const isPinned = is.some(({ attribute }) => attribute === roles.repositoryId)
  if (!isPinned) return [[fence, ...is]]
  const kept = [fence, ...is.filter(({ attribute }) => attribute !== roles.repository && attribute !== roles.owner)]
  if (is.some(({ attribute }) => attribute === roles.ownerId)) return [kept]
  const names = ownerNames(workload)
  if (names.length === 0) return [kept]
  const fenced = names.map((name) => issuer.owners.filter((owner) => sameText(owner.name, name, true)).map(({ id }) => id))
  const ids = fenced.flat()
  const unfenced = names.filter((_, index) => fenced[index]?.length === 0)
  return [
    ...(ids.length > 0 ? [[...kept, exact(roles.ownerId, ids)]] : []),
    ...(unfenced.length > 0 ? [[...kept, exact(roles.owner, unfenced, true)]] : []),
  ]
}

function exact(attribute: string, texts: readonly string[], foldCase = false): Condition {
  return { attribute, patterns: texts.map((text) => compilePattern(text, { foldCase, literal: true })) }
}
