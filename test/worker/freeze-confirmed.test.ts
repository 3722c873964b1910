/** A freeze or thaw that some ledger has not confirmed: asking again waits for that one, changes nothing else, and never calls itself done too early. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { type Answer, asRole, exchange, makeWorld, type World } from './harness.ts'

const store = () => env.POLICY_STORE.getByName('policy')

/** The store cannot reach any ledger until it is told otherwise. */
async function withoutLedgers(): Promise<() => Promise<void>> {
  const silent = { getByName: () => ({ activate: () => Promise.reject(new Error('the object cannot be reached')) }) }
  const swap = (LEDGER: unknown) =>
    runInDurableObject(store(), (instance) => {
      const before: object = Reflect.get(instance, 'env')
      Reflect.set(instance, 'env', { ...before, LEDGER })
      return undefined
    })
  await swap(silent)
  return () => swap(env.LEDGER)
}

const target = { target: 'grant', name: 'call-api' }
const freeze = (world: World, reason = 'drill'): Promise<Answer> =>
  asRole(world, 'operator', '/freezes', { method: 'PUT', body: JSON.stringify({ ...target, reason }) })
const thaw = (world: World): Promise<Answer> => asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify(target) })

it('is told as recorded and not everywhere, is waited for by the same call, and is not gone before every ledger has let go', async () => {
  const world = await makeWorld()
  await exchange(world)
  let restore = await withoutLedgers()
  const first = await freeze(world)
  expect([first.status, first.body.recorded, first.headers.get('retry-after')]).toEqual([503, true, '5'])
  const { generation } = await store().activation()
  expect((await freeze(world)).status).toBe(503)
  expect((await store().activation()).generation).toBe(generation)
  expect((await freeze(world, 'another reason')).status).toBe(503)
  expect((await store().activation()).generation).toBe(generation + 1)
  await restore()
  expect((await freeze(world, 'another reason')).status).toBe(200)
  expect((await store().activation()).freezes).toHaveLength(1)
  expect((await exchange(world)).body.code).toBe('frozen')

  restore = await withoutLedgers()
  expect([(await thaw(world)).status, (await thaw(world)).status]).toEqual([503, 503])
  expect((await exchange(world)).body.code).toBe('frozen')
  await restore()
  expect([(await thaw(world)).status, (await thaw(world)).status]).toEqual([200, 404])
  expect((await exchange(world)).status).toBe(200)
})
