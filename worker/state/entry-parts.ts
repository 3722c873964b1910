/** Parts of entries that several writers share: what an ask leaves on record, and the mark under which a failure is written once. It writes nothing itself. */
import type { JsonObject } from '../../shared/json.ts'
import type { ReplayMark } from './chain.ts'
import type { AskRecord } from './ledger-port.ts'

/** A mint fails once: the same said again, because its answer got lost, is not written again. */
export function failedMark(lease: string): ReplayMark {
  return { jti: `failed ${lease}`, attempt: lease }
}

export function recordOf({ policy, decision, runId, subject }: AskRecord): JsonObject {
  return {
    policy,
    decision,
    run_id: runId,
    issuer: subject.issuer,
    grant: subject.grant,
    ...(subject.workload === undefined ? {} : { workload: subject.workload }),
    ...(subject.connection === undefined ? {} : { connection: subject.connection }),
    ...(subject.kind === undefined ? {} : { kind: subject.kind }),
  }
}
