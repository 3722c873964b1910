/** `GET /healthz`: could an exchange be served now? 200 with the active policy, or 503 with every sort of reason why not. Anybody may ask, so no name is told, but on loopback. */
import { VERSION } from '../../shared/version.ts'
import type { Deps } from '../deps.ts'
import { currentHealth } from '../health.ts'
import { TOLD } from '../held-health.ts'
import { jsonAnswer } from './answers.ts'

export async function healthz(_request: Request, deps: Deps): Promise<Response> {
  const { policy, problems } = await currentHealth(deps)
  if (problems.length === 0) return jsonAnswer({ status: 'ok', version: VERSION, policy })
  // on loopback the one who asks is the one who runs it
  const reasons = new Set(problems.map(({ code, detail }) => (deps.config.isLoopback ? detail : TOLD[code])))
  return Response.json(
    { status: 'unavailable', version: VERSION, policy, reasons: [...reasons] },
    { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '10' } },
  )
}
