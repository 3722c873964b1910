/**
 * GitHub Actions, on github.com, GitHub Enterprise Cloud and GitHub Enterprise Server: the claims of its ID tokens and the attributes made of them.
 * Source: docs.github.com, "OpenID Connect reference" (claims), "Events that trigger workflows" (event names).
 * It must never read `sub` for anything but the ids that newer tokens repeat there: `sub` has several live formats and hides the event.
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

/** Events a workflow can be triggered by. A policy that names another has a spelling mistake. */
export const EVENT_NAMES = [
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'create',
  'delete',
  'deployment',
  'deployment_status',
  'discussion',
  'discussion_comment',
  'dynamic',
  'fork',
  'gollum',
  'image_version',
  'issue_comment',
  'issues',
  'label',
  'merge_group',
  'milestone',
  'page_build',
  'project',
  'project_card',
  'project_column',
  'public',
  'pull_request',
  'pull_request_comment',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'push',
  'registry_package',
  'release',
  'repository_dispatch',
  'schedule',
  'status',
  'watch',
  'workflow_call',
  'workflow_dispatch',
  'workflow_run',
] as const

const ATTRIBUTES: ReadonlyMap<string, AttributeForm> = new Map([
  [
    'repository',
    { ...pattern('owner/name of the repository the workflow runs in; letter case is ignored'), foldCase: true, literalOwner: 'first' },
  ],
  ['repository_id', id('id of that repository; it survives renames')],
  ['repository_owner', { ...text('name of the owner; letter case is ignored'), foldCase: true }],
  ['repository_owner_id', id('id of the owner')],
  ['repository_visibility', word(['public', 'private', 'internal'], 'visibility of the repository')],
  ['ref', { ...pattern('full ref of the run: refs/heads/main, refs/tags/v1, refs/pull/7/merge'), prefix: 'refs/' }],
  ['ref_type', word(['branch', 'tag'], 'whether ref is a branch or a tag')],
  ['ref_protected', flag('whether a protection rule covers the ref')],
  ['head_ref', pattern('source branch of a pull request')],
  ['base_ref', pattern('target branch of a pull request')],
  ['event_name', word(EVENT_NAMES, 'event that triggered the run')],
  ['environment', pattern('deployment environment of the job')],
  ['environment_node_id', text('id of the environment; it changes when the environment is deleted and made again')],
  ['workflow_ref', pattern('workflow file and ref of the caller: owner/name/.github/workflows/file.yml@ref')],
  ['workflow_sha', text('commit of that workflow file')],
  ['job_workflow_ref', pattern('workflow file and ref of the called reusable workflow')],
  ['job_workflow_sha', text('commit of that reusable workflow')],
  ['sha', text('commit of the run')],
  ['actor', text('login of the person who started the run')],
  ['actor_id', id('id of that person')],
  ['runner_environment', word(['github-hosted', 'self-hosted'], 'whose machine the job runs on')],
  ['enterprise', text('slug of the enterprise')],
  ['enterprise_id', id('id of the enterprise')],
  ['run_attempt', id('1 for the first run, more for re-runs')],
])

const CUSTOM_PROPERTY = /^repo_property_[A-Za-z0-9_.$#-]{1,75}$/
const CUSTOM_PROPERTY_FORM = text('value of a custom property of the repository')

/** Claims of the profile that are no attributes. Times are judged elsewhere. */
const OTHERS: ReadonlyMap<string, OtherClaim> = new Map<string, OtherClaim>([
  ...['iss', 'aud', 'sub', 'jti', 'workflow', 'issuer_scope'].map((name): [string, OtherClaim] => [name, 'text']),
  ...['run_id', 'run_number', 'check_run_id'].map((name): [string, OtherClaim] => [name, 'decimal']),
  ...['iat', 'nbf', 'exp'].map((name): [string, OtherClaim] => [name, 'any']),
])
const REQUIRED_CLAIMS = [
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'event_name',
  'workflow_ref',
  'run_id',
] as const
const REPOSITORY = /^[^/@:\s]+\/[^/@:\s]+$/
/** Customised subjects keep the ids in their `repo` part, wherever it stands; a `:` in any value is written `%3A`. */
const SUBJECT_IDS = /(?:^|:)repo:[^@/:]+@([0-9]+)\/[^@/:]+@([0-9]+)(?::|$)/

function attribute(name: string): AttributeForm | undefined {
  return ATTRIBUTES.get(name) ?? (CUSTOM_PROPERTY.test(name) ? CUSTOM_PROPERTY_FORM : undefined)
}

const PROFILE: ClaimsProfile = {
  known: new Map<string, ClaimReading>([...[...ATTRIBUTES].map(([name, form]) => [name, { name, form }] as const), ...OTHERS]),
  attributeOf: (name) => (CUSTOM_PROPERTY.test(name) ? { name, form: CUSTOM_PROPERTY_FORM } : undefined),
}

/** Facts about one repository that must agree inside one token. */
function consistencyProblem(claim: (name: string) => string, sub: string): ClaimProblem | undefined {
  const problem = (name: string, expected: string): ClaimProblem => ({ code: 'claim_malformed', claim: name, expected })
  const repository = claim('repository')
  if (!REPOSITORY.test(repository)) return problem('repository', 'owner/name')
  const owner = repository.slice(0, repository.indexOf('/'))
  if (foldAscii(owner) !== foldAscii(claim('repository_owner'))) return problem('repository_owner', 'the owner part of repository')
  const workflowRef = claim('workflow_ref')
  if (!foldAscii(workflowRef).startsWith(`${foldAscii(repository)}/`)) return problem('workflow_ref', 'a workflow of the repository')
  const ids = SUBJECT_IDS.exec(sub)
  if (ids !== null && ids[1] !== claim('repository_owner_id')) return problem('sub', 'the owner id of repository_owner_id')
  if (ids !== null && ids[2] !== claim('repository_id')) return problem('sub', 'the repository id of repository_id')
  return undefined
}

function readFacts(issuerUrl: string, claims: JsonObject): Result<PlatformFacts, ClaimProblem> {
  const read = readClaims(claims, PROFILE)
  if (!read.ok) return read
  if (!Object.hasOwn(claims, 'ref')) return err({ code: 'claim_missing', claim: 'ref', expected: 'present, though it may be empty' })
  const missing = missingClaim(claims, REQUIRED_CLAIMS)
  if (missing !== undefined) return err(missing)
  const claim = (name: string): string => textClaim(claims[name]) ?? ''
  const inconsistent = consistencyProblem(claim, claim('sub'))
  if (inconsistent !== undefined) return err(inconsistent)
  const run = claim('run_id')
  const environment = claim('environment')
  return ok({
    ...read.value,
    owner: { id: claim('repository_owner_id'), name: claim('repository_owner') },
    run: {
      issuer: issuerUrl,
      repository: claim('repository'),
      repositoryId: claim('repository_id'),
      ref: claim('ref'),
      sha: claim('sha'),
      eventName: claim('event_name'),
      ...(environment === '' ? {} : { environment }),
      runId: run,
      runAttempt: claim('run_attempt'),
      job: claim('check_run_id') || `${run}/${claim('run_attempt')}`,
      workflowRef: claim('workflow_ref'),
      actor: claim('actor'),
    },
  })
}

function complete(stated: ReadonlyMap<string, string>): Attributes {
  const attributes = new Map<string, string>([
    ['event_name', 'push'],
    ['runner_environment', 'github-hosted'],
    ['ref', 'refs/heads/main'],
    ['run_attempt', '1'],
  ])
  for (const [name, value] of stated) attributes.set(name, value)
  const derive = (name: string, value: string | undefined): void => {
    if (value !== undefined && !stated.has(name)) attributes.set(name, value)
  }
  const repository = attributes.get('repository')
  const ref = attributes.get('ref') ?? ''
  derive('repository_owner', repository?.split('/')[0])
  derive('ref_type', ref === '' ? undefined : ref.startsWith('refs/tags/') ? 'tag' : 'branch')
  derive('workflow_ref', repository === undefined ? undefined : `${repository}/.github/workflows/ci.yml@${ref}`)
  derive('job_workflow_ref', attributes.get('workflow_ref'))
  for (const [name, value] of attributes) if (value === '') attributes.delete(name)
  return attributes
}

export const github: Platform = {
  name: 'github',
  algorithms: ['RS256'],
  typRequired: true,
  nbfRequired: true,
  keySetPath: '/.well-known/jwks',
  ruleDefaults: new Map([
    ['event_name', ['push', 'workflow_dispatch', 'schedule', 'release']],
    ['runner_environment', ['github-hosted']],
  ]),
  weakAttributes: ['event_name', 'runner_environment'],
  roles: {
    repository: 'repository',
    repositoryId: 'repository_id',
    owner: 'repository_owner',
    ownerId: 'repository_owner_id',
    event: 'event_name',
  },
  ownerName: { form: /^[^/]+$/, expected: 'expected the name of an owner, with no slash and no wildcard' },
  ownerOf: (repository) => repository.slice(0, Math.max(repository.indexOf('/'), 0)),
  strangerEvents: new Set([
    'pull_request_target',
    'workflow_run',
    'issue_comment',
    'issues',
    'discussion',
    'discussion_comment',
    'fork',
    'watch',
    'gollum',
    'pull_request_comment',
  ]),
  neverConditions: new Map([
    ['workflow', 'it is free text that the workflow author chooses; match workflow_ref'],
    ['sub', 'it has two live formats and hides the event; match the attributes'],
    ['jti', 'it is new in every token'],
    ['run_id', 'it is new in every run'],
  ]),
  attributeNames: [...ATTRIBUTES.keys()],
  attribute,
  readFacts,
  complete,
}
