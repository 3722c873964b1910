/** Jobs of GitLab at the real broker: what is accepted, and one attack a row. Each must be refused for its own reason. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { ledgerName } from '../../../worker/authenticate/authenticate.ts'
import { gitlabClaims, makeGitlabWorld, NAMESPACE, type Project, SHOP } from '../gitlab.ts'
import { entriesOf, exchange, seconds, tokenOf, type World } from '../harness.ts'
import { makeIssuer, sign, type TestIssuer } from '../issuer.ts'

const GITLAB = 'https://gitlab.example.com'
const forge: TestIssuer = await makeIssuer(GITLAB, 'forge-1')
let world: World

beforeAll(async () => {
  world = await makeGitlabWorld(forge)
})

const claims = (changes: JsonObject = {}, project?: Project): JsonObject => ({ ...gitlabClaims(GITLAB, seconds(), project), ...changes })

async function ask(changes: JsonObject, { grant = 'deploy-shop', project }: { grant?: string; project?: Project } = {}) {
  const answer = await exchange(world, { grant, token: await sign(forge, claims(changes, project)) })
  return { ...answer, code: world.isolate.log.at(-1)?.code }
}

describe('a job of GitLab', () => {
  it('draws a credential that says which run it was for', async () => {
    const answer = await ask({})
    expect(answer.body).toMatchObject({ kind: 'jwt', rule: 'deploy-shop/0' })
    const [, payload = ''] = String(answer.body.access_token).split('.')
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString()).ci).toMatchObject({
      issuer: GITLAB,
      repository: SHOP.path,
      repository_id: SHOP.id,
      ref: 'refs/heads/main',
      event_name: 'push',
      run_id: '1391152406',
      workflow_ref: `gitlab.example.com/${SHOP.path}//.gitlab-ci.yml@refs/heads/main`,
    })
  })

  it('is on record in the ledger of its namespace, under its own facts', async () => {
    await ask({ sha: 'c0ffee' })
    const entries = await entriesOf(ledgerName(GITLAB, NAMESPACE.id))
    expect(JSON.stringify(entries)).toContain('"c0ffee"')
    expect(JSON.stringify(entries)).toContain(`"project_id":"${SHOP.id}"`)
    // what nobody may match is not kept
    expect(JSON.stringify(entries)).not.toContain('ada@example.com')
  })

  it('has one exchange for one token', async () => {
    const token = await sign(forge, claims())
    expect((await exchange(world, { grant: 'deploy-shop', token })).status).toBe(200)
    expect((await exchange(world, { grant: 'deploy-shop', token })).body).toMatchObject({ code: 'token_replayed' })
  })

  it('follows a rename under the pinned ids', async () => {
    const renamed = { ...SHOP, path: 'acme/web/store' }
    expect((await ask({}, { project: renamed })).status).toBe(200)
  })

  it.each<[string, JsonObject, string]>([
    ['a branch', { ref: 'feature', ref_path: 'refs/heads/feature', sub: 'x' }, 'ref'],
    ['a tag of the branch’s name', { ref_type: 'tag', ref_path: 'refs/tags/main', sub: 'x' }, 'ref'],
    ['a merge request', { pipeline_source: 'merge_request_event' }, 'pipeline_source'],
    ['a pull request of another site', { pipeline_source: 'external_pull_request_event' }, 'pipeline_source'],
    ['a child pipeline, which hides its parent', { pipeline_source: 'parent_pipeline' }, 'pipeline_source'],
    ['a trigger token', { pipeline_source: 'trigger' }, 'pipeline_source'],
    ['a machine of somebody’s own', { runner_environment: 'self-hosted' }, 'runner_environment'],
    ['no machine at all', { runner_environment: null }, 'runner_environment'],
    ['another project under the name', { project_id: '666' }, 'project_id'],
    ['an environment that nobody protected', { environment_protected: 'false' }, 'environment_protected'],
    ['no environment', { environment: null, environment_protected: null, deployment_tier: null }, 'environment'],
  ])('is refused on %s', async (_name, changes, attribute) => {
    const answer = await ask(changes)
    expect(answer.body).toMatchObject({ code: 'grant_refused', reasons: expect.arrayContaining([expect.objectContaining({ attribute })]) })
  })

  it.each<[string, JsonObject]>([
    ['of a subgroup', { namespace_id: '99', namespace_path: 'acme/web/deep', project_path: 'acme/web/deep/shop' }],
    ['of the group above', { namespace_id: '72', namespace_path: 'acme', project_path: 'acme/shop' }],
    ['of a group that took the name', { namespace_id: '666' }],
    ['of a fork, under a person', { namespace_id: '31337', namespace_path: 'mallory', project_path: 'mallory/shop' }],
  ])('%s does not pass the fence', async (_name, changes) => {
    const answer = await ask({ ...changes, sub: 'x' })
    expect(answer.code).toBe('owner_outside_fence')
    expect(answer.body.reasons).toBeUndefined()
  })

  it.each<[string, JsonObject, string]>([
    ['a namespace that is not the project’s', { namespace_path: 'acme' }, 'claim_malformed'],
    ['a full ref that is not the ref’s', { ref_path: 'refs/heads/other' }, 'claim_malformed'],
    ['a subject of another project', { sub: 'project_path:mallory/shop:ref_type:branch:ref:main' }, 'claim_malformed'],
    ['a boolean that is none', { ref_protected: true }, 'claim_malformed'],
    ['an id that is a number', { project_id: 4012345 }, 'claim_malformed'],
    ['no full ref, as before GitLab 16', { ref_path: null }, 'claim_missing'],
    ['no nbf', { nbf: null }, 'claim_malformed'],
    ['the life of a long job, which is longer than a token may live', { exp: seconds() + 86_400 }, 'claim_malformed'],
    ['the aud of another service', { aud: 'https://vault.example.com' }, 'audience_wrong'],
    ['several auds', { aud: ['https://jobpass.example.com'] }, 'audience_wrong'],
  ])('is refused for %s', async (_name, changes, code) => {
    expect((await ask(changes)).code).toBe(code)
  })

  it('that waited longer than the policy lets a token age is refused', async () => {
    const then = seconds() - 400
    expect((await ask({ iat: then, nbf: then - 5, exp: then + 3600 })).code).toBe('token_too_old')
  })
})

describe('two platforms in one policy', () => {
  it('have the keys of their own tokens alone', async () => {
    const stranger = await makeIssuer(GITLAB, forge.kid)
    const answer = await exchange(world, { grant: 'deploy-shop', token: await sign(stranger, claims()) })
    expect(world.isolate.log.at(-1)?.code).toBe('signature_wrong')
    expect(answer.status).toBe(400)
  })

  it('do not read each other’s claims: a token of GitLab with GitHub’s facts is no workload of GitHub', async () => {
    const github = {
      repository: `${world.owner.name}/docs`,
      repository_id: '1217768983',
      repository_owner_id: world.owner.id,
      event_name: 'push',
    }
    const answer = await ask(github, { grant: 'call-api' })
    expect(answer.body).toMatchObject({ code: 'grant_refused' })
  })

  it('serve both: a job of GitHub draws by its own rules, and not by those of GitLab', async () => {
    expect((await exchange(world, { grant: 'call-api', token: await tokenOf(world) })).status).toBe(200)
    expect((await exchange(world, { grant: 'deploy-shop', token: await tokenOf(world) })).body).toMatchObject({ code: 'grant_refused' })
  })
})
