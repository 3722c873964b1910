/**
 * `branch-pattern-on-production`: a rule that lets any branch of some name reach production. A connection is taken for production when its name says so,
 * or when a rule of any of its grants names an environment that does.
 */

import type { Grant, Rule } from '../policy.ts'
import { grantsOf } from '../policy-records.ts'
import { quoted } from '../shape-problems.ts'
import type { Lint } from './lint.ts'

const PRODUCTION = /(?:^|[^a-z0-9])(?:prod|production|live)(?:[^a-z0-9]|$)/i
/** Refs that are no branch. */
const NO_BRANCH = /^refs\/(?:tags|pull)\//

export const branchPatternOnProduction: Lint = {
  id: 'branch-pattern-on-production',
  severity: 'warning',
  why: 'Everybody who may push a branch can push one that fits, past the review that guards the main branch.',
  fix: 'Name the branch in full, or add `ref_protected: true` so that only branches under a protection rule count.',
  find: ({ policy }) => {
    const grants = grantsOf(policy)
    const production = productionConnections(grants)
    return grants
      .filter(({ connection }) => production.has(connection.name))
      .flatMap((grant) =>
        grant.rules.flatMap((rule, index) => {
          const pattern = branchPattern(rule)
          if (pattern === undefined) return []
          const message = `any branch that fits ${quoted(pattern)} reaches ${grant.connection.name}, which serves production`
          return [{ path: ['grants', grant.name, 'allow', index, 'ref'], message }]
        }),
      )
  },
}

function productionConnections(grants: readonly Grant[]): ReadonlySet<string> {
  return new Set(
    grants
      .filter(({ connection, rules }) => PRODUCTION.test(connection.name) || rules.some(isProduction))
      .map(({ connection }) => connection.name),
  )
}

function isProduction({ conditions, workload }: Rule): boolean {
  return [...conditions, ...workload.is].some(
    ({ attribute, patterns }) =>
      (attribute === 'environment' || attribute === 'deployment_tier') && patterns.some(({ text }) => PRODUCTION.test(text)),
  )
}

function branchPattern({ conditions }: Rule): string | undefined {
  const texts = (name: string): readonly string[] =>
    conditions.find(({ attribute }) => attribute === name)?.patterns.map(({ text }) => text) ?? []
  const isGuarded = texts('ref_protected').join() === 'true' || texts('ref_type').join() === 'tag'
  return isGuarded ? undefined : texts('ref').find((text) => text.includes('*') && !NO_BRANCH.test(text))
}
