/**
 * A pair of scenarios to start from: a run that gets a grant and one that differs in a single fact and does not. Both are found by the proofs of the plan
 * and then put to `decide` as the scenarios they will be; what would not pass is not offered.
 */
import { err, ok, type Result } from '../result.ts'
import { decide } from './decide.ts'
import { textSet } from './language.ts'
import { compilePattern } from './pattern.ts'
import { type Access, accessOf, type RuleArea } from './plan-access.ts'
import type { Condition, Policy } from './policy.ts'
import { scenarioCaller } from './scenario.ts'
import type { ScenarioDocument } from './schema.ts'
import { findOutside } from './witness.ts'
import { type AttributeTest, EVERYWHERE, type FoundRun, type Region, within, without } from './witness-region.ts'

/** The two scenarios, or one sentence that says why there are none. */
export function scaffold(policy: Policy, grantName: string): Result<readonly [ScenarioDocument, ScenarioDocument], string> {
  const grant = policy.grant(grantName)
  if (grant === undefined) return err(`no grant ${JSON.stringify(grantName)} is defined`)
  const access = accessOf(policy)(grant)
  for (const area of access.rules) {
    const allowed = allowedScenario(area, access, { policy, grant: grantName })
    const refused = allowed && refusedScenario(area, access, { policy, grant: grantName })
    if (allowed !== undefined && refused !== undefined) return ok([allowed, refused])
  }
  return err(`no run was found that gets ${grantName}: see what check says of its rules`)
}

interface Asked {
  readonly policy: Policy
  readonly grant: string
}

function allowedScenario(area: RuleArea, { guards }: Access, asked: Asked): ScenarioDocument | undefined {
  const found = findOutside(within(EVERYWHERE, area.tests), guards, area.model)
  if (typeof found === 'string') return undefined
  const scenario = scenarioOf(area, found.run, { asked, expect: 'allow' })
  return outcomeOf(scenario, asked) === 'allow' ? scenario : undefined
}

/** People test branches and environments first. */
const FIRST = ['ref', 'environment']

function refusedScenario(area: RuleArea, access: Access, asked: Asked): ScenarioDocument | undefined {
  const stated = statedConditions(area)
  const rank = ({ attribute }: Condition): number => (FIRST.includes(attribute) ? FIRST.indexOf(attribute) : FIRST.length)
  for (const condition of [...stated].sort((a, b) => rank(a) - rank(b))) {
    for (const run of runsBeside(area, condition, access)) {
      const expect = { refuse: condition.attribute }
      const scenario = scenarioOf(area, run, { asked, expect })
      if (outcomeOf(scenario, asked).includes(condition.attribute)) return scenario
    }
  }
  return undefined
}

/** Runs that meet all of the rule but one condition, and that no other rule and no guardrail has an answer for: a plain one first, then any. */
function runsBeside(area: RuleArea, { attribute, patterns }: Condition, { rules, guards }: Access): readonly FoundRun[] {
  const others = area.tests.filter((test) => test.attribute !== attribute)
  const region = without(within(EVERYWHERE, others), testOf(attribute, textSet(patterns)))
  const closed = [...guards, ...rules.filter(({ issuer }) => issuer.url === area.issuer.url)]
  const plain = attribute === 'ref' ? [within(region, [testOf('ref', textSet([PLAIN_BRANCH]))])] : []
  return [...plain, region].flatMap((part: Region): FoundRun[] => {
    const found = findOutside(part, closed, area.model)
    return typeof found === 'string' ? [] : [found.run]
  })
}

const PLAIN_BRANCH = compilePattern('refs/heads/feature', { foldCase: false, literal: true })

function testOf(attribute: string, set: AttributeTest['set']): AttributeTest {
  return { attribute, set, key: `scaffold ${attribute} ${set.key}` }
}

function statedConditions({ rule }: RuleArea): readonly Condition[] {
  return rule.conditions.filter(({ byDefault }) => byDefault !== true)
}

/** What the rule states, and what a scenario would otherwise assume to be another: the event and the ref. */
function scenarioOf(
  area: RuleArea,
  run: FoundRun,
  { asked, expect }: { asked: Asked; expect: ScenarioDocument['expect'] },
): ScenarioDocument {
  const { platform, url } = area.issuer
  const names = new Set([...statedConditions(area).map(({ attribute }) => attribute), platform.roles.event, 'ref'])
  const assumed = platform.complete(new Map(), url)
  const facts = [...names].flatMap((name): [string, string][] => {
    const value = run.get(name) ?? ''
    const isStated = statedConditions(area).some(({ attribute }) => attribute === name)
    return value === (assumed.get(name) ?? '') && !(isStated && value !== '') ? [] : [[name, value]]
  })
  const workload = area.rule.workload.name
  const name = sentence(workload, run, expect === 'allow' ? `gets ${asked.grant}` : `does not get ${asked.grant}`)
  return { name, ask: asked.grant, as: { workload, ...Object.fromEntries(facts) }, expect }
}

function sentence(workload: string, run: FoundRun, outcome: string): string {
  const fact = (name: string, start: string): string => (run.has(name) ? ` ${start} ${run.get(name)}` : '')
  return `${workload}${fact('ref', 'on')}${fact('environment', 'in environment')} ${outcome}`
}

/** `allow`, or the attributes that did not fit. */
function outcomeOf(scenario: ScenarioDocument, { policy, grant }: Asked): string | readonly string[] {
  const caller = scenarioCaller(scenario, policy)
  if (caller === undefined) return []
  const decision = decide(policy, caller, grant)
  return decision.outcome === 'allow' ? 'allow' : decision.reasons.map(({ attribute }) => attribute)
}

/** The scenarios as a file of their own, or to be copied below `scenarios:` of another. */
export function scenariosYaml(scenarios: readonly ScenarioDocument[]): string {
  const texts = scenarios.map(({ name, ask, as, expect }) => {
    const facts = Object.entries(as).map(([key, value]) => `${key}: ${scalar(String(value))}`)
    const expected = typeof expect === 'string' ? expect : `{ refuse: ${scalar(expect.refuse)} }`
    return `  - name: ${scalar(name)}\n    ask: ${scalar(ask)}\n    as: { ${facts.join(', ')} }\n    expect: ${expected}\n`
  })
  return `scenarios:\n${texts.join('')}`
}

/** Plain where that means the same everywhere, else in double quotes, which YAML reads as JSON does. */
function scalar(text: string): string {
  return /^[A-Za-z][\w./-]*(?: [\w./-]+)*$/.test(text) && !/^(?:null|true|false)$/i.test(text) ? text : JSON.stringify(text)
}
