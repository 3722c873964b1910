/**
 * `GET /keys`, `POST /keys/rotate`, `/keys/revoke`, `/keys/reseal`: the broker's own keys in the hands of operators. Every act is on record before it has
 * effect. No answer holds a private half, sealed or not.
 */
import * as z from 'zod'
import { AUTHORITY_LEDGER } from '../../shared/ledger.ts'
import type { EntryBody } from '../../shared/ledger-entries.ts'
import { formatInstant } from '../../shared/units.ts'
import { type ActingAuthority, recordAct } from '../authenticate/authority.ts'
import { callState } from '../call-state.ts'
import { type Deps, nowSeconds, randomId } from '../deps.ts'
import { type EndedLease, endLeases } from '../end-leases.ts'
import { eachLease } from '../find-leases.ts'
import { resealLeases } from '../reseal.ts'
import type { KeyRevocation, KeyState } from '../state/keyring-port.ts'
import { jsonAnswer, problemAnswer } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'
import { type Expected, jsonBody } from './json-body.ts'

const SECONDS_A_DAY = 86_400

const reason = z.string().min(1).max(256)
const keyName = z.union([
  z.enum(['signing:ES256', 'signing:RS256', 'checkpoint']),
  z.templateLiteral(['ssh-ca:', z.string().min(1).max(200)]),
])
const rotation = z.strictObject({ key: keyName, reason, at_once: z.boolean().exactOptional() })
const revocation = z.strictObject({ kid: z.string().min(1).max(100), reason })

const ROTATION_EXPECTED =
  'Expected {"key":"signing:ES256","reason":"…"}: signing:ES256, signing:RS256, ssh-ca:<connection> or checkpoint; "at_once":true does not wait.'
const REVOCATION_EXPECTED = 'Expected {"kid":"…","reason":"…"} with a kid that GET /keys shows.'

export async function getKeys(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor', 'operator'], deps, async (authority) => {
    const recorded = await recordAct(authority, { action: 'read_keys' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const keys = await callState(() => deps.keyring().keys())
    return keys.ok ? jsonAnswer({ keys: keys.value.map((key) => shown(key, nowSeconds(deps))) }) : unreachable('keyring')
  })
}

export async function rotateKey(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['operator'], deps, async (authority) => {
    const read = await jsonBody(request, rotation, unclearKey(ROTATION_EXPECTED))
    if (!read.ok) return read.error
    const { key, reason: why, at_once: atOnce = false } = read.value
    const act = { action: 'rotate_key', key, when: atOnce ? 'at_once' : 'after_overlap', reason: why }
    const recorded = await recordAct(authority, act, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const order = { key, atOnce, act: randomId(deps), by: authority.name, reason: why }
    const rotated = await callState(() => deps.keyring().rotate(order))
    if (!rotated.ok) return unreachable('keyring')
    if (!rotated.value.ok) return rotated.value.error.code === 'no_such_key' ? noSuchKey() : unreadable()
    const { kid, replaces, signsFrom } = rotated.value.value
    if (signsFrom <= nowSeconds(deps)) deps.keys.forget(replaces)
    deps.log({ event: 'keys', outcome: 'rotated', detail: `${key} to ${kid}` })
    return jsonAnswer({ key, kid, replaces, signs_from: formatInstant(signsFrom) })
  })
}

export async function revokeKey(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['operator'], deps, async (authority) => {
    const read = await jsonBody(request, revocation, unclearKey(REVOCATION_EXPECTED))
    if (!read.ok) return read.error
    const { kid, reason: why } = read.value
    const recorded = await recordAct(authority, { action: 'revoke_key', kid, reason: why }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const revoked = await callState(() => deps.keyring().revoke({ kid, by: authority.name, reason: why }))
    if (!revoked.ok) return unreachable('keyring')
    return revoked.value.ok ? bringIntoForce(kid, { ...revoked.value.value, authority, reason: why }, deps) : noSuchKey()
  })
}

/** The keyring has let go of the key; isolates may hold it for minutes. From here on no ledger admits what one of them signs with it. */
async function bringIntoForce(
  kid: string,
  { key, successor, authority, reason: why }: KeyRevocation & { readonly authority: ActingAuthority; readonly reason: string },
  deps: Deps,
): Promise<Response> {
  deps.keys.forget(kid)
  const inForce = await callState(() => deps.policyStore().revokeKey(kid))
  if (!inForce.ok) return unreachable('policy store')
  const about = { key, kid, ...(successor === null ? {} : { successor }), reason: why, by: authority.name }
  const entry: EntryBody = { type: 'key_revoked', ...about }
  const recorded = await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, entry))
  if (!recorded.ok) return unreachable('ledger')
  if (inForce.value === 'not_everywhere') {
    const detail = 'Some ledgers have not confirmed; call again to wait for them.'
    return problemAnswer({ status: 503, title: 'Not in force everywhere yet', detail, headers: { 'retry-after': '5' } })
  }
  deps.log({ event: 'keys', outcome: 'revoked', detail: `${key} ${kid}` })
  const ended = await callState(() => endSigned(kid, deps))
  if (!ended.ok) return unreachable('policy store')
  return jsonAnswer({ revoked: kid, key, successor, ...ended.value })
}

/** What it signed is worth nothing to whoever reads the key set; the leases end so that introspection and people are told the same. */
async function endSigned(signer: string, deps: Deps) {
  const ended: string[] = []
  const failed: string[] = []
  const silent: string[] = []
  const leases = eachLease({ signer }, { after: undefined, unreachable: silent }, deps)
  const onEnded = ({ lease, outcome }: EndedLease): void => void (outcome === 'failed' ? failed : ended).push(lease.id)
  const { complete } = await endLeases({ leases, onEnded, isStopped: () => false }, deps)
  return { ended, failed, truncated: !complete, unreachable: silent }
}

export async function resealAll(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['operator'], deps, async (authority) => {
    const recorded = await recordAct(authority, { action: 'reseal' }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const keys = await callState(() => deps.keyring().reseal())
    if (!keys.ok) return unreachable('keyring')
    const leases = await callState(() => resealLeases(deps))
    if (!leases.ok) return unreachable('policy store')
    const { unreachable: silent, ...handles } = leases.value
    const left = keys.value.underPrevious + handles.underPrevious
    return jsonAnswer({
      keys: counts(keys.value),
      leases: counts(handles),
      unreachable: silent,
      previous_key_needed: left > 0 || silent.length > 0,
    })
  })
}

function counts({ resealed, underPrevious, unreadable: lost }: { resealed: number; underPrevious: number; unreadable: number }) {
  return { resealed, under_previous: underPrevious, unreadable: lost }
}

function shown({ key, kid, algorithm, phase, since, until, sealedUnder }: KeyState, now: number) {
  const times = { since: formatInstant(since), until: until === null ? null : formatInstant(until) }
  const signedFor = Math.min(now, until ?? now) - since
  return { key, kid, algorithm, phase, ...times, age_days: Math.max(0, Math.floor(signedFor / SECONDS_A_DAY)), sealed_under: sealedUnder }
}

function unclearKey(detail: string): Expected {
  return { title: 'Which key is meant is not clear', detail }
}

function noSuchKey(): Response {
  return problemAnswer({
    status: 404,
    title: 'No such key',
    detail: 'GET /keys shows every key. The CA of a connection is made at its first use.',
  })
}

function unreadable(): Response {
  const detail = 'Keys are sealed under another SEALING_KEY than this broker has. Nothing was changed: a new key would hide that.'
  return problemAnswer({ status: 409, title: 'The keyring cannot be read', detail })
}

function unreachable(what: 'keyring' | 'policy store' | 'ledger'): Response {
  const detail = 'Call again: what was done already is not done twice.'
  return problemAnswer({ status: 503, title: `The ${what} cannot be reached`, detail, headers: { 'retry-after': '5' } })
}
