/**
 * Which grants need no comparing: those written alike in both policies, with every record they name, below guardrails and issuers written alike.
 * It only ever saves work: a grant it does not recognise is compared in full, and one it does recognise allows the same by construction.
 */
import { isJsonObject, type JsonObject } from '../json.ts'
import { entryOf, type PolicyDocument, type Records } from './schema.ts'

export type IsUnchanged = (grant: string) => boolean

export function unchangedGrants(base: PolicyDocument, head: PolicyDocument): IsUnchanged {
  if (!isAlike(base.issuers, head.issuers) || !isAlike(base.guardrails, head.guardrails)) return () => false
  if (base.settings.max_ttl !== head.settings.max_ttl) return () => false
  const isSameWorkload = alikeByName(base.workloads, head.workloads)
  const isSameConnection = alikeByName(base.connections, head.connections)
  return (name) => {
    const grant = entryOf(head.grants, name)
    if (grant === undefined || !isAlike(entryOf(base.grants, name), grant)) return false
    return isSameConnection(grant.connection) && grant.allow.every(({ workload }) => isSameWorkload(workload))
  }
}

function alikeByName(base: Records<unknown>, head: Records<unknown>): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    const answer = known.get(name) ?? isAlike(entryOf(base, name), entryOf(head, name))
    known.set(name, answer)
    return answer
  }
}

/** Written alike, in the same order: cheap, and false where order alone differs. It stops at the first difference. */
function isAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && isAlikeList(a, b)
  return isJsonObject(a) && isJsonObject(b) && isAlikeRecord(a, b)
}

function isAlikeList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => isAlike(item, b[index]))
}

function isAlikeRecord(a: JsonObject, b: JsonObject): boolean {
  const [names, others] = [Object.keys(a), Object.keys(b)]
  return names.length === others.length && names.every((name, index) => name === others[index] && isAlike(a[name], b[name]))
}
