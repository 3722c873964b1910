/** `id-not-pinned`: a workload that knows its repository by name alone. Names can be given up and taken over; ids cannot. */
import { textsOf } from '../schema.ts'
import { quoted } from '../shape-problems.ts'
import type { Lint } from './lint.ts'

export const idNotPinned: Lint = {
  id: 'id-not-pinned',
  severity: 'warning',
  why: 'Whoever registers the name after it is given up, by a rename or a deletion, is this workload.',
  fix: 'Add `repository_id` beside the name; `jobpass pin` looks it up and writes it.',
  find: ({ document }) =>
    Object.entries(document.workloads).flatMap(([name, { is }]) => {
      if (is.repository_id !== undefined) return []
      const exact = textsOf(is.repository).find((text) => !text.includes('*'))
      if (exact === undefined) return []
      return [{ path: ['workloads', name, 'is', 'repository'], message: `${quoted(exact)} is a name without its id` }]
    }),
}
