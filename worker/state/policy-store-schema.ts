/** The tables of the policy store, and the door through which their rows come back as values. `docs/storage.md` explains them. */
import * as z from 'zod'
import { freezeTargetSchema, policyDigestSchema } from './activation.ts'

const TABLES = `
  CREATE TABLE IF NOT EXISTS piece (digest TEXT NOT NULL, n INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (digest, n));
  CREATE TABLE IF NOT EXISTS publication (n INTEGER PRIMARY KEY, digest TEXT NOT NULL, published_at TEXT NOT NULL, published_by TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS ledger (name TEXT PRIMARY KEY, confirmed INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS proposal (id TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, body TEXT NOT NULL, done TEXT) WITHOUT ROWID;
`

/** Columns that came later. A version that does not know them leaves them empty. */
const LATER_COLUMNS = [
  { table: 'publication', column: 'forced' },
  { table: 'publication', column: 'confirmed_by' },
] as const

/** Makes what is missing; what is there already stays as it is. */
export function preparePolicyStore(sql: SqlStorage): void {
  sql.exec(TABLES)
  for (const { table, column } of LATER_COLUMNS) {
    const columns = sql.exec<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).toArray()
    if (!columns.some(({ name }) => name === column)) sql.exec(`ALTER TABLE ${table} ADD COLUMN ${column} TEXT`)
  }
}

const proposedPublish = z.object({
  act: z.literal('publish'),
  policy: policyDigestSchema,
  replaces: z.union([policyDigestSchema, z.literal('*')]),
  forced: z.string().nullable(),
  because: z.string(),
})
const proposedThaw = z.object({ act: z.literal('thaw'), target: freezeTargetSchema })

/** The column `body`: what is proposed, by whom, and the generation of what was in force then. */
export const proposalSchema = z.object({
  what: z.discriminatedUnion('act', [proposedPublish, proposedThaw]),
  by: z.string(),
  /** Who the one is that proposed it, whatever the run is called. */
  person: z.string(),
  generation: z.number().int().nonnegative(),
})

/** The column `done`: who confirmed it, and the generation that came of it. */
export const doneSchema = z.object({ person: z.string(), generation: z.number().int().nonnegative() })

/** A `type`, not an interface: rows must be indexable. */
export type ProposalRow = { id: string; expires_at: number; body: string; done: string | null }

export type PublicationRow = {
  n: number
  digest: string
  published_at: string
  published_by: string
  replaced: string | null
  forced: string | null
  confirmed_by: string | null
}
