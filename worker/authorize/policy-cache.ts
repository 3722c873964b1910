/**
 * The active policy in an isolate: fetched from the policy store once per digest, loaded, and kept. A ledger that knows a newer digest says so in its answer
 * to admit, and the worker decides again; so this cache may be behind, but no decision is ever acted on under an old policy.
 */
import { createHash } from 'node:crypto'
import { openCompiled } from '../../shared/policy/compile.ts'
import { loadPolicy } from '../../shared/policy/load.ts'
import type { Policy, PolicyDigest } from '../../shared/policy/policy.ts'
import type { Deps } from '../deps.ts'

/** Between two looks at the policy store on account of callers the present policy does not know. */
const LOOK_COOLDOWN_MS = 1_000

export type PolicyDeps = Pick<Deps, 'policies' | 'policyStore' | 'nowMs'>

/** The policy this isolate holds; asks the store when it holds none. `undefined`: none was ever published. Rejects when the store cannot be reached. */
export async function currentPolicy(deps: PolicyDeps): Promise<Policy | undefined> {
  return deps.policies.policy ?? (await activePolicy(deps))
}

/** The policy that is active at the store now. */
export async function activePolicy(deps: PolicyDeps): Promise<Policy | undefined> {
  deps.policies.lookedAt = deps.nowMs()
  const { policy: digest } = await deps.policyStore().activation()
  return digest === null ? undefined : await policyOf(digest, deps)
}

/** For a caller the held policy does not know (issuer, owner): another look at the store, at most once a second an isolate. `undefined` when nothing is newer. */
export async function newerPolicy(than: Policy, deps: PolicyDeps): Promise<Policy | undefined> {
  if (deps.policies.policy !== undefined && deps.policies.policy.digest !== than.digest) return deps.policies.policy
  // a clock that was ahead and is right again must not keep the isolate from looking
  if (Math.abs(deps.nowMs() - deps.policies.lookedAt) < LOOK_COOLDOWN_MS) return undefined
  const active = await activePolicy(deps)
  return active?.digest === than.digest ? undefined : active
}

/** The policy of a digest, from the isolate or from the store; the isolate keeps it. */
export async function policyOf(digest: PolicyDigest, deps: PolicyDeps): Promise<Policy> {
  if (deps.policies.policy?.digest === digest) return deps.policies.policy
  const policy = loadPolicy(openCompiled(await policyText(digest, deps)), digest)
  deps.policies.policy = policy
  return policy
}

/** A stored policy's canonical JSON, whole. */
export async function policyText(digest: PolicyDigest, deps: Pick<Deps, 'policyStore'>): Promise<string> {
  const store = deps.policyStore()
  let text = ''
  for (let index = 0; ; index++) {
    const piece = await store.piece(digest, index)
    if (piece === null) break
    text += piece
  }
  if (`sha256:${createHash('sha256').update(text).digest('hex')}` !== digest) throw new Error(`the stored policy is not ${digest}`)
  return text
}
