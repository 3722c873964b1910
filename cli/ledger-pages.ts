/**
 * Pages of a broker's ledger, as an auditor reads them: each request with an ID token of its own, which a broker takes once. Where a page goes on is the
 * broker's to say, but only inside its own `/ledger`.
 */
import * as z from 'zod'
import { err, ok, type Result } from '../shared/result.ts'
import { askAs, type Caller } from './authority-call.ts'
import type { BrokerAnswer } from './broker.ts'
import type { NotDone } from './publishing.ts'

export type Query = Readonly<Record<string, string>>

export interface LedgerPage {
  readonly lines: readonly string[]
  /** What to ask next, while there may be more. */
  readonly next: Query | undefined
}

export async function readPage(auditor: Caller, query: Query): Promise<Result<LedgerPage, NotDone>> {
  const answer = await askAs(auditor, `/ledger?${new URLSearchParams(query)}`)
  if (!answer.ok) return answer
  const next = nextOf(answer.value, auditor.broker)
  if (!next.ok) return err({ by: 'nobody', lines: [next.error] })
  return ok({ lines: answer.value.text.split('\n').filter((line) => line !== ''), next: next.value })
}

/** Every page of a query, until there is no more. `take` is given the lines; an error of it ends the reading. */
export async function readPages<E>(
  auditor: Caller,
  query: Query,
  take: (lines: readonly string[]) => Result<void, E>,
): Promise<Result<void, NotDone | E>> {
  for (let next: Query | undefined = query; next !== undefined; ) {
    const page: Result<LedgerPage, NotDone> = await readPage(auditor, next)
    if (!page.ok) return page
    const taken = take(page.value.lines)
    if (!taken.ok) return taken
    if (page.value.next?.after === next.after && next.after !== undefined)
      return err({ by: 'nobody', lines: ['the broker’s next page begins where this one did'] })
    next = page.value.next
  }
  return ok(undefined)
}

const LINK = /^<([^<>]{1,4000})>; rel="next"$/
const query = z.record(z.string(), z.string())

function nextOf({ link }: BrokerAnswer, broker: string): Result<Query | undefined, string> {
  if (link === null) return ok(undefined)
  const target = LINK.exec(link)?.[1]
  const url = target !== undefined && URL.canParse(target, `${broker}/ledger`) ? new URL(target, `${broker}/ledger`) : undefined
  if (url?.origin !== broker || url.pathname !== '/ledger') return err('the broker names a next page that is not of its ledger')
  return ok(query.parse(Object.fromEntries(url.searchParams)))
}
