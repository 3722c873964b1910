/**
 * What the plan costs: policies of several sizes with few, all and no grants changed, and the shapes that are hardest on it. Documents are made in memory,
 * so that what is measured is loading and comparing, not YAML.
 */
import { createHash } from 'node:crypto'
import { checkDocument } from '../../shared/policy/check-document.ts'
import { compilePolicy, policyDigest } from '../../shared/policy/compile.ts'
import { loadPolicy } from '../../shared/policy/load.ts'
import { planPolicies } from '../../shared/policy/plan.ts'
import { unchangedGrants } from '../../shared/policy/plan-unchanged.ts'
import type { PolicyDocument } from '../../shared/policy/schema.ts'

type Records = Readonly<Record<string, unknown>>

const RULES_A_GRANT = 4
const TARGET_MS = 3_000

export function benchPolicy(): Promise<void> {
  console.log('plan: two policies, loaded and compared')
  for (const rules of [500, 5_000, 20_000, 50_000]) {
    const grants = rules / RULES_A_GRANT
    const base = documentOf(grantsOf(grants), grants)
    for (const [name, isChanged] of SHARES) measure(`${rules} rules, ${name}`, base, documentOf(grantsOf(grants, isChanged), grants))
  }
  console.log('plan: the shapes that are hardest on it')
  for (const [name, [base, head]] of Object.entries(HOSTILE))
    measure(name, documentOf(oneGrant(base), 100), documentOf(oneGrant(head), 100))
  return Promise.resolve()
}

const SHARES: readonly (readonly [string, (index: number) => boolean])[] = [
  ['none changed', () => false],
  ['2 % of the grants changed', (index) => index % 50 === 0],
  ['every grant changed', () => true],
]

function measure(name: string, base: PolicyDocument, head: PolicyDocument): void {
  globalThis.gc?.()
  const [before, after] = [loaded(base), loaded(head)]
  const cpu = process.cpuUsage()
  const from = performance.now()
  const plan = planPolicies(before, after, unchangedGrants(base, head))
  const tookMs = performance.now() - from
  const { user, system } = process.cpuUsage(cpu)
  const changed = plan.ok ? `${plan.value.grants.length} grants` : 'undecided'
  const memory = `${Math.round(process.memoryUsage().rss / 1e6)} MB`
  const late = tookMs > TARGET_MS ? `, over ${TARGET_MS} ms` : ''
  console.log(
    `  ${name.padEnd(46)}${tookMs.toFixed(0).padStart(7)} ms (cpu ${((user + system) / 1000).toFixed(0)} ms)  ${changed}  ${memory}${late}`,
  )
}

function loaded(document: PolicyDocument): ReturnType<typeof loadPolicy> {
  return loadPolicy(
    document,
    policyDigest(compilePolicy(document), (text) => createHash('sha256').update(text).digest('hex')),
  )
}

function documentOf(grants: Records, workloads: number): PolicyDocument {
  const checked = checkDocument({
    jobpass: 1,
    issuers: {
      github: { platform: 'github', url: 'https://token.actions.githubusercontent.com', owners: [{ name: 'acme', id: '65000001' }] },
    },
    workloads: Object.fromEntries(
      Array.from({ length: workloads }, (_, index) => [
        `w${index}`,
        { issuer: 'github', is: { repository: `acme/r${index}`, repository_id: String(index + 1) }, owner: 'team' },
      ]),
    ),
    connections: { api: { kind: 'jwt', owner: 'team', audience: 'https://api.acme.example' } },
    grants,
    guardrails: { no: { why: 'unreviewed code', grants: 'all', forbid: { event_name: ['pull_request', 'pull_request_target'] } } },
  })
  if (!checked.ok) throw new Error(checked.problems[0].message)
  return checked.document
}

function grantOf(allow: readonly Records[]): Records {
  return { purpose: 'Deploy', owner: 'team', connection: 'api', scope: { scopes: ['read'] }, ttl: '10m', allow }
}

function grantsOf(count: number, isChanged: (index: number) => boolean = () => false): Records {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const [workload, end] = [`w${index}`, isChanged(index) ? '-x' : '']
      return [
        `grant-${index}`,
        grantOf([
          { workload, ref: `refs/heads/main${end}`, environment: 'production' },
          { workload, ref: 'refs/tags/v*', environment: `p*${end}` },
          { workload, ref: 'refs/heads/release/**', event_name: ['push', 'workflow_dispatch'] },
          { workload, ref: 'refs/heads/**', environment: ['a', `b${end}`] },
        ]),
      ]
    }),
  )
}

function oneGrant(allow: readonly Records[]): Records {
  return { deploy: grantOf(allow) }
}

function counted<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

const branches = counted(1_000, (index) => `refs/heads/b${index}`)
const patterns = counted(300, (index) => `refs/heads/b${index}/**`)
const manyRules = (end: string): readonly Records[] =>
  counted(4_000, (index) => ({ workload: `w${index % 100}`, ref: `refs/heads/b${index}/**`, environment: `e${end}` }))

const HOSTILE: Readonly<Record<string, readonly [readonly Records[], readonly Records[]]>> = {
  '4 000 rules in one grant, all changed': [manyRules(''), manyRules('x')],
  'a list of 1 000 refs as 1 000 rules': [[{ workload: 'w0', ref: branches }], branches.map((ref) => ({ workload: 'w0', ref }))],
  'a list of 300 patterns as 300 rules': [[{ workload: 'w0', ref: patterns }], patterns.map((ref) => ({ workload: 'w0', ref }))],
  'a grid of 20 refs and 20 environments as rules': [
    [{ workload: 'w0', ref: patterns.slice(0, 20), environment: counted(20, (index) => `e${index}`) }],
    patterns.slice(0, 20).flatMap((ref) => counted(20, (index) => ({ workload: 'w0', ref, environment: `e${index}` }))),
  ],
  '160 times ** in a ref': [
    [{ workload: 'w0', ref: `refs/${'**a'.repeat(160)}` }],
    [{ workload: 'w0', ref: `refs/${'**a'.repeat(159)}*a` }],
  ],
  '100 times ** in a workflow file': [
    [{ workload: 'w0', workflow_ref: `acme/r0/**${'**a'.repeat(100)}@**main` }],
    [{ workload: 'w0', workflow_ref: `acme/**${'**a'.repeat(100)}@**main`, ref: '**a**in' }],
  ],
}
