/**
 * One data point for each exchange, where the broker has a dataset of Workers Analytics Engine to write it to; else nothing at all. The platform takes a point without
 * making anybody wait, samples when there are many, and may lose some: what must be exact is in the ledger. Names of the policy and words of ours, no caller's.
 */
export interface ExchangePoint {
  readonly outcome: 'issued' | 'refused'
  /** The refusal's code; empty when a credential was issued. */
  readonly code: string
  /** Empty until the caller is proven and the policy has such a grant. */
  readonly grant: string
  readonly kind: string
  readonly durationMs: number
  /** Calls of ledgers. */
  readonly hops: number
}

export interface Dataset {
  writeDataPoint(point: { readonly blobs: string[]; readonly doubles: number[]; readonly indexes: string[] }): void
}

/** INVARIANT: a column of the dataset keeps its meaning for ever; a new one is added at the end (`docs/operations.md`). */
export function writePoints(dataset: Dataset): (point: ExchangePoint) => void {
  return ({ outcome, code, grant, kind, durationMs, hops }) => {
    try {
      dataset.writeDataPoint({ blobs: [outcome, code, grant, kind], doubles: [durationMs, hops], indexes: [grant] })
    } catch {
      // an exchange does not fail because it could not be measured
    }
  }
}
