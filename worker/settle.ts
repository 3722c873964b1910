/**
 * The last stage: the outcome goes on record, then the caller is answered. A credential that cannot be recorded is ended and not handed over.
 */
import type { Refusal } from '../shared/refusal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { callState, LEDGER_UNAVAILABLE } from './call-state.ts'
import type { Commission } from './commission.ts'
import type { Deps } from './deps.ts'
import type { Made, MintFailure } from './mint.ts'
import { endCredential, sealHandle } from './revoke.ts'
import type { FailFacts } from './state/ledger-port.ts'

export async function settle(commission: Commission, minted: Result<Made, MintFailure>, deps: Deps): Promise<Result<Made, Refusal>> {
  const { order, ledger } = commission
  const about = aboutOf(commission)
  if (!minted.ok) {
    const { forLedger = {}, leftover, ...refusal } = minted.error
    const facts = { ...about, code: refusal.code, ...forLedger }
    if (leftover === undefined) await callState(() => deps.ledger(ledger).fail(order.leaseId, facts))
    else await keep(commission, leftover, { ...facts, credential_end: 'still_to_end', lives_until: leftover.expiresAt }, deps)
    return err(refusal)
  }
  const recorded = await record(commission, minted.value, deps)
  if (recorded) return minted
  await abandon(commission, minted.value, deps)
  return err(LEDGER_UNAVAILABLE)
}

async function record(commission: Commission, made: Made, deps: Deps): Promise<boolean> {
  const { order, ledger } = commission
  const recorded = await callState(async () => {
    const handle = await sealed(commission, made, deps)
    return deps.ledger(ledger).settle({
      lease: order.leaseId,
      expiresAt: made.expiresAt,
      credential: made.credentialHash,
      ...(handle === undefined ? {} : { handle }),
      facts: {
        ...aboutOf(commission),
        expires_at: Math.min(order.expiresAt, made.expiresAt),
        upstream_expires_at: made.expiresAt,
      },
    })
  })
  return recorded.ok && recorded.value === 'settled'
}

async function sealed({ order, kindName }: Commission, { handle }: Pick<Made, 'handle'>, deps: Deps): Promise<string | undefined> {
  if (handle === undefined) return undefined
  return sealHandle({ lease: order.leaseId, kind: kindName, connection: order.connection, handle }, deps)
}

/** What every entry about a commission says beside its own facts, so that it is found by each of them. */
function aboutOf({ record: { subject, decision, runId } }: Commission) {
  const { grant, workload, connection, kind } = subject
  return { grant, workload, connection, kind, decision, run_id: runId }
}

/** INVARIANT: no record, no credential. What was made but cannot be recorded is ended at its upstream, and never leaves. What cannot be ended is kept, to be tried again. */
async function abandon(commission: Commission, made: Made, deps: Deps): Promise<void> {
  const { order, kindName, ledger, record } = commission
  const credential = { lease: order.leaseId, kind: kindName, connection: order.connection, handle: made.handle ?? {} }
  const ended = made.handle === undefined ? ok('already_gone') : await endCredential(credential, deps)
  const detail = ended.ok ? ended.value : 'still_to_end'
  deps.log({ event: 'exchange', outcome: 'abandoned', decision: record.decision, lease: order.leaseId, detail })
  const facts = { ...aboutOf(commission), code: 'ledger_unavailable', credential_end: detail }
  if (ended.ok) await callState(() => deps.ledger(ledger).fail(order.leaseId, facts))
  else await keep(commission, made, { ...facts, lives_until: made.expiresAt, detail: ended.error.detail }, deps)
}

/** What can be ended, whether or not it was read in full. */
type Kept = Pick<Made, 'handle' | 'expiresAt'> & { readonly credentialHash?: string }

async function keep(commission: Commission, made: Kept, facts: FailFacts, deps: Deps): Promise<void> {
  const { order, ledger, holder, record: asked } = commission
  const kept = await callState(async () => {
    const handle = await sealed(commission, made, deps)
    const lease = {
      ...holder,
      id: order.leaseId,
      state: 'live' as const,
      expiresAt: made.expiresAt,
      ...(made.credentialHash === undefined ? {} : { credential: made.credentialHash }),
      ...(handle === undefined ? {} : { handle }),
    }
    return deps.ledger(ledger).keep({ lease, subject: asked.subject, facts })
  })
  if (kept.ok) return
  const detail = `may live until ${made.expiresAt}`
  deps.log({ event: 'exchange', outcome: 'not_kept', decision: asked.decision, lease: order.leaseId, detail })
}
