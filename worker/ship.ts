/**
 * Shipping: what follows each sink's cursor goes to it, in order, and the cursor moves only when the sink has it. A crash in between ships the same again,
 * never less. No exchange waits for this; what a sink does not take stays where it is, in the ledger. Runs on the ledger's alarm and never throws.
 */
import { isJsonObject } from '../shared/json.ts'
import type { LedgerHead } from '../shared/ledger.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { Seconds } from '../shared/units.ts'
import type { Deps } from './deps.ts'
import type { Batch, NotTaken, Shipped, Sink } from './sinks/sink.ts'
import { readLines } from './state/chain.ts'
import { dueAt, nextLines, type SinkCursor, type SinkCursors, type SinkPlan, writtenAfter } from './state/sink-cursors.ts'

const FIRST_RETRY: Seconds = 5
const LONGEST_RETRY: Seconds = 600
/** One alarm ships no more than so many batches to a sink, and begins none after so long: credentials that come to their end wait behind it. */
const BATCHES_AT_ONCE = 20
const BEGIN_WITHIN_MS = 5_000

/** One ledger, as shipping sees it. */
export interface ShippedLedger {
  readonly sql: SqlStorage
  readonly cursors: SinkCursors
  head(): LedgerHead
}

type ShipDeps = Pick<Deps, 'nowMs' | 'log'>

/** Side by side, so that a sink that hangs holds up no other. */
export async function shipAll(ledger: ShippedLedger, sinks: readonly Sink[], deps: ShipDeps): Promise<void> {
  await Promise.all(
    ledger.cursors.plans.map(async (plan) => {
      const sink = sinks.find(({ name }) => name === plan.sink)
      if (sink !== undefined) await shipTo(sink, plan, ledger, deps)
    }),
  )
}

async function shipTo(sink: Sink, plan: SinkPlan, ledger: ShippedLedger, deps: ShipDeps): Promise<void> {
  const begun = deps.nowMs()
  const { seq: had, tries, error } = ledger.cursors.of(plan.sink)
  if (ledger.head().seq < had && error === undefined) return setBack(SET_BACK, plan, ledger, deps)
  for (let shipped = 0; shipped < BATCHES_AT_ONCE && deps.nowMs() - begun <= BEGIN_WITHIN_MS; shipped++) {
    const cursor = ledger.cursors.of(plan.sink)
    if (!isWanted(plan, cursor, ledger, deps)) break
    const moved = await shipNext(sink, plan, ledger).catch(faulted)
    if (!moved.ok) return setBack(moved.error, plan, ledger, deps)
    ledger.cursors.move(plan.sink, moved.value)
  }
  const { seq } = ledger.cursors.of(plan.sink)
  if (tries > 0 && seq === ledger.head().seq) deps.log({ event: 'sink', outcome: 'caught_up', sink: plan.sink, ledger: nameOf(ledger) })
}

function isWanted(plan: SinkPlan, cursor: SinkCursor, { sql, head }: ShippedLedger, { nowMs }: ShipDeps): boolean {
  const due = dueAt(plan, cursor, { head: head(), oldestAt: () => writtenAfter(sql, cursor.seq) })
  return due !== undefined && (due <= nowMs() || (plan.isEager && cursor.tries === 0))
}

const SET_BACK: NotTaken = { why: 'conflict', detail: 'the ledger ends before what was shipped of it: it was set back' }

/** A fault must not end the alarm, which has credentials to end; and a batch that always faults must not be tried in a loop. */
function faulted(fault: unknown): Result<never, NotTaken> {
  return err({ why: 'failed', detail: `a fault of the broker: ${fault instanceof Error ? fault.name : 'unknown'}` })
}

/** Ships the next batch, or as much of it as is taken; the cursor after it. */
async function shipNext(sink: Sink, plan: SinkPlan, { sql, cursors }: ShippedLedger): Promise<Result<SinkCursor, NotTaken>> {
  const cursor = cursors.of(plan.sink)
  const entries = upToUrgent(nextLines(sql, plan, cursor).map(read), plan)
  const [first] = entries
  if (first === undefined) return err({ why: 'conflict', detail: 'the ledger ends before the entry that comes next' })
  if (cursor.hash !== '' && first.entry.prev !== cursor.hash)
    return err({ why: 'conflict', detail: 'the next entry does not follow the last one shipped' })
  // INVARIANT: where a segment ends is kept before it is written, so that a second try writes the same segment
  if (!plan.isEager && cursor.closing === undefined) cursors.move(plan.sink, { ...cursor, closing: cursor.seq + entries.length })
  for (let size = entries.length; ; size = Math.floor(size / 2)) {
    const part = entries.slice(0, size)
    const taken = await sink.ship(batchOf(part, cursor.seq))
    if (taken.ok) return ok({ seq: cursor.seq + size, hash: text(part.at(-1)?.entry.hash), tries: 0, nextTryMs: 0 })
    if (taken.error.why !== 'rejected' || size === 1) return taken
  }
}

/** What was taken of a batch is not told again when the rest of it was not: so a batch holds one urgent entry, its last. */
function upToUrgent(entries: readonly Shipped[], { isUrgent }: SinkPlan): readonly Shipped[] {
  const first = isUrgent === undefined ? -1 : entries.findIndex(({ entry }) => isUrgent(entry))
  return first < 0 ? entries : entries.slice(0, first + 1)
}

function setBack({ why, detail, retryAfter = 0 }: NotTaken, { sink }: SinkPlan, ledger: ShippedLedger, deps: ShipDeps): void {
  const cursor = ledger.cursors.of(sink)
  const backOff = why === 'conflict' ? LONGEST_RETRY : Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(cursor.tries, 10))
  const wait = Math.min(LONGEST_RETRY, Math.max(backOff, retryAfter))
  const error = why === 'rejected' ? `${detail}: entry ${cursor.seq + 1} is not accepted, and nothing after it is shipped` : detail
  ledger.cursors.move(sink, { ...cursor, tries: cursor.tries + 1, nextTryMs: deps.nowMs() + wait * 1000, error })
  const outcome = why === 'conflict' ? 'conflict' : 'failed'
  deps.log({ event: 'sink', outcome, sink, ledger: nameOf(ledger), count: cursor.tries + 1, detail: error })
}

function batchOf(entries: readonly Shipped[], after: number): Batch {
  return { ledger: text(entries[0]?.entry.ledger), first: after + 1, last: after + entries.length, entries }
}

function nameOf({ sql }: ShippedLedger): string {
  const [line] = readLines(sql, 0, 1)
  return line === undefined ? '' : text(read(line).entry.ledger)
}

function read(line: string): Shipped {
  const json: unknown = JSON.parse(line)
  return { line, entry: isJsonObject(json) ? json : {} }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
