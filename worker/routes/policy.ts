/**
 * `PUT /policy` and `GET /policy`: a publisher makes a policy active, an auditor reads one. What may be published is decided in `candidate.ts` and
 * `publish.ts`. `?digest=` names a policy that was published before: to publish it again no source is needed.
 */

import { hasControlCharacter } from '../../shared/platforms/platform.ts'
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { MAX_REASON_LENGTH } from '../../shared/wire.ts'
import { recordAct } from '../authenticate/authority.ts'
import { policyText } from '../authorize/policy-cache.ts'
import { callState } from '../call-state.ts'
import type { Candidate } from '../candidate.ts'
import type { Deps } from '../deps.ts'
import { publish } from '../publish.ts'
import { policyDigestSchema } from '../state/activation.ts'
import { jsonAnswer, problemAnswer, storeUnreachable } from './answers.ts'
import { asAuthority, notAuthorized } from './as-authority.ts'
import { candidateOf, judgedCandidate } from './candidate.ts'
import { notPublished } from './not-published.ts'
import { proposedAnswer } from './proposals.ts'

const ENTITY_TAG = /^"(sha256:[0-9a-f]{64})"$/

export async function putPolicy(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['publisher'], deps, async (authority) => {
    const options = readPutOptions(request)
    if (!options.ok) return options.error
    const { replaces, forced, stored } = options.value
    const candidate = stored === undefined ? await candidateOf(request, deps.config) : await storedCandidate(stored, deps)
    if (!candidate.ok) return candidate.error
    const { digest } = candidate.value
    const act = { action: 'publish', policy: digest, replaces, ...(forced === undefined ? {} : { forced }) }
    const recorded = await recordAct(authority, act, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const by = authority.name
    const published = await publish(candidate.value, { replaces, by, forced, person: authority.person }, deps)
    if (!published.ok) return notPublished(published.error, { replaces, maxGrantsRemoved: deps.config.maxGrantsRemoved })
    if (published.value.outcome === 'active') return jsonAnswer({ policy: digest, replaces }, { etag: `"${digest}"` })
    const { id, expiresAt, because } = published.value
    return proposedAnswer({ id, expiresAt, what: { act: 'publish', policy: digest, replaces, because, forced: forced ?? null } })
  })
}

export async function getPolicy(request: Request, deps: Deps): Promise<Response> {
  return asAuthority(request, ['auditor'], deps, async (authority) => {
    const wanted = readDigest(new URL(request.url).searchParams.get('digest'))
    if (wanted === 'unusable') return digestUnusable()
    const recorded = await recordAct(authority, { action: 'read_policy', ...(wanted === undefined ? {} : { policy: wanted }) }, deps)
    if (!recorded.ok) return notAuthorized(recorded.error, deps)
    const read = await callState(async () => {
      const digest = wanted ?? (await deps.policyStore().activation()).policy
      if (digest === null || (await deps.policyStore().piece(digest, 0)) === null) return undefined
      return { digest, text: await policyText(digest, deps) }
    })
    if (!read.ok) return storeUnreachable()
    if (read.value === undefined)
      return problemAnswer({ status: 404, title: wanted === undefined ? 'No policy is active' : 'No such policy' })
    const { digest, text } = read.value
    return new Response(text, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store', etag: `"${digest}"` } })
  })
}

interface PutOptions {
  readonly replaces: PolicyDigest | '*'
  readonly forced: string | undefined
  /** Instead of a body: a policy that was published before. */
  readonly stored: PolicyDigest | undefined
}

function readPutOptions(request: Request): Result<PutOptions, Response> {
  const parameters = new URL(request.url).searchParams
  const replaces = readIfMatch(request.headers.get('if-match'))
  if (replaces === undefined) {
    const detail = 'Send If-Match: "sha256:…" with the digest to be replaced, or * for the first policy.'
    return err(problemAnswer({ status: 428, title: 'If-Match is missing', detail }))
  }
  const stored = readDigest(parameters.get('digest'))
  if (stored === 'unusable') return err(digestUnusable())
  const forced = parameters.get('force')?.trim()
  if (forced !== undefined && (forced === '' || forced.length > MAX_REASON_LENGTH || hasControlCharacter(forced))) {
    const detail = `force=<reason>: one line of at most ${MAX_REASON_LENGTH} characters, for the record.`
    return err(problemAnswer({ status: 400, title: 'The reason is not usable', detail }))
  }
  return ok({ replaces, forced, stored })
}

/** A policy out of the store is judged as any other: the configuration or the language may have changed since. */
async function storedCandidate(digest: PolicyDigest, deps: Deps): Promise<Result<Candidate, Response>> {
  const text = await callState(async () => ((await deps.policyStore().wasPublished(digest)) ? await policyText(digest, deps) : undefined))
  if (!text.ok) return err(storeUnreachable())
  if (text.value !== undefined) return judgedCandidate(text.value, deps.config)
  const detail = 'Only a policy that was published before can be published again by its digest.'
  return err(problemAnswer({ status: 404, title: 'No such policy', detail }))
}

function readDigest(text: string | null): PolicyDigest | undefined | 'unusable' {
  if (text === null) return undefined
  const digest = policyDigestSchema.safeParse(text)
  return digest.success ? digest.data : 'unusable'
}

function digestUnusable(): Response {
  return problemAnswer({ status: 400, title: 'The digest is not usable', detail: 'digest=sha256:… with 64 hex digits.' })
}

function readIfMatch(header: string | null) {
  if (header === null) return undefined
  const text = header.trim()
  if (text === '*') return '*' as const
  const digest = policyDigestSchema.safeParse(ENTITY_TAG.exec(text)?.[1])
  return digest.success ? digest.data : undefined
}
