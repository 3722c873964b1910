/** What entries say: members that several types of entry share. It writes nothing itself. */
import type { Freeze } from '../../shared/freeze.ts'
import type { EntryBody } from '../../shared/ledger-entries.ts'
import type { Instant, InstantMs } from '../../shared/units.ts'
import type { Admission, AskRecord, EndFailed, LeaseRecord, Subject } from './ledger-port.ts'
import { freezeOf, type OwnFreezes } from './own-freezes.ts'
import type { Trip } from './tripwires.ts'

/** INVARIANT: what `activation.ts` reads back of a freeze. */
const MAX_REASON = 500

export function recordOf<S extends Subject>({ policy, decision, runId, subject }: AskRecord & { readonly subject: S }) {
  return { policy, decision, run_id: runId, ...subject }
}

/** What an admission says: that the credential was made already, or that its upstream is about to be asked. */
export function openingEntry(admission: Admission): EntryBody {
  const { lease } = admission
  const opening = { lease: lease.id, expires_at: lease.expiresAt, ...recordOf(admission) }
  if (lease.credential === undefined) return { type: 'opened', ...opening }
  return { type: 'issued', credential: lease.credential, ...(lease.signer === undefined ? {} : { signer: lease.signer }), ...opening }
}

/** Whose credential an entry is about. */
export function leaseFacts({ id, grant, workload, connection, kind, runId }: LeaseRecord) {
  return { lease: id, grant, workload, connection, kind, run_id: runId }
}

export function endFailedEntry({ lease, nextTry }: { lease: LeaseRecord; nextTry: Instant }, { code, detail }: EndFailed): EntryBody {
  return { type: 'end_failed', lease: lease.id, grant: lease.grant, code, detail, lives_until: lease.expiresAt, next_try: nextTry }
}

function trippedEntry({ tripwire, refusals, freezes }: Trip, record: AskRecord): EntryBody {
  return {
    type: 'tripped',
    tripwire,
    ...recordOf(record),
    ...(record.tripwires === undefined ? {} : { repository: record.tripwires.repository, repository_id: record.tripwires.repositoryId }),
    ...(refusals === undefined ? {} : { refusals }),
    freezes: [...freezes],
  }
}

function frozeEntry(freeze: Freeze): EntryBody {
  return {
    type: 'froze',
    target: freeze.target,
    ...(freeze.target === 'all' ? {} : { name: freeze.name }),
    reason: freeze.reason,
    by: freeze.by,
  }
}

/** Carries a trip out: freezes what it freezes, and returns what goes on record. */
export function entriesOfTrip(
  trip: Trip,
  record: AskRecord,
  { now, freezes }: { now: InstantMs; freezes: OwnFreezes },
): readonly EntryBody[] {
  const own = trip.freezes.map((workload) => freezeOf(workload, tripReason(trip, record), new Date(now).toISOString()))
  for (const freeze of own) freezes.add(freeze)
  return [trippedEntry(trip, record), ...own.map(frozeEntry)]
}

/** Why a tripwire froze a workload, for the operator who is asked to thaw it. */
function tripReason({ tripwire, refusals }: Trip, { subject, tripwires, runId, decision }: AskRecord): string {
  const who = `${tripwires?.repository ?? 'a repository'} (run ${runId}, decision ${decision})`
  const text = tripwire === 'canary' ? `canary ${subject.grant} asked for by ${who}` : `${refusals} refusals in a minute of ${who}`
  return text.slice(0, MAX_REASON)
}
