/** The policy store's table of publications: what was made active, when and by whom. A row is never changed. What one replaced is the one before it. */
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import type { PastPublication, Publication } from './policy-store-port.ts'
import type { PublicationRow } from './policy-store-schema.ts'

export function insertPublication(
  sql: SqlStorage,
  { digest, by, forced, confirmedBy }: Publication & { readonly confirmedBy?: string },
): void {
  sql.exec(
    'INSERT INTO publication (digest, published_at, published_by, forced, confirmed_by) VALUES (?, ?, ?, ?, ?)',
    digest,
    new Date().toISOString(),
    by,
    forced ?? null,
    confirmedBy ?? null,
  )
}

export function wasPublished(sql: SqlStorage, digest: PolicyDigest): boolean {
  return sql.exec('SELECT 1 FROM publication WHERE digest = ? LIMIT 1', digest).toArray().length > 0
}

/** Newest first, those with a number below `before`. */
export function listPublications(sql: SqlStorage, before: number, limit: number): readonly PastPublication[] {
  const query = `
    SELECT n, digest, published_at, published_by, forced, confirmed_by,
      (SELECT earlier.digest FROM publication AS earlier WHERE earlier.n < publication.n ORDER BY earlier.n DESC LIMIT 1) AS replaced
    FROM publication WHERE n < ? ORDER BY n DESC LIMIT ?`
  return sql
    .exec<PublicationRow>(query, before, limit)
    .toArray()
    .map(({ n, digest, published_at: at, published_by: by, replaced, forced, confirmed_by: confirmedBy }) => {
      return { n, digest, at, by, replaced, forced, confirmedBy }
    })
}
