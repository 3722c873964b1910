/**
 * Could an exchange be served now? Asks what an exchange asks: the policy, the keys, the secrets, a ledger. What is found out is said in full to the log and to
 * auditors; a stranger at `/healthz` hears a sentence for each sort of problem and no name. It mints nothing, writes nothing and asks no upstream.
 */
import { AUTHORITY_LEDGER } from '../shared/ledger.ts'
import type { Policy, PolicyDigest } from '../shared/policy/policy.ts'
import { err, type Result } from '../shared/result.ts'
import { policyOf } from './authorize/policy-cache.ts'
import { callState, LEDGER_UNAVAILABLE } from './call-state.ts'
import type { Deps } from './deps.ts'
import { type Health, type HealthProblem, TOLD } from './held-health.ts'
import { isKeysUnavailable } from './keys/keys.ts'
import type { Activation } from './state/ledger-port.ts'

/** Anybody may ask as often as the brake lets them; the objects are asked once in so long by an isolate. */
const ASK_AGAIN_AFTER_MS = 1_000
const ANSWER_WITHIN_MS = 5_000
const LATE = err(LEDGER_UNAVAILABLE)

export type HealthDeps = Pick<Deps, 'config' | 'health' | 'keys' | 'ledger' | 'log' | 'nowMs' | 'policies' | 'policyStore'>

export async function currentHealth(deps: HealthDeps): Promise<Health> {
  const { health: held, nowMs } = deps
  // asked every time: a publisher reads here what it is about to replace, and another isolate may have replaced it a moment ago
  const activation = await inTime(
    callState(() => deps.policyStore().activation()),
    LATE,
  )
  const isYoung = Math.abs(nowMs() - held.askedAt) < ASK_AGAIN_AFTER_MS
  if (held.last !== undefined && isYoung && activation.ok && activation.value.policy === held.last.policy) return held.last
  // who comes while this one asks hears what was so a moment ago
  held.askedAt = nowMs()
  const health = await examine(activation, deps)
  report(held.last, health, deps)
  held.last = health
  return health
}

async function examine(activation: Result<Activation, unknown>, deps: HealthDeps): Promise<Health> {
  const [keys, ledger] = await Promise.all([
    inTime(keysProblem(deps), [{ code: 'keys_unavailable' as const, detail: 'keys: the keyring does not answer' }]),
    inTime(
      callState(() => deps.ledger(AUTHORITY_LEDGER).head()),
      LATE,
    ),
  ])
  const problems: HealthProblem[] = [...keys]
  if (!ledger.ok) problems.push(plain('ledger_unreachable'))
  if (!activation.ok) return { policy: null, problems: [plain('policy_store_unreachable'), ...problems] }
  const { policy: digest, freezes } = activation.value
  if (freezes.some(({ target }) => target === 'all')) problems.push(plain('frozen'))
  if (digest === null) return { policy: null, problems: [plain('policy_missing'), ...problems] }
  return { policy: digest, problems: [...(await policyProblems(digest, deps)), ...problems] }
}

/** What hangs is as good as gone: whoever asks must not hang with it. */
function inTime<T, L>(call: Promise<T>, late: L): Promise<T | L> {
  const over = AbortSignal.timeout(ANSWER_WITHIN_MS)
  return Promise.race([call, new Promise<L>((resolve) => over.addEventListener('abort', () => resolve(late)))])
}

async function policyProblems(digest: PolicyDigest, deps: HealthDeps): Promise<readonly HealthProblem[]> {
  const policy = await inTime(
    callState(() => policyOf(digest, deps)),
    LATE,
  )
  return policy.ok ? missingSecrets(policy.value, deps) : [plain('policy_unreadable')]
}

function missingSecrets(policy: Policy, { config }: HealthDeps): readonly HealthProblem[] {
  const connections = policy.connectionNames.map((name) => policy.connection(name)).filter((connection) => connection !== undefined)
  const named = new Set(connections.flatMap(({ kind, settings }) => kind.secretNames(settings)))
  const missing = [...named].filter((name) => config.upstreamSecret(name) === undefined)
  return missing.sort().map((name) => ({ code: 'secret_missing', detail: `secret ${name} is not set` }))
}

/** One key stands for all: they are sealed under the same sealing key, and this one is made first. */
async function keysProblem({ keys }: HealthDeps): Promise<readonly HealthProblem[]> {
  try {
    await keys.signingKey('ES256')
    return []
  } catch (failure) {
    if (isKeysUnavailable(failure)) return [{ code: 'keys_unavailable', detail: `keys: ${failure.message}` }]
    throw failure
  }
}

function plain(code: Exclude<HealthProblem['code'], 'secret_missing' | 'keys_unavailable'>): HealthProblem {
  return { code, detail: TOLD[code] }
}

/** Said when it changes, so that asking often fills no log. */
function report(before: Health | undefined, { problems }: Health, { log }: HealthDeps): void {
  const known = before?.problems ?? []
  const isKnown = (problem: HealthProblem): boolean => known.some(({ detail }) => detail === problem.detail)
  for (const problem of problems) if (!isKnown(problem)) log({ event: 'health', outcome: 'unavailable', ...problem })
  if (problems.length === 0 && known.length > 0) log({ event: 'health', outcome: 'ok' })
}
