/**
 * From a checked document to a policy ready for judgement. Grants, connections and workloads are resolved at their first use and kept, so loading
 * costs the same for ten grants and for a hundred thousand. It judges nothing again: a document that was not checked is a fault.
 */
import { isKindName, kindOf } from '../kinds/index.ts'
import { platforms } from '../platforms/index.ts'
import type { Platform } from '../platforms/platform.ts'
import { parseDuration, type Seconds } from '../units.ts'
import { compilePattern } from './pattern.ts'
import type {
  Condition,
  Connection,
  Grant,
  Guardrail,
  Issuer,
  Limits,
  Policy,
  PolicyDigest,
  Rule,
  Tripwires,
  WorkloadRecord,
} from './policy.ts'
import {
  entryOf,
  type GrantDocument,
  type GuardrailDocument,
  type IssuerDocument,
  kindSettings,
  oneLine,
  type PolicyDocument,
  type Records,
  type RuleDocument,
  type TripwiresDocument,
  textsOf,
  type WorkloadDocument,
} from './schema.ts'
import { readSettings } from './settings.ts'
import { workloadIndex } from './workload-index.ts'

/** A digest given as a function is worked out when somebody first asks for it. */
export function loadPolicy(document: PolicyDocument, digest: PolicyDigest | (() => PolicyDigest)): Policy {
  const issuers = Object.entries(document.issuers).map(([name, issuer]) => loadIssuer(name, issuer))
  const byName = new Map(issuers.map((issuer) => [issuer.name, issuer]))
  const workload = kept((name) => loadWorkload(name, document, byName))
  const connection = kept((name) => loadConnection(name, document))
  const conditionsOf = keptConditions()
  const grant = kept((name) => {
    const written = entryOf(document.grants, name)
    return written === undefined ? undefined : loadGrant(name, written, { workload, connection, conditionsOf })
  })
  let grantNames: readonly string[] | undefined
  const platformsInUse = [...new Set(issuers.map(({ platform }) => platform))]
  return {
    get digest() {
      return typeof digest === 'string' ? digest : digest()
    },
    settings: readSettings(document.settings),
    issuers: new Map(issuers.map((issuer) => [issuer.url, issuer])),
    guardrails: Object.entries(document.guardrails).map(([name, guardrail]) => loadGuardrail(name, guardrail, platformsInUse)),
    tripwires: loadTripwires(document.tripwires),
    grant,
    connection,
    workload,
    workloadsOf: workloadIndex(document.workloads, workload),
    get grantNames() {
      grantNames ??= Object.keys(document.grants)
      return grantNames
    },
    get connectionNames() {
      return Object.keys(document.connections)
    },
    get workloadNames() {
      return Object.keys(document.workloads)
    },
  }
}

type Lookup<T> = (name: string) => T | undefined

interface Resolved {
  readonly workload: Lookup<WorkloadRecord>
  readonly connection: Lookup<Connection>
  readonly conditionsOf: (platform: Platform) => RuleConditions
}

/** The conditions that rules for one platform state, and those that hold where a rule states none. Rules that say the same share one. */
interface RuleConditions {
  readonly stated: (attribute: string, value: unknown) => Condition
  readonly defaults: readonly Condition[]
}

function keptConditions(): Resolved['conditionsOf'] {
  const byPlatform = new Map<Platform, RuleConditions>()
  return (platform) => {
    const known = byPlatform.get(platform) ?? ruleConditions(platform)
    byPlatform.set(platform, known)
    return known
  }
}

function ruleConditions(platform: Platform): RuleConditions {
  const made = new Map<string, Condition>()
  const defaults = [...platform.ruleDefaults].map(
    ([attribute, texts]): Condition => ({ ...loadCondition(attribute, texts, [platform]), byDefault: true }),
  )
  const stated: RuleConditions['stated'] = (attribute, value) => {
    const key = typeof value === 'string' ? `${attribute}=${value}` : `${attribute} ${JSON.stringify(value)}`
    const condition = made.get(key) ?? loadCondition(attribute, textsOf(value), [platform])
    made.set(key, condition)
    return condition
  }
  return { stated, defaults }
}

/** A look-up that does its work once a name. Names that give nothing are not kept: strangers choose them. */
function kept<T>(make: Lookup<T>): Lookup<T> {
  const made = new Map<string, T>()
  return (name) => {
    const known = made.get(name)
    if (known !== undefined) return known
    const value = make(name)
    if (value !== undefined) made.set(name, value)
    return value
  }
}

function defined<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TypeError(`the policy was loaded without being checked: ${what}`)
  return value
}

function loadIssuer(name: string, { platform, url, owners, audience, jwks }: IssuerDocument): Issuer {
  const optional = { ...(audience === undefined ? {} : { audience }), ...(jwks === undefined ? {} : { jwks }) }
  return { name, url, platform: platforms[platform], owners, ...optional }
}

function loadWorkload(name: string, document: PolicyDocument, issuers: ReadonlyMap<string, Issuer>): WorkloadRecord | undefined {
  const written = entryOf(document.workloads, name)
  if (written === undefined) return undefined
  const issuer = defined(issuers.get(written.issuer), `issuer of workload ${name}`)
  return {
    name,
    issuer,
    is: loadConditions(written.is, [issuer.platform]),
    owner: written.owner,
    suspended: written.suspended ?? false,
    limits: loadLimits(written.limits),
  }
}

function loadConnection(name: string, document: PolicyDocument): Connection | undefined {
  const written = entryOf(document.connections, name)
  if (written === undefined) return undefined
  const kind = defined(isKindName(written.kind) ? kindOf(written.kind) : undefined, `kind of connection ${name}`)
  return { name, kind, settings: kind.connection.parse(kindSettings(written)), owner: written.owner }
}

function loadGrant(name: string, written: GrantDocument, resolved: Resolved): Grant {
  const connection = defined(resolved.connection(written.connection), `connection of grant ${name}`)
  const perHourTotal = written.limits?.per_hour_total
  return {
    name,
    purpose: written.purpose,
    owner: written.owner,
    connection,
    scope: connection.kind.scope.parse(written.scope),
    ttl: defined<Seconds>(parseDuration(written.ttl), `ttl of grant ${name}`),
    limits: { ...loadLimits(written.limits), ...(perHourTotal === undefined ? {} : { perHourTotal }) },
    rules: written.allow.map((rule, index) => loadRule(`${name}/${index}`, rule, resolved)),
  }
}

function loadLimits({ per_job: perJob, per_hour: perHour }: WorkloadDocument['limits'] = {}): Limits {
  return { ...(perJob === undefined ? {} : { perJob }), ...(perHour === undefined ? {} : { perHour }) }
}

function loadRule(name: string, { workload: workloadName, ...stated }: RuleDocument, resolved: Resolved): Rule {
  const workload = defined(resolved.workload(workloadName), `workload of rule ${name}`)
  const known = resolved.conditionsOf(workload.issuer.platform)
  const isStated = ({ attribute }: Condition): boolean =>
    Object.hasOwn(stated, attribute) || workload.is.some((condition) => condition.attribute === attribute)
  const conditions = Object.entries(stated).map(([attribute, value]) => known.stated(attribute, value))
  return { name, workload, conditions: [...conditions, ...known.defaults.filter((condition) => !isStated(condition))] }
}

function loadGuardrail(name: string, { why, grants, forbid }: GuardrailDocument, inUse: readonly Platform[]): Guardrail {
  return { name, why: oneLine(why), appliesTo: grants === 'all' ? () => true : selects(grants), forbid: loadConditions(forbid, inUse) }
}

function loadTripwires({ canaries = [], refusals_per_minute: refusalsPerMinute, freeze = false }: TripwiresDocument): Tripwires {
  return { canaries: new Set(canaries), freeze, ...(refusalsPerMinute === undefined ? {} : { refusalsPerMinute }) }
}

function selects(selection: Exclude<GuardrailDocument['grants'], 'all'>): (grant: Grant) => boolean {
  const [names, kinds, connections] = [selection.name, selection.kind, selection.connection].map((value) => new Set(textsOf(value)))
  return (grant) =>
    names?.has(grant.name) === true || kinds?.has(grant.connection.kind.name) === true || connections?.has(grant.connection.name) === true
}

function loadConditions(written: Records<unknown>, inUse: readonly Platform[]): readonly Condition[] {
  return Object.entries(written).map(([attribute, value]) => loadCondition(attribute, textsOf(value), inUse))
}

function loadCondition(attribute: string, texts: readonly string[], inUse: readonly Platform[]): Condition {
  const form = defined(
    inUse.map((platform) => platform.attribute(attribute)).find((found) => found !== undefined),
    `attribute ${attribute}`,
  )
  const options = { foldCase: form.foldCase === true, literal: form.match === 'exact' }
  return { attribute, patterns: texts.map((text) => compilePattern(text, options)) }
}
