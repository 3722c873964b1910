/** `owner-missing`: an owner that stands there because the language wants one, and names nobody. */
import { quoted } from '../shape-problems.ts'
import type { Lint } from './lint.ts'

const NOBODY = /^(?:[-?.x]+|todo|tbd|fixme|none|n\/a|na|nobody|noone|unknown|unowned|owner|someone|everyone|anyone|all|test|change-?me)$/i

export const ownerMissing: Lint = {
  id: 'owner-missing',
  severity: 'warning',
  why: 'Nobody is asked when it is reviewed, misused or in the way, so it stays for ever.',
  fix: 'Name the team or person who answers for it.',
  find: ({ document }) =>
    (['workloads', 'connections', 'grants'] as const).flatMap((section) =>
      Object.entries<{ readonly owner: string }>(document[section])
        .filter(([, { owner }]) => NOBODY.test(owner.trim()))
        .map(([name, { owner }]) => ({ path: [section, name, 'owner'], message: `${quoted(owner)} is nobody who could be asked` })),
    ),
}
