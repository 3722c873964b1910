/** GitHub's claims and the attributes made of them, without any signature: what the profile itself accepts, refuses and reports. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { github } from '../../../shared/platforms/github.ts'
import { foldAscii } from '../../../shared/platforms/platform.ts'

const ISSUER = 'https://token.actions.githubusercontent.com'
const WORKFLOW = 'octo-org/app/.github/workflows/ci.yml@refs/heads/main'

const claims: JsonObject = {
  iss: ISSUER,
  aud: 'https://broker.example.com',
  jti: 'j',
  sub: 'repo:octo-org@65000001/app@1217768983:ref:refs/heads/main',
  iat: 1,
  nbf: 1,
  exp: 2,
  ref: 'refs/heads/main',
  ref_type: 'branch',
  ref_protected: 'true',
  head_ref: '',
  base_ref: '',
  sha: 'a6c5',
  repository: 'octo-org/app',
  repository_id: '1217768983',
  repository_owner: 'octo-org',
  repository_owner_id: '65000001',
  repository_visibility: 'private',
  actor: 'octocat',
  actor_id: '583231',
  event_name: 'push',
  run_id: '24766983965',
  run_number: '42',
  run_attempt: '1',
  check_run_id: '72463523102',
  runner_environment: 'github-hosted',
  workflow: 'ci',
  workflow_ref: WORKFLOW,
  workflow_sha: 'a6c5',
  job_workflow_ref: WORKFLOW,
  job_workflow_sha: 'a6c5',
}

const read = (changes: JsonObject = {}) => github.readFacts(ISSUER, { ...claims, ...changes })

function factsOf(changes: JsonObject = {}) {
  const facts = read(changes)
  if (!facts.ok) throw new Error(`${facts.error.code} ${facts.error.claim}`)
  return facts.value
}

describe('the facts of a token', () => {
  it('are its attributes, and an empty claim is none', () => {
    const { attributes, owner, run } = factsOf()
    expect(owner).toEqual({ id: '65000001', name: 'octo-org' })
    expect(attributes.get('ref')).toBe('refs/heads/main')
    expect(['head_ref', 'base_ref', 'environment', 'sub', 'jti', 'workflow', 'run_id'].filter((name) => attributes.has(name))).toEqual([])
    expect(run).toMatchObject({ issuer: ISSUER, repositoryId: '1217768983', runId: '24766983965', job: '72463523102' })
  })

  it('name the job by run and attempt where there is no check run', () => {
    const { check_run_id: _, ...older } = claims
    const facts = github.readFacts(ISSUER, older)
    expect(facts.ok && facts.value.run.job).toBe('24766983965/1')
  })

  it.each<[string, JsonObject]>([
    ['a tag', { ref: 'refs/tags/v1', ref_type: 'tag', workflow_ref: WORKFLOW.replace('heads/main', 'tags/v1') }],
    ['an environment', { environment: 'prod', environment_node_id: 'EN_x', sub: 'repo:octo-org/app:environment:prod' }],
    ['a pull request', { event_name: 'pull_request', ref: 'refs/pull/27/merge', head_ref: 'feature', base_ref: 'main' }],
    ['a deployment of a bare commit', { ref: '', event_name: 'deployment' }],
    ['a reusable workflow of another repository', { job_workflow_ref: 'octo-org/shared/.github/workflows/deploy.yml@refs/heads/main' }],
    [
      'an enterprise with custom properties',
      { enterprise: 'octo-ent', enterprise_id: '4242', repo_property_tier: 'prod', issuer_scope: 'x' },
    ],
    ['an environment with a space and a colon', { environment: 'prod: eu west', sub: 'repo:octo-org/app:environment:prod%3A eu west' }],
    ['letters of other scripts', { environment: 'Größe-生産', actor: 'octocat' }],
    ['no sha and no actor', { sha: '', actor: '' }],
  ])('of %s are read', (_name, changes) => {
    expect(read(changes).ok).toBe(true)
  })

  it('report names they do not know and never match them', () => {
    const { unknownClaims, attributes } = factsOf({
      brand_new: 'x',
      nested: { a: [1] },
      repo_property_: 'x',
      repo_property_tier: 'gold',
      constructor: 'x',
    })
    expect([...unknownClaims].sort()).toEqual(['brand_new', 'constructor', 'nested', 'repo_property_'])
    expect(attributes.get('repo_property_tier')).toBe('gold')
    expect(attributes.has('brand_new') || attributes.has('constructor')).toBe(false)
  })
})

describe('ids inside sub', () => {
  it.each([
    ['of another owner', 'repo:octo-org@1/app@1217768983:ref:refs/heads/main'],
    ['of another repository', 'repo:octo-org@65000001/app@1:ref:refs/heads/main'],
    ['of both', 'repo:octo-org@1/app@2'],
    ['behind other parts of a customised subject', 'environment:prod:repo:octo-org@1/app@1217768983'],
  ])('%s are refused', (_name, sub) => {
    expect(read({ sub })).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim: 'sub' } })
  })

  it.each([
    'repo:octo-org/app:ref:refs/heads/main',
    'repo:octo-org@65000001/app@1217768983',
    'environment:prod:repo:octo-org@65000001/app@1217768983',
    'workflow:ci',
    'repository_owner:x',
    'x',
  ])('are not missed in %s', (sub) => {
    expect(read({ sub }).ok).toBe(true)
  })
})

describe('a claim', () => {
  const textClaims = Object.keys(claims).filter((name) => !['iat', 'nbf', 'exp'].includes(name))

  it.each(textClaims)('%s is a string and nothing else', (name) => {
    for (const value of [7, true, null, ['x'], { a: 1 }]) {
      expect(read({ [name]: value })).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim: name } })
    }
  })

  it.each(textClaims)('%s holds no control character', (name) => {
    for (const character of ['\u0000', '\n', '\r', '\t', '\u001b', '\u007f', '\u0085', '\u009f']) {
      expect(read({ [name]: `a${character}b` })).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim: name } })
    }
  })

  it.each(['repository_id', 'repository_owner_id', 'actor_id', 'enterprise_id', 'run_id', 'run_attempt', 'check_run_id', 'run_number'])(
    '%s is a decimal id',
    (name) => {
      for (const value of ['0', '01', '-1', '1.0', '1e3', ' 1', '0x1', '１', 'abc']) {
        expect(read({ [name]: value })).toMatchObject({ ok: false, error: { code: 'claim_malformed', claim: name } })
      }
    },
  )

  it('never makes the profile throw, whatever it is', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(claims)), fc.string()), fc.jsonValue()), (changes) => {
        const read = github.readFacts(ISSUER, { ...claims, ...JSON.parse(JSON.stringify(changes)) })
        if (read.ok) for (const [, value] of read.value.attributes) expect(value).not.toBe('')
      }),
    )
  })
})

describe('the attributes', () => {
  it('have no form for what is never a condition', () => {
    for (const name of [
      'workflow',
      'sub',
      'jti',
      'run_id',
      'iss',
      'aud',
      'exp',
      '__proto__',
      'constructor',
      'repo_property_',
      `repo_property_${'x'.repeat(76)}`,
    ])
      expect(github.attribute(name)).toBeUndefined()
    expect(github.attribute('repo_property_tier')?.form).toBe('text')
  })

  it('complete a scenario so that its parts agree', () => {
    const full = github.complete(
      new Map([
        ['repository', 'acme/docs'],
        ['ref', 'refs/tags/v1'],
      ]),
      ISSUER,
    )
    expect(Object.fromEntries(full)).toMatchObject({
      repository_owner: 'acme',
      ref_type: 'tag',
      workflow_ref: 'acme/docs/.github/workflows/ci.yml@refs/tags/v1',
      event_name: 'push',
    })
    expect(github.complete(new Map([['ref', '']]), ISSUER).has('ref')).toBe(false)
  })

  it('fold ASCII letters and no others', () => {
    expect(foldAscii('ACME-\u00dcn\u00ef-\u0130-\u212a')).toBe('acme-\u00dcn\u00ef-\u0130-\u212a')
  })
})
