/** What one ledger knows of itself in numbers: entries of each sort, leases that are not over, the oldest that should be. Reads only, but for the memo of the tally. */
import { leaseEndsAt } from '../../shared/lease.ts'
import type { LedgerHead } from '../../shared/ledger.ts'
import type { LeaseCount, LedgerFigures } from '../../shared/ledger-figures.ts'
import { countOn } from './tally.ts'

export function readFigures(sql: SqlStorage, { seq: head }: LedgerHead): LedgerFigures {
  const { seq, sorts } = countOn(sql, head)
  const [first] = sql.exec<{ id: string }>('SELECT id FROM lease ORDER BY id LIMIT 1').toArray()
  return { head, counted: seq, sorts, leases: countLeases(sql), ...(first === undefined ? {} : { earliestEnd: leaseEndsAt(first.id) }) }
}

function countLeases(sql: SqlStorage): readonly LeaseCount[] {
  const query = `
    SELECT kind, CASE WHEN state = 'minting' THEN 'minting' ELSE 'live' END AS state, count(*) AS leases, count(recall) AS recalled, sum(tries > 0) AS failing
    FROM lease GROUP BY 1, 2 ORDER BY 1, 2`
  type Row = { kind: string; state: string; leases: number; recalled: number; failing: number }
  return sql
    .exec<Row>(query)
    .toArray()
    .map((row) => ({ ...row, state: row.state === 'minting' ? 'minting' : 'live' }))
}
