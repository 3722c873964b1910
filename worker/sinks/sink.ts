/**
 * What a sink is: a place outside that takes entries of one ledger in order. It has a batch wholly or says why not; it keeps no state and decides no retry.
 * Nothing the outside said gets into what it answers, only phrases of ours.
 */
import type { JsonObject } from '../../shared/json.ts'
import type { Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import type { SinkName } from '../state/ledger-port.ts'

export interface Shipped {
  /** As in an export. */
  readonly line: string
  readonly entry: JsonObject
}

/** Successive entries of one ledger; never empty. */
export interface Batch {
  readonly ledger: string
  readonly first: number
  readonly last: number
  readonly entries: readonly Shipped[]
}

export interface NotTaken {
  /**
   * `failed`: later, perhaps. `rejected`: not this batch; a part of it, perhaps. `conflict`: the sink holds something else in this place, which no
   * retry will mend and somebody must look at.
   */
  readonly why: 'failed' | 'rejected' | 'conflict'
  readonly detail: string
  readonly retryAfter?: Seconds
}

export interface Sink {
  readonly name: SinkName
  /** A batch may come again, wholly or in part, when an answer was lost: it must not matter. */
  ship(batch: Batch): Promise<Result<void, NotTaken>>
}
