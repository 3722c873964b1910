/**
 * Freezes that a ledger put itself, when something tripped: in force here from that very transaction, and kept until the policy store has them, which
 * tells every other ledger. Held in memory beside the rows, since admission asks at every exchange.
 */
import * as z from 'zod'
import { freezeSchema } from './activation.ts'
import { sameTarget } from './freezes.ts'
import type { Freeze } from './ledger-port.ts'
import { readMeta, writeMeta } from './meta.ts'
import type { PolicyStorePort } from './policy-store-port.ts'

const KEY = 'own_freezes'
const BY = 'tripwire'

export interface OwnFreezes {
  list(): readonly Freeze[]
  add(freeze: Freeze): void
  /** The policy store has these. */
  drop(known: readonly Freeze[]): void
  /** Tells the policy store, which tells every other ledger. False when it could not be told of all. */
  spread(store: PolicyStorePort): Promise<boolean>
  /** After a transaction that was rolled back. */
  reload(): void
}

export function openOwnFreezes(sql: SqlStorage): OwnFreezes {
  let held = stored(sql)
  let isSpreading = false
  const write = (freezes: readonly Freeze[]): void => {
    if (freezes.length === 0) sql.exec('DELETE FROM meta WHERE key = ?', KEY)
    else writeMeta(sql, KEY, JSON.stringify(freezes))
    held = freezes
  }
  const drop = (known: readonly Freeze[]): void => {
    const rest = held.filter((own) => !known.some((freeze) => sameTarget(own, freeze)))
    if (rest.length < held.length) write(rest)
  }
  return {
    list: () => held,
    add: (freeze) => write([...held, freeze]),
    drop,
    async spread(store) {
      if (isSpreading) return true
      isSpreading = true
      try {
        for (const freeze of held) {
          await store.freeze(freeze)
          drop([freeze])
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
