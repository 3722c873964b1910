/**
 * Looking for entries over every ledger, in one total order: ledgers by name, then number. One call does a bounded amount of work and says where to go on.
 */
import { isJsonObject } from '../shared/json.ts'
import { type EntryFilter, FILTER_MEMBERS, FILTER_NAMES, matches } from '../shared/ledger-filter.ts'
import type { Deps } from './deps.ts'
import type { EntrySearch } from './state/ledger-port.ts'

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
/** A page that has so much is not made any longer: an isolate holds it whole. */
const MAX_PAGE_CHARACTERS = 8_000_000

/** Rejects when the policy store or a ledger cannot be reached. */
export async function findEntries(
  { after, limit, filter, ledger }: EntryQuery,
  deps: Pick<Deps, 'ledger' | 'policyStore'>,
): Promise<EntryPage> {
  const known = [...(await deps.policyStore().ledgers())].sort()
  const names = known.filter((name) => name >= after.ledger && (ledger === undefined || name === ledger))
  const lines: string[] = []
  let characters = 0
  for (const [index, name] of names.entries()) {
    const from = name === after.ledger ? after.seq : 0
    const found = await deps.ledger(name).search({ after: from, limit: limit - lines.length, ...searchOf(filter) })
    for (const line of found.lines.filter((one) => isWanted(one, filter))) {
      lines.push(line)
      characters += line.length
    }
    const isLast = index === names.length - 1
    if (!found.isEnd) return { lines, next: { ledger: name, seq: found.last } }
    const isFull = lines.length >= limit || characters >= MAX_PAGE_CHARACTERS
    if (!isLast && (isFull || index + 1 >= MAX_LEDGERS)) return { lines, next: { ledger: name, seq: found.last } }
  }
  return { lines }
}

function searchOf({ since, until, ...filter }: EntryFilter): Pick<EntrySearch, 'members' | 'since' | 'until'> {
  const members = FILTER_NAMES.flatMap((name) => {
    const value = filter[name]
    return value === undefined ? [] : [[FILTER_MEMBERS[name], value]]
  })
  return { members: Object.fromEntries(members), ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) }
}

/** Without a filter nothing is read: a page of an export is passed on as it is. */
function isWanted(line: string, filter: EntryFilter): boolean {
  if (Object.keys(filter).length === 0) return true
  const entry: unknown = JSON.parse(line)
  return isJsonObject(entry) && matches(entry, filter)
}
