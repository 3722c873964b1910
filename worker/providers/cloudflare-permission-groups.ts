/**
 * Names of permission groups, turned into ids. Ids in a policy need no call; names cost one look-up, which the isolate remembers for an hour by account.
 * A name that fits no group of the resource's sort, or more than one, is refused: nothing is guessed.
 */
import * as z from 'zod'
import { CLOUDFLARE_ID, type CloudflareTokenConnection, type CloudflareTokenScope } from '../../shared/kinds/cloudflare-token.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import { refused, unexpectedShape } from './answer.ts'
import { callCloudflare, cloudflareApiUrl, readEnvelope } from './cloudflare-call.ts'
import { resourceScope } from './cloudflare-policies.ts'
import type { HttpDeps, UpstreamAnswer } from './http.ts'
import { type CacheEntry, isolateCache } from './isolate-cache.ts'
import type { UpstreamRefusal } from './provider.ts'

interface PermissionGroup {
  readonly id: string
  readonly name: string
  /** Sorts of resource it works on, such as `com.cloudflare.api.account.zone`; empty when Cloudflare does not say. */
  readonly scopes: readonly string[]
}

const MAX_ACCOUNTS = 64
const MAX_AGE: Seconds = 3600
/** How long a list that lacks a name is believed before it is fetched again. */
const MIN_AGE: Seconds = 60
const remembered = isolateCache<readonly PermissionGroup[]>(MAX_ACCOUNTS, MAX_AGE)

const groupsResult = z.array(
  z.looseObject({ id: z.string().regex(CLOUDFLARE_ID), name: z.string(), scopes: z.array(z.string()).default([]) }),
)

/** The account whose groups are meant, and the token to ask with. */
export interface GroupSource {
  readonly connection: CloudflareTokenConnection
  readonly parentToken: string
}

/** The ids of a scope's permission groups, in its order. At most one call, none when all are ids or the isolate remembers the names. */
export async function permissionGroupIds(
  scope: CloudflareTokenScope,
  source: GroupSource,
  deps: HttpDeps,
): Promise<Result<readonly string[], UpstreamRefusal>> {
  if (scope.permissions.every((group) => CLOUDFLARE_ID.test(group))) return ok(scope.permissions)
  const key = `${cloudflareApiUrl(source.connection)} ${source.connection.account_id}`
  const known = remembered.get(key, deps.now())
  if (known !== undefined) {
    const ids = resolve(scope, known.value)
    if (ids.ok || isFresh(known, deps)) return ids
  }
  const groups = await fetchGroups(source, deps)
  if (!groups.ok) return groups
  remembered.set(key, groups.value, deps.now())
  return resolve(scope, groups.value)
}

function isFresh(entry: CacheEntry<unknown>, deps: HttpDeps): boolean {
  return deps.now() - entry.at < MIN_AGE
}

async function fetchGroups(
  { connection, parentToken }: GroupSource,
  deps: HttpDeps,
): Promise<Result<readonly PermissionGroup[], UpstreamRefusal>> {
  const answer = await callCloudflare({ method: 'GET', path: '/tokens/permission_groups', parentToken }, connection, deps)
  return answer.ok ? readGroups(answer.value) : answer
}

function readGroups(answer: UpstreamAnswer): Result<readonly PermissionGroup[], UpstreamRefusal> {
  const result = readEnvelope(answer)
  if (!result.ok) return result
  const parsed = groupsResult.safeParse(result.value)
  return parsed.success ? ok(parsed.data) : err(unexpectedShape(answer.status))
}

/** Several groups may bear one name; the sort of resource must single one out. */
function resolve(scope: CloudflareTokenScope, groups: readonly PermissionGroup[]): Result<readonly string[], UpstreamRefusal> {
  const wanted = resourceScope(scope.resources)
  const ids: string[] = []
  for (const permission of scope.permissions) {
    const fitting = groups.filter(({ name, scopes }) => name === permission && (scopes.length === 0 || scopes.includes(wanted)))
    const [only, ...others] = CLOUDFLARE_ID.test(permission) ? [{ id: permission }] : fitting
    if (only === undefined) return err(refused(`no permission group "${permission}" for these resources`))
    if (others.length > 0) return err(refused(`more than one permission group "${permission}": name it by id`))
    ids.push(only.id)
  }
  return ok(ids)
}
