/** `GET /metrics`, for auditors: the broker in numbers, as Prometheus reads them. A ledger that does not answer leaves a gap and says so; nothing is guessed. */
import { recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { EXPOSITION_TYPE, expositionText } from '../exposition.ts'
import { currentHealth } from '../health.ts'
import { type Measured, metricsOf } from '../metrics.ts'
import { sinkLag } from '../sink-lag.ts'
import { takeFigures } from '../take-figures.ts'
import { storeUnreachable } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'

export async function getMetrics(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const recorded = await recordAct(authority, { action: 'read_metrics' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const measured = await callState(() => measure(deps))
    if (!measured.ok) return storeUnreachable()
    const headers = { 'content-type': EXPOSITION_TYPE, 'cache-control': 'no-store' }
    return new Response(expositionText(metricsOf(measured.value)), { headers })
  })
}

async function measure(deps: Deps): Promise<Measured> {
  const { freezes } = await deps.policyStore().activation()
  const [health, ledgers, { sinks }] = await Promise.all([currentHealth(deps), takeFigures(deps), sinkLag(deps)])
  return { health, ledgers, sinks, freezes, nowMs: deps.nowMs() }
}
