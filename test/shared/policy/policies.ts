/** A small policy for tests, as YAML to be spoilt and as a document to be judged, and callers who ask under it. */
import { createHash } from 'node:crypto'
import { checkDocument } from '../../../shared/policy/check-document.ts'
import { compilePolicy, policyDigest } from '../../../shared/policy/compile.ts'
import { loadPolicy } from '../../../shared/policy/load.ts'
import type { Finding } from '../../../shared/policy/merge.ts'
import type { Caller, Policy } from '../../../shared/policy/policy.ts'
import { formatPath } from '../../../shared/policy/problem.ts'
import { readPolicyFiles } from '../../../shared/policy/read-files.ts'
import type { PolicyDocument } from '../../../shared/policy/schema.ts'

export const GITHUB = 'https://token.actions.githubusercontent.com'

export const POLICY_YAML = `jobpass: 1
issuers:
  github:
    platform: github
    url: ${GITHUB}
    owners:
      - { name: acme, id: "65000001" }
workloads:
  docs-site:
    issuer: github
    is: { repository: acme/docs, repository_id: "1217768983" }
    owner: team-docs
connections:
  acme-api:
    kind: jwt
    owner: team-platform
    audience: https://api.acme.example
  acme-github:
    kind: github-app
    owner: team-platform
    app_id: "12345"
    account: acme
    private_key: { secret: UPSTREAM_GITHUB_APP_KEY }
    rotation: { every: 90d, last: 2026-10-01 }
grants:
  call-api:
    purpose: Call the API
    owner: team-docs
    connection: acme-api
    scope: { scopes: [pages.write] }
    ttl: 10m
    allow:
      - workload: docs-site
        ref: refs/heads/main
  deploy-docs:
    purpose: Publish the docs
    owner: team-docs
    review: 2027-05-01
    connection: acme-github
    scope: { repositories: [docs], permissions: { contents: write } }
    ttl: 10m
    allow:
      - workload: docs-site
        ref: refs/heads/main
        environment: production
    limits: { per_job: 1, per_hour: 60 }
guardrails:
  no-pull-requests:
    why: A pull request runs code nobody has reviewed
    grants: { connection: [acme-github] }
    forbid: { event_name: [pull_request, pull_request_target] }
scenarios:
  - name: main deploys
    ask: deploy-docs
    as: { workload: docs-site, ref: refs/heads/main, environment: production }
    expect: allow
`

/** The policy with one text replaced by another. */
export function spoilt(from: string, to: string): string {
  if (!POLICY_YAML.includes(from)) throw new Error(`the policy holds no ${JSON.stringify(from)}`)
  return POLICY_YAML.replace(from, () => to)
}

/** What is wrong with some files, or with one called `p.yaml`; empty when nothing is. */
export function findingsOf(files: string | Readonly<Record<string, string>>): readonly Finding[] {
  const texts = typeof files === 'string' ? { 'p.yaml': files } : files
  const read = readPolicyFiles(Object.entries(texts).map(([name, text]) => ({ name, text })))
  return read.ok ? [] : read.findings
}

/** `3:5 unknown-key message` for each finding of one file. */
export function linesOf(text: string): readonly string[] {
  return findingsOf(text).map(({ line, column, id, message }) => `${line}:${column} ${id} ${message}`)
}

export function documentOf(yaml: string = POLICY_YAML): PolicyDocument {
  const read = readPolicyFiles([{ name: 'p.yaml', text: yaml }])
  if (!read.ok) throw new Error(read.findings.map(({ line, id, message }) => `${line} ${id} ${message}`).join('\n'))
  return read.document
}

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A policy from plain records, which must be right. */
export function policyOf(records: object): Policy {
  const checked = checkDocument({ jobpass: 1, ...records })
  if (!checked.ok) throw new Error(checked.problems.map(({ path, message }) => `${formatPath(path)}: ${message}`).join('\n'))
  return loadPolicy(checked.document, policyDigest(compilePolicy(checked.document), sha256Hex))
}

export const FACTS = {
  repository: 'acme/docs',
  repository_id: '1217768983',
  repository_owner: 'acme',
  repository_owner_id: '65000001',
  event_name: 'push',
  ref: 'refs/heads/main',
  runner_environment: 'github-hosted',
} as const

/** A caller of the first issuer; an attribute set to `null` is missing. */
export function callerOf(policy: Policy, changed: Readonly<Record<string, string | null>> = {}): Caller {
  const [issuer] = policy.issuers.values()
  if (issuer === undefined) throw new Error('the policy has no issuer')
  const facts = Object.entries({ ...FACTS, ...changed }).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  )
  const attributes = new Map(facts)
  const owner = { id: attributes.get('repository_owner_id') ?? '', name: attributes.get('repository_owner') ?? '' }
  return { issuer, owner, attributes }
}
