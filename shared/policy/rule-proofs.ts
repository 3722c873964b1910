/**
 * What can be proved of the rules of one policy: that no run can ever meet one, that the rules before it leave it nothing, that a guardrail stops some
 * of its runs. The proofs are those of the plan, over the same areas and the same model of possible runs; what a search cannot decide is not claimed.
 */
import type { JsonObject } from '../json.ts'
import { type Access, accessOf, type GuardArea, type RuleArea } from './plan-access.ts'
import type { Grant, Guardrail, Policy, Rule } from './policy.ts'
import { type Area, findOutside } from './witness.ts'
import { type AttributeTest, EVERYWHERE, type FoundRun, type Region, within } from './witness-region.ts'

/** One run as a proof: what people know it by, and its token. */
export interface ProofRun {
  readonly words: string
  readonly payload: JsonObject
}

export interface RuleProof {
  readonly grant: Grant
  readonly rule: Rule
  readonly index: number
  /** `open`: some run has the grant by it · `impossible`: no run meets it · `forbidden`: guardrails stop all that do · `shadowed`: earlier rules let them in. */
  readonly verdict: 'open' | 'impossible' | 'forbidden' | 'shadowed' | 'undecided'
  /** The guardrails that stop runs which the rule would let in, each with one. */
  readonly stopped: readonly { readonly guardrail: Guardrail; readonly run: ProofRun }[]
  /** A run the rule lets in for which all these tests hold as well. */
  readonly letsIn: (tests: readonly AttributeTest[]) => ProofRun | undefined
}

/** Of every rule whose workload is not suspended. */
export function proveRules(policy: Policy): readonly RuleProof[] {
  const read = accessOf(policy)
  return policy.grantNames.flatMap((name) => {
    const grant = policy.grant(name)
    return grant === undefined ? [] : proveGrant(grant, read(grant), policy)
  })
}

function proveGrant(grant: Grant, { rules: areas, guards }: Access, policy: Policy): readonly RuleProof[] {
  const above = policy.guardrails.filter(({ appliesTo }) => appliesTo(grant))
  // INVARIANT: an access lists its guards in the order of the policy's guardrails
  const guarded = guards.flatMap((area, index): Guarded[] => {
    const guardrail = above[index]
    return guardrail === undefined ? [] : [{ area, guardrail }]
  })
  const earlier: RuleArea[] = []
  return grant.rules.flatMap((rule, index) => {
    const own = areas.filter((area) => area.rule === rule)
    if (own.length === 0) return []
    const verdict = verdictOf(own, guards, earlier)
    earlier.push(...own)
    const letsIn = (tests: readonly AttributeTest[]): ProofRun | undefined => firstRun(own, (region) => within(region, tests), guards)
    return [{ grant, rule, index, verdict, stopped: stoppedBy(own, guarded), letsIn }]
  })
}

interface Guarded {
  readonly guardrail: Guardrail
  readonly area: GuardArea
}

function verdictOf(own: readonly RuleArea[], guards: readonly GuardArea[], earlier: readonly RuleArea[]): RuleProof['verdict'] {
  const left = searchAll(own, (area) => [...guards, ...earlier.filter(({ issuer }) => issuer.url === area.issuer.url)])
  if (left !== 'none') return left
  const beforeOthers = searchAll(own, () => guards)
  if (beforeOthers !== 'none') return beforeOthers === 'open' ? 'shadowed' : beforeOthers
  const beforeGuards = searchAll(own, () => [])
  return beforeGuards === 'open' ? 'forbidden' : beforeGuards === 'none' ? 'impossible' : beforeGuards
}

/** Whether any of the areas holds a run that is in none of the others. */
function searchAll(own: readonly RuleArea[], others: (area: RuleArea) => readonly Area[]): 'open' | 'none' | 'undecided' {
  let isUndecided = false
  for (const area of own) {
    const found = runIn(within(EVERYWHERE, area.tests), area, others(area))
    if (typeof found !== 'string') return 'open'
    if (found === 'undecided') isUndecided = true
  }
  return isUndecided ? 'undecided' : 'none'
}

function runIn(region: Region, { model }: RuleArea, others: readonly Area[]): FoundRun | 'none' | 'undecided' {
  if (isPlainlyEmpty(region)) return 'none'
  const outside = findOutside(region, others, model)
  return typeof outside === 'string' ? outside : outside.run
}

/** Some attribute has no value left: nothing needs to be searched. */
function isPlainlyEmpty({ bounds }: Region): boolean {
  for (const { rest } of bounds.values()) if (rest?.length === 0) return true
  return false
}

function stoppedBy(own: readonly RuleArea[], guarded: readonly Guarded[]): RuleProof['stopped'] {
  return guarded.flatMap(({ guardrail, area }) => {
    const run = firstRun(own, (region) => within(region, area.tests), [])
    return run === undefined ? [] : [{ guardrail, run }]
  })
}

function firstRun(own: readonly RuleArea[], narrowed: (region: Region) => Region, others: readonly Area[]): ProofRun | undefined {
  for (const area of own) {
    const run = runIn(narrowed(within(EVERYWHERE, area.tests)), area, others)
    if (typeof run !== 'string') return { words: runWords(run), payload: area.model.payload(area.issuer.url, run) }
  }
  return undefined
}

function runWords(run: FoundRun): string {
  const fact = (name: string): string => run.get(name) ?? ''
  const ref = fact('ref') === '' ? 'a bare commit' : fact('ref')
  const environment = fact('environment') === '' ? '' : ` in environment ${fact('environment')}`
  return `${fact('event_name')} on ${ref} of ${fact('repository')}${environment}`
}
