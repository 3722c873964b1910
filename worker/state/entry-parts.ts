/** Parts of entries that several writers share: what an ask leaves on record, and the mark under which a failure is written once. It writes nothing itself. */
import type { ReplayMark } from './chain.ts'
import type { AskRecord, Subject } from './ledger-port.ts'

/** A mint fails once: the same said again, because its answer got lost, is not written again. */
export function failedMark(lease: string): ReplayMark {
  return { jti: `failed ${lease}`, attempt: lease }
}

export function recordOf<S extends Subject>({ policy, decision, runId, subject }: AskRecord & { readonly subject: S }) {
  return { policy, decision, run_id: runId, ...subject }
}
