/** `POST /policy/plan`: the diff of a candidate, and the asks on record decided under both policies. It changes nothing. */
import { describe, expect, it } from 'vitest'
import { canonicalJson, type JsonObject } from '../../shared/json.ts'
import { activeDigest, asRole, exchange, makeWorld, type World } from './harness.ts'
import { grantOf, withSection } from './policies.ts'

const plan = (world: World, candidate: JsonObject, role: 'publisher' | 'auditor' | 'operator' = 'auditor', query = '') =>
  asRole(world, role, `/policy/plan${query}`, { method: 'POST', body: canonicalJson(candidate) })

const onlyReleases = (policy: JsonObject): JsonObject =>
  withSection(policy, 'grants', {
    'call-api': grantOf('api', { scopes: ['read'] }, { allow: [{ workload: 'docs', ref: 'refs/tags/*' }] }),
  })

describe('POST /policy/plan', () => {
  it('lists the recorded asks that a candidate would decide otherwise, by grant and repository', async () => {
    const world = await makeWorld()
    for (let index = 0; index < 3; index++) expect((await exchange(world)).status).toBe(200)
    expect((await exchange(world, { claims: { ref: 'refs/tags/v1', ref_type: 'tag' } })).body.code).toBe('grant_refused')
    const before = await activeDigest()
    const answer = await plan(world, onlyReleases(world.policy))
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      base: before,
      grants: [{ grant: 'call-api', change: 'changed' }],
      replay: { days: 7, sampled: false },
    })
    const { flips } = JSON.parse(JSON.stringify(answer.body.replay))
    const repository = `${world.owner.name}/docs`
    expect(flips.filter((flip: { repository: string }) => flip.repository === repository)).toEqual([
      expect.objectContaining({ grant: 'call-api', repository, from: 'allow', to: 'refuse', asks: 3 }),
      expect.objectContaining({ grant: 'call-api', repository, from: 'refuse', to: 'allow', asks: 1 }),
    ])
    expect(await activeDigest()).toBe(before)
  })

  it('shows nothing for the same policy', async () => {
    const world = await makeWorld()
    await exchange(world)
    const { status, body } = await plan(world, world.policy)
    expect([status, body.grants]).toEqual([200, []])
    expect(body.replay).toMatchObject({ changed: 0, flips: [] })
  })

  it('looks back only as far as it is asked to', async () => {
    const world = await makeWorld()
    await exchange(world)
    expect((await plan(world, world.policy, 'publisher', '?days=0')).body.replay).toMatchObject({ asks: 0 })
    expect((await plan(world, world.policy, 'publisher', '?days=91')).status).toBe(400)
  })

  it('is not for operators, and refuses a candidate that is no policy', async () => {
    const world = await makeWorld()
    expect((await plan(world, world.policy, 'operator')).status).toBe(403)
    expect((await plan(world, { jobpass: 2 })).status).toBe(422)
  })
})
