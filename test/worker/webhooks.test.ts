/** `POST /webhooks/github`: what GitHub says is over has its leases ended, and what cannot be ended now is ended later. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { serveApp } from './app-upstream.ts'
import { deliver, JOB, jobCompleted, movedFrom, RUN, repositoryEvent, runCompleted } from './github-deliveries.ts'
import { asRole, entriesOf, exchange, makeWorld, rowsOf, type World } from './harness.ts'
import { DOCS } from './policies.ts'
import { drawn, everything, ledgerOf, ring, typesOf } from './webhook-stage.ts'

const lastEntry = async (world: World): Promise<JsonObject | undefined> => (await entriesOf(world.ledger)).at(-1)

/** Time passes, further than the runtime's own clock: its alarm has to be told. */
async function pass(world: World, seconds: number): Promise<void> {
  vi.setSystemTime(Date.now() + seconds * 1000)
  await runDurableObjectAlarm(ledgerOf(world))
}

afterEach(() => vi.useRealTimers())

describe('a completed job', () => {
  it('has its leases ended at their upstream, though its runner was killed and gave nothing back', async () => {
    const { world, upstream, credential, lease } = await drawn()
    const answer = await deliver(world, 'workflow_job', jobCompleted(world, { conclusion: 'failure' }), {
      headers: { 'x-github-delivery': '0b989ba4-242f-11e5-81e1-c7b6966d2516' },
    })
    expect([answer.status, answer.body]).toEqual([200, { job_completed: true, leases: 1 }])
    await ring(world)
    expect(upstream.ended).toEqual([credential])
    expect(await rowsOf(world.ledger, 'lease')).toEqual([])
    const [, , recalled, revoked] = await entriesOf(world.ledger)
    expect(recalled).toMatchObject({
      type: 'recalled',
      cause: 'job_completed',
      leases: 1,
      run_id: String(RUN),
      job: String(JOB),
      repository_id: DOCS.id,
      delivery: '0b989ba4-242f-11e5-81e1-c7b6966d2516',
    })
    expect(revoked).toMatchObject({ type: 'revoked', lease, cause: 'job_completed', credential_end: 'revoked', run_id: String(RUN) })
  })

  it('leaves the leases of other jobs of the same run alone', async () => {
    const { world, upstream } = await drawn()
    const other = await exchange(world, { grant: 'write-docs', claims: { check_run_id: '72463523103' } })
    await deliver(world, 'workflow_job', jobCompleted(world))
    await ring(world)
    expect([...upstream.live]).toEqual([other.body.access_token])
  })

  it('ends nothing while it runs: queued, waiting and in progress are ignored', async () => {
    const { world, upstream } = await drawn()
    for (const action of ['queued', 'waiting', 'in_progress']) {
      const answer = await deliver(world, 'workflow_job', jobCompleted(world, {}, { action }))
      expect([answer.status, answer.body.ignored]).toEqual([202, expect.any(String)])
    }
    expect([upstream.live.size, await typesOf(world)]).toEqual([1, ['opened', 'issued']])
  })

  it('ends the introspection of its tokens at once, before any alarm', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const world = await makeWorld()
    const token = String((await exchange(world)).body.access_token)
    await runInDurableObject(
      ledgerOf(world),
      (_ledger, state) => void state.storage.sql.exec("UPDATE lease SET recall = 'revoked', cause = 'x'"),
    )
    const init = { method: 'POST', body: new URLSearchParams({ token }), headers: { authorization: `Bearer ${token}` } }
    expect(await (await world.isolate.fetch('/introspect', init)).text()).toBe('{"active":false}')
  })

  it('leaves nothing behind when it holds no lease', async () => {
    const { world } = await drawn()
    const before = await everything(world)
    const answer = await deliver(
      world,
      'workflow_job',
      jobCompleted(world, { id: 4711, check_run_url: 'https://api.github.com/x/check-runs/4711' }),
    )
    expect([answer.status, answer.body.leases]).toEqual([200, 0])
    expect(await everything(world)).toBe(before)
  })

  it('has a mint that is under way ended as soon as it comes back', async () => {
    const world = await makeWorld()
    const upstream = serveApp(world.outside)
    upstream.mint = async (request) => {
      await deliver(world, 'workflow_job', jobCompleted(world))
      await ring(world)
      upstream.mint = undefined
      return fetch(request.url, { method: 'POST', headers: request.headers, body: await request.text() })
    }
    const answer = await exchange(world, { grant: 'write-docs' })
    expect([answer.status, upstream.made.length, upstream.live.size]).toEqual([503, 1, 0])
    expect(await typesOf(world)).toEqual(['opened', 'recalled', 'revoked', 'failed'])
  })
})

describe('an upstream that is down when the job is over', () => {
  it('is asked again with longer pauses until it ends the credential; one entry says that it failed', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { world, upstream, credential, lease } = await drawn()
    upstream.end = () => new Response('', { status: 502 })
    expect((await deliver(world, 'workflow_job', jobCompleted(world))).status).toBe(200)
    await ring(world)
    const pauses: number[] = []
    for (let time = 0; time < 4; time++) {
      const [row] = await rowsOf(world.ledger, 'lease')
      pauses.push(Number(row?.next_try) - Math.floor(Date.now() / 1000))
      await pass(world, Number(pauses.at(-1)))
    }
    expect(pauses).toEqual([5, 10, 20, 40])
    const listed = await asRole(world, 'auditor', `/leases?lease=${lease}`)
    expect(listed.body.leases).toEqual([
      expect.objectContaining({ lease, recalled: 'job_completed', failed_tries: 5, next_try: expect.any(String) }),
    ])
    upstream.end = undefined
    await pass(world, 80)
    expect(upstream.ended).toEqual([credential])
    expect(await typesOf(world)).toEqual(['opened', 'issued', 'recalled', 'end_failed', 'revoked'])
  })

  it('that refuses for good is asked at the longest pause until the credential dies by itself', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { world, upstream } = await drawn()
    let tries = 0
    upstream.end = () => {
      tries += 1
      return new Response('', { status: 403 })
    }
    await deliver(world, 'workflow_job', jobCompleted(world))
    await ring(world)
    for (let time = 0; time < 6; time++) await pass(world, 600)
    expect(tries).toBe(7)
    expect(await typesOf(world)).toEqual(['opened', 'issued', 'recalled', 'end_failed', 'revoked'])
    expect(await lastEntry(world)).toMatchObject({ credential_end: 'expired', cause: 'job_completed' })
  })

  it('keeps GitHub waiting no longer than it takes to write it down', async () => {
    const { world, upstream } = await drawn()
    upstream.end = () => new Promise(() => undefined)
    const before = performance.now()
    expect((await deliver(world, 'workflow_job', jobCompleted(world))).status).toBe(200)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})

describe('a completed run', () => {
  it('has the leases of all its jobs ended', async () => {
    const { world, upstream } = await drawn()
    await exchange(world, { grant: 'write-docs', claims: { check_run_id: '72463523103' } })
    const other = await exchange(world, { grant: 'write-docs', claims: { run_id: '999', check_run_id: '1000' } })
    expect((await deliver(world, 'workflow_run', runCompleted(world))).body).toEqual({ run_completed: true, leases: 2 })
    await ring(world)
    expect([...upstream.live]).toEqual([other.body.access_token])
  })

  it('said late of an earlier attempt leaves a later attempt alone, and of a later one ends both', async () => {
    const { world, upstream } = await drawn()
    const second = await exchange(world, { grant: 'write-docs', claims: { run_attempt: '2', check_run_id: '72463529999' } })
    await deliver(world, 'workflow_run', runCompleted(world, { run_attempt: 1 }))
    await deliver(world, 'workflow_job', jobCompleted(world))
    await ring(world)
    expect([...upstream.live]).toEqual([second.body.access_token])
    await exchange(world, { grant: 'write-docs' })
    expect((await deliver(world, 'workflow_run', runCompleted(world, { run_attempt: 2 }))).body.leases).toBe(2)
    await ring(world)
    expect(upstream.live.size).toBe(0)
  })
})

describe('a repository that changed', () => {
  it.each(['archived', 'deleted', 'publicized'])('%s: its leases end, and it is on record and in the log', async (action) => {
    const { world, upstream } = await drawn()
    expect((await deliver(world, 'repository', repositoryEvent(world, action))).body).toEqual({ repository_changed: true, leases: 1 })
    expect(world.isolate.log).toContainEqual(
      expect.objectContaining({ event: 'webhook', outcome: `repository_${action}`, detail: `repository ${DOCS.id}` }),
    )
    await ring(world)
    expect(upstream.live.size).toBe(0)
    const [changed, revoked] = (await entriesOf(world.ledger)).slice(-2)
    expect(changed).toMatchObject({ type: 'repository_changed', change: action, repository_id: DOCS.id, leases: 1 })
    expect(revoked).toMatchObject({ type: 'revoked', cause: `repository_${action}` })
  })

  it.each<[string, JsonObject, JsonObject]>([
    ['renamed', { changes: { repository: { name: { from: 'manual' } } } }, { former_name: 'manual' }],
    ['privatized', {}, {}],
    ['unarchived', {}, {}],
  ])('%s: on record, and its leases live', async (action, more, members) => {
    const { world, upstream } = await drawn()
    expect((await deliver(world, 'repository', repositoryEvent(world, action, more))).body.leases).toBe(0)
    await ring(world)
    expect(upstream.live.size).toBe(1)
    expect(await lastEntry(world)).toMatchObject({ type: 'repository_changed', change: action, leases: 0, ...members })
  })

  it('transferred: the leases drawn under its former owner end, and both owners have it on record', async () => {
    const from = await drawn()
    const to = await drawn()
    const message = repositoryEvent(to.world, 'transferred', movedFrom(from.world.owner))
    expect((await deliver(to.world, 'repository', message)).body.leases).toBe(1)
    await ring(from.world)
    expect((await entriesOf(from.world.ledger)).slice(-2)).toMatchObject([
      { type: 'repository_changed', change: 'transferred', former_owner_id: from.world.owner.id, owner_id: to.world.owner.id },
      { type: 'revoked', cause: 'repository_transferred' },
    ])
    expect(await lastEntry(to.world)).toMatchObject({ type: 'repository_changed', leases: 0 })
    expect(await rowsOf(to.world.ledger, 'lease')).toHaveLength(1)
  })

  it('in a way that says nothing about access is ignored', async () => {
    const { world } = await drawn()
    const before = await everything(world)
    for (const action of ['created', 'edited', 'whatever'])
      expect((await deliver(world, 'repository', repositoryEvent(world, action))).status).toBe(202)
    expect(await everything(world)).toBe(before)
  })
})
