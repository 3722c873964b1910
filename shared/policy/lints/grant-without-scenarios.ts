/** `grant-without-scenarios`: a grant whose policy has no test that it is had, or none that it is refused. */
import type { Lint } from './lint.ts'

export const grantWithoutScenarios: Lint = {
  id: 'grant-without-scenarios',
  severity: 'info',
  why: 'Nothing fails when an edit closes the grant to its users or opens it to others.',
  fix: 'Write a scenario that is allowed and one that is refused; `jobpass scaffold` prints a pair to start from.',
  find: ({ document: { grants, scenarios } }) => {
    const allowed = new Set(scenarios.filter(({ expect }) => expect === 'allow').map(({ ask }) => ask))
    const refused = new Set(scenarios.filter(({ expect }) => expect !== 'allow').map(({ ask }) => ask))
    return Object.keys(grants).flatMap((name) => {
      const missing = [...(allowed.has(name) ? [] : ['one that is allowed']), ...(refused.has(name) ? [] : ['one that is refused'])]
      if (missing.length === 0) return []
      return [{ path: ['grants', name], at: 'key', message: `the grant ${name} needs scenarios: ${missing.join(' and ')}` }]
    })
  },
}
