/** Why a policy was not published, as the problem (RFC 9457) its publisher reads. */
import type { NotPublished } from '../publish.ts'
import { problemAnswer } from './answers.ts'
import { nobodyAnswer } from './proposals.ts'

const MAX_NAMED = 100
const RETRY = { 'retry-after': '5' }

export function notPublished(
  refusal: NotPublished,
  { replaces, maxGrantsRemoved }: { readonly replaces: string; readonly maxGrantsRemoved: number },
): Response {
  switch (refusal.outcome) {
    case 'not_the_active_one': {
      const { active } = refusal
      const detail = `The active policy is ${active ?? 'none'}, not ${replaces}.`
      return problemAnswer({ status: 412, title: 'Another policy is active', detail, members: { active } })
    }
    case 'takes_too_much':
      return takesTooMuch(refusal, maxGrantsRemoved)
    case 'nobody':
      return nobodyAnswer(refusal.why)
    case 'active_unreadable': {
      const detail = 'What it takes away cannot be told. With force=<reason> it is published without being compared.'
      return problemAnswer({ status: 503, title: 'The active policy cannot be read', detail, headers: RETRY })
    }
    case 'unavailable':
      return problemAnswer({
        status: 503,
        title: 'The policy is not in force everywhere',
        detail: 'The policy store cannot be reached.',
        headers: RETRY,
      })
    default: {
      const detail = `${refusal.waitingFor} ledgers have not confirmed yet; publish the same policy again to wait for them.`
      return problemAnswer({ status: 503, title: 'The policy is not in force everywhere', detail, headers: RETRY })
    }
  }
}

const LOSSES = {
  removed: { id: 'grant-removed', message: 'removed' },
  unreachable: { id: 'grant-unreachable', message: 'nobody who could get it before can get it' },
} as const

function takesTooMuch({ losses }: Extract<NotPublished, { outcome: 'takes_too_much' }>, maxGrantsRemoved: number): Response {
  const { lost, grants, allowed } = losses
  const errors = lost.slice(0, MAX_NAMED).map(({ grant, how }) => ({ path: `grants.${grant}`, ...LOSSES[how] }))
  const detail = `${lost.length} of ${grants} grants would be gone for everybody; ${allowed} may go at once (MAX_GRANTS_REMOVED is ${maxGrantsRemoved} %). If that is meant, publish with force=<reason>.`
  return problemAnswer({
    status: 409,
    title: 'The policy takes too much away',
    detail,
    members: { lost: lost.length, grants, allowed, errors, truncated: lost.length > MAX_NAMED },
  })
}
