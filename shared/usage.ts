/** Counting what was done under each name: recorded asks of a period, and leases that are live. Names nobody asked under count nothing. */
import type { AskEntry } from './policy/replay.ts'

export interface LiveLease {
  readonly grant: string
  readonly workload: string
  readonly connection: string
  readonly issuerUrl: string
}

export interface Use {
  uses: number
  refusals: number
  first_use: string | null
  last_use: string | null
  live: number
}

export interface Usage {
  readonly grants: ReadonlyMap<string, Use>
  readonly workloads: ReadonlyMap<string, Use>
  readonly connections: ReadonlyMap<string, Use>
  /** By URL. */
  readonly issuers: ReadonlyMap<string, Use>
}

/** @param issuerUrlOf of a ledger's name */
export function usageOf(entries: readonly AskEntry[], leases: readonly LiveLease[], issuerUrlOf: (ledger: string) => string): Usage {
  const [grants, workloads, connections, issuers] = [counted(), counted(), counted(), counted()]
  for (const entry of entries) {
    const { grant, workload, connection, ledger } = entry
    const isRefused = entry.type === 'refused'
    const count = (uses: Map<string, Use>, name: string | undefined): void => {
      if (name !== undefined) countAsk(useOf(uses, name), entry.at, isRefused)
    }
    count(grants, grant)
    count(workloads, workload)
    count(connections, connection)
    count(issuers, issuerUrlOf(ledger))
  }
  for (const { grant, workload, connection, issuerUrl } of leases) {
    useOf(grants, grant).live++
    useOf(workloads, workload).live++
    useOf(connections, connection).live++
    useOf(issuers, issuerUrl).live++
  }
  return { grants, workloads, connections, issuers }
}

export const NO_USE: Use = { uses: 0, refusals: 0, first_use: null, last_use: null, live: 0 }

export function countAsk(use: Use, at: string, isRefused: boolean): void {
  if (isRefused) {
    use.refusals++
    return
  }
  use.uses++
  // times of one form sort as they follow each other; entries come in no order
  if (use.first_use === null || at < use.first_use) use.first_use = at
  if (use.last_use === null || at > use.last_use) use.last_use = at
}

export function useOf(uses: Map<string, Use>, name: string): Use {
  const known = uses.get(name)
  if (known !== undefined) return known
  const fresh = { ...NO_USE }
  uses.set(name, fresh)
  return fresh
}

function counted(): Map<string, Use> {
  return new Map()
}
