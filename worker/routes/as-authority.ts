/** Runs an endpoint for one of the roles it takes: 401 without or with a bad token, 403 for the wrong role (settled), 503 when nobody can tell. */
import { type ActingAuthority, authenticateAuthority, type NotAuthorized } from '../authenticate/authority.ts'
import { type Deps, randomId } from '../deps.ts'
import type { Role } from '../env.ts'
import { problemAnswer } from './answers.ts'
import { authorityTokenOf } from './authority-token.ts'

const TITLES = { 401: 'Not authenticated', 403: 'Not allowed', 503: 'Temporarily unavailable' } as const

export async function asAuthority(
  request: Request,
  roles: readonly Role[],
  deps: Deps,
  act: (authority: ActingAuthority) => Promise<Response>,
): Promise<Response> {
  const given = authorityTokenOf(request)
  if (!given.ok) return notAuthorized({ status: 403, detail: given.detail }, deps)
  const authority = await authenticateAuthority(given.token, roles, deps)
  if (!authority.ok) return notAuthorized(authority.error, deps)
  return act(authority.value)
}

export function notAuthorized({ status, detail, code }: NotAuthorized, deps: Pick<Deps, 'log' | 'random'>): Response {
  const decision = randomId(deps)
  deps.log({ event: 'authority', outcome: 'refused', decision, status, detail, ...(code === undefined ? {} : { code }) })
  const headers = status === 401 ? { 'www-authenticate': 'Bearer' } : status === 503 ? { 'retry-after': '5' } : undefined
  return problemAnswer({
    status,
    title: TITLES[status],
    detail,
    members: { decision_id: decision },
    ...(headers === undefined ? {} : { headers }),
  })
}
