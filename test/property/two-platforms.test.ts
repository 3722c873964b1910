/** The plan of policies over two platforms: as exact as over one, and never a token that the platform it is of could not sign. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { platforms } from '../../shared/platforms/index.ts'
import { type GrantChange, planPolicies } from '../../shared/policy/plan.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { GITLAB, isAllowed, made, pair, policy, TOKENS } from './two-platforms.ts'

const runs = Number(process.env.PLAN_RUNS ?? 150)
/** Of all tokens, how many are put to one pair. */
const EVERY_NTH = 41

function planOf(base: Policy, head: Policy): GrantChange | undefined {
  const plan = planPolicies(base, head)
  if (!plan.ok) throw new Error(`undecided: ${plan.error.grant}`)
  return plan.value.grants[0]
}

function witnessesOf(change: GrantChange | undefined): readonly { readonly payload: JsonObject }[] {
  return change === undefined ? [] : [...change.newly, ...change.noLonger]
}

/** What holds of every token of the platform, whatever a policy asks for. */
function expectPossible(payload: JsonObject): void {
  if (payload.iss !== GITLAB) {
    expect(Object.keys(payload).filter((name) => name.startsWith('project_') || name.startsWith('pipeline_'))).toEqual([])
    return
  }
  const claim = (name: string): string => String(payload[name])
  const facts = platforms.gitlab.readFacts(GITLAB, payload)
  expect(facts).toMatchObject({ ok: true, value: { unknownClaims: [] } })
  expect(claim('ci_config_ref_uri').endsWith(`@${claim('ref_path')}`)).toBe(true)
  const isForkable = ['merge_request_event', 'parent_pipeline'].includes(claim('pipeline_source'))
  if (!isForkable) expect(claim('ci_config_ref_uri')).toContain(`/${claim('project_path')}//`)
  expect(claim('sub')).toBe(`project_path:${claim('project_path')}:ref_type:${claim('ref_type')}:ref:${claim('ref')}`)
  expect(Object.hasOwn(payload, 'environment')).toBe(Object.hasOwn(payload, 'environment_protected'))
}

test('whenever two policies decide a possible token differently, the plan reports that grant, in that direction; and every witness could be signed', () => {
  let differing = 0
  fc.assert(
    fc.property(pair, fc.nat(EVERY_NTH - 1), ([a, b], offset) => {
      const [base, head] = [made(a), made(b)]
      const change = planOf(base, head)
      for (const { payload } of witnessesOf(change)) expectPossible(payload)
      for (const { token, facts } of TOKENS.filter((_, index) => index % EVERY_NTH === offset)) {
        if (isAllowed(base, facts) === isAllowed(head, facts)) continue
        differing++
        const told = isAllowed(head, facts) ? change?.newly : change?.noLonger
        expect(told?.length, JSON.stringify(token)).toBeGreaterThan(0)
      }
    }),
    { numRuns: runs },
  )
  expect(differing).toBeGreaterThan(runs / 4)
}, 600_000)

test('a policy against itself, in the same order or another, shows nothing', () => {
  fc.assert(
    fc.property(policy, (drawn) => {
      const turned = {
        ...drawn,
        owners: [...drawn.owners].reverse(),
        rules: [...drawn.rules].reverse(),
        guardrails: [...drawn.guardrails].reverse(),
      }
      for (const other of [drawn, turned]) expect(planOf(made(drawn), made(other))).toBeUndefined()
    }),
    { numRuns: runs },
  )
}, 600_000)
