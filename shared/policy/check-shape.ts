/**
 * The first half of the check: is each record of the shape its section wants? One malformed record hides no other, and every problem is reported.
 * What comes out holds the well-shaped records alone, with the names of all: a malformed record is still a defined one.
 */
import type * as z from 'zod'
import { isJsonObject, type JsonObject } from '../json.ts'
import { type DocumentPath, errorAt, errorAtKey, type Problem } from './problem.ts'
import {
  LANGUAGE_VERSION,
  NAME,
  type PolicyDocument,
  type Records,
  type ScenarioDocument,
  SECTIONS,
  type SectionName,
  scenarioSchema,
  settingsSchema,
  TOP_LEVEL_KEYS,
  tripwiresSchema,
} from './schema.ts'
import { describe, quoted, shapeProblems, unknownKey } from './shape-problems.ts'

export interface Shaped {
  /** Whole only when there are no problems. */
  readonly document: PolicyDocument
  /** Every name a section defines, well-shaped or not. */
  readonly names: Readonly<Record<SectionName, ReadonlySet<string>>>
  /** The index in the document of each scenario kept. */
  readonly scenarioIndexes: readonly number[]
}

export type Report = (problem: Problem) => void

export function checkShape(value: unknown, report: Report): Shaped {
  if (!isJsonObject(value)) {
    report(errorAt([], 'wrong-type', `expected a mapping with any of ${TOP_LEVEL_KEYS.join(', ')}, found ${describe(value)}`))
  }
  const top = isJsonObject(value) ? value : { jobpass: LANGUAGE_VERSION }
  for (const key of Object.keys(top)) if (!isTopLevelKey(key)) report(unknownKey(key, [], TOP_LEVEL_KEYS))
  checkVersion(top.jobpass, report)
  const scenarios = shapeScenarios(top.scenarios, report)
  return {
    document: {
      jobpass: LANGUAGE_VERSION,
      settings: shapeOne(settingsSchema, top.settings === undefined ? {} : top.settings, ['settings'], report) ?? {},
      issuers: shapeSection('issuers', SECTIONS.issuers, top, report),
      workloads: shapeSection('workloads', SECTIONS.workloads, top, report),
      connections: shapeSection('connections', SECTIONS.connections, top, report),
      grants: shapeSection('grants', SECTIONS.grants, top, report),
      guardrails: shapeSection('guardrails', SECTIONS.guardrails, top, report),
      tripwires: shapeOne(tripwiresSchema, top.tripwires === undefined ? {} : top.tripwires, ['tripwires'], report) ?? {},
      scenarios: scenarios.map(({ scenario }) => scenario),
    },
    names: definedNames(top),
    scenarioIndexes: scenarios.map(({ index }) => index),
  }
}

function isTopLevelKey(key: string): boolean {
  return TOP_LEVEL_KEYS.some((known) => known === key)
}

function checkVersion(value: unknown, report: Report): void {
  if (value === LANGUAGE_VERSION) return
  if (value === undefined) report(errorAtKey([], 'missing-key', `jobpass is missing: expected "jobpass: ${LANGUAGE_VERSION}" in one file`))
  else report(errorAt(['jobpass'], 'wrong-value', `expected the language version ${LANGUAGE_VERSION}, found ${describe(value)}`))
}

/** A value its schema accepts, or nothing and its problems reported. */
function shapeOne<T>(schema: z.ZodType<T>, value: unknown, path: DocumentPath, report: Report): T | undefined {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  for (const problem of shapeProblems(parsed.error, { schema, value, path, otherwise: 'wrong-value' })) report(problem)
  return undefined
}

function shapeSection<T>(section: SectionName, schema: z.ZodType<T>, top: JsonObject, report: Report): Records<T> {
  const value = top[section]
  if (value === undefined) return {}
  if (!isJsonObject(value)) {
    report(
      errorAt([section], value === null ? 'empty' : 'wrong-type', `expected a mapping from names to ${section}, found ${describe(value)}`),
    )
    return {}
  }
  const entries: [string, T][] = []
  for (const [name, entry] of Object.entries(value)) {
    const path = [section, name]
    if (!NAME.test(name)) report(errorAtKey(path, 'invalid-name', `${quoted(name)} is no name: expected ${NAME.source}`))
    const shaped = shapeOne(schema, entry, path, report)
    if (shaped !== undefined && NAME.test(name)) entries.push([name, shaped])
  }
  return Object.fromEntries(entries)
}

function shapeScenarios(value: unknown, report: Report): readonly { scenario: ScenarioDocument; index: number }[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    report(errorAt(['scenarios'], value === null ? 'empty' : 'wrong-type', `expected a list of scenarios, found ${describe(value)}`))
    return []
  }
  return value.flatMap((entry: unknown, index) => {
    const scenario = shapeOne(scenarioSchema, entry, ['scenarios', index], report)
    return scenario === undefined ? [] : [{ scenario, index }]
  })
}

function definedNames(top: JsonObject): Shaped['names'] {
  const names = (section: SectionName): ReadonlySet<string> => {
    const value = top[section]
    return new Set(isJsonObject(value) ? Object.keys(value) : [])
  }
  return {
    issuers: names('issuers'),
    workloads: names('workloads'),
    connections: names('connections'),
    grants: names('grants'),
    guardrails: names('guardrails'),
  }
}
