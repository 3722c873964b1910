/** `POST /break-glass`, for operators: that an envelope was opened while the broker could not be asked. It is recorded and raises an alarm; it opens nothing. */
import { breakGlassReportSchema } from '../../shared/break-glass.ts'
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import { recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import { jsonAnswer, problemAnswer } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'
import { jsonBody } from './json-body.ts'

const CLOCK_SKEW_MS = 300_000
const UNCLEAR = {
  title: 'What was opened is not clear',
  detail:
    'Expected {"envelope":"…","name":"…","people":["…","…"],"opened_at":"2026-11-22T01:44:32Z","reason":"…"}, opened in the past by two people.',
}

export async function postBreakGlass(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['operator'], deps, async (authority) => {
    const read = await jsonBody(request, breakGlassReportSchema, UNCLEAR)
    if (!read.ok) return read.error
    const { envelope, name, people, opened_at, reason } = read.value
    if (Date.parse(opened_at) > deps.nowMs() + CLOCK_SKEW_MS) return problemAnswer({ status: 400, ...UNCLEAR })
    const recorded = await recordAct(authority, { action: 'report_break_glass', envelope }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const entry = { type: 'break_glass_used', envelope, name, people, opened_at, reason, by: authority.name } as const
    const written = await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entry))
    if (written.ok) return jsonAnswer({ recorded: envelope })
    return problemAnswer({ status: 503, title: 'The ledger cannot be written at the moment', headers: { 'retry-after': '5' } })
  })
}
