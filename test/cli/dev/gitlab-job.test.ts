import { describe, expect, test } from 'vitest'
import { gitlabJobClaims } from '../../../cli/dev/gitlab-job.ts'
import type { KnownIds } from '../../../cli/dev/known-ids.ts'
import type { JsonObject } from '../../../shared/json.ts'
import { platforms } from '../../../shared/platforms/index.ts'

const ISS = 'https://gitlab.example.com'
const POLICY: KnownIds = { owners: new Map([['acme/web', '84329880']]), repositories: new Map([['acme/web/shop', '4012345']]) }
const claims = (set: JsonObject, known: KnownIds = POLICY): JsonObject => gitlabJobClaims(set, known, ISS)

describe('the claims of a local job of GitLab', () => {
  test('are by default those of a push to main of a project the policy pins, and the platform finds nothing wrong with them', () => {
    const job = claims({})
    expect(job).toMatchObject({
      iss: ISS,
      project_path: 'acme/web/shop',
      project_id: '4012345',
      namespace_path: 'acme/web',
      namespace_id: '84329880',
      ref: 'main',
      ref_path: 'refs/heads/main',
      pipeline_source: 'push',
      ci_config_ref_uri: 'gitlab.example.com/acme/web/shop//.gitlab-ci.yml@refs/heads/main',
      sub: 'project_path:acme/web/shop:ref_type:branch:ref:main',
    })
    expect(platforms.gitlab.readFacts(ISS, job)).toMatchObject({ ok: true, value: { unknownClaims: [] } })
    expect(platforms.gitlab.readFacts(ISS, claims({}, { owners: new Map(), repositories: new Map() }))).toMatchObject({ ok: true })
  })

  test.each<[string, JsonObject, JsonObject]>([
    ['the project', { project_path: 'acme/app' }, { namespace_path: 'acme', sub: 'project_path:acme/app:ref_type:branch:ref:main' }],
    ['the full ref', { ref_path: 'refs/tags/v1' }, { ref: 'v1', ref_type: 'tag', ref_protected: 'false' }],
    ['the bare ref', { ref: 'feature/a' }, { ref_path: 'refs/heads/feature/a', ref_type: 'branch' }],
    ['the bare ref of a tag', { ref: 'v1', ref_type: 'tag' }, { ref_path: 'refs/tags/v1' }],
    ['the environment', { environment: 'production' }, { environment_protected: 'true', deployment_tier: 'production' }],
    ['the commit', { sha: 'c0ffee' }, { ci_config_sha: 'c0ffee' }],
    [
      'the issuer',
      { iss: 'https://git.acme.example' },
      { ci_config_ref_uri: 'git.acme.example/acme/web/shop//.gitlab-ci.yml@refs/heads/main' },
    ],
  ])('follow %s', (_what, set, expected) => {
    const job = claims(set)
    expect(job).toMatchObject(expected)
    expect(platforms.gitlab.readFacts(ISS, job)).toMatchObject({ ok: true })
  })

  test('may lie: what is set stays, and null removes', () => {
    const job = claims({ namespace_path: 'mallory', ref: 'refs/heads/main', ref_path: 'refs/heads/main', user_login: null })
    expect(job).toMatchObject({ namespace_path: 'mallory', ref: 'refs/heads/main' })
    expect(job).not.toHaveProperty('user_login')
    expect(platforms.gitlab.readFacts(ISS, job)).toMatchObject({ ok: false })
  })

  test('another pipeline is another job', () => {
    expect(claims({ pipeline_id: '7' }).job_id).not.toBe(claims({}).job_id)
  })
})
