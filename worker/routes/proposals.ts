/**
 * `GET /proposals` and `POST /proposals/{id}/confirm`: what waits for a second person, and that person's word. Who may be it is decided in `confirm.ts`;
 * freezing never waits for anybody.
 */
import { recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import { confirm, type NotConfirmed } from '../confirm.ts'
import type { Deps } from '../deps.ts'
import type { Proposal, Proposed } from '../state/policy-store-port.ts'
import { jsonAnswer, problemAnswer, storeUnreachable } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'

export async function getProposals(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['publisher', 'operator', 'auditor'], deps, async (authority) => {
    const recorded = await recordAct(authority, { action: 'read_proposals' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const open = await callState(() => deps.policyStore().proposals())
    return open.ok ? jsonAnswer({ proposals: open.value.map(shownProposal) }) : storeUnreachable()
  })
}

export async function confirmProposal(request: Request, deps: Deps, id: string): Promise<Response> {
  return asAuthority(request, ['publisher', 'operator'], deps, async (authority) => {
    const confirmed = await confirm(id, authority, deps)
    if (!confirmed.ok) return notConfirmed(confirmed.error, deps)
    return jsonAnswer({ confirmed: id, by: confirmed.value.by, ...shownWhat(confirmed.value.what) })
  })
}

/** 202: nothing is done yet. */
export function proposedAnswer(proposal: Pick<Proposal, 'id' | 'what' | 'expiresAt'>): Response {
  const answer = jsonAnswer({ proposal: proposal.id, ...shownWhat(proposal.what), expires_at: new Date(proposal.expiresAt).toISOString() })
  return new Response(answer.body, { status: 202, headers: answer.headers })
}

export function nobodyAnswer(why: string): Response {
  return problemAnswer({ status: 403, title: 'This takes two people', detail: `${why} Nothing was done.` })
}

function shownProposal({ id, what, by, expiresAt }: Proposal): object {
  return { proposal: id, ...shownWhat(what), by, expires_at: new Date(expiresAt).toISOString() }
}

function shownWhat(what: Proposed): object {
  if (what.act === 'thaw') return { act: 'thaw', ...what.target }
  const { act, policy, replaces, because, forced } = what
  return { act, policy, replaces, because, ...(forced === null ? {} : { forced }) }
}

const REFUSALS = {
  gone: { status: 404, detail: 'There is no such proposal, its quarter of an hour is over, or it was used.' },
  same_person: { status: 403, detail: 'Whoever proposed it cannot confirm it: another person must.' },
  changed: { status: 409, detail: 'Something was published, frozen or thawed since it was proposed: propose it again.' },
} as const

function notConfirmed(refusal: NotConfirmed, deps: Deps): Response {
  const title = 'Not confirmed'
  switch (refusal.outcome) {
    case 'not_authorized':
      return notAuthorized(refusal.because, deps)
    case 'nobody':
      return nobodyAnswer(refusal.why)
    case 'not_accepted':
      return problemAnswer({ status: 422, title, detail: refusal.because.detail, members: { errors: refusal.because.errors } })
    case 'unavailable':
      return storeUnreachable()
    case 'not_everywhere':
      return problemAnswer({
        status: 503,
        title: 'Not in force everywhere yet',
        detail: 'Some ledgers have not confirmed; confirm again to wait for them.',
        headers: { 'retry-after': '5' },
      })
    default:
      return problemAnswer({ title, ...REFUSALS[refusal.outcome] })
  }
}
