/**
 * What is in force everywhere, as a stored row: read back through zod, since another version of the class may have written it. Members that a later version
 * added are kept when the row is written again: a broker that goes back and forth must not lose what was put in force in between.
 */
import * as z from 'zod'
import { FREEZE_TARGETS } from '../../shared/freeze.ts'

export const policyDigestSchema = z.templateLiteral(['sha256:', z.string().regex(/^[0-9a-f]{64}$/)])

const name = z.string().min(1).max(200)
const named = { name, reason: z.string().min(1).max(500), since: z.string(), by: z.string() }

export const freezeSchema = z.discriminatedUnion('target', [
  z.looseObject({ target: z.literal('all'), reason: named.reason, since: named.since, by: named.by }),
  z.looseObject({ target: z.enum(FREEZE_TARGETS), ...named }),
])

export const freezeTargetSchema = z.discriminatedUnion('target', [
  z.object({ target: z.literal('all') }),
  z.object({ target: z.enum(FREEZE_TARGETS), name }),
])

export const activationSchema = z.looseObject({
  generation: z.number().int().nonnegative(),
  policy: policyDigestSchema.nullable(),
  freezes: z.array(freezeSchema).readonly(),
  revokedKeys: z.array(z.string().min(1).max(100)).readonly().exactOptional(),
})
