/** `GET`, `PUT`, `DELETE /freezes`: the kill switch. A freeze is in force on every ledger before the answer. */
import * as z from 'zod'
import { FREEZE_TARGETS, type FreezeTarget } from '../../shared/freeze.ts'
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import { type ActingAuthority, recordAct } from '../authenticate/authority.ts'
import { runOf } from '../authenticate/person.ts'
import { activePolicy } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import { type Deps, randomId } from '../deps.ts'
import { jsonAnswer, problemAnswer, storeUnreachable } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'
import { jsonBody } from './json-body.ts'
import { nobodyAnswer, proposedAnswer } from './proposals.ts'

const name = z.string().min(1).max(200)
const reason = z.string().min(1).max(500)
const target = z.discriminatedUnion('target', [
  z.strictObject({ target: z.literal('all') }),
  z.strictObject({ target: z.enum(FREEZE_TARGETS), name }),
])
const freezeRequest = z.discriminatedUnion('target', [
  z.strictObject({ target: z.literal('all'), reason }),
  z.strictObject({ target: z.enum(FREEZE_TARGETS), name, reason }),
])

const UNCLEAR = {
  title: 'What to stop is not clear',
  detail: 'Expected {"target":"all","reason":"…"}, or target issuer, workload, grant, connection or kind with a name.',
}

export async function getFreezes(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['operator'], deps, async (authority) => {
    const recorded = await recordAct(authority, { action: 'read_freezes' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const activation = await callState(() => deps.policyStore().activation())
    return activation.ok ? jsonAnswer({ freezes: activation.value.freezes }) : storeUnreachable()
  })
}

export async function putFreeze(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['operator'], deps, async (authority) => {
    const read = await jsonBody(request, freezeRequest, UNCLEAR)
    if (!read.ok) return read.error
    const freeze = { ...read.value, since: new Date(deps.nowMs()).toISOString(), by: authority.name }
    return change(
      authority,
      { type: 'froze', target: targetOf(read.value), reason: freeze.reason, act: () => deps.policyStore().freeze(freeze) },
      deps,
    )
  })
}

export async function deleteFreeze(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['operator'], deps, async (authority) => {
    const read = await jsonBody(request, target, UNCLEAR)
    if (!read.ok) return read.error
    if (deps.config.twoPerson.has('thaw')) return proposeThaw(authority, read.value, deps)
    return change(authority, { type: 'thawed', target: read.value, reason: '', act: () => deps.policyStore().thaw(read.value) }, deps)
  })
}

/** Freezing is one person's to do, at once; taking a freeze back may take two. */
async function proposeThaw(authority: ActingAuthority, what: FreezeTarget, deps: Deps): Promise<Response> {
  const recorded = await recordAct(authority, { action: 'thaw', ...what }, deps)
  if (!recorded.ok) return notAuthorized(recorded.error, deps)
  const { person } = authority
  if (!person.ok) return nobodyAnswer(person.error)
  const by = runOf(authority.name, person.value)
  const request = { id: randomId(deps), what: { act: 'thaw', target: what }, by, person: person.value.key } as const
  const proposed = await callState(() => deps.policyStore().propose(request))
  if (!proposed.ok) return storeUnreachable()
  if (proposed.value.outcome === 'stale') return problemAnswer({ status: 404, title: 'No such freeze is in force' })
  const { id, expiresAt } = proposed.value
  const entry = { type: 'proposed', act: 'thaw', proposal: id, ...what, by } as const
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entry))
  return proposedAnswer({ id, expiresAt, what: request.what })
}

interface Change {
  readonly type: 'froze' | 'thawed'
  readonly target: FreezeTarget
  readonly reason: string
  readonly act: () => Promise<'everywhere' | 'not_everywhere' | 'absent'>
}

async function change(authority: ActingAuthority, { type, target: what, reason: why, act }: Change, deps: Deps): Promise<Response> {
  const recorded = await recordAct(
    authority,
    { action: type === 'froze' ? 'freeze' : 'thaw', ...what, ...(why === '' ? {} : { reason: why }) },
    deps,
  )
  if (!recorded.ok) return notAuthorized(recorded.error, deps)
  const changed = await callState(act)
  if (!changed.ok) return storeUnreachable()
  if (changed.value === 'absent') return problemAnswer({ status: 404, title: 'No such freeze is in force' })
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, { type, ...what, by: authority.name }))
  if (changed.value === 'not_everywhere') {
    return problemAnswer({
      status: 503,
      title: 'Not in force everywhere yet',
      detail: 'Some ledgers have not confirmed; call again to wait for them.',
      // tells it from a call that had no effect at all
      members: { recorded: true },
      headers: { 'retry-after': '5' },
    })
  }
  return jsonAnswer({ [type]: what, ...(type === 'froze' && (await isUnknown(what, deps)) ? { unknown: true } : {}) })
}

/** That the active policy has nothing of this name, which may be a slip. It is frozen all the same: the next policy may have it. */
async function isUnknown(what: FreezeTarget, deps: Deps): Promise<boolean> {
  const read = await callState(() => activePolicy(deps))
  const policy = read.ok ? read.value : undefined
  if (policy === undefined || what.target === 'all') return false
  switch (what.target) {
    case 'workload':
      return policy.workload(what.name) === undefined
    case 'grant':
      return policy.grant(what.name) === undefined
    case 'connection':
      return policy.connection(what.name) === undefined
    case 'issuer':
      return [...policy.issuers.values()].every(({ name: known }) => known !== what.name)
    case 'kind':
      return policy.connectionNames.every((connection) => policy.connection(connection)?.kind.name !== what.name)
  }
}

function targetOf(freeze: z.infer<typeof freezeRequest>): FreezeTarget {
  return freeze.target === 'all' ? { target: 'all' } : { target: freeze.target, name: freeze.name }
}
