/**
 * Policies as people keep them, written to disk for the bench: folders of YAML files with fifty grants each, in the several ways of writing YAML, every
 * grant with four rules of its own workload, an allowing and a refusing scenario. And the shapes that are hardest on the tools.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const RULES_A_GRANT = 4
const GRANTS_A_FILE = 50

export interface Large {
  readonly grants: number
  /** Whose rules are all different from those of the policy it is compared with. */
  readonly isChanged?: (index: number) => boolean
  /** The environment that makes a lint speak up, twice a grant. */
  readonly environment?: string
}

/** The path of a new folder that holds the policy. */
export function largePolicy({ grants, isChanged = () => false, environment = 'release' }: Large): string {
  const files = new Map([['00-policy.yaml', HEAD]])
  for (let first = 0; first < grants; first += GRANTS_A_FILE) {
    const indexes = Array.from({ length: Math.min(GRANTS_A_FILE, grants - first) }, (_, at) => first + at)
    const part = (key: string, write: (index: number) => string): string => `${key}:\n${indexes.map(write).join('')}`
    const grant = (index: number): string => grantText(index, environment, isChanged(index) ? '-x' : '')
    const scenario = (index: number): string => scenarioText(index, isChanged(index) ? '-x' : '')
    const text = part('workloads', workloadText) + part('grants', grant) + part('scenarios', scenario)
    files.set(`team-${String(first).padStart(6, '0')}.yaml`, text)
  }
  return folderOf(files)
}

/** A policy of one grant, for a hundred workloads. */
export function oneGrantPolicy(rules: readonly string[]): string {
  const workloads = Array.from({ length: 100 }, (_, index) => workloadText(index)).join('')
  const text = `${HEAD}workloads:\n${workloads}grants:\n${grantHead('deploy')}${rules.map((rule) => `      - ${rule}\n`).join('')}`
  return folderOf(new Map([['policy.yaml', text]]))
}

function folderOf(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'jobpass-bench-policy-'))
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
  return folder
}

const HEAD = `jobpass: 1
issuers:
  github:
    platform: github
    url: https://token.actions.githubusercontent.com
    owners:
      - { name: acme, id: "65000001" }
connections:
  api:
    kind: jwt
    owner: team-platform
    audience: https://api.acme.example
guardrails:
  no-unreviewed-code:
    why: A pull request runs code nobody has reviewed
    grants: all
    forbid: { event_name: [pull_request, pull_request_target] }
`

function workloadText(index: number): string {
  return `  w${index}:
    issuer: github
    is: { repository: acme/r${index}, repository_id: "${index + 1}" }
    owner: team-${index % 40}
`
}

function grantHead(name: string): string {
  return `  ${name}:
    purpose: Deploy ${name} # by its own workflow alone
    owner: team-platform
    connection: api
    scope: { scopes: [read] }
    ttl: 10m
    allow:
`
}

function grantText(index: number, environment: string, end: string): string {
  return `${grantHead(`grant-${index}`)}      - workload: w${index}
        ref: refs/heads/main${end}
        environment: ${environment}
      - { workload: w${index}, ref: refs/tags/v*, environment: "r*${end}" }
      - { workload: w${index}, ref: "refs/heads/release/**", environment: [a, b${end}] }
      - workload: w${index}
        ref: "refs/heads/**"
        environment: [c, d${end}]
        event_name: [push, workflow_dispatch]
`
}

function scenarioText(index: number, end: string): string {
  return `  - name: w${index} has it from a release branch
    ask: grant-${index}
    as: { workload: w${index}, ref: refs/heads/release/1, environment: b${end} }
    expect: allow
  - name: w${index} has it from nowhere else
    ask: grant-${index}
    as: { workload: w${index}, ref: refs/tags/x, environment: a }
    expect: { refuse: ref }
`
}
