/**
 * Is this caller that workload? Attributes are compared as everywhere, with one difference: where a workload names a repository's id, the id decides.
 * A repository under a new name of the same owner is followed and noted; a name that another id took over, and an id that another owner took over, are not.
 */
import { conditionHolds, type Failure, failureOf } from './condition.ts'
import { sameText } from './pattern.ts'
import type { Caller, Condition, Note, WorkloadRecord } from './policy.ts'

export type Identified =
  | { readonly matches: true; readonly notes: readonly Note[] }
  | { readonly matches: false; readonly failures: readonly Failure[] }

const HINTS = {
  reregistered: 'this name belongs to a re-registered repository: the policy pins the id of another one',
  transferred: 'the repository was transferred: the policy knows its id under another owner',
} as const

export function identify(workload: WorkloadRecord, caller: Caller): Identified {
  if (caller.issuer.url !== workload.issuer.url) {
    return { matches: false, failures: [{ attribute: 'issuer', seen: caller.issuer.url, expected: [workload.issuer.url] }] }
  }
  const failed = failedConditions(workload, caller)
  const { repository, repositoryId } = workload.issuer.platform.roles
  const id = conditionOn(workload, repositoryId)
  if (id !== undefined && !failed.includes(id)) return identifyPinned(workload, caller, failed)
  if (failed.length === 0) return UNCHANGED
  const name = conditionOn(workload, repository)
  const isReregistered = id !== undefined && name !== undefined && !failed.includes(name)
  const hintFor = (condition: Condition): string | undefined => (isReregistered && condition === id ? HINTS.reregistered : undefined)
  return { matches: false, failures: failed.map((condition) => failureOf(condition, caller.attributes, hintFor(condition))) }
}

const UNCHANGED: Identified = { matches: true, notes: [] }
const NONE: readonly Condition[] = []

function failedConditions({ is }: WorkloadRecord, { attributes }: Caller): readonly Condition[] {
  return is.every((condition) => conditionHolds(condition, attributes))
    ? NONE
    : is.filter((condition) => !conditionHolds(condition, attributes))
}

/** The id fits: names may have changed as long as the owner is the one the policy means. */
function identifyPinned(workload: WorkloadRecord, caller: Caller, failed: readonly Condition[]): Identified {
  const { repository, owner: ownerName, ownerId } = workload.issuer.platform.roles
  const isSameOwner = hasOwner(workload, caller)
  if (isSameOwner && failed.length === 0) return UNCHANGED
  const fatal = isSameOwner ? failed.filter(({ attribute }) => attribute !== repository && attribute !== ownerName) : failed
  if (isSameOwner && fatal.length === 0) return { matches: true, notes: failed.flatMap((condition) => renameNote(condition, caller)) }
  const hintFor = ({ attribute }: Condition): string | undefined =>
    !isSameOwner && [repository, ownerName, ownerId].includes(attribute) ? HINTS.transferred : undefined
  const failures = fatal.map((condition) => failureOf(condition, caller.attributes, hintFor(condition)))
  const isOwnerTold = isSameOwner || failures.some(({ attribute }) => attribute === ownerId)
  const owner: Failure = { attribute: ownerId, seen: caller.owner.id, expected: [], hint: HINTS.transferred }
  return { matches: false, failures: isOwnerTold ? failures : [...failures, owner] }
}

/**
 * Whether the caller's owner is the one a pinned workload means: by the id it states; else by the id the fence has for the name it states;
 * else, when the fence has no such name, by the name itself. A workload that states no owner at all follows its repository anywhere in the fence.
 */
function hasOwner(workload: WorkloadRecord, { owner, attributes }: Caller): boolean {
  const id = conditionOn(workload, workload.issuer.platform.roles.ownerId)
  if (id !== undefined) return conditionHolds(id, attributes)
  const names = ownerNames(workload)
  return names.length === 0 || names.some((name) => isOwnerNamed(name, owner, workload))
}

/** The owners a workload states by name: those of its repositories, and those it states as owners, word for word. */
export function ownerNames({ is, issuer: { platform } }: WorkloadRecord): readonly string[] {
  const { roles } = platform
  const names: string[] = []
  for (const { attribute, patterns } of is) {
    if (attribute === roles.repository) for (const { text } of patterns) names.push(platform.ownerOf(text))
    if (attribute === roles.owner) for (const { text } of patterns) names.push(text)
  }
  return names
}

function isOwnerNamed(name: string, owner: Caller['owner'], { issuer }: WorkloadRecord): boolean {
  let isFenced = false
  for (const entry of issuer.owners) {
    if (!sameText(entry.name, name, true)) continue
    if (entry.id === owner.id) return true
    isFenced = true
  }
  return !isFenced && sameText(name, owner.name, true)
}

/** An owner's new name is noted where the fence is judged; here only a repository's own. */
function renameNote({ attribute, patterns }: Condition, { attributes, issuer }: Caller): readonly Note[] {
  const policyName = patterns[0]?.text
  const { repository } = issuer.platform.roles
  const tokenName = attributes.get(repository)
  if (attribute !== repository || policyName === undefined || tokenName === undefined) return []
  return [{ about: 'repository_renamed', policyName, tokenName }]
}

function conditionOn({ is }: WorkloadRecord, attribute: string): Condition | undefined {
  return is.find((condition) => condition.attribute === attribute)
}
