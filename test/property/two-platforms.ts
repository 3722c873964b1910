/** Pairs of small policies over GitHub and GitLab at once, with guardrails over both, and tokens either could sign to put to both. */
import fc from 'fast-check'
import { gitlab } from '../../shared/platforms/gitlab.ts'
import { platforms } from '../../shared/platforms/index.ts'
import type { PlatformFacts } from '../../shared/platforms/platform.ts'
import { decide } from '../../shared/policy/decide.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { GITHUB, policyOf } from '../shared/policy/policies.ts'

/** An instance with a path of its own, where a project's path could be read in two ways. */
export const GITLAB = 'https://git.example.com/forge'
const SERVER = 'git.example.com/forge'

const maybe = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.option(value, { nil: undefined }).map((v) => (v === undefined ? {} : { [key]: v }))
const merged = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> => fc.tuple(...parts).map((all) => Object.assign({}, ...all))
const listOf = (...values: string[]): fc.Arbitrary<string | string[]> =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }))

const REFS = ['refs/heads/main', 'refs/heads/*', 'refs/heads/**', 'refs/tags/v*', 'refs/heads/release/*', '**/main', 'refs/tags/**']
const ENVIRONMENTS = ['production', 'staging', 'prod*']
const SOURCES = ['push', 'web', 'merge_request_event', 'parent_pipeline', 'trigger', 'schedule', 'external_pull_request_event']
const FILES = [
  `${SERVER}/acme/shop//.gitlab-ci.yml@refs/heads/main`,
  `${SERVER}/acme/shop//*@refs/heads/*`,
  `${SERVER}/acme/web/**`,
  '**//.gitlab-ci.yml@**',
  '**@refs/heads/main',
  'git.example.com/**',
]

const shared = [
  maybe('ref', listOf(...REFS)),
  maybe('environment', listOf(...ENVIRONMENTS)),
  maybe('ref_type', fc.constantFrom('branch', 'tag')),
]

const gitlabConditions = merged(
  ...shared,
  maybe('pipeline_source', listOf(...SOURCES)),
  maybe('ci_config_ref_uri', listOf(...FILES)),
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: merged(
        maybe('namespace_path', listOf('acme', 'Acme/Web')),
        maybe('runner_environment', listOf('self-hosted', 'gitlab-hosted')),
        maybe('deployment_tier', listOf('production', 'staging')),
        maybe('environment_protected', fc.boolean()),
        maybe('user_login', listOf('ada', 'robot')),
        maybe('ref_protected', fc.boolean()),
      ),
    },
  ),
)
const githubConditions = merged(...shared, maybe('event_name', listOf('push', 'pull_request_target', 'release')))

const strong = (given: object): object => {
  const weak = ['event_name', 'pipeline_source', 'runner_environment']
  return Object.keys(given).every((name) => weak.includes(name)) ? { ...given, ref: 'refs/heads/main' } : given
}

const rule = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom('w0', 'w1'), gitlabConditions) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('hub'), githubConditions) },
)

const workload = merged(
  maybe('project_path', listOf('acme/shop', 'acme/web/shop', 'acme/*', 'Acme/Shop', 'gone/shop')),
  maybe('project_id', listOf('1', '2')),
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: merged(maybe('namespace_id', listOf('72', '73')), maybe('namespace_path', listOf('acme', 'acme/web', 'gone'))),
    },
  ),
).map((is) => ({ issuer: 'forge', is: Object.keys(is).length === 0 ? { project_path: 'acme/shop' } : is, owner: 'team' }))

const guardrail = merged(
  ...shared,
  maybe('pipeline_source', listOf(...SOURCES)),
  maybe('event_name', listOf('push', 'release')),
  maybe('namespace_path', listOf('acme', 'acme/web')),
  maybe('repository_owner', listOf('acme')),
  maybe('runner_environment', listOf('self-hosted')),
).map((given) => ({ why: 'because', grants: 'all', forbid: Object.keys(given).length === 0 ? { pipeline_source: 'web' } : given }))

export const policy: fc.Arbitrary<Drawn> = fc.record({
  owners: fc.constantFrom(
    [{ name: 'acme', id: '72' }],
    [
      { name: 'acme', id: '72' },
      { name: 'acme/web', id: '73' },
    ],
  ),
  workloads: fc.tuple(workload, workload),
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
  guardrails: fc.array(guardrail, { maxLength: 2 }),
})

interface Drawn {
  readonly owners: readonly object[]
  readonly workloads: readonly [object, object]
  readonly rules: readonly (readonly [string, object])[]
  readonly guardrails: readonly object[]
}

export function made({ owners, workloads: [w0, w1], rules, guardrails }: Drawn): Policy {
  return policyOf({
    issuers: {
      hub: { platform: 'github', url: GITHUB, owners: [{ name: 'acme', id: '10' }] },
      forge: { platform: 'gitlab', url: GITLAB, owners },
    },
    workloads: { w0, w1, hub: { issuer: 'hub', is: { repository: 'acme/docs', repository_id: '1' }, owner: 'team' } },
    connections: { c: { kind: 'jwt', owner: 'team', audience: 'https://a.example' } },
    grants: {
      g: {
        purpose: 'p',
        owner: 'team',
        connection: 'c',
        scope: { scopes: ['s'] },
        ttl: '10m',
        allow: rules.map(([name, given]) => ({ workload: name, ...strong(given) })),
      },
    },
    guardrails: Object.fromEntries(guardrails.map((one, index) => [`no-${index}`, one])),
  })
}

/** Half of the pairs differ in one place only, where a search is most easily wrong. */
export const pair = fc.oneof(
  fc.tuple(policy, policy),
  fc
    .tuple(policy, policy, fc.constantFrom('owners', 'workloads', 'rules', 'guardrails'))
    .map(([a, b, part]): [Drawn, Drawn] => [a, { ...a, [part]: b[part as keyof Drawn] }]),
)

type Token = Readonly<Record<string, string>>

const PROJECTS = ['acme/shop', 'acme/web/shop', 'acme/other', 'Acme/Shop', 'acme/web/deep/shop', 'new/shop']
const RUNS = SOURCES.flatMap((source) => {
  const tags = source.endsWith('request_event') ? [] : ['refs/tags/v1', 'refs/tags/main']
  return ['refs/heads/main', 'refs/heads/dev', 'refs/heads/release/1', 'refs/heads/a/main', ...tags].map((ref) => [source, ref] as const)
})
const IDS = ['1', '2', '3'].flatMap((id) => ['72', '73'].map((owner): Token => ({ project_id: id, namespace_id: owner })))
const OTHERS: readonly Token[] = ['', 'production', 'staging'].flatMap((environment, turn) =>
  [turn, turn + 1].map((number) => ({
    ...(environment === ''
      ? {}
      : { environment, environment_protected: String(number % 2 === 0), deployment_tier: environment, environment_action: 'start' }),
    runner_environment: number === 2 ? 'self-hosted' : 'gitlab-hosted',
    user_login: ['ada', 'robot', 'else'][number % 3] ?? '',
    ref_protected: String(number % 2 === 0),
  })),
)

function placeFacts(source: string, ref: string, project: string): Token {
  const isFork = source === 'merge_request_event' && project.startsWith('new/')
  return {
    pipeline_source: source,
    project_path: project,
    namespace_path: project.slice(0, project.lastIndexOf('/')),
    ref: ref.replace(/^refs\/(heads|tags)\//, ''),
    ref_path: ref,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ci_config_ref_uri: `${SERVER}/${isFork ? 'acme/shop' : project}//.gitlab-ci.yml@${ref}`,
    pipeline_id: '5',
    job_id: '6',
  }
}

/** Tokens GitLab could sign: the facts that must agree do. */
export const TOKENS = RUNS.flatMap(([source, ref]) =>
  PROJECTS.flatMap((project) =>
    IDS.flatMap((ids) =>
      OTHERS.map((others): { token: Token; facts: PlatformFacts } => {
        const token = { ...placeFacts(source, ref, project), ...ids, ...others }
        const facts = gitlab.readFacts(GITLAB, token)
        if (!facts.ok) throw new Error(JSON.stringify([token, facts.error]))
        return { token, facts: facts.value }
      }),
    ),
  ),
)

export function isAllowed(policyUnder: Policy, { owner, attributes }: PlatformFacts): boolean {
  const issuer = policyUnder.issuers.get(GITLAB)
  if (issuer?.platform !== platforms.gitlab) throw new Error('no issuer')
  return decide(policyUnder, { issuer, owner, attributes }, 'g').outcome === 'allow'
}
