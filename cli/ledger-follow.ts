/**
 * `jobpass ledger follow`: new entries of a broker as they come. It waits and asks again while the broker cannot be reached, and stops when the broker says no
 * or a chain breaks.
 */
import { ok, type Result } from '../shared/result.ts'
import { broken, catchUp, type Following, fetchAfter, PAGE_SIZE, type Stopped, take } from './ledger-catch-up.ts'
import type { Heads } from './ledger-heads.ts'
import { readPages } from './ledger-pages.ts'

/** Entries are asked for by time, and the clocks of two ledgers may differ by so much. What is missed so is fetched by number once the next entry shows it. */
const OVERLAP_MS = 15_000
const LONGEST_WAIT_MS = 60_000

/** Ends with ok when `wait` says so; with an error when the broker says no or a chain breaks. */
export async function followLedger(following: Following): Promise<Result<void, Stopped>> {
  const heads: Heads = new Map()
  let at: string | undefined
  let failures = 0
  do {
    const step: Result<string, Stopped> = at === undefined ? await catchUp(following, heads) : await poll(following, heads, at)
    if (!step.ok && step.error.by !== 'nobody') return step
    if (step.ok) at = step.value
    failures = tell(step, failures, following)
  } while (await following.wait(waitAfter(failures, following.intervalMs)))
  return ok(undefined)
}

/** Says that the broker cannot be reached, or can again. Answers how often it could not in a row. */
function tell(step: Result<string, Stopped>, failures: number, { say, intervalMs }: Following): number {
  if (step.ok && failures > 0) say('the broker answers again')
  if (step.ok) return 0
  for (const line of step.error.lines) say(line)
  say(`trying again in ${Math.ceil(waitAfter(failures + 1, intervalMs) / 1000)} s`)
  return failures + 1
}

/** Twice as long after each failure in a row, up to a minute. */
function waitAfter(failures: number, intervalMs: number): number {
  return Math.min(Math.max(intervalMs, LONGEST_WAIT_MS), intervalMs * 2 ** Math.max(0, Math.min(failures, 10) - 1))
}

/** Everything written since shortly before `at`, in every ledger. Answers when the newest entry was written. */
async function poll(following: Following, heads: Heads, at: string): Promise<Result<string, Stopped>> {
  const early = new Map<string, number>()
  let newest = at
  const read = await readPages<Stopped>(following.auditor, { since: shortlyBefore(at), limit: PAGE_SIZE }, (lines) => {
    for (const line of lines) {
      const seen = take(line, following, heads)
      if (!seen.ok) return seen
      const { is, ledger, entry } = seen.value
      if (is === 'early') early.set(ledger, Number(entry.seq))
      if (String(entry.at) > newest) newest = String(entry.at)
    }
    return ok(undefined)
  })
  if (!read.ok) return read
  for (const [ledger, seq] of early) {
    const fetched = await fetchAfter(ledger, following, heads)
    if (!fetched.ok) return fetched
    const reached = heads.get(ledger)?.seq ?? 0
    if (reached < seq) return broken(`${ledger} entry ${reached + 1}: it is missing, and entry ${seq} is there`)
  }
  return ok(newest)
}

function shortlyBefore(at: string): string {
  const ms = Date.parse(at)
  return new Date(Math.max(0, (Number.isNaN(ms) ? 0 : ms) - OVERLAP_MS)).toISOString()
}
