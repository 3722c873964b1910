import { describe, expect, test } from 'vitest'
import { jobClaims, tokenClaims } from '../../../cli/dev/job.ts'
import type { KnownIds } from '../../../cli/dev/known-ids.ts'
import { platforms } from '../../../shared/platforms/index.ts'

const ISS = 'https://token.actions.githubusercontent.com'
const NOTHING_KNOWN: KnownIds = { owners: new Map(), repositories: new Map() }

function claims(set: Parameters<typeof jobClaims>[0], known: KnownIds = NOTHING_KNOWN) {
  return jobClaims(set, known, ISS)
}

describe('the claims of a local job', () => {
  test('are by default those of a push to main of acme/docs, and the platform finds nothing wrong with them', () => {
    const job = claims({})
    expect(job).toMatchObject({
      iss: ISS,
      repository: 'acme/docs',
      repository_id: '1217768983',
      repository_owner: 'acme',
      repository_owner_id: '65000001',
      ref: 'refs/heads/main',
      event_name: 'push',
      runner_environment: 'github-hosted',
      sub: 'repo:acme@65000001/docs@1217768983:ref:refs/heads/main',
    })
    const facts = platforms.github.readFacts(ISS, job)
    expect(facts.ok).toBe(true)
    if (facts.ok) expect(facts.value.unknownClaims).toEqual([])
  })

  test('follow the repository that was set: owner, ids, workflow, subject', () => {
    const job = claims({ repository: 'Octo/App', ref: 'refs/tags/v1' })
    expect(job).toMatchObject({
      repository_owner: 'Octo',
      ref_type: 'tag',
      ref_protected: 'false',
      workflow_ref: 'Octo/App/.github/workflows/ci.yml@refs/tags/v1',
      job_workflow_ref: 'Octo/App/.github/workflows/ci.yml@refs/tags/v1',
      sub: `repo:Octo@${String(job.repository_owner_id)}/App@${String(job.repository_id)}:ref:refs/tags/v1`,
    })
    expect(job.repository_owner_id).toMatch(/^[1-9][0-9]{9}$/)
    expect(job.repository_id).toMatch(/^[1-9][0-9]{9}$/)
    expect(claims({ repository: 'Octo/App' }).repository_id).toBe(job.repository_id)
    expect(platforms.github.readFacts(ISS, job).ok).toBe(true)
  })

  test('take the ids that the policy pins to names, whatever the letter case', () => {
    const known = { owners: new Map([['octo', '42']]), repositories: new Map([['octo/app', '7']]) }
    expect(claims({ repository: 'Octo/App' }, known)).toMatchObject({ repository_owner_id: '42', repository_id: '7' })
  })

  test('let a job lie: what is set stays, even where it contradicts the rest', () => {
    const job = claims({ repository_owner: 'evil', sub: 'nonsense', ref_type: 'tag', run_id: 7, surprise: [1, { a: null }] })
    expect(job).toMatchObject({
      repository: 'acme/docs',
      repository_owner: 'evil',
      sub: 'nonsense',
      ref_type: 'tag',
      run_id: 7,
      surprise: [1, { a: null }],
    })
  })

  test('lose what was set to null, and the older subject form has no ids', () => {
    const job = claims({ repository_id: null, iss: null })
    expect(Object.keys(job)).not.toContain('repository_id')
    expect(Object.keys(job)).not.toContain('iss')
    expect(job.sub).toBe('repo:acme/docs:ref:refs/heads/main')
    expect(Object.keys(claims({ sub: null }))).not.toContain('sub')
  })

  test('name the environment with its own id and in the subject, colons escaped', () => {
    const job = claims({ environment: 'prod:eu' })
    expect(job.environment_node_id).toMatch(/^EN_kwDO[0-9]+$/)
    expect(job.sub).toBe('repo:acme@65000001/docs@1217768983:environment:prod%3Aeu')
    expect(claims({}).environment_node_id).toBeUndefined()
    expect(claims({ event_name: 'pull_request' }).sub).toBe('repo:acme@65000001/docs@1217768983:pull_request')
  })

  test('make another run another job, and the same run the same job', () => {
    const own = claims({}).check_run_id
    expect(claims({ ref: 'refs/heads/x' }).check_run_id).toBe(own)
    expect(claims({ run_id: '99' }).check_run_id).not.toBe(own)
    expect(claims({ run_attempt: '2' }).check_run_id).not.toBe(own)
    expect(claims({ run_id: '99', check_run_id: '5' }).check_run_id).toBe('5')
  })
})

describe('the claims of one token', () => {
  const token = { aud: 'https://broker', jti: 'j', now: 1_795_000_000 }

  test('live five minutes and are valid from five minutes before, as those of GitHub', () => {
    expect(tokenClaims({}, token)).toEqual({ aud: 'https://broker', jti: 'j', iat: 1_795_000_000, nbf: 1_794_999_700, exp: 1_795_000_300 })
  })

  test('keep every claim of time and use that the job set itself', () => {
    expect(tokenClaims({ exp: 1, aud: ['a', 'b'], jti: 'again', nbf: 'soon' }, token)).toMatchObject({
      exp: 1,
      aud: ['a', 'b'],
      jti: 'again',
      nbf: 'soon',
    })
    expect(tokenClaims({ iat: 1000 }, token)).toMatchObject({ iat: 1000, nbf: 700, exp: 1300 })
  })
})
