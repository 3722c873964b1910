/** `GET /policy/history`: what was published, when, by whom, and what it replaced; newest first, a page at a time. For auditors. */
import { recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import type { PastPublication } from '../state/policy-store-port.ts'
import { jsonAnswer, problemAnswer, storeUnreachable } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000
const WHOLE = /^[1-9][0-9]{0,14}$/

export async function getPolicyHistory(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const page = readPage(new URL(request.url).searchParams)
    if (page === undefined)
      return problemAnswer({ status: 400, title: 'The page is not usable', detail: `before=<number> and limit=1…${MAX_LIMIT}.` })
    const recorded = await recordAct(authority, { action: 'read_policy_history' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const { before, limit } = page
    const past = await callState(() => deps.policyStore().history(before, limit + 1))
    if (!past.ok) return storeUnreachable()
    const shown = past.value.slice(0, limit)
    return jsonAnswer({ publications: shown.map(publicationJson), next: past.value.length > limit ? (shown.at(-1)?.n ?? null) : null })
  })
}

/** `next` of a page is the `before` of the one after it. */
function readPage(parameters: URLSearchParams): { readonly before: number; readonly limit: number } | undefined {
  const [before, limit] = [parameters.get('before') ?? String(Number.MAX_SAFE_INTEGER), parameters.get('limit') ?? String(DEFAULT_LIMIT)]
  const isUsable = (WHOLE.test(before) || !parameters.has('before')) && WHOLE.test(limit) && Number(limit) <= MAX_LIMIT
  return isUsable ? { before: Number(before), limit: Number(limit) } : undefined
}

function publicationJson({ n, digest, at, by, replaced, forced, confirmedBy }: PastPublication): object {
  return {
    number: n,
    policy: digest,
    at,
    by,
    replaced,
    ...(forced === null ? {} : { forced }),
    ...(confirmedBy === null ? {} : { confirmed_by: confirmedBy }),
  }
}
