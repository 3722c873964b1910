/**
 * Reads a broker's whole ledger, page by page, and writes it as lines. The checkpoint is taken before the first page, so that it
 * covers nothing that could still be missing. Each request has an ID token of its own.
 */
import * as z from 'zod'
import { err, ok, type Result } from '../shared/result.ts'
import { type BrokerAnswer, callBroker, jsonOf } from './broker.ts'
import type { IdTokenSource } from './id-token.ts'
import { type NotDone, problemLines } from './publishing.ts'

export interface LedgerExport {
  /** The broker's origin. */
  readonly broker: string
  readonly audience: string
  readonly idToken: IdTokenSource
  readonly write: (line: string) => void
}

const pageSize = 1_000

const keySet = z.looseObject({ keys: z.array(z.unknown()) })
const place = z.looseObject({ ledger: z.string(), seq: z.number() })

export async function exportLedger({ broker, audience, idToken, write }: LedgerExport): Promise<Result<void, NotDone>> {
  const ask: Ask = (path) => askAsAuditor(broker, path, () => idToken(audience))
  const checkpoint = await ask('/ledger/checkpoint')
  if (!checkpoint.ok) return checkpoint
  const entries = await writeEntries(ask, write)
  if (!entries.ok) return entries
  const keys = await callBroker(broker, '/.well-known/jwks.json')
  const read = keySet.safeParse(keys.ok ? jsonOf(keys.value) : undefined)
  if (!read.success) return err({ by: 'nobody', lines: [keys.ok ? 'the broker does not answer with its key set' : keys.error] })
  write(`${JSON.stringify({ type: 'checkpoint', note: checkpoint.value.text })}\n`)
  write(`${JSON.stringify({ type: 'keys', keys: read.data.keys })}\n`)
  return ok(undefined)
}

type Ask = (path: string) => Promise<Result<BrokerAnswer, NotDone>>

/** Page after page, until one is short. Not until one is empty: reading is recorded too, so there is always one more entry. */
async function writeEntries(ask: Ask, write: (line: string) => void): Promise<Result<void, NotDone>> {
  for (let after = ''; ; ) {
    const page = await ask(`/ledger?limit=${pageSize}${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`)
    if (!page.ok) return page
    const lines = page.value.text.split('\n').filter((line) => line !== '')
    for (const line of lines) write(`${line}\n`)
    const last = lines.at(-1)
    if (last === undefined || lines.length < pageSize) return ok(undefined)
    const entry = place.safeParse(parseJson(last))
    if (!entry.success) return err({ by: 'nobody', lines: ['the broker answers with a line that is no entry of a ledger'] })
    after = `${entry.data.ledger}:${entry.data.seq}`
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function askAsAuditor(
  broker: string,
  path: string,
  idToken: () => Promise<Result<string, string>>,
): Promise<Result<BrokerAnswer, NotDone>> {
  const token = await idToken()
  if (!token.ok) return err({ by: 'nobody', lines: [token.error] })
  const answer = await callBroker(broker, path, { headers: { authorization: `Bearer ${token.value}` } })
  if (!answer.ok) return err({ by: 'nobody', lines: [answer.error] })
  return answer.value.status === 200
    ? answer
    : err({ by: answer.value.status >= 500 ? 'nobody' : 'broker', lines: problemLines(answer.value) })
}
