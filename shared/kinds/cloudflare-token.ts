/**
 * The kind `cloudflare-token`: an account-owned API token of Cloudflare with chosen permission groups on chosen resources, ended by Cloudflare
 * itself at `expires_on`. A scope names one sort of resource, because a permission group works on one sort only; it never means all by being empty.
 */
import * as z from 'zod'
import type { Result } from '../result.ts'
import { err, ok } from '../result.ts'
import type { SecretReference } from './connection-parts.ts'
import { apiUrl, secretReference } from './connection-parts.ts'
import { combineComparisons, compareSets, comparisonOf, firstOutside } from './inclusion.ts'
import type { Kind, ScopeComparison, ScopeExceeded } from './kind.ts'

export interface CloudflareTokenConnection {
  readonly account_id: string
  /** The parent token, which may create account tokens. */
  readonly token: SecretReference
  /** Default: `https://api.cloudflare.com/client/v4`. */
  readonly api_url?: string
}

/** What the token works on: the account itself, zones by id (or all zones of the account), or R2 buckets (`name`, or `jurisdiction/name`). */
export type Resources = 'account' | { readonly zones: 'all' | readonly string[] } | { readonly buckets: readonly string[] }

export interface CloudflareTokenScope {
  /** Permission groups by id (32 hex digits) or by name; ids cost no look-up. */
  readonly permissions: readonly string[]
  readonly resources: Resources
  /** Whether the token works from the caller's own address only. Default: it works from any. */
  readonly pin_address?: boolean
}

export interface CloudflareTokenAsked {
  readonly permissions?: readonly string[]
  readonly resources?: Resources
  readonly pin_address?: boolean
}

export interface CloudflareTokenCredential {
  readonly token: string
}

const MAX_LIST = 100

/** An id as Cloudflare writes them. */
export const CLOUDFLARE_ID = /^[0-9a-f]{32}$/

const cloudflareId = z.string().regex(CLOUDFLARE_ID, 'an id of 32 hex digits')
const permissionGroup = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9 .,:&()/_'+-]{0,118}[A-Za-z0-9)])?$/, 'the name or id of a permission group')
const bucket = z
  .string()
  .regex(/^(?:[a-z]{2,16}\/)?[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]$/, 'the name of a bucket, or jurisdiction/name such as eu/logs')

function listOf(member: z.ZodType<string>): z.ZodType<readonly string[]> {
  return z
    .array(member)
    .min(1, 'at least one: an empty list never means all')
    .max(MAX_LIST, `at most ${MAX_LIST}`)
    .refine((members) => new Set(members).size === members.length, 'each one once')
}

const resources: z.ZodType<Resources> = z.union(
  [
    z.literal('account'),
    z.strictObject({ zones: z.union([z.literal('all'), listOf(cloudflareId)]) }),
    z.strictObject({ buckets: listOf(bucket) }),
  ],
  { error: 'account, { zones: all }, { zones: [id..] } or { buckets: [name..] }' },
)

const connection: z.ZodType<CloudflareTokenConnection> = z.strictObject({
  account_id: cloudflareId.describe('The account its tokens are for.'),
  token: secretReference.describe('A token that may create tokens.'),
  api_url: apiUrl.exactOptional(),
})

const asked: z.ZodType<CloudflareTokenAsked> = z
  .strictObject({
    permissions: listOf(permissionGroup).exactOptional(),
    resources: resources.exactOptional(),
    pin_address: z.boolean().exactOptional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'permissions, resources or pin_address')

/** A resource as strings: its sort, and its members; `undefined` members stand for all of that sort. */
interface ResourceSet {
  readonly sort: 'account' | 'zones' | 'buckets'
  readonly members: readonly string[] | undefined
}

function setOf(given: Resources): ResourceSet {
  if (given === 'account') return { sort: 'account', members: undefined }
  if ('zones' in given) return { sort: 'zones', members: given.zones === 'all' ? undefined : given.zones }
  return { sort: 'buckets', members: given.buckets }
}

function narrowResources(scope: Resources, wanted: Resources): Result<Resources, ScopeExceeded> {
  const [limit, given] = [setOf(scope), setOf(wanted)]
  if (limit.sort !== given.sort) return err({ field: 'resources', asked: given.sort })
  const { members } = limit
  if (members === undefined) return ok(wanted)
  const field = `resources.${given.sort}`
  if (given.members === undefined) return err({ field, asked: 'all' })
  const beyond = firstOutside(given.members, members)
  return beyond === undefined ? ok(wanted) : err({ field, asked: beyond })
}

function narrow(scope: CloudflareTokenScope, wanted: CloudflareTokenAsked): Result<CloudflareTokenScope, ScopeExceeded> {
  const permissions = wanted.permissions ?? scope.permissions
  const beyond = firstOutside(permissions, scope.permissions)
  if (beyond !== undefined) return err({ field: 'permissions', asked: beyond })
  const where = narrowResources(scope.resources, wanted.resources ?? scope.resources)
  if (!where.ok) return where
  if (scope.pin_address === true && wanted.pin_address === false) return err({ field: 'pin_address', asked: 'false' })
  const pinned = scope.pin_address === true || wanted.pin_address === true
  return ok({ permissions, resources: where.value, ...(pinned ? { pin_address: true } : {}) })
}

function compareResources(base: Resources, head: Resources): ScopeComparison {
  const [before, after] = [setOf(base), setOf(head)]
  if (before.sort !== after.sort) return 'other'
  if (before.members !== undefined && after.members !== undefined) return compareSets(before.members, after.members)
  return comparisonOf(before.members === undefined, after.members === undefined)
}

/** How the scope `head` relates to the scope `base`. */
function compare(base: CloudflareTokenScope, head: CloudflareTokenScope): ScopeComparison {
  const [pinnedBefore, pinnedAfter] = [base.pin_address === true, head.pin_address === true]
  return combineComparisons([
    compareSets(base.permissions, head.permissions),
    compareResources(base.resources, head.resources),
    comparisonOf(pinnedAfter || !pinnedBefore, pinnedBefore || !pinnedAfter),
  ])
}

function summary(scope: CloudflareTokenScope): string {
  const { sort, members } = setOf(scope.resources)
  const where = sort === 'account' ? 'the account' : members === undefined ? `all ${sort}` : `${sort} ${members.join(', ')}`
  const from = scope.pin_address === true ? " from the caller's address" : ''
  return `${scope.permissions.join(', ')} on ${where}${from}`
}

export const cloudflareToken = {
  name: 'cloudflare-token',
  tokenType: 'urn:ietf:params:oauth:token-type:access_token',
  bearer: 'Bearer',
  connection,
  scope: z.strictObject({
    permissions: listOf(permissionGroup).describe('Permission groups of Cloudflare, by name or id.'),
    resources: resources.describe('What they hold for: the account, zones, or R2 buckets.'),
    pin_address: z.boolean().describe('true: good from the address of the caller alone.').exactOptional(),
  }),
  asked,
  credential: z.strictObject({ token: z.string().min(1) }),
  secrets: ['token'],
  lifetime: { min: 1, max: 86_400, enforced: 'upstream' },
  revocation: 'broker',
  minted: 'upstream',
  holderKey: false,
  encode: (credential) => credential.token,
  narrow,
  compare,
  summary,
  secretNames: (given) => [given.token.secret],
} as const satisfies Kind<
  'cloudflare-token',
  CloudflareTokenConnection,
  CloudflareTokenScope,
  CloudflareTokenAsked,
  CloudflareTokenCredential,
  'broker'
>
