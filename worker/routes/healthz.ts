/** `GET /healthz`: could an exchange be served now? 200 with the active policy, or 503 with every reason why not. Names bindings, never values. */
import type { Policy } from '../../shared/policy/policy.ts'
import { VERSION } from '../../shared/version.ts'
import { activePolicy } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { isKeysUnavailable } from '../keys/keys.ts'
import { jsonAnswer } from './answers.ts'

export async function healthz(_request: Request, deps: Deps): Promise<Response> {
  const policy = await callState(() => activePolicy(deps))
  const reasons = policy.ok ? policyReasons(policy.value, deps) : ['the policy store cannot be reached']
  const keys = await keysReason(deps)
  if (keys !== undefined) reasons.push(keys)
  const digest = policy.ok ? (policy.value?.digest ?? null) : null
  if (reasons.length === 0) return jsonAnswer({ status: 'ok', version: VERSION, policy: digest })
  return Response.json(
    { status: 'unavailable', version: VERSION, policy: digest, reasons },
    { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '10' } },
  )
}

function policyReasons(policy: Policy | undefined, deps: Deps): string[] {
  if (policy === undefined) return ['no policy is active: publish one (docs/deploy.md)']
  const missing = new Set<string>()
  const connections = policy.connectionNames.map((name) => policy.connection(name)).filter((connection) => connection !== undefined)
  for (const name of connections.flatMap(({ kind, settings }) => kind.secretNames(settings)))
    if (deps.config.upstreamSecret(name) === undefined) missing.add(name)
  return [...missing].sort().map((name) => `secret ${name} is not set`)
}

async function keysReason(deps: Deps): Promise<string | undefined> {
  try {
    await deps.keys.signingKey('ES256')
    return undefined
  } catch (failure) {
    if (isKeysUnavailable(failure)) return `keys: ${failure.message}`
    throw failure
  }
}
