/**
 * Which workloads a caller is. A look at those alone that name its repository, by id or by name, and at those that name none without a wildcard: its cost
 * does not grow with the number of workloads. What it finds is what `identify` says, never less and never more.
 */
import { identify } from './identity.ts'
import type { Caller, WorkloadRecord } from './policy.ts'
import { type Records, textsOf, type WorkloadDocument } from './schema.ts'

export type WorkloadsOf = (caller: Caller) => readonly WorkloadRecord[]

/** Built at the first use. */
export function workloadIndex(documents: Records<WorkloadDocument>, workload: (name: string) => WorkloadRecord | undefined): WorkloadsOf {
  let index: ReadonlyMap<string, readonly string[]> | undefined
  return (caller) => {
    index ??= indexOf(documents)
    const { attributes } = caller
    const keys = [idKey(attributes.get('repository_id') ?? ''), nameKey(attributes.get('repository') ?? ''), OTHERS]
    const names = new Set(keys.flatMap((key) => index?.get(key) ?? []))
    const records = [...names].flatMap((name) => workload(name) ?? [])
    return records.filter((record) => identify(record, caller).matches)
  }
}

const OTHERS = 'others'

const idKey = (id: string): string => `id ${id}`
/** GitHub ignores the case of names, and so does every condition on them. */
const nameKey = (name: string): string => `name ${name.toLowerCase()}`

function indexOf(documents: Records<WorkloadDocument>): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>()
  for (const [name, document] of Object.entries(documents)) {
    for (const key of keysOf(document)) {
      const names = index.get(key)
      if (names === undefined) index.set(key, [name])
      else names.push(name)
    }
  }
  return index
}

function keysOf({ is }: WorkloadDocument): readonly string[] {
  const ids = textsOf(is.repository_id)
  if (ids.length > 0) return ids.map(idKey)
  const names = textsOf(is.repository)
  return names.length === 0 || names.some((name) => name.includes('*')) ? [OTHERS] : names.map(nameKey)
}
