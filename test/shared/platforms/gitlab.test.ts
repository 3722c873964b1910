/** GitLab's claims and the attributes made of them, without any signature: what the profile itself accepts, refuses and reports. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { github } from '../../../shared/platforms/github.ts'
import { gitlab } from '../../../shared/platforms/gitlab.ts'

const ISSUER = 'https://gitlab.com'

/** As gitlab.com writes them, form by form. */
const claims: JsonObject = {
  iss: ISSUER,
  aud: 'https://broker.example.com',
  jti: '3a8b958c-0117-4d61-8d84-90b186efc4e7',
  sub: 'project_path:acme/web/shop:ref_type:branch:ref:main',
  iat: 1,
  nbf: 1,
  exp: 2,
  project_id: '4012345',
  project_path: 'acme/web/shop',
  namespace_id: '84329880',
  namespace_path: 'acme/web',
  job_project_id: '4012345',
  job_project_path: 'acme/web/shop',
  job_namespace_id: '84329880',
  job_namespace_path: 'acme/web',
  user_id: '20558032',
  user_login: 'ada',
  user_email: 'ada@example.com',
  user_access_level: 'maintainer',
  user_identities: [{ provider: 'saml', extern_uid: 'ada' }],
  pipeline_id: '1391152406',
  pipeline_source: 'push',
  job_id: '7446098166',
  ref: 'main',
  ref_type: 'branch',
  ref_path: 'refs/heads/main',
  ref_protected: 'true',
  groups_direct: ['acme', 'acme/web'],
  environment: 'production',
  environment_protected: 'true',
  deployment_tier: 'production',
  environment_action: 'start',
  runner_id: 12270852,
  runner_environment: 'gitlab-hosted',
  sha: '9898863c',
  project_visibility: 'private',
  ci_config_ref_uri: 'gitlab.com/acme/web/shop//.gitlab-ci.yml@refs/heads/main',
  ci_config_sha: '9898863c',
}

const NO_ENVIRONMENT = { environment: null, environment_protected: null, deployment_tier: null, environment_action: null }
const BRANCH = (ref: string): JsonObject => ({
  ref,
  ref_path: `refs/heads/${ref}`,
  sub: `project_path:acme/web/shop:ref_type:branch:ref:${ref}`,
})

const read = (changes: JsonObject = {}) => gitlab.readFacts(ISSUER, { ...claims, ...changes })

function factsOf(changes: JsonObject = {}) {
  const facts = read(changes)
  if (!facts.ok) throw new Error(`${facts.error.code} ${facts.error.claim}: ${facts.error.expected}`)
  return facts.value
}

describe('the facts of a token', () => {
  it('are its attributes; the owner is the namespace the project lies directly in', () => {
    const { attributes, owner, run, unknownClaims } = factsOf()
    expect(owner).toEqual({ id: '84329880', name: 'acme/web' })
    expect(Object.fromEntries(attributes)).toMatchObject({ project_id: '4012345', runner_id: '12270852', ref: 'refs/heads/main' })
    const others = ['ref_path', 'sub', 'jti', 'pipeline_id', 'job_id', 'user_email', 'groups_direct', 'job_project_id']
    expect(others.filter((name) => attributes.has(name))).toEqual([])
    expect(unknownClaims).toEqual([])
    expect(run).toEqual({
      issuer: ISSUER,
      repository: 'acme/web/shop',
      repositoryId: '4012345',
      ref: 'refs/heads/main',
      sha: '9898863c',
      eventName: 'push',
      environment: 'production',
      runId: '1391152406',
      runAttempt: '1',
      job: '7446098166',
      workflowRef: 'gitlab.com/acme/web/shop//.gitlab-ci.yml@refs/heads/main',
      actor: 'ada',
    })
  })

  it.each<[string, JsonObject]>([
    ['a tag', { ref: 'v1', ref_type: 'tag', ref_path: 'refs/tags/v1', sub: 'project_path:acme/web/shop:ref_type:tag:ref:v1' }],
    ['a branch with slashes', BRANCH('feature/a-b')],
    ['a job without an environment', NO_ENVIRONMENT],
    ['a project of a person', { ...PERSON() }],
    ['a pipeline whose file is not known', { ci_config_ref_uri: null, ci_config_sha: null }],
    ['an instance that says less', { runner_id: null, runner_environment: null, user_access_level: null, job_project_id: null }],
    ['a job that runs for nobody', { user_id: '', user_login: null, user_email: null }],
    ['a merge request from a fork', { pipeline_source: 'merge_request_event', job_project_id: '1', job_project_path: 'upstream/shop' }],
    ['a path in other letters', { namespace_path: 'Acme/Web' }],
    ['a source that is new', { pipeline_source: 'brand_new' }],
    ['an environment with a space and a colon', { environment: 'prod: eu west' }],
  ])('of %s are read', (_name, changes) => {
    expect(read(changes)).toMatchObject({ ok: true })
  })

  function PERSON(): JsonObject {
    return { project_path: 'ada/app', namespace_path: 'ada', sub: 'project_path:ada/app:ref_type:branch:ref:main' }
  }

  it('report names they do not know and never match them', () => {
    const { unknownClaims, attributes } = factsOf({ brand_new: 'x', nested: { a: [1] }, constructor: 'x', repository: 'acme/docs' })
    expect([...unknownClaims].sort()).toEqual(['brand_new', 'constructor', 'nested', 'repository'])
    expect(attributes.has('brand_new') || attributes.has('constructor') || attributes.has('repository')).toBe(false)
  })

  it('take no ref for another: a branch and a tag of one name differ', () => {
    const tag = factsOf({
      ref: 'main',
      ref_type: 'tag',
      ref_path: 'refs/tags/main',
      sub: 'project_path:acme/web/shop:ref_type:tag:ref:main',
    })
    expect(tag.attributes.get('ref')).toBe('refs/tags/main')
  })
})

describe('a token that contradicts itself', () => {
  it.each<[string, JsonObject, string]>([
    ['a namespace that is not the project’s', { namespace_path: 'acme' }, 'namespace_path'],
    ['a namespace that the path only begins with', { namespace_path: 'acme/we' }, 'namespace_path'],
    ['a namespace that goes too far', { namespace_path: 'acme/web/shop' }, 'namespace_path'],
    ['a path without a namespace', { project_path: 'shop' }, 'project_path'],
    ['a path with an empty part', { project_path: 'acme//shop', namespace_path: 'acme/' }, 'project_path'],
    ['a path with a space', { project_path: 'acme/web/shop x' }, 'project_path'],
    ['a full ref of another branch', { ref_path: 'refs/heads/other' }, 'ref_path'],
    ['a tag with a branch for its full ref', { ref_type: 'tag' }, 'ref_path'],
    ['a ref that is full already', { ref: 'refs/heads/main' }, 'ref_path'],
    ['a merge ref', { ref_path: 'refs/merge-requests/1/merge' }, 'ref_path'],
    ['a type of ref that is none', { ref_type: 'commit' }, 'ref_type'],
    ['a subject of another project', { sub: 'project_path:acme/web/shop-evil:ref_type:branch:ref:main' }, 'sub'],
    ['a subject of another ref', { sub: 'project_path:acme/web/shop:ref_type:branch:ref:evil' }, 'sub'],
    ['a subject of a tag', { sub: 'project_path:acme/web/shop:ref_type:tag:ref:main' }, 'sub'],
  ])('is refused for %s', (_name, changes, claim) => {
    expect(read(changes)).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim } })
  })

  it.each([
    'project_path:acme/web/shop',
    'project_path:acme/web/shop:ref_type:branch',
    'project_path:acme/web/shop:ref:main',
    'project_path:acme/web/shop:environment_protected:true:ref:other',
    'job_1',
  ])('is not seen in the subject %s, whose parts the project chose', (sub) => {
    expect(read({ sub })).toMatchObject({ ok: true })
  })
})

describe('a claim', () => {
  const loose = ['iat', 'nbf', 'exp', 'groups_direct', 'user_identities', 'runner_id']
  const textClaims = Object.keys(claims).filter((name) => !loose.includes(name))
  const required = [
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

  it.each(textClaims)('%s is a string and nothing else', (name) => {
    for (const value of [7, true, ['x'], { a: 1 }]) {
      expect(read({ [name]: value })).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim: name } })
    }
  })

  it.each(textClaims)('%s holds no control character', (name) => {
    for (const character of ['\u0000', '\n', '\u001b', '\u007f', '\u0085', '\u2028']) {
      expect(read({ [name]: `a${character}b` })).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim: name } })
    }
  })

  it.each(['project_id', 'namespace_id', 'user_id', 'pipeline_id', 'job_id', 'job_project_id', 'job_namespace_id', 'runner_id'])(
    '%s is a decimal id',
    (name) => {
      for (const value of ['0', '01', '-1', '1.0', '1e3', ' 1', '0x1', '１', 'abc']) {
        expect(read({ [name]: value })).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim: name } })
      }
    },
  )

  it.each(['ref_protected', 'environment_protected'])('%s is "true" or "false", as text', (name) => {
    for (const value of ['TRUE', '1', 'yes', true, false]) {
      expect(read({ [name]: value })).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim: name } })
    }
  })

  it.each([0, -1, 1.5, 1e300, true, ['1'], { id: 1 }])('runner_id is a whole number or its text, not %j', (value) => {
    expect(read({ runner_id: value })).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim: 'runner_id' } })
  })

  it.each(required)('%s must be there, and neither empty nor null', (name) => {
    const { [name]: _, ...rest } = claims
    for (const changed of [rest, { ...claims, [name]: '' }, { ...claims, [name]: null }]) {
      expect(gitlab.readFacts(ISSUER, changed)).toMatchObject({ ok: false, error: { code: 'claim_missing', claim: name } })
    }
  })

  it('never makes the profile throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(claims)), fc.string()), fc.jsonValue()), (changes) => {
        const facts = gitlab.readFacts(ISSUER, { ...claims, ...JSON.parse(JSON.stringify(changes)) })
        if (facts.ok) for (const [, value] of facts.value.attributes) expect(value).not.toBe('')
      }),
    )
  })
})

describe('the attributes', () => {
  it('complete a scenario so that its parts agree', () => {
    const stated = new Map([
      ['project_path', 'acme/web/shop'],
      ['ref', 'refs/tags/v1'],
    ])
    expect(Object.fromEntries(gitlab.complete(stated, 'https://git.acme.example:8443/forge'))).toMatchObject({
      namespace_path: 'acme/web',
      ref_type: 'tag',
      ci_config_ref_uri: 'git.acme.example:8443/forge/acme/web/shop//.gitlab-ci.yml@refs/tags/v1',
      pipeline_source: 'push',
    })
    expect(gitlab.complete(new Map([['ref', '']]), ISSUER).has('ref')).toBe(false)
  })

  it('that both platforms have are compared in one way: a guardrail holds for both', () => {
    const shared = gitlab.attributeNames.filter((name) => github.attribute(name) !== undefined)
    expect(shared).toEqual(['ref', 'ref_type', 'ref_protected', 'sha', 'environment', 'runner_environment'])
    const wayOf = (name: string, { attribute }: typeof github) => {
      const { match, form, foldCase, prefix } = attribute(name) ?? expect.fail(name)
      return { match, form, foldCase, prefix }
    }
    for (const name of shared) expect(wayOf(name, gitlab)).toEqual(wayOf(name, github))
  })

  it('excluded by default are the sources that run what nobody reviewed or that hide what started them', () => {
    const usual = gitlab.ruleDefaults.get('pipeline_source')
    expect(usual).toEqual(['push', 'web', 'schedule'])
    for (const name of gitlab.strangerEvents) expect(usual).not.toContain(name)
  })
})
