/** Judges what can be had: connections and grants against the schemas of their kinds, rules, lifetimes, and the guardrails above them. */
import { isKindName, KIND_NAMES, kindOf } from '../kinds/index.ts'
import { type AnyKind, SECRET_NAME } from '../kinds/kind.ts'
import { formatDuration, parseDuration } from '../units.ts'
import { checkConditions } from './check-conditions.ts'
import type { CheckContext } from './check-context.ts'
import { suggestion } from './nearest.ts'
import { type DocumentPath, errorAt } from './problem.ts'
import {
  type ConnectionDocument,
  entryOf,
  type GrantDocument,
  kindSettings,
  type RuleDocument,
  type SelectionDocument,
  textsOf,
} from './schema.ts'
import { describe, quoted, shapeProblems } from './shape-problems.ts'

export function checkConnections(context: CheckContext): void {
  for (const [name, connection] of Object.entries(context.document.connections)) {
    const path = ['connections', name]
    const kind = checkKindName(connection.kind, [...path, 'kind'], context)
    if (kind !== undefined) checkKindSettings(connection, { kind, path }, context)
  }
}

function checkKindName(name: string, path: DocumentPath, { report }: CheckContext): AnyKind | undefined {
  if (isKindName(name)) return kindOf(name)
  const hint = suggestion(name, KIND_NAMES) || `; expected one of ${KIND_NAMES.join(', ')}`
  report(errorAt(path, 'undefined-name', `unknown kind ${quoted(name)}${hint}`))
  return undefined
}

function checkKindSettings(
  connection: ConnectionDocument,
  { kind, path }: { readonly kind: AnyKind; readonly path: DocumentPath },
  context: CheckContext,
): void {
  const value = kindSettings(connection)
  const parsed = kind.connection.safeParse(value)
  if (!parsed.success) {
    const judged = { schema: kind.connection, value, path, otherwise: 'invalid-connection' } as const
    for (const problem of shapeProblems(parsed.error, judged)) context.report(problem)
    return
  }
  // INVARIANT: a policy names no other binding, whatever the kind's own schema lets through
  for (const secret of kind.secretNames(parsed.data)) {
    if (!SECRET_NAME.test(secret)) context.report(errorAt(path, 'invalid-connection', `${quoted(secret)} is no binding named UPSTREAM_*`))
  }
  // the one member of a kind that names records of the policy
  const servers = Object.hasOwn(value, 'resource_servers') ? value.resource_servers : undefined
  textsOf(servers).forEach((name, index) => {
    context.isDefined('workloads', name, [...path, 'resource_servers', index])
  })
}

export function checkGrants(context: CheckContext): void {
  for (const [name, grant] of Object.entries(context.document.grants)) {
    const path = ['grants', name]
    context.isDefined('connections', grant.connection, [...path, 'connection'])
    const connection = entryOf(context.document.connections, grant.connection)
    const kind = connection !== undefined && isKindName(connection.kind) ? kindOf(connection.kind) : undefined
    checkScope(grant, { kind, path }, context)
    checkTtl(grant, { kind, path }, context)
    grant.allow.forEach((rule, index) => {
      checkRule(rule, [...path, 'allow', index], context)
    })
  }
}

interface GrantPlace {
  readonly kind: AnyKind | undefined
  readonly path: DocumentPath
}

function checkScope({ scope: value }: GrantDocument, { kind, path: grantPath }: GrantPlace, { report }: CheckContext): void {
  const path = [...grantPath, 'scope']
  if (value === null || (typeof value === 'object' && Object.keys(value).length === 0)) {
    report(errorAt(path, 'empty', `expected a scope, found ${describe(value)}: empty never means all`))
  } else if (kind !== undefined) {
    const parsed = kind.scope.safeParse(value)
    if (parsed.success) return
    for (const problem of shapeProblems(parsed.error, { schema: kind.scope, value, path, otherwise: 'invalid-scope' })) report(problem)
  }
}

/** A lifetime that no credential of the kind can have. A longer one than the kind or `max_ttl` allows is clamped, which is for a lint to say. */
function checkTtl({ ttl }: GrantDocument, { kind, path }: GrantPlace, { report }: CheckContext): void {
  if (kind === undefined || (parseDuration(ttl) ?? 0) >= kind.lifetime.min) return
  const message = `${ttl} is shorter than a ${kind.name} credential can live, which is ${formatDuration(kind.lifetime.min)}`
  report(errorAt([...path, 'ttl'], 'ttl-out-of-range', message))
}

function checkRule({ workload, ...conditions }: RuleDocument, path: DocumentPath, context: CheckContext): void {
  context.isDefined('workloads', workload, [...path, 'workload'])
  const platforms = context.platformsOf(workload)
  checkConditions(conditions, { path, platforms }, context.report)
  const isWeak = (name: string): boolean => platforms.some(({ weakAttributes }) => weakAttributes.includes(name))
  if (Object.keys(conditions).some((name) => !isWeak(name))) return
  const weak = platforms.flatMap((platform) => platform.weakAttributes)
  const message = `expected a condition besides workload, such as ref or environment (${weak.join(' and ')} do not count)`
  context.report(errorAt(path, 'unconditional-rule', message))
}

export function checkGuardrails(context: CheckContext): void {
  const { document, report, platformsInUse } = context
  for (const [name, guardrail] of Object.entries(document.guardrails)) {
    const path = ['guardrails', name]
    if (guardrail.grants !== 'all') checkSelection(guardrail.grants, [...path, 'grants'], context)
    if (Object.keys(guardrail.forbid).length === 0) {
      report(errorAt([...path, 'forbid'], 'empty', 'expected at least one attribute: an empty prohibition would forbid everything'))
    }
    checkConditions(guardrail.forbid, { path: [...path, 'forbid'], platforms: platformsInUse }, report)
  }
}

function checkSelection(selection: SelectionDocument, path: DocumentPath, context: CheckContext): void {
  const each = (key: 'name' | 'kind' | 'connection', check: (name: string, place: DocumentPath) => void): void => {
    const value = selection[key]
    const inList = Array.isArray(value)
    textsOf(value).forEach((name, index) => {
      check(name, inList ? [...path, key, index] : [...path, key])
    })
  }
  each('name', (name, place) => context.isDefined('grants', name, place))
  each('connection', (name, place) => context.isDefined('connections', name, place))
  each('kind', (name, place) => checkKindName(name, place, context))
}
