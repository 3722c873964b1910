/**
 * What a reader of the ledger may ask for: entries that name a workload, a grant, a run and so on, written in a span of time. The broker and the command line
 * judge by this one definition. It never says that an entry is genuine: a chain is checked on whole ledgers only.
 */
import type { JsonObject } from './json.ts'

/** The name of a filter → the member of an entry it must equal. */
export const FILTER_MEMBERS = {
  workload: 'workload',
  grant: 'grant',
  run: 'run_id',
  type: 'type',
  lease: 'lease',
  decision: 'decision',
} as const

export type FilterName = keyof typeof FILTER_MEMBERS

export const FILTER_NAMES: readonly FilterName[] = ['workload', 'grant', 'run', 'type', 'lease', 'decision']

export type EntryFilter = { readonly [name in FilterName | 'since' | 'until']?: string | undefined }

/** `since` and `until` are RFC 3339 in UTC to the millisecond, as `at` is; the span holds both ends. */
export function matches(entry: JsonObject, filter: EntryFilter): boolean {
  const { since, until } = filter
  const at = String(entry.at)
  if (since !== undefined && at < since) return false
  if (until !== undefined && at > until) return false
  return FILTER_NAMES.every((name) => filter[name] === undefined || entry[FILTER_MEMBERS[name]] === filter[name])
}

const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/

/** A date (its first moment, in UTC) or an RFC 3339 time, in the form of `at`; `undefined` when it is neither. */
export function instantText(text: string): string | undefined {
  const ms = TIME.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString()
}
