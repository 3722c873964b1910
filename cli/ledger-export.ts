/**
 * Reads a broker's whole ledger, page by page, and writes it as lines. The checkpoint is taken before the first page, so that it
 * covers nothing that could still be missing.
 */
import * as z from 'zod'
import { err, ok, type Result } from '../shared/result.ts'
import { askAs, type Caller } from './authority-call.ts'
import { callBroker, jsonOf } from './broker.ts'
import { readPages } from './ledger-pages.ts'
import type { NotDone } from './publishing.ts'

const PAGE_SIZE = '1000'

const keySet = z.looseObject({ keys: z.array(z.unknown()) })

export async function exportLedger(auditor: Caller, write: (line: string) => void): Promise<Result<void, NotDone>> {
  const checkpoint = await askAs(auditor, '/ledger/checkpoint')
  if (!checkpoint.ok) return checkpoint
  const entries = await readPages<NotDone>(auditor, { limit: PAGE_SIZE }, (lines) => {
    for (const line of lines) write(`${line}\n`)
    return ok(undefined)
  })
  if (!entries.ok) return entries
  const keys = await callBroker(auditor.broker, '/.well-known/jwks.json')
  const read = keySet.safeParse(keys.ok ? jsonOf(keys.value) : undefined)
  if (!read.success) return err({ by: 'nobody', lines: [keys.ok ? 'the broker does not answer with its key set' : keys.error] })
  write(`${JSON.stringify({ type: 'checkpoint', note: checkpoint.value.text })}\n`)
  write(`${JSON.stringify({ type: 'keys', keys: read.data.keys })}\n`)
  return ok(undefined)
}
