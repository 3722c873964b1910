/** `id-not-pinned`: a workload that knows its repository by name alone. Names can be given up and taken over; ids cannot. */
import { platforms } from '../../platforms/index.ts'
import { entryOf, textsOf } from '../schema.ts'
import { quoted } from '../shape-problems.ts'
import type { Lint } from './lint.ts'

export const idNotPinned: Lint = {
  id: 'id-not-pinned',
  severity: 'warning',
  why: 'Whoever registers the name after it is given up, by a rename or a deletion, is this workload.',
  fix: 'Add the id beside the name: `repository_id`, which `jobpass pin` looks up and writes, or `project_id` on GitLab.',
  find: ({ document }) =>
    Object.entries(document.workloads).flatMap(([name, { is, issuer }]) => {
      const platform = entryOf(document.issuers, issuer)?.platform ?? 'github'
      const { repository, repositoryId } = platforms[platform].roles
      if (entryOf(is, repositoryId) !== undefined) return []
      const exact = textsOf(entryOf(is, repository)).find((text) => !text.includes('*'))
      if (exact === undefined) return []
      return [{ path: ['workloads', name, 'is', repository], message: `${quoted(exact)} is a name without its id (${repositoryId})` }]
    }),
}
