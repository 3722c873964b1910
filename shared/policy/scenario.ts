/**
 * The policy's own tests. A scenario describes a run in a few words; what it leaves unsaid follows from its workload and its platform, and `decide`
 * says the rest. A scenario passes only when the outcome is the expected one, and for the expected reason.
 */
import { checkFence, decide } from './decide.ts'
import { type ConsideredRule, describeDecision, explainDecision } from './explain.ts'
import { type Pattern, patternElements, sameText } from './pattern.ts'
import type { Caller, Decision, Issuer, Policy, WorkloadRecord } from './policy.ts'
import type { Problem } from './problem.ts'
import { type PolicyDocument, type ScenarioDocument, textsOf } from './schema.ts'
import { quoted } from './shape-problems.ts'

/** The id under which a failed scenario is reported. It cannot be silenced. */
export const SCENARIO_FAILED = 'scenario-failed'

/** One problem for each scenario of a checked document that does not come out as expected. */
export function failedScenarios(document: PolicyDocument, policy: Policy): readonly Problem[] {
  return document.scenarios.flatMap((scenario, index) => {
    const outcome = runScenario(scenario, policy)
    if (outcome === undefined) return []
    const message = `scenario ${quoted(scenario.name)}: ${outcome}`
    return [{ path: ['scenarios', index], at: 'value', id: SCENARIO_FAILED, severity: 'error', message } satisfies Problem]
  })
}

/** What went otherwise than expected; `undefined` when the scenario passes. */
function runScenario(scenario: ScenarioDocument, policy: Policy): string | undefined {
  const caller = scenarioCaller(scenario, policy)
  if (caller === undefined) return 'its workload is not defined'
  const decision = decide(policy, caller, scenario.ask)
  const isOutside = checkFence(caller.issuer, caller.owner) === 'outside'
  const reasons = isOutside ? fenceReasons(caller) : reasonNames(decision)
  const { expect } = scenario
  const decided = (): string => {
    if (isOutside) return 'the owner is outside the fence'
    return `${describeDecision(decision)}${consideredRules(scenario.ask, caller, policy)}`
  }
  if (expect === 'allow') return decision.outcome === 'allow' ? undefined : `expected allow, but refused: ${decided()}`
  if (decision.outcome === 'allow') return `expected a refusal, but allowed: ${decided()}`
  if (expect === 'refuse' || reasons.has(expect.refuse)) return undefined
  return `expected ${quoted(expect.refuse)} to be a reason, but refused: ${decided()}`
}

/** A grant with very many rules does not make a very long line. */
const MAX_CONSIDERED = 5

/** What each rule made of the caller; nothing where there is but one, of which the decision says it all. */
function consideredRules(ask: string, caller: Caller, policy: Policy): string {
  const { considered } = explainDecision(policy, caller, ask)
  if (considered.length < 2) return ''
  const told = considered.slice(0, MAX_CONSIDERED).map(({ rule, outcome, failures }) => {
    const failed = [...new Set(failures.map(({ attribute }) => attribute))].join(', ')
    return `${rule} ${CONSIDERED_WORDS[outcome]}${failed === '' ? '' : ` (${failed})`}`
  })
  const more = considered.length - told.length
  return `. Considered: ${told.join('; ')}${more > 0 ? `; ${more} more` : ''}`
}

const CONSIDERED_WORDS: Readonly<Record<ConsideredRule['outcome'], string>> = {
  matches: 'fits',
  suspended: 'is for a suspended workload',
  other_workload: 'is for another workload',
  conditions_fail: 'does not fit',
}

/** An owner outside the fence may be expected by any of its names. */
function fenceReasons({ issuer }: Caller): ReadonlySet<string> {
  const { repository, owner, ownerId } = issuer.platform.roles
  return new Set(['fence', repository, owner, ownerId])
}

function reasonNames(decision: Decision): ReadonlySet<string> {
  if (decision.outcome === 'allow') return new Set()
  return new Set([decision.cause, ...decision.reasons.flatMap(({ rule, attribute }) => [rule, attribute])])
}

/** The caller a scenario describes: what its workload is, overridden by what the scenario states, completed by the platform. */
export function scenarioCaller({ as }: ScenarioDocument, policy: Policy): Caller | undefined {
  const { workload: workloadName, ...facts } = as
  const workload = policy.workload(workloadName)
  if (workload === undefined) return undefined
  // a name stated without its id is another owner's, unless the fence knows it
  const { repository, owner, ownerId } = workload.issuer.platform.roles
  const isOwnerStated = [repository, owner].some((name) => Object.hasOwn(facts, name))
  const stated = new Map([...identityFacts(workload)].filter(([name]) => !(isOwnerStated && [owner, ownerId].includes(name))))
  for (const [attribute, value] of Object.entries(facts)) stated.set(attribute, textsOf(value)[0] ?? '')
  return callerFrom(stated, workload.issuer, isOwnerStated)
}

/** One value for each attribute of the workload's identity: the first it names. */
function identityFacts({ is }: WorkloadRecord): ReadonlyMap<string, string> {
  return new Map(
    is.flatMap(({ attribute, patterns: [first] }): [string, string][] => (first === undefined ? [] : [[attribute, instanceOf(first)]])),
  )
}

function callerFrom(stated: Map<string, string>, issuer: Issuer, isOwnerStated: boolean): Caller {
  const { roles, complete } = issuer.platform
  const name = complete(stated, issuer.url).get(roles.owner)
  const fenced = issuer.owners.find((entry) => name !== undefined && sameText(entry.name, name, true))
  const assumed = fenced ?? (isOwnerStated ? undefined : issuer.owners[0])
  if (assumed !== undefined && !stated.has(roles.ownerId)) stated.set(roles.ownerId, assumed.id)
  if (assumed !== undefined && name === undefined) stated.set(roles.owner, assumed.name)
  const attributes = complete(stated, issuer.url)
  const owner = { id: attributes.get(roles.ownerId) ?? '', name: attributes.get(roles.owner) ?? '' }
  return { issuer, owner, attributes }
}

/** A text that a pattern matches: each wildcard stands for one letter. */
function instanceOf({ text, automaton }: Pattern): string {
  if (automaton === undefined) return text
  return patternElements(text, false)
    .map((element) => (typeof element === 'number' ? String.fromCharCode(element) : 'x'))
    .join('')
}
