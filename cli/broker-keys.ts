/**
 * What an operator asks of a broker's own keys, and how the answers read. Each request has an ID token of its own. Nothing here holds a key:
 * the broker tells of public halves only.
 */
import * as z from 'zod'
import { ok, type Result } from '../shared/result.ts'
import { askAs, type Caller } from './authority-call.ts'
import { jsonOf, printable } from './broker.ts'
import type { NotDone } from './publishing.ts'

export interface KeysCall {
  readonly path: '/keys' | '/keys/rotate' | '/keys/revoke' | '/keys/reseal'
  /** What is asked for; a call without it only reads. */
  readonly body?: Readonly<Record<string, unknown>>
}

/** The broker's JSON, not yet looked at. */
export async function callKeys(caller: Caller, { path, body }: KeysCall): Promise<Result<unknown, NotDone>> {
  const headers = { 'content-type': 'application/json' }
  const answer = await askAs(caller, path, body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.ok ? ok(jsonOf(answer.value)) : answer
}

const list = z.looseObject({
  keys: z.array(
    z.looseObject({
      key: z.string(),
      kid: z.string(),
      phase: z.string(),
      since: z.string(),
      until: z.string().nullable(),
      age_days: z.number(),
      sealed_under: z.string(),
    }),
  ),
})
const rotated = z.looseObject({ key: z.string(), kid: z.string(), signs_from: z.string() })
const revoked = z.looseObject({
  revoked: z.string(),
  key: z.string(),
  successor: z.string().nullable(),
  ended: z.array(z.string()),
  failed: z.array(z.string()),
  truncated: z.boolean(),
  unreachable: z.array(z.string()),
})
const resealedOnes = z.looseObject({ resealed: z.number(), under_previous: z.number(), unreadable: z.number() })
const resealed = z.looseObject({
  keys: resealedOnes,
  leases: resealedOnes,
  unreachable: z.array(z.string()),
  previous_key_needed: z.boolean(),
})

/** The lines a person reads; `undefined` when the answer is not one of a broker. */
export const TEXTS = {
  '/keys': (json) => read(list, json, ({ keys }) => table(keys)),
  '/keys/rotate': (json) => read(rotated, json, ({ key, kid, signs_from: from }) => [`${key}: ${kid} signs from ${from}`]),
  '/keys/revoke': (json) =>
    read(revoked, json, ({ revoked: kid, key, successor, ended, failed, truncated, unreachable }) => [
      `${key}: ${kid} is revoked; ${successor === null ? 'NO key can sign in its place, see jobpass keys' : `${successor} signs now`}`,
      `leases of what it signed: ${ended.length} ended${failed.length === 0 ? '' : `, ${failed.length} NOT ended: ${failed.join(' ')}`}`,
      ...(truncated ? ['there are more of them: run the command again'] : []),
      ...silent(unreachable),
    ]),
  '/keys/reseal': (json) =>
    read(resealed, json, ({ keys, leases, unreachable, previous_key_needed: isNeeded }) => [
      ...lost('keys', keys),
      ...lost('handles of leases', leases),
      ...silent(unreachable),
      isNeeded ? 'SEALING_KEY_PREVIOUS is still needed' : 'nothing is left under SEALING_KEY_PREVIOUS: it can be removed',
    ]),
} as const satisfies Record<KeysCall['path'], (json: unknown) => readonly string[] | undefined>

function read<T>(schema: z.ZodType<T>, json: unknown, lines: (answer: T) => readonly string[]): readonly string[] | undefined {
  const answer = schema.safeParse(json)
  return answer.success ? lines(answer.data).map(printable) : undefined
}

function table(keys: z.infer<typeof list>['keys']): readonly string[] {
  const rows = [
    ['KEY', 'PHASE', 'SINCE', 'UNTIL', 'DAYS', 'SEALED', 'KID'],
    ...keys.map((key) => [key.key, key.phase, key.since, key.until ?? '-', String(key.age_days), key.sealed_under, key.kid]),
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function lost(what: string, { resealed: count, under_previous: left, unreadable }: z.infer<typeof resealedOnes>): readonly string[] {
  return [
    `${what}: ${count} sealed again`,
    ...(left === 0 ? [] : [`${what}: ${left} are under SEALING_KEY_PREVIOUS and do not open`]),
    ...(unreadable === 0 ? [] : [`${what}: ${unreadable} are sealed under neither SEALING_KEY nor SEALING_KEY_PREVIOUS`]),
  ]
}

function silent(ledgers: readonly string[]): readonly string[] {
  return ledgers.length === 0 ? [] : [`these ledgers did not answer, run the command again: ${ledgers.join(' ')}`]
}
