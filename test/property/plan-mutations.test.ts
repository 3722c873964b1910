/** Any edit of a policy's text: reading it never throws, and when it is still a policy the plan tells what it gives and takes, whatever the edit was meant to do. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../shared/json.ts'
import type { PlatformFacts } from '../../shared/platforms/platform.ts'
import { decide } from '../../shared/policy/decide.ts'
import { lifetimeOf } from '../../shared/policy/lifetime.ts'
import { loadPolicy } from '../../shared/policy/load.ts'
import { type Plan, planPolicies } from '../../shared/policy/plan.ts'
import { unchangedGrants } from '../../shared/policy/plan-unchanged.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { readPolicyFiles } from '../../shared/policy/read-files.ts'
import type { PolicyDocument } from '../../shared/policy/schema.ts'
import { GITHUB } from '../shared/policy/policies.ts'
import { TOKENS } from './policy-pairs.ts'

/** `PLAN_RUNS` for a longer hunt. */
const runs = Number(process.env.PLAN_RUNS ?? 200)
/** Of all tokens, how many are put to one pair. */
const EVERY_NTH = 13

const ORIGINAL = `jobpass: 1
settings: { max_ttl: 1h }
issuers:
  github:
    platform: github
    url: ${GITHUB}
    owners:
      - { name: acme, id: "10" }
      - { name: beta, id: "20" }
workloads:
  docs:
    issuer: github
    is: { repository: acme/docs, repository_id: "1" }
    owner: team-docs
  web:
    issuer: github
    is: { repository: [acme/web, beta/*] }
    owner: team-web
  old:
    issuer: github
    is: { repository_id: ["2", "3"], environment: p* }
    owner: team-web
    suspended: true
connections:
  api: { kind: jwt, owner: team-platform, audience: https://api.acme.example }
  other: { kind: jwt, owner: team-platform, audience: https://other.acme.example }
grants:
  deploy:
    purpose: Publish the docs
    owner: team-docs
    connection: api
    scope: { scopes: [read, write] }
    ttl: 10m
    allow:
      - workload: docs
        ref: refs/heads/main
        environment: production
      - { workload: docs, ref: [refs/heads/release/*, refs/tags/v*], event_name: [push, release] }
      - workload: old
        ref: refs/heads/**
  preview:
    purpose: Show a change
    owner: team-web
    connection: other
    scope: { scopes: [read] }
    ttl: 2h
    allow:
      - { workload: web, event_name: [pull_request, push], base_ref: main }
      - { workload: web, workflow_ref: "**/ci.yml@refs/heads/main", runner_environment: self-hosted }
      - workload: docs
        job_workflow_ref: acme/shared/**
        environment: [staging, "*-eu"]
guardrails:
  no-requests:
    why: Nobody has reviewed it
    grants: { name: [deploy], connection: [other] }
    forbid: { event_name: [pull_request_target, issue_comment] }
  no-staging-from-tags:
    why: Tags are for production
    grants: all
    forbid: { ref_type: tag, environment: staging }
`

const LINES = ORIGINAL.split('\n')
/** Words that can stand in each other's place, so that most edits leave a policy. */
const ALIKE = [
  ['refs/heads/main', 'refs/heads/release/*', 'refs/heads/**', 'refs/tags/v*', 'refs/**', '"**/main"', 'refs/heads/dev'],
  ['production', 'staging', 'p*', '"*-eu"', 'prod-eu'],
  ['push', 'pull_request', 'pull_request_target', 'issue_comment', 'release', 'workflow_dispatch'],
  ['acme/docs', 'acme/web', 'beta/*', 'ACME/Docs', 'acme/*', 'gone/docs'],
  ['"1"', '"2"', '"3"'],
  ['"10"', '"20"', '"30"'],
  ['docs', 'web', 'old'],
  ['api', 'other'],
  ['github-hosted', 'self-hosted'],
  ['true', 'false'],
  ['1h', '10m', '2h', '30m'],
  ['read', 'write'],
  ['tag', 'branch'],
  ['ref', 'ref_type', 'environment', 'event_name', 'base_ref', 'workflow_ref', 'job_workflow_ref', 'runner_environment'],
  ['repository', 'repository_id', 'repository_owner', 'repository_owner_id', 'actor'],
  ['suspended', 'contact'],
  ['name', 'connection', 'kind'],
  ['acme', 'beta', 'gone'],
]
const ANY = [...ALIKE.flat(), 'all', 'null', '[]', '{}', '"*"']

type Edit = (text: string) => string

/** One word of the text by another. */
function replacing(words: readonly string[]): fc.Arbitrary<Edit> {
  return fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words), fc.nat(6)).map(
    ([from, to, pick]): Edit =>
      (text) => {
        const parts = text.split(new RegExp(`(?<![\\w/*"-])${from.replaceAll(/[*/]/g, '\\$&')}(?![\\w/*"-])`))
        const at = parts.length < 2 ? 0 : 1 + (pick % (parts.length - 1))
        return at === 0 ? text : `${parts.slice(0, at).join(from)}${to}${parts.slice(at).join(from)}`
      },
  )
}

const line = fc.nat(LINES.length - 1)
const lineEdit = fc.tuple(fc.constantFrom('drop', 'double', 'swap', 'move'), line, line).map(
  ([what, at, to]): Edit =>
    (text) => {
      const lines = text.split('\n')
      const taken = lines.splice(at, what === 'double' ? 0 : 1)
      if (what === 'double') lines.splice(at, 0, lines[at] ?? '')
      if (what === 'swap') lines.splice(at + 1, 0, ...taken)
      if (what === 'move') lines.splice(to, 0, ...taken)
      return lines.join('\n')
    },
)
const characterEdit = fc
  .tuple(
    fc.nat(ORIGINAL.length),
    fc.nat(3),
    fc.oneof(fc.constantFrom('*', '-x', ', ', '#', '"', '[', ']', '\n', '', '/'), fc.string({ maxLength: 3 })),
  )
  .map(
    ([at, length, put]): Edit =>
      (text) =>
        text.slice(0, at) + put + text.slice(at + length),
  )
const edit = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...ALIKE).chain(replacing) },
  { weight: 1, arbitrary: replacing(ANY) },
  { weight: 2, arbitrary: lineEdit },
  { weight: 1, arbitrary: characterEdit },
)

function documentOf(text: string): PolicyDocument | undefined {
  const read = readPolicyFiles([{ name: 'p.yaml', text }])
  return read.ok ? read.document : undefined
}

function isAllowed(policy: Policy, { owner, attributes }: PlatformFacts, grant: string): boolean {
  const issuer = policy.issuers.get(GITHUB)
  return issuer !== undefined && decide(policy, { issuer, owner, attributes }, grant).outcome === 'allow'
}

/** What somebody gets of a grant besides who gets it. */
function gives(policy: Policy, name: string): string {
  const grant = policy.grant(name)
  if (grant === undefined) return ''
  const { connection, scope, limits } = grant
  return canonicalJson([connection.name, connection.settings, scope, limits, lifetimeOf(grant, policy.settings)])
}

function namesOf(base: Policy, head: Policy): readonly string[] {
  return [...new Set([...base.grantNames, ...head.grantNames])]
}

/** Every grant that gives something else, and every one that a token is answered differently for, is in the plan, in that direction. */
function expectTold({ grants }: Plan, base: Policy, head: Policy, offset: number): boolean {
  const tokens = TOKENS.filter((_, index) => index % EVERY_NTH === offset)
  let isWidened = false
  for (const name of namesOf(base, head)) {
    const change = grants.find(({ grant }) => grant === name)
    if (gives(base, name) !== gives(head, name)) expect(change, name).toBeDefined()
    const answered = (by: Policy, not: Policy): object | undefined =>
      tokens.find(({ facts }) => isAllowed(by, facts, name) && !isAllowed(not, facts, name))?.token
    const [newly, noLonger] = [answered(head, base), answered(base, head)]
    if (newly !== undefined) expect(change?.newly ?? [], `${name}, newly ${JSON.stringify(newly)}`).not.toEqual([])
    if (noLonger !== undefined) expect(change?.noLonger ?? [], `${name}, no longer ${JSON.stringify(noLonger)}`).not.toEqual([])
    isWidened ||= newly !== undefined
  }
  return isWidened
}

test('an edited policy that is still one never allows what the original refused without the plan saying so', () => {
  const original = documentOf(ORIGINAL)
  if (original === undefined) throw new Error('the original is no policy')
  const base = loadPolicy(original, 'sha256:0')
  const seen = { policies: 0, widened: 0 }
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), fc.nat(EVERY_NTH - 1), (edits, offset) => {
      const edited = documentOf(edits.reduce((text, change) => change(text), ORIGINAL))
      if (edited === undefined) return
      seen.policies++
      const head = loadPolicy(edited, 'sha256:1')
      const plan = planPolicies(base, head, unchangedGrants(original, edited))
      // a plan that gives up says so, and says nothing else
      if (plan.ok && expectTold(plan.value, base, head, offset)) seen.widened++
    }),
    { numRuns: runs },
  )
  expect(seen.policies).toBeGreaterThan(runs / 4)
  expect(seen.widened).toBeGreaterThan(runs / 50)
}, 600_000)
