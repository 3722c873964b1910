/** `PUT /policy` and `GET /policy`: a publisher makes a policy active, an auditor reads the active one. What may be published is decided in `publish.ts`. */
import { recordAct } from '../authenticate/authority.ts'
import { policyText } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { publish } from '../publish.ts'
import { policyDigestSchema } from '../state/activation.ts'
import { jsonAnswer, problemAnswer } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'
import { candidateOf } from './candidate.ts'

const ENTITY_TAG = /^"(sha256:[0-9a-f]{64})"$/

export async function putPolicy(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['publisher'], deps, async (authority) => {
    const replaces = readIfMatch(request.headers.get('if-match'))
    if (replaces === undefined) {
      return problemAnswer({
        status: 428,
        title: 'If-Match is missing',
        detail: 'Send If-Match: "sha256:…" with the digest to be replaced, or * for the first policy.',
      })
    }
    const candidate = await candidateOf(request, deps.config)
    if (!candidate.ok) return candidate.error
    const { digest } = candidate.value
    const recorded = await recordAct(authority, { action: 'publish', policy: digest, replaces }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const published = await publish(candidate.value, { replaces, by: authority.name }, deps)
    if (published.ok) return jsonAnswer({ policy: digest, replaces }, { etag: `"${digest}"` })
    if (published.error.outcome === 'not_the_active_one') {
      const { active } = published.error
      return problemAnswer({
        status: 412,
        title: 'Another policy is active',
        detail: `The active policy is ${active ?? 'none'}, not ${replaces}.`,
        members: { active },
      })
    }
    const detail =
      published.error.outcome === 'unavailable'
        ? 'The policy store cannot be reached.'
        : `${published.error.waitingFor} ledgers have not confirmed yet; publish the same policy again to wait for them.`
    return problemAnswer({ status: 503, title: 'The policy is not in force everywhere', detail, headers: { 'retry-after': '5' } })
  })
}

export async function getPolicy(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const recorded = await recordAct(authority, { action: 'read_policy' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const active = await callState(async () => {
      const { policy } = await deps.policyStore().activation()
      return policy === null ? undefined : { digest: policy, text: await policyText(policy, deps) }
    })
    if (!active.ok) return problemAnswer({ status: 503, title: 'The policy store cannot be reached', headers: { 'retry-after': '5' } })
    if (active.value === undefined) return problemAnswer({ status: 404, title: 'No policy is active' })
    const { digest, text } = active.value
    return new Response(text, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: `"${digest}"` } })
  })
}

function readIfMatch(header: string | null) {
  if (header === null) return undefined
  const text = header.trim()
  if (text === '*') return '*' as const
  const digest = policyDigestSchema.safeParse(ENTITY_TAG.exec(text)?.[1])
  return digest.success ? digest.data : undefined
}
