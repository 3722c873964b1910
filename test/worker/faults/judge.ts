/**
 * The judge of every fault: holds what the upstream knows to exist, what callers were given and which leases are open against what the ledger says, and names each lie.
 * It knows nothing of how the broker works, only what an entry means by `docs/ledger.md`.
 */
import { createHash } from 'node:crypto'
import type { JsonObject } from '../../../shared/json.ts'
import { leaseEndsAt } from '../../../shared/lease.ts'
import { entrySchema, follow, GENESIS_HASH, type LedgerHead } from '../../../shared/ledger.ts'
import type { AppUpstream } from '../app-upstream.ts'
import { type Answer, entriesOf, rowsOf, seconds } from '../harness.ts'

export interface Evidence {
  readonly ledger: string
  readonly upstream: AppUpstream
  /** Of exchanges with one and the same token; `undefined`: the caller was never answered. */
  readonly answers: readonly (Answer | undefined)[]
  /** Credentials that the upstream made beyond the one it answered with: nobody but it can know of them. */
  readonly ghosts?: number
  /** The isolate could tell the ledger nothing any more, not even that it had handed nothing over. */
  readonly isCutOff?: boolean
  /** Exchanges with other tokens in the same ledger, whose answers are not among `answers`. */
  readonly others?: number
}

/** The entries about one lease, oldest first, and whether its row is still there. */
interface Story {
  readonly lease: string
  readonly entries: readonly JsonObject[]
  readonly row: Readonly<Record<string, unknown>> | undefined
}

const ENDS = ['returned', 'revoked', 'expired', 'orphaned', 'failed']
const SAYS_GONE = ['revoked', 'already_gone', 'expired']

const hashOf = (credential: string): string => createHash('sha256').update(credential).digest('base64')
const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Every violation, in words; empty when all holds. */
export async function judge(evidence: Evidence): Promise<string[]> {
  const entries = await entriesOf(evidence.ledger)
  const stories = storiesOf(entries, await rowsOf(evidence.ledger, 'lease'))
  return [
    ...brokenChain(entries),
    ...winners(entries, evidence),
    ...stories.flatMap(contradictions),
    ...stories.flatMap((story) => lies(story, evidence)),
    ...unrecorded(stories, evidence),
    ...overdue(stories),
  ]
}

function storiesOf(entries: readonly JsonObject[], rows: readonly Record<string, unknown>[]): Story[] {
  const names = new Set([...entries.map(({ lease }) => lease), ...rows.map(({ id }) => id)].filter((name) => typeof name === 'string'))
  return [...names].map((lease) => ({
    lease,
    entries: entries.filter((entry) => entry.lease === lease),
    row: rows.find(({ id }) => id === lease),
  }))
}

function brokenChain(entries: readonly JsonObject[]): string[] {
  let head: LedgerHead = { seq: 0, hash: GENESIS_HASH }
  for (const entry of entries) {
    const next = follow(head, entrySchema.parse(entry), sha256Hex)
    if (!next.ok) return [`the chain breaks at ${entry.seq}: ${next.error.problem}`]
    head = next.value
  }
  return []
}

/** One token: admitted at most once, answered with a credential at most once. */
function winners(entries: readonly JsonObject[], { answers, others = 0 }: Evidence): string[] {
  const admitted = entries.filter(({ type, ask }) => (type === 'opened' || type === 'issued') && ask !== undefined).length
  const won = answers.filter((answer) => answer?.status === 200).length
  return [
    ...(admitted > 1 + others ? [`one token was admitted ${admitted} times`] : []),
    ...(won > 1 ? [`one token was answered with ${won} credentials`] : []),
  ]
}

/** What remains to be ended does not count as an end. */
const isEnd = (entry: JsonObject): boolean => ENDS.includes(String(entry.type)) && entry.credential_end !== 'still_to_end'

function contradictions({ lease, entries, row }: Story): string[] {
  const types = entries.map(({ type }) => String(type))
  const times = (type: string): number => types.filter((one) => one === type).length
  const isOver = entries.some(isEnd)
  const ends = entries.filter((entry) => isEnd(entry) && entry.lease_was_over !== true).length
  const told = `${lease}: ${types.join(', ')}`
  return [
    ...(types[0] === 'opened' || types[0] === 'issued' ? [] : [`${told}: begins with no admission`]),
    ...['opened', 'issued', 'failed', 'orphaned'].filter((type) => times(type) > 1).map((type) => `${told}: ${type} twice`),
    ...(ends > 1 ? [`${told}: ended ${ends} times`] : []),
    ...(isOver && row !== undefined && !entries.some(({ credential_end: end }) => end === 'still_to_end')
      ? [`${told}: over, but its lease is open`]
      : []),
    ...(!isOver && row === undefined ? [`${told}: not over, but there is no lease`] : []),
  ]
}

/** What entries say of a credential against what is known of it. */
function lies({ lease, entries, row }: Story, { upstream, answers, isCutOff = false, others = 0 }: Evidence): string[] {
  const said = entries.find(({ type }) => type === 'issued')?.credential
  if (said === undefined) return []
  const isLive = [...upstream.live].some((token) => hashOf(token) === said)
  const gone = entries.find(({ credential_end: end }) => SAYS_GONE.includes(String(end)))
  const isHeld = answers.some((answer) => hashOf(String(answer?.body.access_token)) === said)
  const isUntold = isCutOff || others > 0 || answers.some((answer) => answer === undefined)
  const isTakenBack = entries.some(({ type, cause }) => type === 'failed' || cause === 'not_handed_over')
  return [
    ...(isLive && gone !== undefined && row === undefined ? [`${lease}: said to be ${gone.credential_end}, and lives`] : []),
    ...(!isHeld && !isUntold && !isTakenBack ? [`${lease}: issued, but nobody was given it, and no entry says so`] : []),
  ]
}

/** Everything that lives, and everything that callers hold, has an entry that says so. */
function unrecorded(stories: readonly Story[], { upstream, answers, ghosts = 0 }: Evidence): string[] {
  const issued = (credential: string): Story | undefined =>
    stories.find(({ entries }) => entries.some(({ type, credential: hash }) => type === 'issued' && hash === hashOf(credential)))
  const told = answers.filter((answer) => answer !== undefined)
  const held = told.filter(({ status }) => status === 200)
  const unknown = [...upstream.live].filter((token) => issued(token)?.row === undefined)
  const admitting = stories.filter(
    ({ row, entries }) =>
      row?.state === 'minting' ||
      entries.some(
        (entry) => Number(entry.may_live_until ?? entry.lives_until ?? 0) > seconds() && (entry.type !== 'end_failed' || row !== undefined),
      ),
  )
  return [
    ...held
      .filter(({ body }) => issued(String(body.access_token))?.lease !== body.lease_id)
      .map(({ body }) => `${body.lease_id}: held by a caller, and no entry says that it was issued`),
    ...(unknown.length > admitting.length + ghosts
      ? [`${unknown.length} credentials live, and entries admit ${admitting.length} of them`]
      : []),
    ...told
      .filter(({ status, text }) => status !== 200 && upstream.made.some((token) => text.includes(token)))
      .map(() => 'a refusal holds a credential'),
  ]
}

/** A lease past its end is there only while an upstream refuses to end it. */
function overdue(stories: readonly Story[]): string[] {
  return stories
    .filter(({ lease, row }) => row !== undefined && row.tries === 0 && leaseEndsAt(lease) < seconds() - ALARM_IS_LATE_BY)
    .map(({ lease }) => `${lease}: ended ${seconds() - leaseEndsAt(lease)} s ago and is still open`)
}

const ALARM_IS_LATE_BY = 60
