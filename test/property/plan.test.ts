import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type GrantChange, planPolicies } from '../../shared/policy/plan.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { isAllowed, made, pair, policy, TOKENS } from './policy-pairs.ts'

/** `PLAN_RUNS` for a longer hunt. */
const runs = Number(process.env.PLAN_RUNS ?? 150)
/** Of all tokens, how many are put to one pair. */
const EVERY_NTH = 13

function planOf(base: Policy, head: Policy): GrantChange | undefined {
  const plan = planPolicies(base, head)
  if (!plan.ok) throw new Error(`undecided: ${plan.error.grant}`)
  return plan.value.grants[0]
}

test('whenever two policies decide a possible token differently, the plan reports that grant, in that direction; and no witness fails its proof', () => {
  let differing = 0
  fc.assert(
    fc.property(pair, fc.nat(EVERY_NTH - 1), ([a, b], offset) => {
      const [base, head] = [made(a), made(b)]
      const change = planOf(base, head)
      for (const { token, facts } of TOKENS.filter((_, index) => index % EVERY_NTH === offset)) {
        const [before, after] = [isAllowed(base, facts), isAllowed(head, facts)]
        if (before === after) continue
        differing++
        const witnesses = (after ? change?.newly : change?.noLonger) ?? []
        expect(witnesses.length, `${after ? 'newly' : 'no longer'} ${JSON.stringify(token)}`).toBeGreaterThan(0)
      }
    }),
    { numRuns: runs },
  )
  expect(differing).toBeGreaterThan(runs)
}, 600_000)

test('a policy against itself, in the same order or another, shows nothing', () => {
  fc.assert(
    fc.property(policy, (drawn) => {
      const turned = {
        owners: [...drawn.owners].reverse(),
        workloads: drawn.workloads,
        rules: [...drawn.rules].reverse(),
        guardrails: [...drawn.guardrails].reverse(),
      }
      for (const other of [drawn, turned]) expect(planOf(made(drawn), made(other))).toBeUndefined()
    }),
    { numRuns: runs },
  )
}, 600_000)
