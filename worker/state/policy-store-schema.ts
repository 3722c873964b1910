/** The tables of the policy store. `docs/storage.md` explains them. */
export const POLICY_STORE_SCHEMA = `
  CREATE TABLE IF NOT EXISTS piece (digest TEXT NOT NULL, n INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (digest, n));
  CREATE TABLE IF NOT EXISTS publication (n INTEGER PRIMARY KEY, digest TEXT NOT NULL, published_at TEXT NOT NULL, published_by TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS ledger (name TEXT PRIMARY KEY, confirmed INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`
