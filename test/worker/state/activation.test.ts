/** What is in force, between versions: a broker that went back to this version and forward again has lost nothing that the later one put in force. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { asRole, exchange, makeWorld } from '../harness.ts'

const LATER = { revokedRuns: ['7'] }

it('is written again with what a later version added to it', async () => {
  const world = await makeWorld()
  await exchange(world)
  const store = env.POLICY_STORE.getByName('policy')
  const freeze = (name: string) =>
    asRole(world, 'operator', '/freezes', { method: 'PUT', body: JSON.stringify({ target: 'grant', name, reason: 'drill' }) })
  expect((await freeze('before')).status).toBe(200)
  await runInDurableObject(store, (_, { storage: { sql } }) => {
    const { value } = sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'activation'").one()
    const { freezes, ...activation } = JSON.parse(value)
    const later = { ...activation, ...LATER, freezes: freezes.map((one: object) => ({ ...one, until: 'tomorrow' })) }
    sql.exec("UPDATE meta SET value = ? WHERE key = 'activation'", JSON.stringify(later))
  })
  await evictDurableObject(store)
  expect((await freeze('after')).status).toBe(200)
  const expected = { ...LATER, freezes: [{ name: 'before', until: 'tomorrow' }, { name: 'after' }] }
  expect(await store.activation()).toMatchObject(expected)

  // and every ledger, which keeps a copy of its own
  const ledger = env.LEDGER.getByName(world.ledger)
  await evictDurableObject(ledger)
  const [meta] = await runInDurableObject(ledger, (_, { storage: { sql } }) =>
    sql.exec<{ value: string }>("SELECT value FROM meta WHERE key = 'activation'").toArray(),
  )
  expect(JSON.parse(meta?.value ?? '')).toMatchObject(expected)
  for (const name of ['before', 'after'])
    await asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify({ target: 'grant', name }) })
})

describe('a proposal of an act that only a later version knows', () => {
  it('keeps nobody from freezing, and is nothing that can be confirmed', async () => {
    const world = await makeWorld()
    const store = env.POLICY_STORE.getByName('policy')
    const { generation } = await store.activation()
    const body = { what: { act: 'melt', target: 'all' }, by: 'acme/ops@main', person: 'https://ci.example 1', generation }
    await runInDurableObject(store, (_, { storage: { sql } }) => {
      sql.exec('INSERT INTO proposal (id, expires_at, body) VALUES (?, ?, ?)', 'later', Date.now() + 60_000, JSON.stringify(body))
    })
    const target = { target: 'grant', name: 'call-api' }
    const frozen = await asRole(world, 'operator', '/freezes', { method: 'PUT', body: JSON.stringify({ ...target, reason: 'drill' }) })
    expect([frozen.status, (await exchange(world)).body.code]).toEqual([200, 'frozen'])
    expect((await asRole(world, 'operator', '/proposals')).body.proposals).toEqual([])
    expect((await asRole(world, 'operator', '/proposals/later/confirm', { method: 'POST' })).status).toBe(404)
    await asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify(target) })
  })
})
