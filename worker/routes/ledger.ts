/**
 * `GET /ledger` and `GET /ledger/checkpoint`, for auditors. Entries come in one total order: ledgers by name, then number; `after=<ledger>:<seq>` goes on from there.
 */
import { recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import { signedCheckpoint } from '../checkpoint.ts'
import type { Deps } from '../deps.ts'
import { problemAnswer } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'

const DEFAULT_LIMIT = 1_000
const MAX_LIMIT = 10_000
const AFTER = /^(.{1,400}):([0-9]{1,15})$/
const LIMIT = /^[1-9][0-9]{0,5}$/

export async function getLedger(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const page = readPage(new URL(request.url).searchParams)
    if (page === undefined)
      return problemAnswer({ status: 400, title: 'The page is not usable', detail: `after=<ledger>:<seq> and limit=1…${MAX_LIMIT}.` })
    const recorded = await recordAct(authority, { action: 'read_ledger' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const lines = await callState(() => readLines(page, deps))
    if (!lines.ok) return problemAnswer({ status: 503, title: 'A ledger cannot be reached', headers: { 'retry-after': '5' } })
    const body = lines.value.map((line) => `${line}\n`).join('')
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } })
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

interface Page {
  readonly ledger: string
  readonly seq: number
  readonly limit: number
}

function readPage(parameters: URLSearchParams): Page | undefined {
  const limitText = parameters.get('limit') ?? String(DEFAULT_LIMIT)
  const limit = LIMIT.test(limitText) ? Number(limitText) : 0
  if (limit < 1 || limit > MAX_LIMIT) return undefined
  const after = parameters.get('after')
  if (after === null || after === '') return { ledger: '', seq: 0, limit }
  const match = AFTER.exec(after)
  return match === null ? undefined : { ledger: match[1] ?? '', seq: Number(match[2]), limit }
}

async function readLines({ ledger, seq, limit }: Page, deps: Deps): Promise<readonly string[]> {
  const names = [...(await deps.policyStore().ledgers())].sort().filter((name) => name >= ledger)
  const lines: string[] = []
  for (const name of names) {
    if (lines.length >= limit) break
    lines.push(...(await deps.ledger(name).entries(name === ledger ? seq : 0, limit - lines.length)))
  }
  return lines
}
