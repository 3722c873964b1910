/**
 * Right-sizing: for each grant that was used, the narrower rules and scope that would have served every recorded ask of it. Nothing is suggested that has not
 * been put to `decide` for each of those asks. It looks back only: whether something rare is still needed is for the owner to say.
 */
import type { Json, JsonObject } from '../json.ts'
import { checkDocument } from './check-document.ts'
import { decide } from './decide.ts'
import { loadPolicy } from './load.ts'
import type { Allowed, Grant, Policy } from './policy.ts'
import { type AskEntry, callerOf } from './replay.ts'
import { type ConditionChange, narrowerConditions, type Observed } from './right-size-conditions.ts'
import { narrowerScope } from './right-size-scope.ts'
import { entryOf, type GrantDocument, type PolicyDocument } from './schema.ts'

export interface ScopeChange {
  /** In one line each. */
  readonly from: string
  readonly to: string
  /** As it would be written. */
  readonly scope: Json
}

export interface RightSize {
  readonly grant: string
  /** Recorded asks that the policy allows. */
  readonly asks: number
  /** Rules that allowed none of them, though others of the grant did. */
  readonly unusedRules: readonly string[]
  readonly conditions: readonly ConditionChange[]
  readonly scope?: ScopeChange
}

/** An ask that the policy allows, and by which rule. */
export interface AllowedAsk {
  readonly entry: AskEntry
  readonly allowed: Allowed
}

/** The recorded asks that were allowed then and are allowed by this policy. */
export function allowedAsks(entries: readonly AskEntry[], policy: Policy): readonly AllowedAsk[] {
  return entries.flatMap((entry) => {
    if (entry.type === 'refused') return []
    const caller = callerOf(entry, policy)
    const decision = caller === undefined ? undefined : decide(policy, caller, entry.grant)
    return decision?.outcome === 'allow' ? [{ entry, allowed: decision }] : []
  })
}

export function rightSizes(asks: readonly AllowedAsk[], document: PolicyDocument, policy: Policy): readonly RightSize[] {
  const byGrant = grouped(asks, ({ entry }) => entry.grant)
  const found = [...byGrant].flatMap(([name, own]) => {
    const grant = policy.grant(name)
    const suggestion = grant === undefined ? undefined : rightSize(grant, own)
    return suggestion === undefined ? [] : [suggestion]
  })
  return proved(found, byGrant, document).toSorted((a, b) => (a.grant < b.grant ? -1 : 1))
}

function rightSize(grant: Grant, asks: readonly AllowedAsk[]): RightSize | undefined {
  const byRule = grouped(asks, ({ allowed }) => allowed.rule.name)
  const rules = grant.rules.filter(({ workload }) => !workload.suspended)
  const unusedRules = rules.filter(({ name }) => !byRule.has(name)).map(({ name }) => name)
  const conditions = rules.flatMap((rule) => narrowerConditions(rule, observedIn(byRule.get(rule.name) ?? [])))
  const scope = scopeChange(grant, asks)
  if (unusedRules.length === 0 && conditions.length === 0 && scope === undefined) return undefined
  return { grant: grant.name, asks: asks.length, unusedRules, conditions, ...(scope === undefined ? {} : { scope }) }
}

function observedIn(asks: readonly AllowedAsk[]): Observed {
  const values = new Map<string, Map<string, number>>()
  for (const { entry } of asks) {
    for (const [attribute, value] of Object.entries(entry.ask.attributes)) {
      const seen = values.get(attribute) ?? new Map<string, number>()
      seen.set(value, (seen.get(value) ?? 0) + 1)
      values.set(attribute, seen)
    }
  }
  return { asks: asks.length, values }
}

function scopeChange({ connection: { kind }, scope }: Grant, asks: readonly AllowedAsk[]): ScopeChange | undefined {
  const narrower = narrowerScope(
    kind,
    scope,
    asks.map(({ entry }): JsonObject | undefined => entry.ask.asked),
  )
  return narrower === undefined ? undefined : { from: kind.summary(scope), to: kind.summary(kind.scope.parse(narrower)), scope: narrower }
}

/** Those of the suggestions under which every ask of their grant is still allowed. */
function proved(
  suggestions: readonly RightSize[],
  asks: ReadonlyMap<string, readonly AllowedAsk[]>,
  document: PolicyDocument,
): readonly RightSize[] {
  const checked = checkDocument({ ...withRightSizes(document, suggestions), scenarios: [] })
  if (!checked.ok) return []
  const policy = loadPolicy(checked.document, 'sha256:')
  return suggestions.filter(
    ({ grant }) =>
      allowedAsks(
        (asks.get(grant) ?? []).map(({ entry }) => entry),
        policy,
      ).length === asks.get(grant)?.length,
  )
}

/** The document as it would be if every suggestion were followed. */
export function withRightSizes(document: PolicyDocument, suggestions: readonly RightSize[]): PolicyDocument {
  const grants: Record<string, GrantDocument> = { ...document.grants }
  for (const suggestion of suggestions) {
    const written = entryOf(document.grants, suggestion.grant)
    if (written !== undefined) grants[suggestion.grant] = withRightSize(written, suggestion)
  }
  return { ...document, grants }
}

function withRightSize(written: GrantDocument, { grant, unusedRules, conditions, scope }: RightSize): GrantDocument {
  const allow = written.allow.flatMap((rule, index) => {
    const name = `${grant}/${index}`
    if (unusedRules.includes(name)) return []
    const own = conditions.filter((change) => change.rule === name)
    return [{ ...rule, ...Object.fromEntries(own.map(({ attribute, to }) => [attribute, [...to]])) }]
  })
  return { ...written, allow, ...(scope === undefined ? {} : { scope: scope.scope }) }
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
