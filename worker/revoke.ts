/**
 * The second spine: lease → provider.revoke → record. A lease is ended at its upstream first and on record second, so no entry says that something ended which did not.
 * Ending twice is harmless: the upstream says it is gone already, and the ledger that the lease is over.
 */
import * as z from 'zod'
import { canonicalJson, type Json, type JsonObject } from '../shared/json.ts'
import { isKindName, KIND_NAMES, type KindName, kindOf } from '../shared/kinds/index.ts'
import type { Ending } from '../shared/lease.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { callState, type StateUnavailable } from './call-state.ts'
import { type Deps, nowSeconds, providerDeps } from './deps.ts'
import { providerOf } from './providers/index.ts'
import type { UpstreamRefusal } from './providers/provider.ts'
import type { EndFacts, LeaseRecord, SealedHandle } from './state/ledger-port.ts'

/** All that ending a credential needs, even when its connection has left the policy. Sealed at rest, under the lease's own place. */
export interface EndableCredential {
  readonly lease: string
  readonly kind: KindName
  /** The connection's settings as they were at the mint: names of secrets, never secrets. */
  readonly connection: unknown
  readonly handle: JsonObject
}

type RevokeDeps = Pick<Deps, 'config' | 'nowMs' | 'random' | 'fetch' | 'keys' | 'sealing'>

const sealedHandle = z.object({ kind: z.enum(KIND_NAMES), connection: z.json(), handle: z.record(z.string(), z.json()) })

const handlePlace = (lease: string): string => `lease/${lease}`

export async function sealHandle({ lease, kind, connection, handle }: EndableCredential, deps: Pick<Deps, 'sealing'>): Promise<string> {
  return deps.sealing.seal(handlePlace(lease), new TextEncoder().encode(canonicalJson({ kind, connection, handle })))
}

async function openHandle(lease: string, sealed: string, deps: Pick<Deps, 'sealing'>): Promise<Result<EndableCredential, UpstreamRefusal>> {
  const opened = await deps.sealing.open(handlePlace(lease), sealed)
  if (!opened.ok) return err({ code: 'upstream_unavailable', detail: `the sealed handle did not open: ${opened.error}` })
  const json: Json = JSON.parse(new TextDecoder().decode(opened.value))
  const handle = sealedHandle.safeParse(json)
  // another version of the broker may have known a kind that this one does not; one such lease must not stop the sweep of the others
  return handle.success ? ok({ lease, ...handle.data }) : err({ code: 'upstream_unavailable', detail: 'the stored handle cannot be read' })
}

/** The same handle under the present sealing key; `undefined` when it does not open. */
export async function resealHandle({ lease, handle }: SealedHandle, { sealing }: Pick<Deps, 'sealing'>): Promise<string | undefined> {
  const opened = await sealing.open(handlePlace(lease), handle)
  return opened.ok ? sealing.seal(handlePlace(lease), opened.value) : undefined
}

/** Ends one credential at its upstream. The value says what the upstream answered. */
export function endCredential(
  credential: EndableCredential,
  deps: RevokeDeps,
): Promise<Result<'revoked' | 'already_gone', UpstreamRefusal>> {
  return withoutFault(() => revokeAtProvider(credential, deps))
}

/** A fault in ending one credential must neither keep others from being ended nor lose this one: it is tried again, as where an upstream cannot be reached. */
async function withoutFault<T>(end: () => Promise<Result<T, UpstreamRefusal>>): Promise<Result<T, UpstreamRefusal>> {
  try {
    return await end()
  } catch (fault) {
    return err({ code: 'upstream_unavailable', detail: `a fault of the broker: ${fault instanceof Error ? fault.name : 'unknown'}` })
  }
}

async function revokeAtProvider(
  { kind, connection, handle }: EndableCredential,
  deps: RevokeDeps,
): Promise<Result<'revoked' | 'already_gone', UpstreamRefusal>> {
  const provider = providerOf(kind)
  if (provider.revoke === undefined) return ok('already_gone')
  const settings = kindOf(kind).connection.safeParse(connection)
  if (!settings.success) return err({ code: 'upstream_unavailable', detail: 'the stored connection cannot be read' })
  return provider.revoke(handle, settings.data, providerDeps(deps))
}

/** How ending a lease failed: the upstream, or the ledger. */
export type EndFailure = UpstreamRefusal | StateUnavailable

export interface Ended {
  readonly outcome: 'ended' | 'already_over'
  /** What became of the credential, as the entry says it (docs/ledger.md). */
  readonly credentialEnd: string
}

/** Ends a lease: its credential at the upstream where that can be done, then the lease on record. One that the upstream does not end is recalled: the alarm goes on with it. */
export async function endLease(
  lease: LeaseRecord,
  how: Ending,
  ledger: string,
  deps: RevokeDeps & Pick<Deps, 'ledger'>,
): Promise<Result<Ended, EndFailure>> {
  const facts = await endAtUpstream(lease, deps)
  if (!facts.ok) {
    const { code, detail, retryAfter } = facts.error
    const failed = { lease: lease.id, how, code, detail, ...(retryAfter === undefined ? {} : { retryAfter }) }
    // the caller is told of the upstream, whether the ledger could take the recall or not
    await callState(() => deps.ledger(ledger).endFailed(failed))
    return facts
  }
  const ended = await callState(() => deps.ledger(ledger).end({ lease: lease.id, how, state: lease.state, facts: facts.value }))
  if (!ended.ok) return ended
  if (ended.value === 'moved_on') return endAgain(lease.id, how, ledger, deps)
  return ok({ outcome: ended.value, credentialEnd: facts.value.credential_end })
}

/** The mint came back between looking and ending: what it made is ended. A lease goes live once, so this happens once. */
async function endAgain(
  id: string,
  how: Ending,
  ledger: string,
  deps: RevokeDeps & Pick<Deps, 'ledger'>,
): Promise<Result<Ended, EndFailure>> {
  const found = await callState(() => deps.ledger(ledger).leases({ lease: id }, 1))
  if (!found.ok) return found
  const [lease] = found.value
  return lease === undefined ? ok({ outcome: 'already_over', credentialEnd: 'already_gone' }) : endLease(lease, how, ledger, deps)
}

/**
 * What becomes of the credential itself, as the entry will say it. An upstream is told even when the time is up, for what it keeps of dead credentials counts
 * against a quota; but what died by itself is over whether the upstream answers or not.
 */
export async function endAtUpstream(lease: LeaseRecord, deps: RevokeDeps): Promise<Result<EndFacts, UpstreamRefusal>> {
  // a mint still under way: settle will find the lease gone and end what was made
  if (lease.state === 'minting') return ok({ credential_end: 'not_yet_minted' })
  const isExpired = lease.expiresAt <= nowSeconds(deps)
  if (lease.handle === null) return ok(isExpired ? { credential_end: 'expired' } : withoutHandle(lease))
  const ended = await endByHandle(lease.id, lease.handle, deps)
  if (ended.ok) return ok({ credential_end: ended.value })
  return isExpired ? ok({ credential_end: 'expired', detail: ended.error.detail }) : ended
}

function endByHandle(lease: string, handle: string, deps: RevokeDeps): Promise<Result<'revoked' | 'already_gone', UpstreamRefusal>> {
  return withoutFault(async () => {
    const credential = await openHandle(lease, handle, deps)
    return credential.ok ? revokeAtProvider(credential.value, deps) : credential
  })
}

/** A credential the broker signed itself: one that is checked at introspection ends with its lease, one that is not lives to its own end. */
function withoutHandle({ kind, expiresAt }: LeaseRecord): EndFacts {
  const revocable = isKindName(kind) && kindOf(kind).revocation === 'broker'
  return revocable ? { credential_end: 'inactive_at_introspection' } : { credential_end: 'lives_on', lives_until: expiresAt }
}
