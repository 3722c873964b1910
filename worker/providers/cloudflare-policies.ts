/** A scope as Cloudflare writes it, and whether a token that came back says more than was ordered. Pure. */
import * as z from 'zod'
import { canonicalJson, type Json, type JsonObject } from '../../shared/json.ts'
import { parseCidr } from '../../shared/kinds/address.ts'
import type { Resources } from '../../shared/kinds/cloudflare-token.ts'
import type { CallerAddress } from './caller-address.ts'

/** What a token is ordered to be able to do: one statement, and the only address it may come from. */
export interface OrderedPolicy {
  readonly groupIds: readonly string[]
  readonly resources: JsonObject
  readonly address: CallerAddress | undefined
}

const ACCOUNT = 'com.cloudflare.api.account'
const ZONE = `${ACCOUNT}.zone`
const BUCKET = 'com.cloudflare.edge.r2.bucket'
const DEFAULT_JURISDICTION = 'default'

/** The sort of resource a permission group must work on. */
export function resourceScope(resources: Resources): string {
  if (resources === 'account') return ACCOUNT
  return 'zones' in resources ? ZONE : BUCKET
}

/** Cloudflare's names of the resources, each with `*`: everything in it. */
export function resourceNames(resources: Resources, accountId: string): JsonObject {
  if (resources === 'account') return { [`${ACCOUNT}.${accountId}`]: '*' }
  if ('buckets' in resources) return everyOne(resources.buckets.map((bucket) => bucketName(bucket, accountId)))
  if (resources.zones === 'all') return { [`${ACCOUNT}.${accountId}`]: { [`${ZONE}.*`]: '*' } }
  return everyOne(resources.zones.map((zone) => `${ZONE}.${zone}`))
}

function everyOne(names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, '*']))
}

function bucketName(bucket: string, accountId: string): string {
  const [first = '', second] = bucket.split('/')
  const [jurisdiction, name] = second === undefined ? [DEFAULT_JURISDICTION, first] : [first, second]
  return `${BUCKET}.${accountId}_${jurisdiction}_${name}`
}

/** The members of a new token that say what it may do. */
export function policyMembers({ groupIds, resources, address }: OrderedPolicy): JsonObject {
  return {
    policies: [{ effect: 'allow', permission_groups: groupIds.map((id) => ({ id })), resources }],
    ...(address === undefined ? {} : { condition: { request_ip: { in: [address.text] } } }),
  }
}

/** The same members in a token that came back, as loosely as others may define them. */
export const tokenLimits = z.looseObject({
  policies: z
    .array(
      z.looseObject({
        effect: z.string(),
        permission_groups: z.array(z.looseObject({ id: z.string() })),
        resources: z.record(z.string(), z.json()),
      }),
    )
    .optional(),
  condition: z.looseObject({ request_ip: z.looseObject({ in: z.array(z.string()).optional() }).optional() }).nullish(),
})

export type TokenLimits = z.infer<typeof tokenLimits>

/**
 * True when the token may do something, or come from somewhere, that was not ordered. Cloudflare restates a new token's limits and leaves out a
 * condition there is none of; an answer that restates nothing is not held to what it did not say.
 */
export function isWiderThan(ordered: OrderedPolicy, given: TokenLimits): boolean {
  const allowing = (given.policies ?? []).filter(({ effect }) => effect !== 'deny')
  const groups = allowing.flatMap(({ permission_groups }) => permission_groups.map(({ id }) => id))
  const resources = allowing.flatMap((policy) => Object.entries(policy.resources))
  if (!groups.every((id) => ordered.groupIds.includes(id))) return true
  if (!resources.every(([name, value]) => isOrdered(ordered.resources, name, value))) return true
  const restates = given.policies !== undefined || given.condition !== undefined
  return restates && ordered.address !== undefined && !isPinnedTo(ordered.address, given.condition?.request_ip?.in ?? [])
}

function isOrdered(resources: JsonObject, name: string, value: Json): boolean {
  return Object.hasOwn(resources, name) && canonicalJson(resources[name]) === canonicalJson(value)
}

/** Addresses are compared as numbers: the upstream may write the same one otherwise, or as a range of one. */
function isPinnedTo({ range }: CallerAddress, addresses: readonly string[]): boolean {
  return addresses.length > 0 && addresses.every((text) => isSameRange(range, parseCidr(text)))
}

function isSameRange(one: CallerAddress['range'], other: CallerAddress['range'] | undefined): boolean {
  return other !== undefined && one.family === other.family && one.first === other.first && one.last === other.last
}
