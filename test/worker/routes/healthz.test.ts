/** `GET /healthz`: true, cheap, and silent about what a stranger should not know. */
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Deps } from '../../../worker/deps.ts'
import { type Answer, answerOf, asRole, exchange, type Isolate, makeWorld, publish, startIsolate, type World } from '../harness.ts'
import { withSection } from '../policies.ts'

afterEach(() => vi.useRealTimers())

async function health(isolate: Isolate): Promise<Answer> {
  return answerOf(await isolate.fetch('/healthz'))
}

const down = () => Promise.reject(new Error('down'))
const silentForever = () => new Promise<never>(() => undefined)

function storeThat(answers: () => Promise<never>): Pick<Deps, 'policyStore'> {
  return { policyStore: () => new Proxy(env.POLICY_STORE.getByName('policy'), { get: () => answers }) }
}

function withoutSecret(): Promise<World> {
  const app = { kind: 'github-app', owner: 'x', app_id: '1', account: 'acme', private_key: { secret: 'UPSTREAM_NOT_SET' } }
  return makeWorld((policy) => withSection(policy, 'connections', { other: app }))
}

describe('GET /healthz', () => {
  it('names version and policy when an exchange could be served', async () => {
    const { isolate } = await makeWorld()
    const { status, body } = await health(isolate)
    expect([status, Object.keys(body).sort()]).toEqual([200, ['policy', 'status', 'version']])
    expect(body.policy).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('tells a stranger that a secret is missing, and the log and auditors which', async () => {
    const world = await withoutSecret()
    const { status, text, body } = await health(world.isolate)
    expect([status, body.reasons]).toEqual([503, ['a secret that a connection needs is not set: the log and jobpass metrics name it']])
    expect(text).not.toContain('UPSTREAM')
    const line = { event: 'health', outcome: 'unavailable', code: 'secret_missing', detail: 'secret UPSTREAM_NOT_SET is not set' }
    expect(world.isolate.log).toContainEqual(line)
    const metrics = await asRole(world, 'auditor', '/metrics')
    expect(metrics.text).toContain('\njobpass_health_problem{code="secret_missing",detail="secret UPSTREAM_NOT_SET is not set"} 1\n')
    expect(metrics.text).toContain('\njobpass_healthy 0\n')
  })

  it('names it on loopback, where the one who asks is the one who runs it', async () => {
    const { deps } = (await withoutSecret()).isolate
    const { body } = await health(startIsolate({ config: { ...deps.config, isLoopback: true } }))
    expect(body.reasons).toEqual(['secret UPSTREAM_NOT_SET is not set'])
  })

  it('is 503 without a policy, while state cannot be reached, and when the policy cannot be read', async () => {
    const world = await makeWorld()
    const without = await health(startIsolate({ policyStore: () => env.POLICY_STORE.getByName('no policy yet') }))
    expect([without.status, without.body.policy]).toEqual([503, null])
    expect((await health(startIsolate(storeThat(down)))).body.reasons).toEqual(['the policy store cannot be reached'])
    const noLedger = { ledger: () => new Proxy(world.isolate.deps.ledger(world.ledger), { get: () => down }) }
    expect((await health(startIsolate(noLedger))).body.reasons).toEqual(['the ledger cannot be reached'])
    const store = env.POLICY_STORE.getByName('policy')
    const torn = { activation: () => store.activation(), piece: async () => null }
    const unreadable = await health(startIsolate({ policyStore: () => Object.assign(Object.create(store), torn) }))
    expect([unreadable.status, unreadable.body.reasons]).toEqual([503, ['the active policy cannot be read']])
  })

  it('is 503 while everything is frozen, as every exchange is, and not when something is', async () => {
    const world = await makeWorld()
    const freeze = (method: string, target: object) =>
      asRole(world, 'operator', '/freezes', {
        method,
        body: JSON.stringify({ ...target, ...(method === 'PUT' ? { reason: 'drill' } : {}) }),
      })
    await freeze('PUT', { target: 'grant', name: 'write-docs' })
    expect((await health(startIsolate())).status).toBe(200)
    await freeze('PUT', { target: 'all' })
    const { status, body } = await health(startIsolate())
    expect([status, body.reasons, (await exchange(world)).body.code]).toEqual([503, ['everything is frozen by an operator'], 'frozen'])
    await freeze('DELETE', { target: 'all' })
    await freeze('DELETE', { target: 'grant', name: 'write-docs' })
    expect((await health(startIsolate())).status).toBe(200)
  })

  it('answers within seconds though the policy store hangs', async () => {
    await makeWorld()
    const begun = performance.now()
    expect((await health(startIsolate(storeThat(silentForever)))).status).toBe(503)
    expect(performance.now() - begun).toBeLessThan(8_000)
  })

  it('asks keys and ledger once a second, whoever calls how often, and says a change once', async () => {
    const world = await withoutSecret()
    let asked = 0
    const { deps } = world.isolate
    const isolate = startIsolate({
      ledger: (name) => {
        asked++
        return deps.ledger(name)
      },
    })
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
    await health(isolate)
    const once = asked
    for (let index = 0; index < 50; index++) await health(isolate)
    expect(asked).toBe(once)
    vi.setSystemTime(Date.now() + 1_001)
    await Promise.all(Array.from({ length: 20 }, () => health(isolate)))
    expect(asked).toBe(once + 1)
    expect(isolate.log.filter(({ event }) => event === 'health')).toHaveLength(1)
  })

  it('does not lag behind what its own isolate published, nor another', async () => {
    const world = await makeWorld()
    const other = startIsolate()
    await health(world.isolate)
    await health(other)
    const { body } = await publish(world, { ...world.policy, settings: { explain: 'none' } })
    expect((await health(world.isolate)).body.policy).toBe(body.policy)
    expect((await health(other)).body.policy).toBe(body.policy)
  })

  it('says in the log when it is well again', async () => {
    const world = await withoutSecret()
    expect((await health(world.isolate)).status).toBe(503)
    const { other: _, ...connections } = Object(world.policy.connections)
    await publish(world, { ...world.policy, connections })
    expect((await health(world.isolate)).status).toBe(200)
    expect(world.isolate.log.filter(({ event }) => event === 'health').map(({ outcome }) => outcome)).toEqual(['unavailable', 'ok'])
  })
})
