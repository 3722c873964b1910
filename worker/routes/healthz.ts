/** `GET /healthz`: could an exchange be served now? 200 with the active policy, or 503 with every reason why not. Names bindings, never values. */
import type { Policy, PolicyDigest } from '../../shared/policy/policy.ts'
import type { Result } from '../../shared/result.ts'
import { VERSION } from '../../shared/version.ts'
import { policyOf } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { isKeysUnavailable } from '../keys/keys.ts'
import { jsonAnswer } from './answers.ts'

export async function healthz(_request: Request, deps: Deps): Promise<Response> {
  const digest = await activeDigest(deps)
  const reasons = digest.ok ? await policyReasons(digest.value, deps) : ['the policy store cannot be reached']
  const keys = await keysReason(deps)
  if (keys !== undefined) reasons.push(keys)
  const policy = digest.ok ? digest.value : null
  if (reasons.length === 0) return jsonAnswer({ status: 'ok', version: VERSION, policy })
  return Response.json(
    { status: 'unavailable', version: VERSION, policy, reasons },
    { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '10' } },
  )
}

/** Named also when the policy itself cannot be read: a publisher must be able to say what is to be replaced. */
function activeDigest(deps: Deps): Promise<Result<PolicyDigest | null, unknown>> {
  return callState(async () => (await deps.policyStore().activation()).policy)
}

async function policyReasons(digest: PolicyDigest | null, deps: Deps): Promise<string[]> {
  if (digest === null) return ['no policy is active: publish one (docs/deploy.md)']
  const policy = await callState(() => policyOf(digest, deps))
  return policy.ok ? missingSecrets(policy.value, deps) : ['the active policy cannot be read: publish another one']
}

function missingSecrets(policy: Policy, deps: Deps): string[] {
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
