/**
 * What is to be said of a place that names somebody: pinned names are held against what GitHub says now, and names without an id are resolved.
 * It judges and asks; it writes nothing. A renamed or vanished name gets no id here: which of two repositories was meant is for a person to say.
 */
import type { Finding } from '../../shared/policy/merge.ts'
import type { Severity } from '../../shared/policy/problem.ts'
import { quoted } from '../../shared/policy/shape-problems.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { GithubNames, Lookup } from './github-names.ts'
import type { Pin } from './pin-edit.ts'
import type { PinSite } from './pin-sites.ts'

export interface Judged {
  readonly findings: readonly Finding[]
  /** What to write; absent when not every name of the place could be resolved. */
  readonly pin?: Pin
}

const DECIMAL_ID = /^[1-9][0-9]{0,18}$/

export function findingAt(
  { file, path, names }: PinSite,
  index: number,
  [severity, id, message]: readonly [Severity, string, string],
): Finding {
  const at = names.length > 1 ? [...path, index] : path
  return { file: file.name, ...file.positionOf(at, 'value'), severity, id, message }
}

/** Resolves the names of a place without ids. A pattern has none, and ids beside it would shut out what it stands for. */
export async function resolveNames(site: PinSite, github: GithubNames): Promise<Result<Judged, string>> {
  const pattern = site.names.findIndex((name) => name.includes('*'))
  if (pattern >= 0) {
    const message = `${quoted(site.names[pattern] ?? '')} is a pattern: it stays without an id, and means whoever has such a name in the fence`
    return ok({ findings: [findingAt(site, pattern, ['info', 'pattern-not-pinned', message])] })
  }
  const findings: Finding[] = []
  const ids: string[] = []
  for (const [index, name] of site.names.entries()) {
    const lookup = await github.look(site.thing, name)
    if (!lookup.ok) return lookup
    if (lookup.value.outcome === 'found') ids.push(lookup.value.id)
    else findings.push(findingAt(site, index, unresolved(site, name, lookup.value)))
  }
  return ok(findings.length > 0 ? { findings } : { findings, pin: { site, ids } })
}

/** Whether the names and the ids of a place still belong together. */
export async function verifyNames(site: PinSite, github: GithubNames): Promise<Result<Judged, string>> {
  const ids = site.ids ?? []
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const [index, name] of site.names.entries()) {
    if (name.includes('*')) return ok({ findings: [] })
    const lookup = await lookPinned(site, name, github)
    if (!lookup.ok) return lookup
    if ('id' in lookup.value) seen.add(lookup.value.id)
    const problem = pinnedProblem(site, name, lookup.value)
    if (problem !== undefined) findings.push(findingAt(site, index, problem))
  }
  const idle = ids.find((id) => !seen.has(id))
  if (findings.length === 0 && idle !== undefined) {
    findings.push(
      findingAt(site, 0, ['error', 'name-and-id-differ', `the ${site.idKey} ${quoted(idle)} belongs to none of the names beside it`]),
    )
  }
  return ok({ findings })
}

/** GitHub follows no old name of an owner; its id finds the new one. */
async function lookPinned(site: PinSite, name: string, github: GithubNames): Promise<Result<Lookup, string>> {
  const lookup = await github.look(site.thing, name)
  const [id] = site.ids ?? []
  const canAskById = site.thing === 'owner' && site.names.length === 1 && id !== undefined && DECIMAL_ID.test(id)
  return lookup.ok && lookup.value.outcome === 'nothing' && canAskById ? github.ownerById(id) : lookup
}

type Told = readonly [Severity, string, string]

function pinnedProblem({ thing, idKey, ids = [] }: PinSite, name: string, lookup: Lookup): Told | undefined {
  if (!('id' in lookup)) return missing(thing, name, lookup)
  const isPinned = ids.includes(lookup.id)
  if (!isPinned) {
    const now = lookup.outcome === 'renamed' ? `leads to ${quoted(lookup.name)} with the id` : 'has the id'
    const message = `the ${thing} ${quoted(name)} ${now} "${lookup.id}", and the policy pins ${ids.map(quoted).join(', ') || 'none'} (${idKey}): another ${thing} has taken the name, or one of the two is wrong`
    return ['error', 'name-and-id-differ', message]
  }
  if (lookup.outcome === 'found') return undefined
  return [
    'warning',
    'name-changed',
    `the ${thing} ${quoted(name)} is called ${quoted(lookup.name)} now; its id is the pinned one: write the new name`,
  ]
}

function unresolved({ thing }: PinSite, name: string, lookup: Exclude<Lookup, { outcome: 'found' }>): Told {
  if (lookup.outcome !== 'renamed') return missing(thing, name, lookup)
  const message = `the ${thing} ${quoted(name)} is called ${quoted(lookup.name)} now: write the name of the one that is meant, and pin it again`
  return ['warning', 'name-changed', message]
}

function missing(thing: PinSite['thing'], name: string, lookup: Exclude<Lookup, { id: string }>): Told {
  if (lookup.outcome === 'impossible') {
    return ['error', 'name-not-found', `${quoted(name)} is nothing GitHub could call ${thing === 'owner' ? 'an owner' : 'a repository'}`]
  }
  if (lookup.outcome === 'unreadable') {
    return ['warning', 'name-not-readable', `the API answers ${lookup.status} for the ${thing} ${quoted(name)}: the token may not read it`]
  }
  return ['error', 'name-not-found', `there is no ${thing} ${quoted(name)}, or the token may not see it`]
}
