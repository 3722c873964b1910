/**
 * Looking for entries over every ledger, in one total order: ledgers by name, then number. One call does a bounded amount of work and says where to go on.
 */
import { isJsonObject } from '../shared/json.ts'
import { type EntryFilter, FILTER_MEMBERS, FILTER_NAMES, matches } from '../shared/ledger-filter.ts'
import type { Deps } from './deps.ts'

/** Where a page begins: after this entry. */
export interface Place {
  readonly ledger: string
  readonly seq: number
}

export interface EntryQuery {
  readonly after: Place
  readonly limit: number
  readonly filter: EntryFilter
  /** Only this ledger. */
  readonly ledger?: string
}

export interface EntryPage {
  readonly lines: readonly string[]
  /** Absent when there was nothing more. A page with a next one may be short, or empty. */
  readonly next?: Place
}

const MAX_LEDGERS = 200

/** Rejects when the policy store or a ledger cannot be reached. */
export async function findEntries(
  { after, limit, filter, ledger }: EntryQuery,
  deps: Pick<Deps, 'ledger' | 'policyStore'>,
): Promise<EntryPage> {
  const known = [...(await deps.policyStore().ledgers())].sort()
  const names = known.filter((name) => name >= after.ledger && (ledger === undefined || name === ledger))
  const lines: string[] = []
  for (const [index, name] of names.entries()) {
    const { since, until } = filter
    const span = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }
    const from = name === after.ledger ? after.seq : 0
    const found = await deps.ledger(name).search({ after: from, limit: limit - lines.length, members: membersOf(filter), ...span })
    lines.push(...found.lines.filter((line) => isWanted(line, filter)))
    const isLast = index === names.length - 1
    if (!found.isEnd) return { lines, next: { ledger: name, seq: found.last } }
    if (!isLast && (lines.length >= limit || index + 1 >= MAX_LEDGERS)) return { lines, next: { ledger: name, seq: found.last } }
  }
  return { lines }
}

function membersOf(filter: EntryFilter): Readonly<Record<string, string>> {
  return Object.fromEntries(
    FILTER_NAMES.flatMap((name) => {
      const value = filter[name]
      return value === undefined ? [] : [[FILTER_MEMBERS[name], value]]
    }),
  )
}

/** Without a filter nothing is read: a page of an export is passed on as it is. */
function isWanted(line: string, filter: EntryFilter): boolean {
  if (Object.keys(filter).length === 0) return true
  const entry: unknown = JSON.parse(line)
  return isJsonObject(entry) && matches(entry, filter)
}
