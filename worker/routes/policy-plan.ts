/**
 * `POST /policy/plan`: what would a candidate change? Semantic diff against the active policy, and the recorded asks of the last days decided under both.
 * For publishers and auditors; changes nothing but the record that somebody asked.
 */

import { planPolicies } from '../../shared/policy/plan.ts'
import { planJson } from '../../shared/policy/plan-json.ts'
import { replayAsks } from '../../shared/policy/replay.ts'
import { recordAct } from '../authenticate/authority.ts'
import { activePolicy } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { recordedAsks } from '../replay.ts'
import { jsonAnswer, problemAnswer } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'
import { candidateOf } from './candidate.ts'

const DEFAULT_DAYS = 7
const MAX_DAYS = 90
const DAYS = /^[0-9]{1,2}$/
const DAY_MS = 86_400_000

export async function planPolicy(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['publisher', 'auditor'], deps, async (authority) => {
    const days = readDays(new URL(request.url).searchParams.get('days'))
    if (days === undefined) return problemAnswer({ status: 400, title: 'The period is not usable', detail: `days=0…${MAX_DAYS}.` })
    const candidate = await candidateOf(request, deps.config)
    if (!candidate.ok) return candidate.error
    const recorded = await recordAct(authority, { action: 'plan', policy: candidate.value.digest, days }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const since = new Date(deps.nowMs() - days * DAY_MS).toISOString()
    const history = await callState(async () => ({ base: await activePolicy(deps), asks: await recordedAsks(since, deps) }))
    if (!history.ok)
      return problemAnswer({ status: 503, title: 'The record cannot be read at the moment', headers: { 'retry-after': '5' } })
    const { base, asks } = history.value
    if (base === undefined)
      return problemAnswer({
        status: 404,
        title: 'No policy is active',
        detail: 'There is nothing to compare with: publish the first policy.',
      })
    const head = candidate.value.policy
    const plan = planPolicies(base, head)
    if (!plan.ok)
      return problemAnswer({
        status: 422,
        title: 'The policies cannot be compared',
        detail: `The search was given up at the grant ${plan.error.grant}.`,
      })
    return jsonAnswer({
      ...JSON.parse(planJson(plan.value)),
      replay: { days, since, sampled: asks.sampled, ...replayAsks(asks.entries, base, head) },
    })
  })
}

function readDays(text: string | null): number | undefined {
  const days = text === null ? DEFAULT_DAYS : DAYS.test(text) ? Number(text) : -1
  return days >= 0 && days <= MAX_DAYS ? days : undefined
}
