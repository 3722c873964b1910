/**
 * Where a policy names an owner or a repository of GitHub: the fences of its issuers and the identities of its workloads. Conditions of rules,
 * guardrails and scenarios are no identities and have no id of their own. It reads values that nobody has checked yet, because a policy without
 * ids has errors; what has another shape is passed over and left to `check`.
 */
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts'
import type { ParsedFile } from '../../shared/policy/parse.ts'
import type { DocumentPath } from '../../shared/policy/problem.ts'
import { textsOf } from '../../shared/policy/schema.ts'

export type NamedThing = 'repository' | 'owner'

/** One entry that holds a name, or several. */
export interface PinSite {
  readonly file: ParsedFile
  /** Of the entry, within its file. */
  readonly path: DocumentPath
  readonly thing: NamedThing
  readonly names: readonly string[]
  /** The key beside it that holds the ids. */
  readonly idKey: IdKey
  /** Absent: there is no such key yet. */
  readonly ids?: readonly string[]
  /** The URL of its issuer: it tells which server the names belong to. */
  readonly issuer: string
}

export const ID_KEYS = ['id', 'repository_id', 'repository_owner_id'] as const

export type IdKey = (typeof ID_KEYS)[number]

/** Every place in the order of files; issuers may stand in another file than their workloads. */
export function findPinSites(files: readonly ParsedFile[]): readonly PinSite[] {
  const issuers = new Map(files.flatMap((file) => recordsOf(file, 'issuers').flatMap(githubIssuer)))
  return files.flatMap((file) => [
    ...recordsOf(file, 'issuers').flatMap(([name, issuer]) => ownerSites(file, name, issuer)),
    ...recordsOf(file, 'workloads').flatMap(([name, workload]) => workloadSites(file, { name, workload, issuers })),
  ])
}

function recordsOf({ value }: ParsedFile, section: string): readonly (readonly [string, JsonObject])[] {
  const records = isJsonObject(value) ? value[section] : undefined
  if (!isJsonObject(records)) return []
  return Object.entries(records).flatMap(([name, record]) => (isJsonObject(record) ? [[name, record] as const] : []))
}

function githubIssuer([name, { platform, url }]: readonly [string, JsonObject]): readonly (readonly [string, string])[] {
  return platform === 'github' && typeof url === 'string' ? [[name, url]] : []
}

function ownerSites(file: ParsedFile, name: string, issuer: JsonObject): readonly PinSite[] {
  const [[, url] = ['', '']] = githubIssuer([name, issuer])
  if (url === '' || !Array.isArray(issuer.owners)) return []
  return issuer.owners.flatMap((owner: Json, index) => {
    const path = ['issuers', name, 'owners', index]
    return isJsonObject(owner) ? siteOf({ file, path, map: owner, issuer: url }, { key: 'name', idKey: 'id', thing: 'owner' }) : []
  })
}

interface Named {
  readonly name: string
  readonly workload: JsonObject
  readonly issuers: ReadonlyMap<string, string>
}

function workloadSites(file: ParsedFile, { name, workload, issuers }: Named): readonly PinSite[] {
  const issuer = typeof workload.issuer === 'string' ? issuers.get(workload.issuer) : undefined
  if (issuer === undefined || !isJsonObject(workload.is)) return []
  const place = { file, path: ['workloads', name, 'is'], map: workload.is, issuer }
  return [
    ...siteOf(place, { key: 'repository', idKey: 'repository_id', thing: 'repository' }),
    ...siteOf(place, { key: 'repository_owner', idKey: 'repository_owner_id', thing: 'owner' }),
  ]
}

interface Place {
  readonly file: ParsedFile
  readonly path: DocumentPath
  readonly map: JsonObject
  readonly issuer: string
}

interface Keys {
  readonly key: string
  readonly idKey: IdKey
  readonly thing: NamedThing
}

function siteOf({ file, path, map, issuer }: Place, { key, idKey, thing }: Keys): readonly PinSite[] {
  const names = textsOf(map[key])
  if (names.length === 0) return []
  const ids = Object.hasOwn(map, idKey) ? { ids: textsOf(map[idKey]) } : {}
  return [{ file, path: [...path, key], thing, names, idKey, issuer, ...ids }]
}
