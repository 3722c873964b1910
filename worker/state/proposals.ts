/**
 * The policy store's table of proposals: what one person asked for and another must confirm within a quarter of an hour. A proposal holds for exactly what
 * was in force when it was made: anything published, frozen or thawed since makes it worthless. It is carried out once.
 */
import { canonicalJson } from '../../shared/json.ts'
import type { InstantMs } from '../../shared/units.ts'
import type { Confirmation, Proposal, ProposalRequest } from './policy-store-port.ts'
import { doneSchema, type ProposalRow, proposalSchema } from './policy-store-schema.ts'

const PROPOSAL_LIFETIME_MS: InstantMs = 15 * 60_000

/** Rows that can be of no use to anybody are forgotten; the ledger has what became of them. */
const KEPT_MS: InstantMs = 24 * 3_600_000

export function propose(
  sql: SqlStorage,
  { id, what, by, person }: ProposalRequest,
  generation: number,
): { id: string; expiresAt: InstantMs } {
  const now = Date.now()
  sql.exec('DELETE FROM proposal WHERE expires_at < ?', now - KEPT_MS)
  const body = canonicalJson({ what, by, person, generation })
  const [same] = sql
    .exec<ProposalRow>('SELECT * FROM proposal WHERE body = ? AND done IS NULL AND expires_at > ? LIMIT 1', body, now)
    .toArray()
  if (same !== undefined) return { id: same.id, expiresAt: same.expires_at }
  const expiresAt = now + PROPOSAL_LIFETIME_MS
  sql.exec('INSERT INTO proposal (id, expires_at, body) VALUES (?, ?, ?)', id, expiresAt, body)
  return { id, expiresAt }
}

/** Those that could be confirmed now. */
export function openProposals(sql: SqlStorage, generation: number): readonly Proposal[] {
  const readable = waitingProposals(sql).filter((proposal) => proposal !== undefined)
  return readable.filter((proposal) => proposal.generation === generation)
}

/** Whether something is proposed that holds for this generation, or that this version cannot read: then it may. */
export function isAnythingProposed(sql: SqlStorage, generation: number): boolean {
  return waitingProposals(sql).some((proposal) => proposal === undefined || proposal.generation === generation)
}

function waitingProposals(sql: SqlStorage) {
  return sql
    .exec<ProposalRow>('SELECT * FROM proposal WHERE done IS NULL AND expires_at > ? ORDER BY expires_at', Date.now())
    .toArray()
    .map(proposalOf)
}

export function findProposal(sql: SqlStorage, id: string): Proposal | null {
  const [row] = sql.exec<ProposalRow>('SELECT * FROM proposal WHERE id = ?', id).toArray()
  return row === undefined ? null : (proposalOf(row) ?? null)
}

type Confirmable =
  | { readonly outcome: 'open'; readonly proposal: Proposal }
  /** Carried out before, by this very confirmer, and still in force. */
  | { readonly outcome: 'done' }
  | { readonly outcome: 'gone' | 'same_person' | 'changed' }

export function confirmableProposal(sql: SqlStorage, { id, person }: Confirmation, generation: number): Confirmable {
  const [row] = sql.exec<ProposalRow>('SELECT * FROM proposal WHERE id = ?', id).toArray()
  if (row === undefined) return { outcome: 'gone' }
  if (row.done !== null) {
    const done = doneSchema.parse(JSON.parse(row.done))
    return { outcome: done.person === person && done.generation === generation ? 'done' : 'gone' }
  }
  if (row.expires_at <= Date.now()) return { outcome: 'gone' }
  const proposal = proposalOf(row)
  if (proposal === undefined) return { outcome: 'gone' }
  if (proposal.person === person) return { outcome: 'same_person' }
  return proposal.generation === generation ? { outcome: 'open', proposal } : { outcome: 'changed' }
}

export function markDone(sql: SqlStorage, { id, person }: Confirmation, generation: number): void {
  sql.exec('UPDATE proposal SET done = ? WHERE id = ?', JSON.stringify({ person, generation }), id)
}

/** `undefined`: of an act that only another version knows. Here it is nothing that could be confirmed, and must not keep anybody from freezing. */
function proposalOf({ id, expires_at: expiresAt, body }: ProposalRow): (Proposal & { readonly generation: number }) | undefined {
  const read = proposalSchema.safeParse(JSON.parse(body))
  return read.success ? { id, expiresAt, ...read.data } : undefined
}
