/**
 * Freezes that a ledger put itself, when something tripped: in force here from that very transaction, and kept until the policy store has them, which
 * tells every other ledger. Held in memory beside the rows, since admission asks at every exchange.
 */

import * as z from 'zod'
import type { Freeze } from '../../shared/freeze.ts'
import { freezeSchema } from './activation.ts'
import { sameTarget } from './freezes.ts'
import { readMeta, writeMeta } from './meta.ts'
import type { PolicyStorePort } from './policy-store-port.ts'

const KEY = 'own_freezes'
const BY = 'tripwire'

export interface OwnFreezes {
  list(): readonly Freeze[]
  add(freeze: Freeze): void
  /** An activation came from the policy store: it has what it was told of, or somebody thawed that since. */
  superseded(by: readonly Freeze[]): void
  /** Tells the policy store, which tells every other ledger. False when it could not be told of all. */
  spread(store: PolicyStorePort): Promise<boolean>
  /** After a transaction that was rolled back. */
  reload(): void
}

export function openOwnFreezes(sql: SqlStorage): OwnFreezes {
  let held = stored(sql)
  let isSpreading = false
  /** Those the policy store has, while its activation has not come yet. */
  const told = new Set<Freeze>()
  const write = (freezes: readonly Freeze[]): void => {
    if (freezes.length === 0) sql.exec('DELETE FROM meta WHERE key = ?', KEY)
    else writeMeta(sql, KEY, JSON.stringify(freezes))
    held = freezes
  }
  const remove = (isGone: (own: Freeze) => boolean): void => {
    const rest = held.filter((own) => !isGone(own))
    if (rest.length < held.length) write(rest)
  }
  return {
    list: () => held,
    add: (freeze) => write([...held, freeze]),
    superseded: (by) => remove((own) => told.has(own) || by.some((freeze) => sameTarget(own, freeze))),
    async spread(store) {
      if (isSpreading) return true
      isSpreading = true
      try {
        for (const freeze of held) {
          if (told.has(freeze)) continue
          // INVARIANT: it is dropped when the activation that has it is in force here, never before
          if ((await store.freeze(freeze)) === 'everywhere') remove((own) => own === freeze)
          else told.add(freeze)
        }
        return true
      } catch {
        return false
      } finally {
        isSpreading = false
      }
    },
    reload() {
      held = stored(sql)
    },
  }
}

export function freezeOf(workload: string, reason: string, since: string): Freeze {
  return { target: 'workload', name: workload, reason, since, by: BY }
}

function stored(sql: SqlStorage): readonly Freeze[] {
  const text = readMeta(sql, KEY)
  return text === undefined ? [] : z.array(freezeSchema).parse(JSON.parse(text))
}
