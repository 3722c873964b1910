/**
 * The inventory of a broker: every issuer, workload, connection and grant of the active policy, with whose it is, what was done with it, what is live, what is
 * overdue and what is wider than its use. Pure: policy, recorded asks, leases and the day in, one value out. It judges nobody and changes nothing.
 */
import type { Acts, Inventory, InventoryGrant, RightSizeWire } from './inventory-wire.ts'
import { ledgerParts } from './ledger-name.ts'
import { lifetimeOf } from './policy/lifetime.ts'
import { dueDate } from './policy/lints/rotation-overdue.ts'
import type { Condition, Grant, Policy, Rule } from './policy/policy.ts'
import { connectionsOf, grantsOf } from './policy/policy-records.ts'
import type { AskEntry } from './policy/replay.ts'
import { type AllowedAsk, allowedAsks, type RightSize, rightSizes } from './policy/right-size.ts'
import { entryOf, type PolicyDocument } from './policy/schema.ts'
import { formatDuration } from './units.ts'
import { countAsk, type LiveLease, NO_USE, type Usage, type Use, usageOf, useOf } from './usage.ts'

export interface InventorySubject {
  readonly document: PolicyDocument
  /** The same policy, loaded. */
  readonly policy: Policy
  /** Recorded asks of the period, in any order. */
  readonly entries: readonly AskEntry[]
  /** There were more than these. */
  readonly sampled: boolean
  readonly leases: readonly LiveLease[]
  readonly leasesCut: boolean
  /** Ledgers whose leases could not be read. */
  readonly unreachable: readonly string[]
  readonly acts: Acts
  /** RFC 3339 in UTC. */
  readonly at: string
  readonly since: string
  readonly days: number
}

export function inventoryOf(subject: InventorySubject): Inventory {
  const { policy, entries, sampled, leases, at, since, days, acts } = subject
  const usage = usageOf(entries, leases, (ledger) => ledgerParts(ledger)?.issuerUrl ?? '')
  const facts: Facts = { ...subject, usage, today: at.slice(0, 10), shown: (use) => shownUse(use, sampled) }
  return {
    policy: policy.digest,
    at,
    days,
    since,
    asks: entries.length,
    sampled,
    unreachable: [...subject.unreachable],
    leases_cut: subject.leasesCut,
    issuers: [...policy.issuers.values()].map(({ name, url, platform, owners }) => ({
      issuer: name,
      url,
      platform: platform.name,
      owners: owners.map((owner) => owner.name),
      ...facts.shown(usage.issuers.get(url)),
    })),
    workloads: workloads(facts),
    connections: connections(facts),
    grants: grants(facts),
    refusals: refusals(entries),
    strays: strays(facts),
    acts,
  }
}

interface Facts extends InventorySubject {
  readonly usage: Usage
  readonly today: string
  readonly shown: (use: Use | undefined) => Use & { readonly unused: boolean | null }
}

/** Of a sample nobody can say that something was not used. */
function shownUse(use: Use = NO_USE, sampled: boolean): Use & { readonly unused: boolean | null } {
  return { ...use, unused: use.uses > 0 ? false : sampled ? null : true }
}

function workloads({ policy, document, usage, shown }: Facts): Inventory['workloads'] {
  return policy.workloadNames.flatMap((name) => {
    const workload = policy.workload(name)
    if (workload === undefined) return []
    const { owner, issuer, is, suspended } = workload
    const contact = entryOf(document.workloads, name)?.contact ?? null
    const { refusals: _none, ...use } = shown(usage.workloads.get(name))
    return [{ workload: name, owner, contact, issuer: issuer.name, is: conditionsText(is), suspended, ...use }]
  })
}

function connections({ policy, document, usage, today, shown }: Facts): Inventory['connections'] {
  return connectionsOf(policy).map(({ name, kind, owner, settings }) => {
    const written = entryOf(document.connections, name)
    const secrets = [...kind.secretNames(settings)]
    const { every = null, last = null } = written?.rotation ?? {}
    const due = every === null || last === null ? null : (dueDate(last, every) ?? null)
    return {
      connection: name,
      owner,
      contact: written?.contact ?? null,
      kind: kind.name,
      stored_secrets: secrets,
      rotation_every: every,
      rotation_last: last,
      rotation_due: due,
      rotation_overdue: due !== null && due < today,
      no_end: secrets.length > 0 && last === null,
      ...shown(usage.connections.get(name)),
    }
  })
}

function grants(facts: Facts): InventoryGrant[] {
  const { policy, document, entries } = facts
  const asks = allowedAsks(entries, policy)
  const byRule = ruleUses(asks)
  const sizes = new Map(rightSizes(asks, document, policy).map((size) => [size.grant, size]))
  return grantsOf(policy).map((grant) => shownGrant(grant, { facts, byRule, size: sizes.get(grant.name) }))
}

interface GrantFacts {
  readonly facts: Facts
  readonly byRule: ReadonlyMap<string, Use>
  readonly size: RightSize | undefined
}

function shownGrant(grant: Grant, { facts: { document, policy, usage, today, shown }, byRule, size }: GrantFacts): InventoryGrant {
  const { name, owner, purpose, connection, scope, rules } = grant
  const { contact = null, review = null } = entryOf(document.grants, name) ?? {}
  return {
    grant: name,
    owner,
    contact,
    purpose,
    connection: connection.name,
    kind: connection.kind.name,
    gives: connection.kind.summary(scope),
    ttl: formatDuration(lifetimeOf(grant, policy.settings)),
    review,
    review_overdue: review !== null && review < today,
    ...shown(usage.grants.get(name)),
    rules: rules.map((rule) => shownRule(rule, byRule.get(rule.name))),
    right_size: size === undefined ? null : shownSize(size),
  }
}

function shownRule({ name, workload, conditions }: Rule, { uses, first_use, last_use }: Use = NO_USE): InventoryGrant['rules'][number] {
  return { rule: name, workload: workload.name, when: conditionsText(conditions), suspended: workload.suspended, uses, first_use, last_use }
}

function shownSize({ asks, unusedRules, conditions, scope }: RightSize): RightSizeWire {
  return {
    asks,
    unused_rules: [...unusedRules],
    conditions: conditions.map(({ rule, attribute, from, to }) => ({ rule, attribute, from: [...from], to: [...to] })),
    scope: scope === undefined ? null : { from: scope.from, to: scope.to, scope: JSON.parse(JSON.stringify(scope.scope)) },
  }
}

/** By the rule that allows each ask now, whatever it was called then. */
function ruleUses(asks: readonly AllowedAsk[]): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>()
  for (const { entry, allowed } of asks) countAsk(useOf(uses, allowed.rule.name), entry.at, false)
  return uses
}

/** `ref is refs/heads/main or refs/tags/v*, environment is production`; what only the platform's default says stands last. */
function conditionsText(conditions: readonly Condition[]): string {
  const stated = conditions.filter(({ byDefault }) => byDefault !== true)
  const assumed = conditions.filter(({ byDefault }) => byDefault === true)
  return [...stated.map(conditionText), ...assumed.map((condition) => `${conditionText(condition)} (by default)`)].join(', ')
}

function conditionText({ attribute, patterns }: Condition): string {
  return `${attribute} is ${patterns.map(({ text }) => text).join(' or ')}`
}

function refusals(entries: readonly AskEntry[]): Inventory['refusals'] {
  const counts = new Map<string, Inventory['refusals'][number]>()
  for (const { type, code = '', grant, at } of entries) {
    if (type !== 'refused') continue
    const key = JSON.stringify([code, grant])
    const before = counts.get(key)
    const last = before === undefined || at > before.last ? at : before.last
    counts.set(key, { code, grant, refusals: (before?.refusals ?? 0) + 1, last })
  }
  return [...counts.values()].sort((a, b) => b.refusals - a.refusals || (a.grant < b.grant ? -1 : 1))
}

function strays({ policy, leases }: Facts): Inventory['strays'] {
  const counts = new Map<string, Inventory['strays'][number]>()
  for (const { grant, workload, connection } of leases) {
    const isKnown =
      policy.grant(grant) !== undefined && policy.workload(workload) !== undefined && policy.connection(connection) !== undefined
    if (isKnown) continue
    const key = JSON.stringify([grant, workload, connection])
    counts.set(key, { grant, workload, connection, live: (counts.get(key)?.live ?? 0) + 1 })
  }
  return [...counts.values()]
}
