/**
 * The tables of one ledger. `docs/storage.md` explains them as an interface: other versions of this class read what this one wrote.
 * An admit writes three rows (entry, its replay mark, lease), an outcome one more; nothing here has an index that only a report would use.
 */
export const LEDGER_SCHEMA = `
  CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, jti TEXT, attempt TEXT, hash TEXT NOT NULL, body TEXT NOT NULL);
  CREATE UNIQUE INDEX IF NOT EXISTS entry_jti ON entry (jti) WHERE jti IS NOT NULL;
  CREATE TABLE IF NOT EXISTS lease (
    id TEXT PRIMARY KEY, state TEXT NOT NULL, grant_name TEXT NOT NULL, workload TEXT NOT NULL, connection TEXT NOT NULL, kind TEXT NOT NULL,
    run_id TEXT NOT NULL, job TEXT NOT NULL, opened_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    credential TEXT, handle TEXT, tries INTEGER NOT NULL DEFAULT 0, next_try INTEGER NOT NULL DEFAULT 0, signer TEXT
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS draw (key TEXT NOT NULL, at INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (key, at, seq)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS counted (key TEXT PRIMARY KEY, minute INTEGER NOT NULL, recorded INTEGER NOT NULL, uncounted INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`
