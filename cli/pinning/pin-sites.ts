/**
 * Where a policy names an owner or a repository: the fences of its issuers and the identities of its workloads. Conditions of rules,
 * guardrails and scenarios are no identities and have no id of their own. It reads values that nobody has checked yet, because a policy without
 * ids has errors; what has another shape is passed over and left to `check`.
 */
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts'
import { platforms } from '../../shared/platforms/index.ts'
import { PLATFORM_NAMES, type PlatformName } from '../../shared/platforms/platform.ts'
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
  readonly idKey: string
  /** Absent: there is no such key yet. */
  readonly ids?: readonly string[]
  /** The URL of its issuer: it tells which server the names belong to. */
  readonly issuer: string
  readonly platform: PlatformName
}

/** The keys that are written; ids of other platforms than GitHub are not looked up. */
export const ID_KEYS = ['id', 'repository_id', 'repository_owner_id'] as const

interface NamedIssuer {
  readonly url: string
  readonly platform: PlatformName
}

/** Every place in the order of files; issuers may stand in another file than their workloads. */
export function findPinSites(files: readonly ParsedFile[]): readonly PinSite[] {
  const issuers = new Map(files.flatMap((file) => recordsOf(file, 'issuers').flatMap(knownIssuer)))
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

function knownIssuer([name, { platform: named, url }]: readonly [string, JsonObject]): readonly (readonly [string, NamedIssuer])[] {
  const platform = PLATFORM_NAMES.find((one) => one === named)
  return platform !== undefined && typeof url === 'string' ? [[name, { url, platform }]] : []
}

function ownerSites(file: ParsedFile, name: string, issuer: JsonObject): readonly PinSite[] {
  const [[, known] = []] = knownIssuer([name, issuer])
  if (known === undefined || !Array.isArray(issuer.owners)) return []
  return issuer.owners.flatMap((owner: Json, index) => {
    const path = ['issuers', name, 'owners', index]
    return isJsonObject(owner) ? siteOf({ file, path, map: owner, issuer: known }, { key: 'name', idKey: 'id', thing: 'owner' }) : []
  })
}

interface Named {
  readonly name: string
  readonly workload: JsonObject
  readonly issuers: ReadonlyMap<string, NamedIssuer>
}

function workloadSites(file: ParsedFile, { name, workload, issuers }: Named): readonly PinSite[] {
  const issuer = typeof workload.issuer === 'string' ? issuers.get(workload.issuer) : undefined
  if (issuer === undefined || !isJsonObject(workload.is)) return []
  const place = { file, path: ['workloads', name, 'is'], map: workload.is, issuer }
  const { repository, repositoryId, owner, ownerId } = platforms[issuer.platform].roles
  return [
    ...siteOf(place, { key: repository, idKey: repositoryId, thing: 'repository' }),
    ...siteOf(place, { key: owner, idKey: ownerId, thing: 'owner' }),
  ]
}

interface Place {
  readonly file: ParsedFile
  readonly path: DocumentPath
  readonly map: JsonObject
  readonly issuer: NamedIssuer
}

interface Keys {
  readonly key: string
  readonly idKey: string
  readonly thing: NamedThing
}

function siteOf({ file, path, map, issuer }: Place, { key, idKey, thing }: Keys): readonly PinSite[] {
  const names = textsOf(map[key])
  if (names.length === 0) return []
  const ids = Object.hasOwn(map, idKey) ? { ids: textsOf(map[idKey]) } : {}
  return [{ file, path: [...path, key], thing, names, idKey, issuer: issuer.url, platform: issuer.platform, ...ids }]
}
