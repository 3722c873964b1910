/** Measures one exchange from outside: how long it took and how often it called a ledger. Without somewhere to write it, nothing is measured and nothing wrapped. */
import type { Deps } from './deps.ts'
import type { ExchangePoint } from './exchange-point.ts'

/** What came of an exchange, as the one who answers it knows it. */
export type ExchangeEnd = Pick<ExchangePoint, 'outcome' | 'code' | 'grant' | 'kind'>

export interface Meter {
  /** To be used for the exchange in place of those that were given. */
  readonly deps: Deps
  readonly done: (end: () => ExchangeEnd) => void
}

export function startMeter(deps: Deps): Meter {
  const { measure, nowMs } = deps
  if (measure === undefined) return { deps, done: () => undefined }
  const begun = nowMs()
  let hops = 0
  const ledger: Deps['ledger'] = (name) => {
    hops++
    return deps.ledger(name)
  }
  return { deps: { ...deps, ledger }, done: (end) => measure({ ...end(), durationMs: nowMs() - begun, hops }) }
}
