/** The rows of leases that are not over. A row goes when its lease ends, and its sealed handle with it; what happened stays in the entries. */
import { type Ending, type LeaseState, leaseEndsAt, leaseIdFloor } from '../../shared/lease.ts'
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
  signer: string | null
  handle: string | null
  tries: number
  next_try: number
  recall: string | null
  cause: string | null
}

const COLUMNS =
  'id, state, grant_name, workload, connection, kind, run_id, job, opened_at, expires_at, credential, signer, handle, tries, next_try, recall, cause'

const FILTER_COLUMNS = {
  lease: 'id',
  run: 'run_id',
  job: 'job',
  workload: 'workload',
  grant: 'grant_name',
  connection: 'connection',
  kind: 'kind',
  credential: 'credential',
  signer: 'signer',
} as const

export function openLease(sql: SqlStorage, lease: LeaseRequest, subject: Subject, now: Instant): void {
  sql.exec(
    'INSERT INTO lease (id, state, grant_name, workload, connection, kind, run_id, job, opened_at, expires_at, credential, handle, repository_id, run_attempt, signer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
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
    lease.repositoryId ?? '',
    lease.runAttempt ?? 0,
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

/** Leases that fit `where`, in the order of their ends. */
export function selectLeases(sql: SqlStorage, where: string, values: readonly (string | number)[], limit: number): LeaseRecord[] {
  return sql
    .exec<Row>(`SELECT ${COLUMNS} FROM lease ${where} ORDER BY id LIMIT ?`, ...values, limit)
    .toArray()
    .map(readRow)
}

export function listLeases(
  sql: SqlStorage,
  filter: LeaseFilter,
  { limit, after }: { readonly limit: number; readonly after: string },
): LeaseRecord[] {
  const terms: string[] = ['id > ?']
  const values: (string | number)[] = [after]
  for (const [name, column] of Object.entries(FILTER_COLUMNS)) {
    const value: unknown = Reflect.get(filter, name)
    if (typeof value !== 'string') continue
    terms.push(`${column} = ?`)
    values.push(value)
  }
  return selectLeases(sql, `WHERE ${terms.join(' AND ')}`, values, limit)
}

/** Leases still in `minting` for longer than `grace`, or past their end: the worker died, or its answer never came. The end holds where a clock that jumped wrote `opened_at`. */
export function stuckLeases(sql: SqlStorage, now: Instant, grace: Seconds): LeaseRecord[] {
  const where = "WHERE state = 'minting' AND (opened_at <= ? OR id < ?)"
  return sql
    .exec<Row>(`SELECT ${COLUMNS} FROM lease ${where}`, now - grace, leaseIdFloor(now))
    .toArray()
    .map(readRow)
}

/** When the oldest lease in `minting` counts as stuck, in milliseconds. */
export function nextStuck(sql: SqlStorage, grace: Seconds): InstantMs | undefined {
  const columns = 'min(opened_at) AS opened, min(id) AS first'
  const { opened, first } = sql
    .exec<{ opened: number | null; first: string | null }>(`SELECT ${columns} FROM lease WHERE state = 'minting'`)
    .one()
  return opened === null || first === null ? undefined : Math.min(opened + grace, leaseEndsAt(first) + 1) * 1000
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
    signer: row.signer,
    handle: row.handle,
    ...(row.recall === null ? {} : { recalled: { how: readEnding(row.recall), ...(row.cause === null ? {} : { cause: row.cause }) } }),
    ...(row.tries === 0 ? {} : { failing: { tries: row.tries, nextTry: row.next_try } }),
  }
}

function readState(state: string): LeaseState {
  return state === 'minting' ? 'minting' : 'live'
}

function readEnding(how: string): Ending {
  return how === 'returned' || how === 'expired' ? how : 'revoked'
}
