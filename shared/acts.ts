/** What authorities did in a period, read out of the entries of their own ledger: publishings, freezes, revocations, and who used which role for what. */
import * as z from 'zod'
import type { Acts } from './inventory-wire.ts'

const at = z.string()
const by = z.string()

const act = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('published'), at, by, policy: z.string(), replaces: z.string() }),
  z.looseObject({ type: z.enum(['froze', 'thawed']), at, by, target: z.string(), name: z.string().exactOptional() }),
  z.looseObject({ type: z.literal('revocation'), at, by, ended: z.int(), failed: z.int(), complete: z.boolean() }),
  z.looseObject({ type: z.literal('authority_used'), at, by, role: z.string(), action: z.string() }),
])

type Act = z.infer<typeof act>

/** @param lines entries of the authorities' ledger, oldest first; others than these are passed over */
export function actsOf(lines: readonly unknown[], cut: boolean): Acts {
  const known = lines.flatMap((line) => {
    const read = act.safeParse(line)
    return read.success ? [read.data] : []
  })
  return {
    cut,
    published: ofType(known, 'published').map(({ at: when, policy, replaces, by: who }) => ({ at: when, policy, replaces, by: who })),
    freezes: known.flatMap((one) =>
      one.type === 'froze' || one.type === 'thawed'
        ? [{ at: one.at, type: one.type, target: one.target, name: one.name ?? '', by: one.by }]
        : [],
    ),
    revocations: ofType(known, 'revocation').map(({ at: when, by: who, ended, failed, complete }) => ({
      at: when,
      by: who,
      ended,
      failed,
      complete,
    })),
    authorities: authorityUses(ofType(known, 'authority_used')),
  }
}

function ofType<T extends Act['type']>(acts: readonly Act[], type: T): readonly Extract<Act, { type: T }>[] {
  return acts.filter((one): one is Extract<Act, { type: T }> => one.type === type)
}

function authorityUses(acts: readonly Extract<Act, { type: 'authority_used' }>[]): Acts['authorities'] {
  const uses = new Map<string, Acts['authorities'][number]>()
  for (const { by: who, role, action, at: when } of acts) {
    const key = JSON.stringify([who, role, action])
    const before = uses.get(key)
    uses.set(key, { by: who, role, action, uses: (before?.uses ?? 0) + 1, first_use: before?.first_use ?? when, last_use: when })
  }
  return [...uses.values()]
}
