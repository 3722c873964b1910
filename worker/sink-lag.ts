/** How far the sinks have got, over every ledger: for each sink the whole lag, and the ledgers that are furthest behind. What cannot be reached is named. */
import type { Seconds } from '../shared/units.ts'
import type { Deps } from './deps.ts'
import type { SinkName, SinkStatus } from './state/ledger-port.ts'

/** One ledger that a sink does not have wholly. */
export interface Behind {
  readonly ledger: string
  readonly shipped: number
  readonly head: number
  readonly lag_entries: number
  /** How long its oldest entry has waited. */
  readonly lag_seconds: Seconds
  readonly tries: number
  readonly error?: string
  readonly next_try?: string
}

export interface SinkLag {
  readonly sink: SinkName
  readonly ledgers: number
  readonly ledgers_behind: number
  readonly lag_entries: number
  readonly lag_seconds: Seconds
  /** Ledgers whose last try failed. */
  readonly failing: number
  /** The furthest behind first. */
  readonly behind: readonly Behind[]
}

const LEDGERS_AT_ONCE = 6
const NAMED = 100

/** Rejects only when the policy store, which knows the ledgers, cannot be reached. */
export async function sinkLag(
  deps: Pick<Deps, 'ledger' | 'policyStore' | 'nowMs'>,
): Promise<{ readonly sinks: readonly SinkLag[]; readonly unreachable: readonly string[] }> {
  const names = await deps.policyStore().ledgers()
  const bySink = new Map<SinkName, { readonly ledger: string; readonly status: SinkStatus }[]>()
  const unreachable: string[] = []
  for (let start = 0; start < names.length; start += LEDGERS_AT_ONCE) {
    const some = names.slice(start, start + LEDGERS_AT_ONCE)
    const answers = await Promise.allSettled(some.map(async (ledger) => deps.ledger(ledger).sinks()))
    for (const [index, answer] of answers.entries()) {
      const ledger = some[index] ?? ''
      if (answer.status === 'rejected') unreachable.push(ledger)
      else for (const status of answer.value) bySink.set(status.sink, [...(bySink.get(status.sink) ?? []), { ledger, status }])
    }
  }
  return { sinks: [...bySink].map(([sink, all]) => lagOf(sink, all, deps.nowMs())), unreachable }
}

function lagOf(sink: SinkName, all: readonly { readonly ledger: string; readonly status: SinkStatus }[], nowMs: number): SinkLag {
  const behind = all
    .filter(({ status }) => status.shipped !== status.head || status.error !== undefined)
    .map(({ ledger, status }) => behindOf(ledger, status, nowMs))
    .sort((a, b) => b.lag_seconds - a.lag_seconds || b.lag_entries - a.lag_entries)
  return {
    sink,
    ledgers: all.length,
    ledgers_behind: behind.length,
    lag_entries: behind.reduce((sum, { lag_entries }) => sum + lag_entries, 0),
    lag_seconds: behind[0]?.lag_seconds ?? 0,
    failing: behind.filter(({ error }) => error !== undefined).length,
    behind: behind.slice(0, NAMED),
  }
}

function behindOf(ledger: string, { shipped, head, oldestAtMs, tries, error, nextTryMs }: SinkStatus, nowMs: number): Behind {
  return {
    ledger,
    shipped,
    head,
    lag_entries: Math.max(0, head - shipped),
    lag_seconds: oldestAtMs === undefined ? 0 : Math.max(0, Math.floor((nowMs - oldestAtMs) / 1000)),
    tries,
    ...(error === undefined ? {} : { error }),
    ...(nextTryMs === undefined ? {} : { next_try: new Date(nextTryMs).toISOString() }),
  }
}
