/**
 * Notifications: entries that somebody should be woken for, each posted by itself as soon as it is written, signed as batches are. Everything else is passed over.
 * A receiver that refuses one gets it again: an alarm is never dropped because somebody did not like its form.
 */
import type { JsonObject } from '../../shared/json.ts'
import { ALARMING_TYPES } from '../../shared/ledger-entries.ts'
import { ocsfEvent } from '../../shared/ocsf.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type Deps, providerDeps } from '../deps.ts'
import { deliver } from '../providers/http.ts'
import { batchToken } from './batch-token.ts'
import { failed } from './https.ts'
import type { NotTaken, Shipped, Sink } from './sink.ts'

const TIMEOUT_MS = 10_000

/** True for an entry that is notified. */
export function isAlarming({ type }: JsonObject): boolean {
  return ALARMING_TYPES.some((alarming) => alarming === type)
}

export function notifySink(url: string, deps: Deps): Sink {
  return {
    name: 'notify',
    async ship({ ledger, entries }) {
      for (const { entry } of entries.filter((shipped) => isAlarming(shipped.entry))) {
        const posted = await post({ ledger, entry }, url, deps)
        if (!posted.ok) return posted
      }
      return ok(undefined)
    },
  }
}

async function post(
  { ledger, entry }: { readonly ledger: string; readonly entry: Shipped['entry'] },
  url: string,
  deps: Deps,
): Promise<Result<void, NotTaken>> {
  const seq = Number(entry.seq)
  const text = JSON.stringify(notificationOf(entry, deps.config.origin))
  const token = await batchToken({ ledger, first: seq, last: seq }, { url, text }, deps)
  if (!token.ok) return token
  const headers = { authorization: `Bearer ${token.value}`, 'content-type': 'application/json' }
  const answered = await deliver({ url, headers, text, timeoutMs: TIMEOUT_MS }, providerDeps(deps))
  if (!answered.ok) return err(failed(answered.error))
  return answered.value < 300 ? ok(undefined) : err({ why: 'failed', detail: `status ${answered.value}` })
}

/** A sentence for people, and the entry without what only its chain and an auditor need. */
function notificationOf({ ask: _ask, prev: _prev, v: _v, ...members }: JsonObject, broker: string): JsonObject {
  return { text: String(ocsfEvent({ ...members, ...(_ask === undefined ? {} : { ask: _ask }) }, broker).message), broker, ...members }
}
