/**
 * The second person's part: a proposal of another is carried out, exactly as it was proposed and as long as nothing has changed since. It decides nothing
 * anew but what it takes to be the second person.
 */
import { AUTHORITY_LEDGER } from '../shared/ledger.ts'
import type { EntryBody } from '../shared/ledger-entries.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type ActingAuthority, inRole, type NotAuthorized, recordAct } from './authenticate/authority.ts'
import { type Person, runOf } from './authenticate/person.ts'
import { policyText } from './authorize/policy-cache.ts'
import { callState } from './call-state.ts'
import { type NotAccepted, readCandidate } from './candidate.ts'
import type { Deps } from './deps.ts'
import type { Role } from './env.ts'
import type { ConfirmOutcome, Proposal, Proposed } from './state/policy-store-port.ts'

export type NotConfirmed =
  | { readonly outcome: Exclude<ConfirmOutcome['outcome'], 'everywhere'> | 'unavailable' }
  | { readonly outcome: 'not_authorized'; readonly because: NotAuthorized }
  | { readonly outcome: 'nobody'; readonly why: string }
  /** The configuration or the version changed meanwhile: what was accepted then is not now. */
  | { readonly outcome: 'not_accepted'; readonly because: NotAccepted }

/** Who may confirm is who may propose. */
const ROLE_OF: Readonly<Record<Proposed['act'], Role>> = { publish: 'publisher', thaw: 'operator' }

export async function confirm(id: string, authority: ActingAuthority, deps: Deps): Promise<Result<Proposal, NotConfirmed>> {
  const found = await callState(() => deps.policyStore().proposal(id))
  if (!found.ok) return err({ outcome: 'unavailable' })
  if (found.value === null) return err({ outcome: 'gone' })
  const proposal = found.value
  const second = secondPerson(proposal, authority)
  if (!second.ok) return second
  const recorded = await recordAct(
    second.value.authority,
    { action: 'confirm', proposal: id, act: proposal.what.act, ...subjectOf(proposal) },
    deps,
  )
  if (!recorded.ok) return err({ outcome: 'not_authorized', because: recorded.error })
  const accepted = await stillAccepted(proposal, deps)
  if (!accepted.ok) return accepted
  const by = runOf(authority.name, second.value.person)
  const confirmation = { id, by, person: second.value.person.key }
  const confirmed = await callState(() => deps.policyStore().confirm(confirmation))
  if (!confirmed.ok) return err({ outcome: 'unavailable' })
  if (confirmed.value.outcome !== 'everywhere') return err({ outcome: confirmed.value.outcome })
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entryOf(proposal, by)))
  if (proposal.what.act === 'publish') deps.log({ event: 'publish', outcome: 'active', policy: proposal.what.policy })
  return ok(proposal)
}

interface SecondPerson {
  readonly authority: ActingAuthority
  readonly person: Person
}

function secondPerson({ what }: Proposal, authority: ActingAuthority): Result<SecondPerson, NotConfirmed> {
  const role = ROLE_OF[what.act]
  const acting = inRole(authority, role)
  if (acting === undefined) return err({ outcome: 'not_authorized', because: { status: 403, detail: `This takes the role ${role}.` } })
  const { person } = authority
  return person.ok ? ok({ authority: acting, person: person.value }) : err({ outcome: 'nobody', why: person.error })
}

async function stillAccepted({ what }: Proposal, deps: Deps): Promise<Result<void, NotConfirmed>> {
  if (what.act !== 'publish') return ok(undefined)
  const text = await callState(() => policyText(what.policy, deps))
  if (!text.ok) return err({ outcome: 'unavailable' })
  const candidate = readCandidate(text.value, deps.config)
  return candidate.ok ? ok(undefined) : err({ outcome: 'not_accepted', because: candidate.error })
}

function subjectOf({ what }: Proposal): Readonly<Record<string, string>> {
  return what.act === 'publish' ? { policy: what.policy, replaces: what.replaces } : what.target
}

function entryOf(proposal: Proposal, confirmedBy: string): EntryBody {
  const { what, by, id } = proposal
  const more = { proposal: id, by, confirmed_by: confirmedBy }
  if (what.act === 'thaw') return { type: 'thawed', ...what.target, ...more }
  return {
    type: 'published',
    policy: what.policy,
    replaces: what.replaces,
    ...(what.forced === null ? {} : { forced: what.forced }),
    ...more,
  }
}
