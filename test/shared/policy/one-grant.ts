/** A policy of one grant `deploy` with one rule for one workload `docs`, and asks under it, for tests of the judgement. */
import { decide } from '../../../shared/policy/decide.ts'
import type { Decision, Policy } from '../../../shared/policy/policy.ts'
import { callerOf, GITHUB, policyOf } from './policies.ts'

export const ISSUERS = {
  github: {
    platform: 'github',
    url: GITHUB,
    owners: [
      { name: 'acme', id: '65000001' },
      { name: 'acme-labs', id: '7' },
    ],
  },
}
const CONNECTIONS = { api: { kind: 'jwt', owner: 't', audience: 'https://api.acme.example' } }
export const DOCS = { repository: 'acme/docs', repository_id: '1217768983' }

export type Facts = Readonly<Record<string, string | null>>

interface Parts {
  readonly is?: object
  readonly rule?: object
  readonly workload?: object
  readonly more?: object
}

/** One grant `deploy` with one rule for one workload `docs`. */
export function onePolicy({ is = DOCS, rule = { ref: 'refs/heads/main' }, workload = {}, more = {} }: Parts = {}): Policy {
  const grant = {
    purpose: 'p',
    owner: 't',
    connection: 'api',
    scope: { scopes: ['a'] },
    ttl: '10m',
    allow: [{ workload: 'docs', ...rule }],
  }
  const workloads = { docs: { issuer: 'github', is, owner: 't', ...workload } }
  return policyOf({ issuers: ISSUERS, connections: CONNECTIONS, workloads, grants: { deploy: grant }, ...more })
}

export function ask(of: Policy, facts: Facts = {}, grant = 'deploy'): Decision {
  return decide(of, callerOf(of, facts), grant)
}

/** `allow`, or the cause and the failing attributes. */
export function outcome(decision: Decision): string {
  if (decision.outcome === 'allow') return ['allow', ...decision.notes.map(({ about }) => about)].join(' ')
  return [decision.cause, ...decision.reasons.map(({ attribute }) => attribute)].join(' ')
}
