/** `GET /inventory` over real ledgers: what was asked, what is live, what would have done, and what authorities did. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { inventorySchema } from '../../shared/inventory-wire.ts'
import { asRole, entriesOf, exchange, makeWorld, rowsOf, startIsolate, type World } from './harness.ts'
import { grantOf, withSection } from './policies.ts'

async function inventory(world: World, query = '') {
  const answer = await asRole(world, 'auditor', `/inventory${query}`)
  expect(answer.status).toBe(200)
  return inventorySchema.parse(answer.body)
}

describe('GET /inventory', () => {
  it('shows every record of the active policy with its use and what would have done', async () => {
    const world = await makeWorld((policy) =>
      withSection(policy, 'grants', {
        'call-api': grantOf(
          'api',
          { scopes: ['read', 'write'] },
          { allow: [{ workload: 'docs', ref: 'refs/heads/*' }], review: '2020-01-01' },
        ),
      }),
    )
    const authorization_details = '[{"scopes":["read"]}]'
    for (let n = 0; n < 3; n++) expect((await exchange(world, { form: { authorization_details } })).status).toBe(200)
    await exchange(world, { claims: { ref: 'refs/tags/v1', ref_type: 'tag' } })
    const found = await inventory(world)
    expect(found).toMatchObject({ days: 90, sampled: false, unreachable: [], leases_cut: false })
    const grant = found.grants.find(({ grant: name }) => name === 'call-api')
    expect(grant).toMatchObject({ owner: 'team-docs', uses: 3, refusals: 1, live: 3, unused: false, review_overdue: true })
    expect(grant?.right_size).toMatchObject({
      asks: 3,
      conditions: [{ attribute: 'ref', from: ['refs/heads/*'], to: ['refs/heads/main'] }],
      scope: { scope: { scopes: ['read'] } },
    })
    expect(found.grants.find(({ grant: name }) => name === 'deploy-hosts')).toMatchObject({ uses: 0, unused: true, right_size: null })
    expect(found.workloads.map(({ workload }) => workload)).toEqual(['docs', 'site'])
    expect(found.connections.find(({ connection }) => connection === 'app')).toMatchObject({
      stored_secrets: ['UPSTREAM_APP_KEY'],
      no_end: true,
    })
    expect(found.acts.authorities.map(({ action }) => action)).toContain('read_inventory')
    expect(found.acts.published.length).toBeGreaterThan(0)
  })

  it('costs an exchange no row, and only one that narrows a member of its entry', async () => {
    const world = await makeWorld()
    await exchange(world)
    await exchange(world, { form: { authorization_details: '[{"type":"jwt","scopes":["read"]}]' } })
    const [whole, narrowed] = await entriesOf(world.ledger)
    expect(JSON.stringify(whole?.ask)).not.toContain('"asked"')
    expect(narrowed?.ask).toMatchObject({ asked: { scopes: ['read'] } })
    expect([(await rowsOf(world.ledger, 'entry')).length, (await rowsOf(world.ledger, 'lease')).length]).toEqual([2, 2])
  })

  it('shows leases that are live under names the policy has no more', async () => {
    const world = await makeWorld()
    await exchange(world)
    const later = await makeWorld((policy, owner) => {
      const { 'call-api': _gone, ...grants } = Object(policy.grants)
      return { ...policy, grants, issuers: { github: { ...Object(Object(policy.issuers).github), owners: [owner, world.owner] } } }
    })
    expect((await inventory(later)).strays).toContainEqual(expect.objectContaining({ grant: 'call-api', workload: 'docs' }))
  })

  it.each(['?days=0', '?days=401', '?days=x', '?days='])('takes no period %s', async (query) => {
    const world = await makeWorld()
    expect((await asRole(world, 'auditor', `/inventory${query}`)).status).toBe(400)
  })

  it('says 503 when the record cannot be read, and nothing half', async () => {
    const world = await makeWorld()
    await exchange(world)
    const silent = startIsolate({
      ledger: (name) => {
        if (name === world.ledger) throw new Error('the object cannot be reached')
        return env.LEDGER.getByName(name)
      },
    })
    const answer = await asRole(world, 'auditor', '/inventory', {}, silent)
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true])
  })
})
