/** Tripwires before and after, for the plan: one line for each that changed. Loosened is what would have tripped, or frozen, and no longer does. */
import type { Tripwires } from './policy.ts'

export interface TripwireChange {
  readonly change: string
  /** The name of a canary that came or went. */
  readonly canary?: string
  readonly loosens: boolean
}

export function tripwireChanges(before: Tripwires, after: Tripwires): readonly TripwireChange[] {
  const gone = [...before.canaries].filter((name) => !after.canaries.has(name)).sort()
  const added = [...after.canaries].filter((name) => !before.canaries.has(name)).sort()
  return [
    ...gone.map((canary) => ({ change: 'no longer a canary: ', canary, loosens: true })),
    ...refusalChanges(before, after),
    ...freezeChanges(before, after),
    ...added.map((canary) => ({ change: 'a canary now: ', canary, loosens: false })),
  ]
}

function refusalChanges({ refusalsPerMinute: old }: Tripwires, { refusalsPerMinute: next }: Tripwires): readonly TripwireChange[] {
  if (old === next) return []
  const [was, is] = [old, next].map((count) => (count === undefined ? 'none' : `more than ${count}`))
  const loosens = (next ?? Number.POSITIVE_INFINITY) > (old ?? Number.POSITIVE_INFINITY)
  return [{ change: `refusals in a minute that trip: ${is}, before ${was}`, loosens }]
}

function freezeChanges({ freeze: old }: Tripwires, { freeze: next }: Tripwires): readonly TripwireChange[] {
  if (old === next) return []
  return [{ change: next ? 'what trips now freezes its workload' : 'what trips no longer freezes its workload', loosens: old }]
}
