/**
 * What a broker tells in numbers, all of it read back from what its ledgers hold, so that no exchange pays for being counted. Every label has a bounded number of
 * values: names of the policy and words of ours, never a repository, a run or anything a caller made up.
 */
import type { Freeze } from '../shared/freeze.ts'
import { AUTHORITY_LEDGER } from '../shared/ledger.ts'
import type { LedgerFigures, Tallied } from '../shared/ledger-figures.ts'
import type { InstantMs } from '../shared/units.ts'
import { VERSION } from '../shared/version.ts'
import type { Metric, Sample } from './exposition.ts'
import type { Health } from './held-health.ts'
import type { SinkLag } from './sink-lag.ts'
import type { FiguresOfLedger } from './take-figures.ts'

/** Everything the numbers are made of, as it was read at one moment. */
export interface Measured {
  readonly health: Health
  readonly ledgers: readonly FiguresOfLedger[]
  readonly sinks: readonly SinkLag[]
  readonly freezes: readonly Freeze[]
  readonly nowMs: InstantMs
}

type Read = (measured: Measured) => readonly Sample[]
type Described = Readonly<Record<string, readonly [help: string, read: Read]>>

/** Refusals that were only counted have no code; no refusal has this one. */
const COUNTED = 'counted'

const COUNTERS: Described = {
  jobpass_entries_total: ['Entries of a ledger, by type.', counted(({ type }) => ({ type }))],
  jobpass_issued_total: ['Credentials handed over.', counted(({ grant, kind }) => ({ grant, kind }), 'issued')],
  jobpass_refused_total: ['Refusals of verified callers inside the fence.', refused],
  jobpass_failed_total: [
    'Admitted exchanges that handed nothing over.',
    counted(({ grant, kind, code }) => ({ grant, kind, code }), 'failed'),
  ],
  jobpass_ended_total: [
    'Leases that are over, by how they ended and what became of the credential.',
    counted(
      ({ type, grant, kind, code }) => ({ how: type, grant, kind, credential_end: code }),
      'returned',
      'revoked',
      'expired',
      'orphaned',
    ),
  ],
  jobpass_end_failed_total: [
    'Credentials that an upstream did not end at the first try.',
    counted(({ grant, code }) => ({ grant, code }), 'end_failed'),
  ],
  jobpass_authority_calls_total: ['Calls of publishers, operators and auditors.', authorityCalls],
}

const GAUGES: Described = {
  jobpass_info: [
    'The version of the broker and the active policy; always 1.',
    ({ health }) => [{ labels: { version: VERSION, policy: health.policy ?? '' }, value: 1 }],
  ],
  jobpass_healthy: ['1 when an exchange could be served, as /healthz says.', ({ health }) => [bare(health.problems.length === 0 ? 1 : 0)]],
  jobpass_health_problem: [
    'One for each reason why no exchange, or not every one, could be served.',
    ({ health }) => health.problems.map(({ code, detail }) => ({ labels: { code, detail }, value: 1 })),
  ],
  jobpass_freezes: ['Freezes in force, by what they stop.', freezes],
  jobpass_ledger_up: ['1 when the ledger answered; without it none of its other numbers are there.', up],
  jobpass_ledger_head: ['The number of the newest entry.', each(({ head }) => [bare(head)])],
  jobpass_ledger_uncounted: ['Entries that the counters do not have yet.', each(({ head, counted: upTo }) => [bare(head - upTo)])],
  jobpass_leases: ['Leases that are not over.', eachLeases(({ leases }) => leases)],
  jobpass_leases_recalled: ['Of them, those that shall end before their time.', eachLeases(({ recalled }) => recalled)],
  jobpass_leases_failing: ['Of them, those whose end has failed and is tried again.', eachLeases(({ failing }) => failing)],
  jobpass_lease_overdue_seconds: ['How long the oldest lease is past its end; the sweep does not end it.', overdue],
  jobpass_sink_lag_entries: ['Entries that a sink does not have yet.', eachSink(({ lag_entries }) => lag_entries)],
  jobpass_sink_lag_seconds: ['How long the oldest of them has waited.', eachSink(({ lag_seconds }) => lag_seconds)],
  jobpass_sink_failing_ledgers: ['Ledgers whose last try to ship failed.', eachSink(({ failing }) => failing)],
}

export const METRIC_NAMES: readonly string[] = [...Object.keys(COUNTERS), ...Object.keys(GAUGES)]

export function metricsOf(measured: Measured): readonly Metric[] {
  const read = (type: Metric['type'], described: Described): readonly Metric[] =>
    Object.entries(described).map(([name, [help, samples]]) => ({ name, type, help, samples: samples(measured) }))
  return [...read('gauge', GAUGES), ...read('counter', COUNTERS)]
}

function bare(value: number): Sample {
  return { labels: {}, value }
}

/** Samples of each ledger that answered, under its name: one that did not leaves a gap, never a counter that falls. */
function each(read: (figures: LedgerFigures, measured: Measured) => readonly Sample[]): Read {
  return (measured) =>
    measured.ledgers.flatMap(({ ledger, figures }) =>
      figures === undefined ? [] : read(figures, measured).map(({ labels, value }) => ({ labels: { ledger, ...labels }, value })),
    )
}

/** The number of entries of these types, of all when none is named, by the labels that are given. */
function counted(labelsOf: (sort: Tallied) => Sample['labels'], ...types: readonly string[]): Read {
  return each(({ sorts }) =>
    summed(
      sorts
        .filter(({ type }) => types.length === 0 || types.includes(type))
        .map((sort) => ({ labels: labelsOf(sort), value: sort.entries })),
    ),
  )
}

function refused(measured: Measured): readonly Sample[] {
  return each(({ sorts }) =>
    summed(
      sorts.flatMap(({ type, grant, code, entries, refusals }): Sample[] => {
        if (type === 'refused') return [{ labels: { grant, code }, value: entries }]
        return type === 'refusals_counted' ? [{ labels: { grant: '', code: COUNTED }, value: refusals }] : []
      }),
    ),
  )(measured)
}

function authorityCalls({ ledgers }: Measured): readonly Sample[] {
  const sorts = ledgers.find(({ ledger }) => ledger === AUTHORITY_LEDGER)?.figures?.sorts ?? []
  return summed(
    sorts.filter(({ type }) => type === 'authority_used').map(({ code, entries }) => ({ labels: { action: code }, value: entries })),
  )
}

function summed(samples: readonly Sample[]): readonly Sample[] {
  const sums = new Map<string, Sample>()
  for (const { labels, value } of samples) {
    const key = JSON.stringify(labels)
    sums.set(key, { labels, value: value + (sums.get(key)?.value ?? 0) })
  }
  return [...sums.values()]
}

function freezes({ freezes: inForce }: Measured): readonly Sample[] {
  return summed(inForce.map(({ target }) => ({ labels: { target }, value: 1 })))
}

function up({ ledgers }: Measured): readonly Sample[] {
  return ledgers.map(({ ledger, figures }) => ({ labels: { ledger }, value: figures === undefined ? 0 : 1 }))
}

function eachLeases(numberOf: (count: LedgerFigures['leases'][number]) => number): Read {
  return each(({ leases }) => leases.map((count) => ({ labels: { kind: count.kind, state: count.state }, value: numberOf(count) })))
}

function overdue(measured: Measured): readonly Sample[] {
  return each(({ earliestEnd }, { nowMs }) => {
    const now = Math.floor(nowMs / 1000)
    return [bare(earliestEnd === undefined ? 0 : Math.max(0, now - earliestEnd))]
  })(measured)
}

function eachSink(numberOf: (lag: SinkLag) => number): Read {
  return ({ sinks }) => sinks.map((lag) => ({ labels: { sink: lag.sink }, value: numberOf(lag) }))
}
