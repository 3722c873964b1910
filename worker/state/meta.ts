/** The few things an object keeps under a name of its own, as text. What a text means is its reader's to say. */
export function readMeta(sql: SqlStorage, key: string): string | undefined {
  const [row] = sql.exec<{ value: string }>('SELECT value FROM meta WHERE key = ?', key).toArray()
  return row?.value
}

export function writeMeta(sql: SqlStorage, key: string, value: string): void {
  sql.exec('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', key, value)
}
