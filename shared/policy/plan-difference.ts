/**
 * Whom one access lets in and another does not: for each rule of the first, and each sort of event it names, a run outside the second, or the proof that
 * there is none. A rule's runs that an earlier rule's witness stands for already are not told twice.
 */

import { conditionHolds } from './condition.ts'
import { textSet } from './language.ts'
import { type NearAreas, nearAreas } from './near-areas.ts'
import { compilePattern, sameText } from './pattern.ts'
import type { Access, GuardArea, RuleArea } from './plan-access.ts'
import { type Area, findOutside, type Outside } from './witness.ts'
import { type AttributeTest, EVERYWHERE, type FoundRun, type Region, within } from './witness-region.ts'

/** A run that the rule lets in. */
export interface Difference {
  readonly area: RuleArea
  readonly run: FoundRun
}

export interface Gained {
  readonly found: readonly Difference[]
  /** There are more than are listed. */
  readonly isCut: boolean
}

/** A grant with very many rules does not make a very long plan. */
const MAX_DIFFERENCES = 20

export function findDifferences(gainer: Access, other: Access): Gained | 'undecided' {
  const known = { rules: keysOf(other.rules), guards: keysOf(other.guards), own: keysOf(gainer.guards) }
  const newlyFree = other.guards.filter(({ key }) => !known.own.has(key))
  const found: Difference[] = []
  const [told, others] = [nearAreas(), nearAreas(other.rules)]
  for (const area of gainer.rules) {
    if (known.rules.has(area.key) && newlyFree.length === 0) continue
    if (found.length >= MAX_DIFFERENCES) return { found, isCut: true }
    const ofRule = differencesOf(area, { guards: gainer.guards, others, newlyFree, told })
    if (ofRule === 'undecided') return 'undecided'
    found.push(...ofRule)
    if (ofRule.length > 0) told.add(area)
  }
  return { found, isCut: false }
}

function keysOf(areas: readonly { readonly key: string }[]): ReadonlySet<string> {
  return new Set(areas.map(({ key }) => key))
}

interface Against {
  /** What the gainer's own guardrails stop. */
  readonly guards: readonly GuardArea[]
  /** The rules of the other. */
  readonly others: NearAreas
  /** Guardrails of the other that the gainer does not have: what they forbid may be new. */
  readonly newlyFree: readonly GuardArea[]
  readonly told: NearAreas
}

function differencesOf(area: RuleArea, against: Against): readonly Difference[] | 'undecided' {
  const found: Difference[] = []
  const known = { ...EVERYWHERE, usual: usualTexts(area) }
  for (const events of eventSorts(area)) {
    const region = within(known, [...area.tests, ...events])
    const run = findRun(region, area, against)
    if (run === 'undecided') return 'undecided'
    if (run !== 'none') found.push({ area, run })
  }
  return found
}

/** Runs that no rule of the other lets in; else runs that a guardrail of the other stops. */
function findRun(region: Region, area: RuleArea, { guards, others, newlyFree, told }: Against): FoundRun | 'none' | 'undecided' {
  const closed: readonly Area[] = [...guards, ...told.near(area)]
  const inNoRule = nicest(region, [...closed, ...others.near(area)], area)
  if (inNoRule !== 'none') return inNoRule
  for (const guard of newlyFree) {
    const stopped = nicest(within(region, guard.tests), closed, area)
    if (stopped !== 'none') return stopped
  }
  return 'none'
}

/** A run of the region outside the areas; where there is a choice, one a reader recognises. */
function nicest(region: Region, areas: readonly Area[], area: RuleArea): FoundRun | 'none' | 'undecided' {
  const first = findOutside(region, areas, area.model)
  if (typeof first === 'string') return first
  let best: Outside = first
  const prefer = (choices: readonly (readonly AttributeTest[])[]): void => {
    for (const tests of choices) {
      const better = findOutside(within(best.region, tests), areas, area.model)
      if (typeof better === 'string') continue
      best = better
      return
    }
  }
  if (!hasKnownName(best.run, area)) prefer(knownNames(area))
  if (!hasKnownOwner(best.run, area)) prefer(knownOwners(area))
  return best.run
}

/** The repository as its workload names it, else one of an owner in the fence. */
function usualTexts({ rule, issuer }: RuleArea): Region['usual'] {
  const { repository } = issuer.platform.roles
  const stated = rule.workload.is.find(({ attribute }) => attribute === repository)?.patterns ?? []
  const names = stated.filter(({ automaton }) => automaton === undefined).map(({ text }) => text)
  return new Map([[repository, [...names, ...issuer.owners.slice(0, 1).map(({ name }) => `${name}/app`)]]])
}

/** The repository has a name its workload knows. */
function hasKnownName(run: FoundRun, { rule, issuer }: RuleArea): boolean {
  const { repository } = issuer.platform.roles
  return rule.workload.is.every((condition) => condition.attribute !== repository || conditionHolds(condition, run))
}

function knownNames({ rule, issuer }: RuleArea): readonly (readonly AttributeTest[])[] {
  const { repository } = issuer.platform.roles
  const names = rule.workload.is.filter(({ attribute }) => attribute === repository).flatMap(({ patterns }) => patterns)
  return [
    [
      testOf(
        repository,
        names.map(({ text }) => text),
        true,
      ),
    ],
  ]
}

/** The owner has the name that the fence has for its id. */
function hasKnownOwner(run: FoundRun, { issuer }: RuleArea): boolean {
  const { roles } = issuer.platform
  const [id, owner = ''] = [run.get(roles.ownerId), run.get(roles.owner)]
  return issuer.owners.some((fenced) => fenced.id === id && sameText(fenced.name, owner, true))
}

function knownOwners({ issuer }: RuleArea): readonly (readonly AttributeTest[])[] {
  const { roles } = issuer.platform
  const owners = issuer.owners.slice(0, MAX_PREFERRED_OWNERS)
  return owners.map(({ name, id }) => [testOf(roles.repository, [`${name}/*`], true), testOf(roles.ownerId, [id])])
}

const MAX_PREFERRED_OWNERS = 8

function testOf(attribute: string, texts: readonly string[], foldCase = false): AttributeTest {
  const set = textSet(texts.map((text) => compilePattern(text, { foldCase })))
  return { attribute, set, key: `${attribute}=${set.key}` }
}

const ANY_EVENT: readonly (readonly AttributeTest[])[] = [[]]

/** The events a rule names: the everyday ones together, every other on its own, so that no witness of the one hides the other. */
function eventSorts({ tests, issuer }: RuleArea): readonly (readonly AttributeTest[])[] {
  const { event: name } = issuer.platform.roles
  const named = tests.filter(({ attribute }) => attribute === name).flatMap(({ set }) => set.texts)
  const everyday = issuer.platform.ruleDefaults.get(name) ?? []
  if (named.every((event) => everyday.includes(event))) return ANY_EVENT
  const usual = named.filter((event) => everyday.includes(event))
  const others = [...new Set(named.filter((event) => !everyday.includes(event)))]
  const sorts = [...(usual.length > 0 ? [usual] : []), ...others.map((event) => [event])]
  return sorts.length < 2 ? [[]] : sorts.map((events) => [testOf(name, events)])
}
