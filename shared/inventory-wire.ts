/**
 * The inventory as it is answered and read: what the active policy names, with what was done with it in a period and what is live. One definition for the
 * broker that writes it and the command line that reads it. Loose: a later broker may say more.
 */
import * as z from 'zod'

const day = z.string().nullable()

/** Of the recorded asks of the period. `null` times: none. `unused` is `null` where only a sample was read, so nobody can say. */
const use = {
  uses: z.int(),
  first_use: z.string().nullable(),
  last_use: z.string().nullable(),
  unused: z.boolean().nullable(),
  live: z.int(),
}

/** A refused caller is no workload yet, so refusals are counted by the rest. */
const refusable = { ...use, refusals: z.int() }

const kept = { owner: z.string(), contact: z.string().nullable() }

const rightSize = z.looseObject({
  asks: z.int(),
  unused_rules: z.array(z.string()),
  conditions: z.array(z.looseObject({ rule: z.string(), attribute: z.string(), from: z.array(z.string()), to: z.array(z.string()) })),
  scope: z.looseObject({ from: z.string(), to: z.string(), scope: z.json() }).nullable(),
})

const rule = z.looseObject({
  rule: z.string(),
  workload: z.string(),
  /** Its conditions in words. */
  when: z.string(),
  suspended: z.boolean(),
  uses: z.int(),
  first_use: z.string().nullable(),
  last_use: z.string().nullable(),
})

const grant = z.looseObject({
  grant: z.string(),
  ...kept,
  purpose: z.string(),
  connection: z.string(),
  kind: z.string(),
  /** Scope in one line. */
  gives: z.string(),
  ttl: z.string(),
  review: day,
  review_overdue: z.boolean(),
  ...refusable,
  rules: z.array(rule),
  right_size: rightSize.nullable(),
})

const workload = z.looseObject({
  workload: z.string(),
  ...kept,
  issuer: z.string(),
  is: z.string(),
  suspended: z.boolean(),
  ...use,
})

const connection = z.looseObject({
  connection: z.string(),
  ...kept,
  kind: z.string(),
  /** Names of the secrets it rests on; never a secret. */
  stored_secrets: z.array(z.string()),
  rotation_every: z.string().nullable(),
  rotation_last: day,
  rotation_due: day,
  rotation_overdue: z.boolean(),
  /** It rests on a stored secret, and nothing says by when that is replaced: a bridge without an end. */
  no_end: z.boolean(),
  ...refusable,
})

const issuer = z.looseObject({ issuer: z.string(), url: z.string(), platform: z.string(), owners: z.array(z.string()), ...refusable })

const acts = z.looseObject({
  /** There were more in the period than were read; these are the newest. */
  cut: z.boolean(),
  published: z.array(z.looseObject({ at: z.string(), policy: z.string(), replaces: z.string(), by: z.string() })),
  freezes: z.array(
    z.looseObject({ at: z.string(), type: z.enum(['froze', 'thawed']), target: z.string(), name: z.string(), by: z.string() }),
  ),
  revocations: z.array(z.looseObject({ at: z.string(), by: z.string(), ended: z.int(), failed: z.int(), complete: z.boolean() })),
  authorities: z.array(
    z.looseObject({ by: z.string(), role: z.string(), action: z.string(), uses: z.int(), first_use: z.string(), last_use: z.string() }),
  ),
})

export const inventorySchema = z.looseObject({
  policy: z.string(),
  at: z.string(),
  days: z.int(),
  since: z.string(),
  /** Recorded asks that were read. `sampled`: there were more, and the newest stand for all. */
  asks: z.int(),
  sampled: z.boolean(),
  /** Ledgers whose leases could not be read, and whether there were more leases than were read. */
  unreachable: z.array(z.string()),
  leases_cut: z.boolean(),
  issuers: z.array(issuer),
  workloads: z.array(workload),
  connections: z.array(connection),
  grants: z.array(grant),
  refusals: z.array(z.looseObject({ code: z.string(), grant: z.string(), refusals: z.int(), last: z.string() })),
  /** Live leases under names the policy has no more. */
  strays: z.array(z.looseObject({ grant: z.string(), workload: z.string(), connection: z.string(), live: z.int() })),
  acts,
})

export type Inventory = z.infer<typeof inventorySchema>
export type InventoryGrant = z.infer<typeof grant>
export type Acts = z.infer<typeof acts>
export type RightSizeWire = z.infer<typeof rightSize>
