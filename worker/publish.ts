/**
 * Making a policy active, everywhere or the caller is told that it is not yet. What takes too much away is refused unless it is forced; what gives somebody
 * something new waits for a second person where the configuration says so. The candidate was judged before (`candidate.ts`).
 */
import { AUTHORITY_LEDGER } from '../shared/ledger.ts'
import { openCompiled } from '../shared/policy/compile.ts'
import type { PolicyDigest } from '../shared/policy/policy.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { InstantMs } from '../shared/units.ts'
import { type Person, runOf } from './authenticate/person.ts'
import { callState } from './call-state.ts'
import type { Candidate } from './candidate.ts'
import { type Losses, openReplaced, tooManyLosses, whyWider } from './compare-active.ts'
import { type Deps, randomId } from './deps.ts'

const PIECE_CHARACTERS = 500_000

/** Pieces small enough for a row. None ends inside a character: half a surrogate pair is not kept by a UTF-8 store. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length; ) {
    const end = start + PIECE_CHARACTERS
    const isCutInside = /[\ud800-\udbff]/.test(text[end - 1] ?? '')
    const piece = text.slice(start, isCutInside ? end - 1 : end)
    pieces.push(piece)
    start += piece.length
  }
  return pieces
}

export interface PublishRequest {
  readonly replaces: PolicyDigest | '*'
  readonly by: string
  /** Why it may take away more than the configured share. */
  readonly forced: string | undefined
  /** The person behind the run, where somebody can be told; asked for only when a second one is needed. */
  readonly person: Result<Person, string>
}

export type NotPublished =
  | { readonly outcome: 'not_the_active_one'; readonly active: PolicyDigest | null }
  | { readonly outcome: 'not_everywhere'; readonly waitingFor: number }
  | { readonly outcome: 'takes_too_much'; readonly losses: Losses }
  | { readonly outcome: 'nobody'; readonly why: string }
  | { readonly outcome: 'unavailable' | 'active_unreadable' }

export type Published =
  | { readonly outcome: 'active' }
  /** Nothing is changed before another person confirms. */
  | { readonly outcome: 'proposed'; readonly id: string; readonly expiresAt: InstantMs; readonly because: string }

export async function publish(candidate: Candidate, request: PublishRequest, deps: Deps): Promise<Result<Published, NotPublished>> {
  const reviewed = await review(candidate, request, deps)
  if (!reviewed.ok) return reviewed
  const { because, over } = reviewed.value
  if (because !== undefined) return proposePublication(candidate, { ...request, because }, deps)
  return activate(candidate, { ...request, over }, deps)
}

interface Reviewed {
  /** Why a second person is needed; `undefined` when none is. */
  readonly because: string | undefined
  /** What it was compared with. INVARIANT: the store replaces nothing else by it, whatever is active by then. */
  readonly over: PolicyDigest | '*'
}

/** Only what the request says is active is compared with; the active one itself, published again to wait for the last ledgers, replaces nothing but itself. */
async function review(
  { digest, text, policy }: Candidate,
  { replaces, forced }: PublishRequest,
  deps: Deps,
): Promise<Result<Reviewed, NotPublished>> {
  const activation = await callState(() => deps.policyStore().activation())
  if (!activation.ok) return err({ outcome: 'unavailable' })
  const active = activation.value.policy
  if (active === digest) return ok({ because: undefined, over: digest })
  if (active !== (replaces === '*' ? null : replaces)) return err({ outcome: 'not_the_active_one', active })
  const mayWiden = !deps.config.twoPerson.has('widen')
  if (forced !== undefined) return ok({ because: mayWiden ? undefined : 'It is forced, so it is compared with nothing', over: replaces })
  const base = await callState(() => openReplaced(replaces, deps))
  if (!base.ok) return err({ outcome: 'active_unreadable' })
  const losses = tooManyLosses(base.value.policy, policy, deps.config.maxGrantsRemoved)
  if (losses !== undefined) return err({ outcome: 'takes_too_much', losses })
  return ok({ because: mayWiden ? undefined : whyWider(base.value, { document: openCompiled(text), policy }), over: replaces })
}

async function upload({ digest, text }: Candidate, deps: Deps): Promise<void> {
  for (const [index, piece] of piecesOf(text).entries()) await deps.policyStore().upload(digest, index, piece)
}

async function activate(
  candidate: Candidate,
  { replaces, by, forced, over }: PublishRequest & Pick<Reviewed, 'over'>,
  deps: Deps,
): Promise<Result<Published, NotPublished>> {
  const { digest, policy } = candidate
  const force = forced === undefined ? {} : { forced }
  const published = await callState(async () => {
    await upload(candidate, deps)
    return deps.policyStore().publish({ digest, replaces: over, by, ...force })
  })
  if (!published.ok) return err({ outcome: 'unavailable' })
  if (published.value.outcome !== 'active') return err(published.value)
  deps.policies.policy = policy
  await callState(() =>
    deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, { type: 'published', policy: digest, replaces, by, ...force }),
  )
  deps.log({ event: 'publish', outcome: 'active', policy: digest })
  return ok({ outcome: 'active' })
}

async function proposePublication(
  candidate: Candidate,
  { replaces, by: run, forced, person, because }: PublishRequest & { readonly because: string },
  deps: Deps,
): Promise<Result<Published, NotPublished>> {
  if (!person.ok) return err({ outcome: 'nobody', why: person.error })
  const { digest } = candidate
  const by = runOf(run, person.value)
  const id = randomId(deps)
  const proposed = await callState(async () => {
    await upload(candidate, deps)
    const what = { act: 'publish', policy: digest, replaces, forced: forced ?? null, because } as const
    return deps.policyStore().propose({ id, what, by, person: person.value.key })
  })
  if (!proposed.ok) return err({ outcome: 'unavailable' })
  if (proposed.value.outcome === 'stale') return err({ outcome: 'not_the_active_one', active: proposed.value.active })
  const entry = { type: 'proposed', act: 'publish', proposal: proposed.value.id, policy: digest, replaces, by, because } as const
  await callState(() => deps.ledger(AUTHORITY_LEDGER).append(AUTHORITY_LEDGER, { ...entry, ...(forced === undefined ? {} : { forced }) }))
  deps.log({ event: 'publish', outcome: 'proposed', policy: digest })
  return ok({ outcome: 'proposed', id: proposed.value.id, expiresAt: proposed.value.expiresAt, because })
}
