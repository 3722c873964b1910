/** Limits before and after, for the plan: those of a grant, and those of the workloads its rules name, since they hold for it too. */
import type { Grant, Limits } from './policy.ts'

/** One count that holds for a grant; `words` names it. No count is no limit. */
interface Limit {
  readonly count: number | undefined
  readonly words: string
}

/** `wider` lets more exchanges through, `narrower` fewer, `other` both. */
export interface LimitChange {
  readonly about: 'limits'
  readonly sense: 'wider' | 'narrower' | 'other'
  readonly from: string
  readonly to: string
}

/** Nothing, or one change of the grant's own limits, and one for each workload that both know and limit otherwise. */
export function limitWords(before: Grant, after: Grant): readonly LimitChange[] {
  const old = workloadsOf(before)
  const changes = [...workloadsOf(after)].map(([name, limits]) => {
    const was = old.get(name)
    return was === undefined ? undefined : change(ofWorkload(was), ofWorkload(limits), ` for workload ${name}`)
  })
  return [change(ofGrant(before), ofGrant(after), ''), ...changes].filter((one) => one !== undefined)
}

function workloadsOf({ rules }: Grant): ReadonlyMap<string, Limits> {
  return new Map(rules.map(({ workload }) => [workload.name, workload.limits]))
}

function ofGrant({ limits: { perJob, perHour, perHourTotal } }: Grant): readonly Limit[] {
  return [
    { count: perJob, words: 'a job' },
    { count: perHour, words: 'an hour' },
    { count: perHourTotal, words: 'an hour in total' },
  ]
}

function ofWorkload({ perJob, perHour }: Limits): readonly Limit[] {
  return [
    { count: perJob, words: 'a job over all grants' },
    { count: perHour, words: 'an hour over all grants' },
  ]
}

function change(before: readonly Limit[], after: readonly Limit[], whose: string): LimitChange | undefined {
  const counts = (limits: readonly Limit[]): readonly number[] => limits.map(({ count }) => count ?? Number.POSITIVE_INFINITY)
  const [old, next] = [counts(before), counts(after)]
  const differs = (test: (from: number, to: number) => boolean): boolean =>
    old.some((from, index) => test(from, next[index] ?? Number.POSITIVE_INFINITY))
  const [isMore, isLess] = [differs((from, to) => to > from), differs((from, to) => to < from)]
  if (!isMore && !isLess) return undefined
  const sense = isMore && isLess ? 'other' : isMore ? 'wider' : 'narrower'
  return { about: 'limits', sense, from: `${limitText(before)}${whose}`, to: limitText(after) }
}

function limitText(limits: readonly Limit[]): string {
  const parts = limits.filter(({ count }) => count !== undefined).map(({ count, words }) => `${count} ${words}`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}
