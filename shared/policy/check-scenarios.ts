/** Judges scenarios as they are written: known grant, known workload, values a token could really carry, a reason that can be given. */
import type { AttributeForm, Platform } from '../platforms/platform.ts'
import { attributeForms, conditionText, faultOfAll, valueFault } from './check-conditions.ts'
import type { CheckContext } from './check-context.ts'
import { suggestion } from './nearest.ts'
import { type DocumentPath, errorAt } from './problem.ts'
import { entryOf, type ScenarioDocument } from './schema.ts'
import { quoted } from './shape-problems.ts'

/** What a scenario may expect as the reason besides attributes, guardrails and rules. */
const OTHER_REASONS = ['fence', 'suspended', 'issuer'] as const

export function checkScenarios(context: CheckContext, indexes: readonly number[]): void {
  context.document.scenarios.forEach((scenario, position) => {
    const path = ['scenarios', indexes[position] ?? position]
    const { workload, ...attributes } = scenario.as
    context.isDefined('grants', scenario.ask, [...path, 'ask'])
    context.isDefined('workloads', workload, [...path, 'as', 'workload'])
    const platforms = context.platformsOf(workload)
    for (const [name, value] of Object.entries(attributes)) checkFact(name, value, { path: [...path, 'as', name], platforms }, context)
    checkExpectation(scenario, { path, platforms }, context)
  })
}

interface FactPlace {
  readonly path: DocumentPath
  readonly platforms: readonly Platform[]
}

/** One stated fact: a single value, which may be empty to say that the token has nothing there. */
function checkFact(name: string, value: unknown, { path, platforms }: FactPlace, { report }: CheckContext): void {
  const forms = attributeForms(name, { path, platforms }, path, report)
  if (forms.length === 0) return
  const text = Array.isArray(value) ? 'list' : conditionText(value)
  if (Array.isArray(value)) report(errorAt(path, 'wrong-type', `${name}: a token carries one value, found a list`))
  else if (typeof text === 'object') report(errorAt(path, text.id, `${name}: ${text.message}`))
  else if (text !== '') checkFactText(text, { name, forms, path }, report)
}

function checkFactText(
  text: string,
  { name, forms, path }: { readonly name: string; readonly forms: readonly AttributeForm[]; readonly path: DocumentPath },
  report: CheckContext['report'],
): void {
  const fault = faultOfAll(forms, (form) => valueFault(text, form))
  if (fault !== undefined) report(errorAt(path, fault.id, `${name}: ${fault.message}`))
}

function checkExpectation({ expect }: ScenarioDocument, { path, platforms }: FactPlace, { document, report }: CheckContext): void {
  if (typeof expect === 'string') return
  const reason = expect.refuse
  if (platforms.some((platform) => platform.attribute(reason) !== undefined)) return
  const names = [...Object.keys(document.guardrails), ...Object.keys(document.workloads), ...OTHER_REASONS]
  if (names.includes(reason) || isRule(reason, document.grants)) return
  const known = [...names, ...platforms.flatMap((platform) => platform.attributeNames)]
  const message = `no attribute, guardrail or rule is called ${quoted(reason)}${suggestion(reason, known)}`
  report(errorAt([...path, 'expect', 'refuse'], 'undefined-name', message))
}

function isRule(name: string, grants: CheckContext['document']['grants']): boolean {
  const [grantName = '', index = '', ...rest] = name.split('/')
  const grant = entryOf(grants, grantName)
  return grant !== undefined && rest.length === 0 && /^(0|[1-9][0-9]{0,5})$/.test(index) && Number(index) < grant.allow.length
}
