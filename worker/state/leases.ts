/** The rows of leases that are not over. A row goes when its lease ends, and its sealed handle with it; what happened stays in the entries. */
import { type LeaseState, leaseEndsAt, leaseIdFloor } from '../../shared/lease.ts'
import type { Instant, InstantMs, Seconds } from '../../shared/units.ts'
import type { LeaseFilter, LeaseRecord, LeaseRequest, SealedHandle, Settlement, Subject } from './ledger-port.ts'

type Row = {
  id: string
  state: string
  grant_name: string
  workload: string
  connection: string
  kind: string
  run_id: string
  job: string
  opened_at: number
  expires_at: number
  credential: string | null
  handle: string | null
  tries: number
}

/** A lease whose time has come, and how often ending it has failed so far. */
export interface DueLease {
  readonly lease: LeaseRecord
  readonly tries: number
}

const COLUMNS = 'id, state, grant_name, workload, connection, kind, run_id, job, opened_at, expires_at, credential, handle, tries'

const FILTER_COLUMNS = {
  lease: 'id',
  run: 'run_id',
  job: 'job',
  workload: 'workload',
  grant: 'grant_name',
  connection: 'connection',
  credential: 'credential',
  signer: 'signer',
} as const

/** A column that tables of earlier versions do not have. */
export function addSignerColumn(sql: SqlStorage): void {
  if (sql.exec("SELECT 1 FROM pragma_table_info('lease') WHERE name = 'signer'").toArray().length > 0) return
  sql.exec('ALTER TABLE lease ADD COLUMN signer TEXT')
}

export function openLease(sql: SqlStorage, lease: LeaseRequest, subject: Subject, now: Instant): void {
  sql.exec(
    'INSERT INTO lease (id, state, grant_name, workload, connection, kind, run_id, job, opened_at, expires_at, credential, handle, signer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    lease.id,
    lease.state,
    subject.grant,
    subject.workload ?? '',
    subject.connection ?? '',
    subject.kind ?? '',
    lease.runId,
    lease.job,
    now,
    lease.expiresAt,
    lease.credential ?? null,
    lease.handle ?? null,
    lease.signer ?? null,
  )
}

/** Sealed handles in order of lease, of leases after `after`, that do not begin with `prefix`. */
export function handlesWithout(
  sql: SqlStorage,
  { prefix, after, limit }: { readonly prefix: string; readonly after: string; readonly limit: number },
): SealedHandle[] {
  const query =
    'SELECT id AS lease, handle FROM lease WHERE id > ? AND handle IS NOT NULL AND substr(handle, 1, ?) <> ? ORDER BY id LIMIT ?'
  return sql.exec<{ lease: string; handle: string }>(query, after, prefix.length, prefix, limit).toArray()
}

export function replaceHandle(sql: SqlStorage, { lease, handle }: SealedHandle, renewed: string): void {
  sql.exec('UPDATE lease SET handle = ? WHERE id = ? AND handle = ?', renewed, lease, handle)
}

/** `minting` → `live`. False when there is no such lease in `minting`. */
export function settleLease(sql: SqlStorage, { lease, expiresAt, credential, handle }: Settlement): boolean {
  const done = sql.exec(
    "UPDATE lease SET state = 'live', expires_at = ?, credential = ?, handle = ? WHERE id = ? AND state = 'minting'",
    expiresAt,
    credential,
    handle ?? null,
    lease,
  )
  return done.rowsWritten > 0
}

export function findLease(sql: SqlStorage, id: string): LeaseRecord | undefined {
  const [row] = sql.exec<Row>(`SELECT ${COLUMNS} FROM lease WHERE id = ?`, id).toArray()
  return row === undefined ? undefined : readRow(row)
}

/** False when the lease was over already. */
export function deleteLease(sql: SqlStorage, id: string): boolean {
  return sql.exec('DELETE FROM lease WHERE id = ?', id).rowsWritten > 0
}

export function listLeases(sql: SqlStorage, filter: LeaseFilter, limit: number): LeaseRecord[] {
  const terms: string[] = []
  const values: (string | number)[] = []
  for (const [name, column] of Object.entries(FILTER_COLUMNS)) {
    const value: unknown = Reflect.get(filter, name)
    if (typeof value !== 'string') continue
    terms.push(`${column} = ?`)
    values.push(value)
  }
  const where = terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`
  return sql
    .exec<Row>(`SELECT ${COLUMNS} FROM lease ${where} ORDER BY id LIMIT ?`, ...values, limit)
    .toArray()
    .map(readRow)
}

/** Leases whose end has come and whose next try is due; the earliest first. */
export function dueLeases(sql: SqlStorage, now: Instant, limit: number): DueLease[] {
  const rows = sql
    .exec<Row>(
      `SELECT ${COLUMNS} FROM lease WHERE id < ? AND next_try <= ? AND state = 'live' ORDER BY id LIMIT ?`,
      leaseIdFloor(now + 1),
      now,
      limit,
    )
    .toArray()
  return rows.map((row) => ({ lease: readRow(row), tries: row.tries }))
}

/** Leases still in `minting` that were opened before `openedBefore`: the worker died, or its answer never came. */
export function stuckLeases(sql: SqlStorage, openedBefore: Instant): LeaseRecord[] {
  return sql.exec<Row>(`SELECT ${COLUMNS} FROM lease WHERE state = 'minting' AND opened_at <= ?`, openedBefore).toArray().map(readRow)
}

/** When the oldest lease in `minting` counts as stuck, in milliseconds. */
export function nextStuck(sql: SqlStorage, grace: Seconds): InstantMs | undefined {
  const row = sql.exec<{ at: number | null }>("SELECT min(opened_at) AS at FROM lease WHERE state = 'minting'").one()
  return row.at === null ? undefined : (row.at + grace) * 1000
}

export function postponeLease(sql: SqlStorage, id: string, nextTry: Instant): void {
  sql.exec('UPDATE lease SET tries = tries + 1, next_try = ? WHERE id = ?', nextTry, id)
}

/** When the sweep must look at the leases next: the earliest end, or the earliest next try of those past it. */
export function nextDue(sql: SqlStorage, now: Instant): Instant | undefined {
  const [overdue] = sql
    .exec<{ at: number | null }>("SELECT min(next_try) AS at FROM lease WHERE id < ? AND state = 'live'", leaseIdFloor(now + 1))
    .toArray()
  const [ahead] = sql.exec<{ at: string }>('SELECT id AS at FROM lease WHERE id >= ? ORDER BY id LIMIT 1', leaseIdFloor(now + 1)).toArray()
  const candidates = [overdue?.at ?? undefined, ahead === undefined ? undefined : leaseEndsAt(ahead.at)]
  const known = candidates.filter((at) => at !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function readRow(row: Row): LeaseRecord {
  return {
    id: row.id,
    state: readState(row.state),
    grant: row.grant_name,
    workload: row.workload,
    connection: row.connection,
    kind: row.kind,
    runId: row.run_id,
    job: row.job,
    openedAt: row.opened_at,
    expiresAt: row.expires_at,
    credential: row.credential,
    handle: row.handle,
  }
}

function readState(state: string): LeaseState {
  return state === 'minting' ? 'minting' : 'live'
}
