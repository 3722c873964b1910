/**
 * The tables of one ledger. `docs/storage.md` explains them as an interface: other versions of this class read what this one wrote.
 * An admit writes three rows (entry, its replay mark, lease), an outcome one more; nothing here has an index that only a report would use.
 */
const LEDGER_SCHEMA = `
  CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, jti TEXT, attempt TEXT, hash TEXT NOT NULL, body TEXT NOT NULL);
  CREATE UNIQUE INDEX IF NOT EXISTS entry_jti ON entry (jti) WHERE jti IS NOT NULL;
  CREATE TABLE IF NOT EXISTS lease (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, grant_name TEXT NOT NULL, workload TEXT NOT NULL, connection TEXT NOT NULL, kind TEXT NOT NULL,
    run_id TEXT NOT NULL, job TEXT NOT NULL, opened_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    credential TEXT, handle TEXT, tries INTEGER NOT NULL DEFAULT 0, next_try INTEGER NOT NULL DEFAULT 0,
    repository_id TEXT NOT NULL DEFAULT '', run_attempt INTEGER NOT NULL DEFAULT 0, recall TEXT, cause TEXT, signer TEXT
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS draw (key TEXT NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (key, at, seq)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counted (key TEXT PRIMARY KEY, minute INTEGER NOT NULL, recorded INTEGER NOT NULL, uncounted INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tripwire (key TEXT PRIMARY KEY, minute INTEGER NOT NULL, refusals INTEGER NOT NULL, quiet_until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`

const LATER_LEASE_COLUMNS = {
  repository_id: "TEXT NOT NULL DEFAULT ''",
  run_attempt: 'INTEGER NOT NULL DEFAULT 0',
  recall: 'TEXT',
  cause: 'TEXT',
  signer: 'TEXT',
} as const

/** Makes the tables, and adds to a ledger of an earlier version the columns it does not have yet. The index holds recalled leases alone: no exchange pays for it. */
export function prepareTables(sql: SqlStorage): void {
  sql.exec(LEDGER_SCHEMA)
  const known = sql.exec('SELECT * FROM lease LIMIT 0').columnNames
  for (const [name, type] of Object.entries(LATER_LEASE_COLUMNS)) {
    if (!known.includes(name)) sql.exec(`ALTER TABLE lease ADD COLUMN ${name} ${type}`)
  }
  sql.exec('CREATE INDEX IF NOT EXISTS lease_recalled ON lease (next_try) WHERE recall IS NOT NULL')
}
