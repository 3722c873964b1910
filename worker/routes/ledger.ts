/**
 * `GET /ledger` and `GET /ledger/checkpoint`, for auditors. Entries come in one total order: ledgers by name, then number; `after=<ledger>:<seq>` goes on from there.
 * A call does a bounded amount of work: a page may be short, and while there may be more the answer says where by `Link: <…>; rel="next"` (RFC 8288).
 */
import * as z from 'zod'
import { instantText } from '../../shared/ledger-filter.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import { signedCheckpoint } from '../checkpoint.ts'
import type { Deps } from '../deps.ts'
import { type EntryQuery, findEntries, type Place } from '../find-entries.ts'
import { problemAnswer } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'

const DEFAULT_LIMIT = 1_000
const MAX_LIMIT = 10_000
const AFTER = /^(.{1,400}):([0-9]{1,15})$/

export async function getLedger(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const url = new URL(request.url)
    const query = readQuery(url.searchParams)
    if (!query.ok) return problemAnswer({ status: 400, title: 'What to read is not clear', detail: query.error })
    const { ledger, filter } = query.value
    const asked = { ...(ledger === undefined ? {} : { ledger }), ...filter }
    const facts = Object.keys(asked).length === 0 ? {} : { filter: JSON.stringify(asked) }
    const recorded = await recordAct(authority, { action: 'read_ledger', ...facts }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const page = await callState(() => findEntries(query.value, deps))
    if (!page.ok) return problemAnswer({ status: 503, title: 'A ledger cannot be reached', headers: { 'retry-after': '5' } })
    const { lines, next } = page.value
    const link = next === undefined ? {} : { link: `<${linkTo(url, next)}>; rel="next"` }
    const headers = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', ...link }
    return new Response(lines.map((line) => `${line}\n`).join(''), { headers })
  })
}

export async function getCheckpoint(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const recorded = await recordAct(authority, { action: 'read_checkpoint' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const note = await callState(() => signedCheckpoint(deps))
    if (note.ok) return new Response(note.value, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })
    return problemAnswer({ status: 503, title: 'The checkpoint cannot be made at the moment', headers: { 'retry-after': '5' } })
  })
}

const text = z.string().min(1).max(400)
const time = z.string().transform((value, context) => {
  const instant = instantText(value)
  if (instant !== undefined) return instant
  context.issues.push({ code: 'custom', input: value, message: 'a date such as 2026-11-22, or a time such as 2026-11-22T02:00:00Z' })
  return z.NEVER
})

const parameters = z
  .strictObject({
    after: z.string().regex(AFTER, '<ledger>:<seq>'),
    limit: z
      .string()
      .regex(/^[0-9]{1,6}$/)
      .transform(Number)
      .pipe(z.int().min(1).max(MAX_LIMIT)),
    ledger: text,
    since: time,
    until: time,
    workload: text,
    grant: text,
    run: text,
    type: text,
    lease: text,
    decision: text,
  })
  .partial()

function readQuery(search: URLSearchParams): Result<EntryQuery, string> {
  const given = [...search].filter(([, value]) => value !== '')
  if (new Set(given.map(([name]) => name)).size < given.length) return err('A parameter is given twice.')
  const read = parameters.safeParse(Object.fromEntries(given))
  if (!read.success) {
    const [issue] = read.error.issues
    return err(
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. Parameters: ${Object.keys(parameters.shape).join(', ')}; limit at most ${MAX_LIMIT}.`,
    )
  }
  const { after = '', limit = DEFAULT_LIMIT, ledger, ...filter } = read.data
  const [, place = '', seq = '0'] = AFTER.exec(after) ?? []
  return ok({ after: { ledger: place, seq: Number(seq) }, limit, filter, ...(ledger === undefined ? {} : { ledger }) })
}

function linkTo({ pathname, searchParams }: URL, { ledger, seq }: Place): string {
  const next = new URLSearchParams(searchParams)
  next.set('after', `${ledger}:${seq}`)
  return `${pathname}?${next}`
}
