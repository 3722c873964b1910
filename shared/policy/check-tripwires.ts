/** Judges the tripwires: a canary is the name of no grant, and what shall freeze must be able to trip. */
import type { CheckContext } from './check-context.ts'
import { errorAt } from './problem.ts'
import { quoted } from './shape-problems.ts'

export function checkTripwires({ document: { tripwires }, report, isNamed }: CheckContext): void {
  const { canaries = [], refusals_per_minute: refusals, freeze } = tripwires
  const seen = new Set<string>()
  canaries.forEach((name, index) => {
    const path = ['tripwires', 'canaries', index]
    if (seen.has(name)) report(errorAt(path, 'duplicate-name', `${quoted(name)} is listed already`))
    seen.add(name)
    if (isNamed('grants', name)) {
      report(errorAt(path, 'duplicate-name', `${quoted(name)} is a grant: a canary is a name that nobody has a reason to ask for`))
    }
  })
  if (freeze === true && canaries.length === 0 && refusals === undefined) {
    report(errorAt(['tripwires', 'freeze'], 'wrong-value', 'expected canaries or refusals_per_minute beside it: nothing can trip'))
  }
}
