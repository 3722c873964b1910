/**
 * Which grants could a caller have at all? An index from repositories to the grants with a rule for them, so that the hint of an unknown grant
 * costs what the caller has, not what the policy holds. It answers with too many rather than too few; `decide` has the last word.
 */
import type { Attributes } from '../platforms/platform.ts'
import { type PolicyDocument, textsOf, type WorkloadDocument } from './schema.ts'

interface Index {
  /** Workloads by pinned repository id, by literal repository name, and all others. */
  readonly byId: ReadonlyMap<string, readonly string[]>
  readonly byName: ReadonlyMap<string, readonly string[]>
  readonly others: readonly string[]
  readonly grantsOf: ReadonlyMap<string, readonly string[]>
}

/** The index is made at the first question and kept. */
export function reachableGrants(document: PolicyDocument): (attributes: Attributes) => readonly string[] {
  let index: Index | undefined
  return (attributes) => {
    index ??= makeIndex(document)
    const { byId, byName, others, grantsOf } = index
    const workloads = [
      ...(byId.get(attributes.get('repository_id') ?? '') ?? []),
      ...(byName.get((attributes.get('repository') ?? '').toLowerCase()) ?? []),
      ...others,
    ]
    return [...new Set(workloads.flatMap((workload) => grantsOf.get(workload) ?? []))]
  }
}

function makeIndex(document: PolicyDocument): Index {
  const byId = new Map<string, string[]>()
  const byName = new Map<string, string[]>()
  const others: string[] = []
  for (const [name, workload] of Object.entries(document.workloads)) {
    const ids = textsOf(workload.is.repository_id)
    const names = literalRepositories(workload)
    if (ids.length > 0) for (const id of ids) append(byId, id, name)
    else if (names.length > 0) for (const repository of names) append(byName, repository, name)
    else others.push(name)
  }
  const grantsOf = new Map<string, string[]>()
  for (const [name, grant] of Object.entries(document.grants)) {
    for (const workload of new Set(grant.allow.map((rule) => rule.workload))) append(grantsOf, workload, name)
  }
  return { byId, byName, others, grantsOf }
}

/** Folded more widely than the matcher folds, which only adds candidates. None when any of the patterns is not literal. */
function literalRepositories({ is }: WorkloadDocument): readonly string[] {
  const names = textsOf(is.repository)
  return names.some((name) => name.includes('*')) ? [] : names.map((name) => name.toLowerCase())
}

function append(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
