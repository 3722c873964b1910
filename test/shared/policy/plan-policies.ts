/** Small policies that differ in one place, and what the plan says of two of them. */
import { expect } from 'vitest'
import { checkDocument } from '../../../shared/policy/check-document.ts'
import { type GrantChange, type Plan, planPolicies } from '../../../shared/policy/plan.ts'
import { unchangedGrants } from '../../../shared/policy/plan-unchanged.ts'
import type { Policy } from '../../../shared/policy/policy.ts'
import type { PolicyDocument } from '../../../shared/policy/schema.ts'
import { GITHUB, policyOf } from './policies.ts'

export type Records = Readonly<Record<string, unknown>>

export interface Written {
  readonly owners?: readonly { readonly name: string; readonly id: string }[]
  readonly workloads?: Records
  readonly connections?: Records
  readonly grants?: Records
  readonly guardrails?: Records
  readonly settings?: Records
  readonly issuers?: Records
}

export const DOCS = { issuer: 'github', is: { repository: 'acme/docs', repository_id: '1' }, owner: 'team' }
export const BY_NAME = { issuer: 'github', is: { repository: 'acme/docs' }, owner: 'team' }
export const API = { kind: 'jwt', owner: 'team', audience: 'https://api.acme.example' }
export const MAIN = { workload: 'docs', ref: 'refs/heads/main' }

export function grant(allow: readonly Records[], more: Records = {}): Records {
  return { purpose: 'Deploy', owner: 'team', connection: 'api', scope: { scopes: ['read'] }, ttl: '10m', allow, ...more }
}

function recordsOf({
  owners = [{ name: 'acme', id: '10' }],
  workloads,
  connections,
  grants,
  guardrails = {},
  settings = {},
  issuers,
}: Written): Records {
  return {
    settings,
    issuers: issuers ?? { github: { platform: 'github', url: GITHUB, owners } },
    workloads: workloads ?? { docs: DOCS },
    connections: connections ?? { api: API },
    grants: grants ?? { deploy: grant([MAIN]) },
    guardrails,
  }
}

function written(side: Written): Policy {
  return policyOf(recordsOf(side))
}

function documentOf(side: Written): PolicyDocument {
  const checked = checkDocument({ jobpass: 1, ...recordsOf(side) })
  if (!checked.ok) throw new Error(checked.problems[0].message)
  return checked.document
}

/** A policy whose one grant has these rules. */
export function rules(...allow: readonly Records[]): Written {
  return { grants: { deploy: grant(allow) } }
}

export function ruled(conditions: Records): Written {
  return rules({ workload: 'docs', ...conditions })
}

export function plan(base: Written, head: Written): Plan {
  const result = planPolicies(written(base), written(head))
  // what saves work never changes the answer
  expect(planPolicies(written(base), written(head), unchangedGrants(documentOf(base), documentOf(head)))).toEqual(result)
  if (!result.ok) throw new Error(`undecided: ${result.error.grant}`)
  return result.value
}

export function onlyChange(base: Written, head: Written): GrantChange | undefined {
  const { grants } = plan(base, head)
  expect(grants.length).toBeLessThanOrEqual(1)
  return grants[0]
}

/** What a witness shows of some facts. */
export function facts(witness: GrantChange['newly'][number] | undefined, ...names: readonly string[]): readonly unknown[] {
  return names.map((name) => witness?.payload[name])
}

export const noPullRequests = { why: 'unreviewed', grants: 'all', forbid: { event_name: ['pull_request', 'pull_request_target'] } }
