/**
 * GitLab CI/CD, on gitlab.com and on instances of one's own: the claims of its ID tokens and the attributes made of them.
 * Source: docs.gitlab.com, "OpenID Connect (OIDC) authentication using ID tokens" (claims), "Predefined CI/CD variables" (pipeline sources).
 * It must never match `sub`, whose parts a project can choose, nor the bare `ref`, by which a branch and a tag are one: the attribute `ref` is the claim `ref_path`.
 */
import type { JsonObject } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import { flag, id, pattern, text, word } from './attribute-forms.ts'
import {
  type AttributeForm,
  type Attributes,
  type ClaimProblem,
  foldAscii,
  type Platform,
  type PlatformFacts,
  textClaim,
} from './platform.ts'
import { type ClaimReading, type ClaimsProfile, missingClaim, type OtherClaim, readClaims } from './read-claims.ts'

/** What can start a pipeline. A policy that names another has a spelling mistake. */
export const PIPELINE_SOURCES = [
  'api',
  'chat',
  'container_registry_push',
  'duo_workflow',
  'external',
  'external_pull_request_event',
  'merge_request_event',
  'ondemand_dast_scan',
  'ondemand_dast_validation',
  'parent_pipeline',
  'pipeline',
  'pipeline_execution_policy_schedule',
  'push',
  'schedule',
  'security_orchestration_policy',
  'trigger',
  'web',
  'webide',
] as const

const TIERS = ['production', 'staging', 'testing', 'development', 'other']
const ACTIONS = ['start', 'prepare', 'verify', 'access', 'stop']

const ATTRIBUTES: ReadonlyMap<string, AttributeForm> = new Map([
  [
    'project_path',
    {
      ...pattern('group/project of the pipeline, subgroups and all; of a merge request from a fork, the fork. Letter case is ignored'),
      foldCase: true,
      literalOwner: 'last',
    },
  ],
  ['project_id', id('id of that project; it survives renames and moves')],
  [
    'namespace_path',
    { ...text('group, subgroup or person the project lies directly in, as a full path; letter case is ignored'), foldCase: true },
  ],
  ['namespace_id', id('id of that group, subgroup or person; every subgroup has its own')],
  ['project_visibility', word(['public', 'private', 'internal'], 'visibility of the project')],
  [
    'ref',
    {
      ...pattern('full ref of the run (claim ref_path): refs/heads/main, refs/tags/v1; of a merge request its source branch'),
      prefix: 'refs/',
    },
  ],
  ['ref_type', word(['branch', 'tag'], 'whether ref is a branch or a tag')],
  ['ref_protected', flag('whether the ref is protected')],
  ['sha', text('commit of the run')],
  ['pipeline_source', word(PIPELINE_SOURCES, 'what started the pipeline')],
  ['environment', pattern('deployment environment of the job')],
  ['environment_protected', flag('whether that environment is protected')],
  ['deployment_tier', word(TIERS, 'tier of that environment')],
  ['environment_action', word(ACTIONS, 'what the job does with the environment')],
  ['ci_config_ref_uri', pattern('pipeline file and ref: gitlab.com/group/project//.gitlab-ci.yml@refs/heads/main')],
  ['ci_config_sha', text('commit of that pipeline file')],
  ['user_login', text('name of the person the job runs for')],
  ['user_id', id('id of that person')],
  ['user_access_level', text('role of that person in the project, such as maintainer')],
  ['runner_environment', word(['gitlab-hosted', 'self-hosted'], 'whose machine the job runs on')],
  ['runner_id', id('id of the runner')],
])

const OTHERS: ReadonlyMap<string, OtherClaim> = new Map<string, OtherClaim>([
  ...['iss', 'aud', 'sub', 'jti', 'ref', 'target_audience', 'user_email'].map((name): [string, OtherClaim] => [name, 'text']),
  ...['job_project_path', 'job_namespace_path'].map((name): [string, OtherClaim] => [name, 'text']),
  ...['pipeline_id', 'job_id', 'job_project_id', 'job_namespace_id'].map((name): [string, OtherClaim] => [name, 'decimal']),
  ...['iat', 'nbf', 'exp', 'groups_direct', 'user_identities'].map((name): [string, OtherClaim] => [name, 'any']),
])

const REQUIRED_CLAIMS = [
  'project_path',
  'project_id',
  'namespace_path',
  'namespace_id',
  'pipeline_source',
  'pipeline_id',
  'job_id',
  'ref',
  'ref_type',
  'ref_path',
]

const PROJECT = /^[^/@:\s]+(?:\/[^/@:\s]+)+$/
/** Prefix of `ref_path` by `ref_type`. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['branch', 'refs/heads/'],
  ['tag', 'refs/tags/'],
])

const PROFILE: ClaimsProfile = {
  known: new Map<string, ClaimReading>([
    ...[...ATTRIBUTES].map(([name, form]) => [name === 'ref' ? 'ref_path' : name, { name, form }] as const),
    ...OTHERS,
  ]),
}

/** GitLab writes null for what it does not know, and the id of the runner as a number. */
function plainClaims(claims: JsonObject): JsonObject {
  const known = Object.entries(claims).filter(([, value]) => value !== null)
  return Object.fromEntries(
    known.map(([name, value]) => [name, name === 'runner_id' && Number.isSafeInteger(value) ? String(value) : value]),
  )
}

function namespaceOf(project: string): string {
  return project.slice(0, Math.max(project.lastIndexOf('/'), 0))
}

/** Facts about one project that must agree inside one token. */
function consistencyProblem(claim: (name: string) => string): ClaimProblem | undefined {
  const problem = (name: string, expected: string): ClaimProblem => ({ code: 'claim_malformed', claim: name, expected })
  const project = claim('project_path')
  if (!PROJECT.test(project)) return problem('project_path', 'group/project')
  if (foldAscii(namespaceOf(project)) !== foldAscii(claim('namespace_path'))) {
    return problem('namespace_path', 'project_path without its last part')
  }
  const prefix = PREFIXES.get(claim('ref_type'))
  if (prefix === undefined) return problem('ref_type', 'branch or tag')
  if (claim('ref_path') !== `${prefix}${claim('ref')}`) return problem('ref_path', 'the full form of ref and ref_type')
  return subjectProblem(claim)
}

/** `project_path:P:ref_type:T:ref:R`, or the parts of it that the project chose, the first always the path. Parts of another name are passed over. */
function subjectProblem(claim: (name: string) => string): ClaimProblem | undefined {
  const parts = claim('sub').split(':')
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [name = '', value = ''] = parts.slice(at, at + 2)
    if (!['project_path', 'ref_type', 'ref'].includes(name)) return undefined
    if (value !== claim(name)) return { code: 'claim_malformed', claim: 'sub', expected: `the ${name} of the claim ${name}` }
  }
  return undefined
}

function readFacts(issuerUrl: string, signed: JsonObject): Result<PlatformFacts, ClaimProblem> {
  const claims = plainClaims(signed)
  const read = readClaims(claims, PROFILE)
  if (!read.ok) return read
  const missing = missingClaim(claims, REQUIRED_CLAIMS)
  if (missing !== undefined) return err(missing)
  const claim = (name: string): string => textClaim(claims[name]) ?? ''
  const inconsistent = consistencyProblem(claim)
  if (inconsistent !== undefined) return err(inconsistent)
  const environment = claim('environment')
  return ok({
    ...read.value,
    owner: { id: claim('namespace_id'), name: claim('namespace_path') },
    run: {
      issuer: issuerUrl,
      repository: claim('project_path'),
      repositoryId: claim('project_id'),
      ref: claim('ref_path'),
      sha: claim('sha'),
      eventName: claim('pipeline_source'),
      ...(environment === '' ? {} : { environment }),
      runId: claim('pipeline_id'),
      // a job that is tried again is another job
      runAttempt: '1',
      job: claim('job_id'),
      workflowRef: claim('ci_config_ref_uri'),
      actor: claim('user_login'),
    },
  })
}

/** How the pipeline file of a project is written when the project chose none. */
export function usualConfigUri(issuerUrl: string, project: string, ref: string): string {
  return `${serverOf(issuerUrl)}/${project}//.gitlab-ci.yml@${ref}`
}

/** The instance as `ci_config_ref_uri` begins: its URL without the scheme. */
export function serverOf(issuerUrl: string): string {
  return issuerUrl.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

function complete(stated: ReadonlyMap<string, string>, issuerUrl: string): Attributes {
  const attributes = new Map<string, string>([
    ['pipeline_source', 'push'],
    ['runner_environment', 'gitlab-hosted'],
    ['ref', 'refs/heads/main'],
  ])
  for (const [name, value] of stated) attributes.set(name, value)
  const derive = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '' && !stated.has(name)) attributes.set(name, value)
  }
  const project = attributes.get('project_path') ?? ''
  const ref = attributes.get('ref') ?? ''
  derive('namespace_path', namespaceOf(project))
  derive('ref_type', ref === '' ? undefined : ref.startsWith('refs/tags/') ? 'tag' : 'branch')
  derive('ci_config_ref_uri', project === '' ? undefined : usualConfigUri(issuerUrl, project, ref))
  for (const [name, value] of attributes) if (value === '') attributes.delete(name)
  return attributes
}

export const gitlab: Platform = {
  name: 'gitlab',
  algorithms: ['RS256'],
  typRequired: true,
  nbfRequired: true,
  keySetPath: '/oauth/discovery/keys',
  ruleDefaults: new Map([
    // a child pipeline hides what started its parent, a trigger is a secret somebody keeps, a merge request is code nobody reviewed
    ['pipeline_source', ['push', 'web', 'schedule']],
    ['runner_environment', ['gitlab-hosted']],
  ]),
  weakAttributes: ['pipeline_source', 'runner_environment'],
  roles: {
    repository: 'project_path',
    repositoryId: 'project_id',
    owner: 'namespace_path',
    ownerId: 'namespace_id',
    event: 'pipeline_source',
  },
  ownerName: {
    form: /^[^/]+(?:\/[^/]+)*$/,
    expected: 'expected the full path of a group, subgroup or person, such as acme/platform, with no wildcard',
  },
  ownerOf: namespaceOf,
  strangerEvents: new Set(['merge_request_event', 'external_pull_request_event']),
  neverConditions: new Map([
    ['sub', 'a project chooses what it is made of; match the attributes'],
    ['ref_path', 'the attribute ref holds it: the full ref'],
    ['jti', 'it is new in every token'],
    ['pipeline_id', 'it is new in every pipeline'],
    ['job_id', 'it is new in every job'],
    ['user_email', 'people change it; match user_id'],
  ]),
  attributeNames: [...ATTRIBUTES.keys()],
  attribute: (name) => ATTRIBUTES.get(name),
  readFacts,
  complete,
}
