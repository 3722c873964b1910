/**
 * What can be proved of the rules of one policy: that no run can ever meet one, that the rules before it leave it nothing, that a guardrail stops some
 * of its runs. The proofs are those of the plan, over the same areas and the same model of possible runs; what a search cannot decide is not claimed.
 */
import type { JsonObject } from '../json.ts'
import { holdsText, textSet } from './language.ts'
import { type NearAreas, nearAreas } from './near-areas.ts'
import { compilePattern } from './pattern.ts'
import { type Access, accessOf, type GuardArea, type RuleArea } from './plan-access.ts'
import type { Grant, Guardrail, Policy, Rule } from './policy.ts'
import { type RunIdentity, runIdentity } from './run-identity.ts'
import { type Area, findOutside } from './witness.ts'
import { type AttributeTest, EVERYWHERE, within } from './witness-region.ts'

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
  const known: Answers = new Map()
  return policy.grantNames.flatMap((name) => {
    const grant = policy.grant(name)
    return grant === undefined ? [] : proveGrant(grant, read(grant), { policy, known })
  })
}

type Answer = 'open' | 'none' | 'undecided'

/** Questions that were asked before, see `questionKey`. */
type Answers = Map<string, Answer>

interface Proving {
  readonly policy: Policy
  readonly known: Answers
}

function proveGrant(grant: Grant, { rules: areas, guards }: Access, { policy, known }: Proving): readonly RuleProof[] {
  const above = policy.guardrails.filter(({ appliesTo }) => appliesTo(grant))
  // INVARIANT: an access lists its guards in the order of the policy's guardrails
  const guarded = guards.flatMap((area, index): Guarded[] => {
    const guardrail = above[index]
    return guardrail === undefined ? [] : [{ area, guardrail }]
  })
  const byRule = new Map<Rule, RuleArea[]>()
  for (const area of areas) {
    const own = byRule.get(area.rule)
    if (own === undefined) byRule.set(area.rule, [area])
    else own.push(area)
  }
  const earlier = nearAreas()
  return grant.rules.flatMap((rule, index) => {
    const own = byRule.get(rule) ?? []
    if (own.length === 0) return []
    const verdict = verdictOf(own, { guards, earlier, known })
    for (const area of own) earlier.add(area)
    const letsIn = (tests: readonly AttributeTest[]): ProofRun | undefined => firstRun(own, tests, guards)
    return [{ grant, rule, index, verdict, stopped: stoppedBy(own, guarded), letsIn }]
  })
}

interface Guarded {
  readonly guardrail: Guardrail
  readonly area: GuardArea
}

interface Against {
  readonly guards: readonly GuardArea[]
  readonly earlier: NearAreas
  readonly known: Answers
}

function verdictOf(own: readonly RuleArea[], { guards, earlier, known }: Against): RuleProof['verdict'] {
  const left = searchAll(own, (area) => [...guards, ...earlier.near(area)], known)
  if (left !== 'none') return left
  const beforeOthers = searchAll(own, () => guards, known)
  if (beforeOthers !== 'none') return beforeOthers === 'open' ? 'shadowed' : beforeOthers
  const beforeGuards = searchAll(own, () => [], known)
  return beforeGuards === 'open' ? 'forbidden' : beforeGuards === 'none' ? 'impossible' : beforeGuards
}

/** Whether any of the areas holds a run that is in none of the others. */
function searchAll(own: readonly RuleArea[], othersOf: (area: RuleArea) => readonly Area[], known: Answers): Answer {
  let isUndecided = false
  for (const area of own) {
    const others = othersOf(area)
    const ask = (): Answer => answerTo(findOutside(within(EVERYWHERE, area.tests), others, area.model))
    const answer = others.length > MAX_KEPT_AREAS ? ask() : answered(questionKey(area, others), ask, known)
    if (answer === 'open') return 'open'
    if (answer === 'undecided') isUndecided = true
  }
  return isUndecided ? 'undecided' : 'none'
}

/** Questions of more areas are not asked twice: their keys would only take room. */
const MAX_KEPT_AREAS = 40

function answered(key: string, ask: () => Answer, known: Answers): Answer {
  const answer = known.get(key) ?? ask()
  known.set(key, answer)
  return answer
}

function answerTo(outcome: ReturnType<typeof findOutside>): Answer {
  return typeof outcome === 'string' ? outcome : 'open'
}

/**
 * Two questions with one key have one answer. A repository's id agrees with no other fact of a run, so which id it is makes no difference as long as all
 * areas of the question that name one name the same: that is how pinned workloads differ, and they may be many.
 */
function questionKey({ issuer, tests }: RuleArea, others: readonly Area[]): string {
  const { repositoryId } = issuer.platform.roles
  const ids = new Set<AttributeTest>()
  for (const own of [tests, ...others.map((other) => other.tests)]) {
    for (const test of own) if (test.attribute === repositoryId && test.set.texts.length > 0) ids.add(test)
  }
  const [one] = ids
  const isOneId = one !== undefined && [...ids].every(({ key, set }) => key === one.key && set.wildcards.length === 0)
  const textOf = ({ tests: own }: Area): string => {
    let text = ''
    for (const { key } of own) text += isOneId && key === one.key ? ' id' : ` ${key}`
    return text
  }
  return [issuer.url, textOf({ tests }), ...others.map(textOf)].join('\n')
}

function stoppedBy(own: readonly RuleArea[], guarded: readonly Guarded[]): RuleProof['stopped'] {
  return guarded.flatMap(({ guardrail, area }) => {
    const run = firstRun(own, area.tests, [])
    return run === undefined ? [] : [{ guardrail, run }]
  })
}

/** A run of the rule for which the tests hold too, outside the others. */
function firstRun(own: readonly RuleArea[], tests: readonly AttributeTest[], others: readonly Area[]): ProofRun | undefined {
  for (const area of own) {
    if (tests.some((test) => isPlainlyOutside(area, test))) continue
    const whole = findOutside(within(EVERYWHERE, [...area.tests, ...tests]), others, area.model)
    if (typeof whole === 'string') continue
    const known = findOutside(within(whole.region, [knownName(area)]), others, area.model)
    const { run } = typeof known === 'string' ? whole : known
    return { words: runWords(runIdentity(run, area.issuer.platform)), payload: area.model.payload(area.issuer.url, run) }
  }
  return undefined
}

/** A repository under a name its readers know: the one its workload has, or one of an owner of the fence. */
function knownName({ rule: { workload }, issuer }: RuleArea): AttributeTest {
  const { repository } = issuer.platform.roles
  const named = workload.is.find(({ attribute }) => attribute === repository)?.patterns
  const patterns = named ?? issuer.owners.slice(0, MAX_KNOWN_OWNERS).map(({ name }) => compilePattern(`${name}/*`, { foldCase: true }))
  const set = textSet(patterns)
  return { attribute: repository, set, key: `known repository ${set.key}` }
}

const MAX_KNOWN_OWNERS = 8

/** The rule names the values of the attribute, and none of them passes the test: nothing needs to be searched. */
function isPlainlyOutside({ tests }: RuleArea, { attribute, set }: AttributeTest): boolean {
  return tests.some(
    (own) => own.attribute === attribute && own.set.wildcards.length === 0 && !own.set.texts.some((text) => holdsText(set, text)),
  )
}

function runWords({ event, ref, repository, environment }: RunIdentity): string {
  const place = environment === '' ? '' : ` in environment ${environment}`
  return `${event} on ${ref === '' ? 'a bare commit' : ref} of ${repository}${place}`
}
