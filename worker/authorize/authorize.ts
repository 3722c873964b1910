/**
 * The second stage: may this workload have this grant, and how much of it? Pure: policy and ask in, an authorization or a refusal out.
 * Freezes, replay and limits are not its business; they hold only at the moment of admission.
 */
import { decide } from '../../shared/policy/decide.ts'
import type { Allowed, Policy } from '../../shared/policy/policy.ts'
import { toldToCaller } from '../../shared/policy/told.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import type { Ask } from '../ask.ts'
import type { Workload } from '../authenticate/authenticate.ts'
import { type Config, holdsAuthority } from '../env.ts'
import { askedProblems } from './asked-problems.ts'

export interface Authorized {
  readonly allowed: Allowed
  /** The grant's scope, narrowed by the ask. Of the connection's kind. */
  readonly scope: unknown
  /** min(ask, grant, `max_ttl`, the kind's longest). */
  readonly lifetime: Seconds
}

/** What is in force: the policy, and the configuration that names the broker's own authorities. */
export interface InForce {
  readonly policy: Policy
  readonly config: Config
}

export function authorize(workload: Workload, ask: Ask, { policy, config }: InForce): Result<Authorized, Refusal> {
  if (holdsAuthority(config, workload.issuer.url, workload.attributes))
    return err({ code: 'grant_refused', grant: ask.grant, cause: 'authority', reasons: [] })
  const decision = decide(policy, workload, ask.grant)
  if (decision.outcome === 'refuse')
    return err({ code: 'grant_refused', grant: decision.grant, cause: decision.cause, ...toldToCaller(decision, policy.settings) })
  const { grant } = decision
  const { kind } = grant.connection
  if (ask.requestedTokenType !== undefined && ask.requestedTokenType !== kind.tokenType) {
    return err({ code: 'request_malformed', parameter: 'requested_token_type', problem: 'malformed', expected: kind.tokenType })
  }
  if (kind.holderKey && ask.publicKey === undefined) {
    return err({
      code: 'request_malformed',
      parameter: 'public_key',
      problem: 'missing',
      expected: `the holder’s public key, which kind ${kind.name} certifies`,
    })
  }
  const scope = narrowScope(decision, ask)
  if (!scope.ok) return scope
  const lifetime = Math.min(ask.ttl ?? grant.ttl, grant.ttl, policy.settings.maxTtl, kind.lifetime.max)
  if (lifetime < kind.lifetime.min) {
    return err({
      code: 'request_malformed',
      parameter: 'ttl',
      problem: 'malformed',
      expected: `at least ${kind.lifetime.min} seconds for kind ${kind.name}`,
    })
  }
  return ok({ allowed: decision, scope: scope.value, lifetime })
}

function narrowScope({ grant }: Allowed, { details }: Ask): Result<unknown, Refusal> {
  if (details === undefined) return ok(grant.scope)
  const { kind } = grant.connection
  if (details.type !== undefined && details.type !== kind.name)
    return err({ code: 'details_malformed', expected: `type ${kind.name}, the kind of this grant` })
  if (Object.keys(details.scope).length === 0) return ok(grant.scope)
  const asked = kind.asked.safeParse(details.scope)
  if (!asked.success)
    return err({ code: 'details_malformed', problems: askedProblems(asked.error, { schema: kind.asked, value: details.scope }) })
  const narrowed = kind.narrow(grant.scope, asked.data)
  return narrowed.ok ? narrowed : err({ code: 'scope_exceeded', ...narrowed.error })
}
