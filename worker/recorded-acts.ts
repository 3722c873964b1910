/** Reads what authorities did back from their ledger, newest page first and no further than it must; a bounded number of pages. */
import type { Deps } from './deps.ts'

export interface RecordedActs {
  /** Entries, oldest first. */
  readonly entries: readonly unknown[]
  /** There were more in the period. */
  readonly cut: boolean
}

const PAGE = 1_000
const MAX_PAGES = 20

/** Rejects when the ledger cannot be reached. @param since RFC 3339 in UTC */
export async function recordedActs(name: string, since: string, deps: Pick<Deps, 'ledger'>): Promise<RecordedActs> {
  const ledger = deps.ledger(name)
  const pages: unknown[][] = []
  let { seq: end } = await ledger.head()
  for (; end > 0 && pages.length < MAX_PAGES; end = Math.max(0, end - PAGE)) {
    const start = Math.max(0, end - PAGE)
    const page = (await ledger.entries(start, end - start)).map((line): unknown => JSON.parse(line))
    const recent = page.filter((entry) => timeOf(entry) >= since)
    pages.push(recent)
    if (recent.length < page.length) return { entries: pages.toReversed().flat(), cut: false }
  }
  return { entries: pages.toReversed().flat(), cut: end > 0 }
}

function timeOf(entry: unknown): string {
  const at: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'at') : undefined
  return typeof at === 'string' ? at : ''
}
