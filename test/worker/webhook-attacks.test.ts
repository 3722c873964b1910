/** `POST /webhooks/github` under attack: what anybody but GitHub says, what was said before, and what is about somebody else. */
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { deliver, jobCompleted, movedFrom, repositoryEvent, repositoryOf, runCompleted, signatureOf } from './github-deliveries.ts'
import { type Answer, exchange, startIsolate, type World } from './harness.ts'
import { type Drawn, drawn, everything, ledgerOf, ring, typesOf } from './webhook-stage.ts'

describe('a delivery that is no delivery', () => {
  const forged: readonly (readonly [string, number, (message: string) => Promise<Readonly<Record<string, string | undefined>>>])[] = [
    ['without a signature', 401, async () => ({ 'x-hub-signature-256': undefined })],
    ['with an empty signature', 401, async () => ({ 'x-hub-signature-256': '' })],
    ['with a signature of zeros', 401, async () => ({ 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` })],
    [
      'signed with another secret',
      401,
      async (body) => ({ 'x-hub-signature-256': await signatureOf(body, 'another secret of some length') }),
    ],
    ['signed with an empty secret', 401, async (body) => ({ 'x-hub-signature-256': await signatureOf(body, ' ') })],
    ['with the signature of another body', 401, async (body) => ({ 'x-hub-signature-256': await signatureOf(`${body} `) })],
    ['with half a signature', 401, async (body) => ({ 'x-hub-signature-256': (await signatureOf(body)).slice(0, 39) })],
    ['with its signature in upper case', 401, async (body) => ({ 'x-hub-signature-256': (await signatureOf(body)).toUpperCase() })],
    [
      'with only the old SHA-1 signature',
      401,
      async () => ({ 'x-hub-signature-256': undefined, 'x-hub-signature': `sha1=${'0'.repeat(40)}` }),
    ],
    ['without an event', 400, async () => ({ 'x-github-event': undefined })],
    ['with a strange event', 400, async () => ({ 'x-github-event': 'workflow_job\u00e9' })],
    ['without a delivery id', 400, async () => ({ 'x-github-delivery': undefined })],
    ['with an endless delivery id', 400, async () => ({ 'x-github-delivery': 'a'.repeat(65) })],
    ['form-encoded', 415, async () => ({ 'content-type': 'application/x-www-form-urlencoded' })],
    ['of no type', 415, async () => ({ 'content-type': 'text/plain' })],
  ]

  it.each(forged)('%s gets %i, and touches nothing', async (_name, status, headers) => {
    const { world, upstream } = await drawn()
    const before = await everything(world)
    const body = JSON.stringify(jobCompleted(world))
    const answer = await deliver(world, 'workflow_job', body, { headers: await headers(body) })
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, 'no-store'])
    await ring(world)
    expect(await everything(world)).toBe(before)
    expect(upstream.live.size).toBe(1)
  })

  it('because the signature covers the very bytes: neither a byte order mark nor broken UTF-8 slips past', async () => {
    const { world } = await drawn()
    const body = JSON.stringify(jobCompleted(world))
    const signature = await signatureOf(body)
    const before = await everything(world)
    for (const bytes of [
      [0xef, 0xbb, 0xbf, ...Buffer.from(body)],
      [...Buffer.from(body), 0xff],
    ]) {
      const headers = {
        'content-type': 'application/json',
        'x-github-event': 'workflow_job',
        'x-github-delivery': 'd',
        'x-hub-signature-256': signature,
      }
      const answer = await world.isolate.fetch('/webhooks/github', { method: 'POST', body: new Uint8Array(bytes), headers })
      expect(answer.status).toBe(401)
    }
    expect(await everything(world)).toBe(before)
  })

  it.each<[string, string | undefined]>([
    ['says so', String(2 * 1024 * 1024)],
    ['does not say so', undefined],
  ])('because it is too large, and %s', async (_name, length) => {
    const { world } = await drawn()
    const message = JSON.stringify({ ...jobCompleted(world), padding: 'x'.repeat(2 * 1024 * 1024) })
    const sign = { 'x-hub-signature-256': await signatureOf(message) }
    const answer = await deliver(world, 'workflow_job', message, {
      headers: { ...sign, ...(length === undefined ? {} : { 'content-length': length }) },
    })
    expect([answer.status, answer.body.detail]).toEqual([413, expect.stringContaining('workflow_job, workflow_run and repository')])
  })

  it.each<[string, string, string]>([
    ['is not JSON', '{"action":', '400'],
    ['is no object', '[]', '422'],
    ['is a string', '"completed"', '422'],
    ['is empty', '', '400'],
    ['names a member twice', '{"action":"queued","action":"completed"}', '400'],
    ['is nested without end', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, '400'],
  ])('but is signed, and %s: refused, and the broker goes on', async (_name, body, status) => {
    const { world } = await drawn()
    const before = await everything(world)
    const answer = await deliver(world, 'workflow_job', body)
    expect([String(answer.status), answer.body.error]).toEqual([status, undefined])
    expect(await everything(world)).toBe(before)
  })

  it.each<[string, string, (world: World) => JsonObject]>([
    ['a job whose id is a text', 'workflow_job', (world) => jobCompleted(world, { id: '72463523102' })],
    ['a job of no run', 'workflow_job', (world) => jobCompleted(world, { run_id: null })],
    ['a run of attempt 0', 'workflow_run', (world) => runCompleted(world, { run_attempt: 0 })],
    ['a repository of no owner', 'repository', (world) => repositoryEvent(world, 'archived', { repository: { id: 1, name: 'x' } })],
    ['a transfer from nobody', 'repository', (world) => repositoryEvent(world, 'transferred')],
    [
      'a transferred issue under the name of a repository',
      'repository',
      (world) => repositoryEvent(world, 'transferred', { issue: { id: 1 }, ...movedFrom(world.owner) }),
    ],
    ['a star taken back under the name of a repository', 'repository', (world) => repositoryEvent(world, 'deleted', { starred_at: null })],
    ['a run under the name of a job', 'workflow_job', (world) => runCompleted(world)],
    ['a job under the name of a run', 'workflow_run', (world) => jobCompleted(world)],
  ])('but is signed, and says %s: 422, and nothing happens', async (_name, event, message) => {
    const { world, upstream } = await drawn()
    const before = await everything(world)
    const answer = await deliver(world, event, message(world))
    expect([answer.status, answer.body.detail]).toEqual([422, expect.any(String)])
    expect([await everything(world), upstream.live.size]).toEqual([before, 1])
  })
})

describe('a delivery that is repeated', () => {
  it('is refused, whatever its headers say now: the signed body is what counts', async () => {
    const { world, upstream } = await drawn()
    const message = jobCompleted(world)
    expect((await deliver(world, 'workflow_job', message)).status).toBe(200)
    await ring(world)
    await exchange(world, { grant: 'write-docs' })
    const before = await everything(world)
    const again = await deliver(world, 'workflow_job', message, { headers: { 'x-github-delivery': 'another' } })
    expect([again.status, again.body.title]).toEqual([409, 'This delivery was handled before'])
    await evictDurableObject(ledgerOf(world))
    expect((await deliver(world, 'workflow_job', message)).status).toBe(409)
    await ring(world)
    expect([await everything(world), upstream.live.size]).toEqual([before, 1])
  })

  it('at the same time takes effect once', async () => {
    const { world, upstream } = await drawn()
    const message = repositoryEvent(world, 'archived')
    const answers = await Promise.all(Array.from({ length: 12 }, () => deliver(world, 'repository', message)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 11 }, () => 409)])
    await ring(world)
    expect(upstream.ended).toHaveLength(1)
    expect(await typesOf(world)).toEqual(['opened', 'issued', 'repository_changed', 'revoked'])
  })

  it('after the ledger could not take it goes through', async () => {
    const { world, upstream } = await drawn()
    const isolate = startIsolate({
      ledger: (name) =>
        new Proxy(env.LEDGER.getByName(name), {
          get: (target, member) => (member === 'heed' ? () => Promise.reject(new Error('down')) : Reflect.get(target, member)),
        }),
    })
    const message = jobCompleted(world)
    const first = await deliver(world, 'workflow_job', message, { isolate })
    expect([first.status, first.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await deliver(world, 'workflow_job', message)).status).toBe(200)
    await ring(world)
    expect(upstream.live.size).toBe(0)
  })

  it('by a passing fault of the way to the ledger is the same delivery, not another', async () => {
    const { world } = await drawn()
    let lost = 0
    const isolate = startIsolate({
      ledger: (name) =>
        new Proxy(env.LEDGER.getByName(name), {
          get: (target, member) => {
            if (member !== 'heed') return Reflect.get(target, member)
            return async (news: Parameters<typeof target.heed>[0]) => {
              const heeded = await target.heed(news)
              if (lost++ === 0) throw Object.assign(new Error('the connection was lost'), { retryable: true })
              return heeded
            }
          },
        }),
    })
    expect((await deliver(world, 'repository', repositoryEvent(world, 'archived'), { isolate })).status).toBe(200)
    expect((await typesOf(world)).filter((type) => type === 'repository_changed')).toHaveLength(1)
  })
})

describe('a delivery about somebody else', () => {
  async function unmoved({ world, upstream }: Drawn, send: () => Promise<Answer>): Promise<Answer> {
    const before = await everything(world)
    const answer = await send()
    await ring(world)
    expect([await everything(world), upstream.live.size]).toEqual([before, 1])
    return answer
  }

  it('opens no ledger for an owner nobody knows', async () => {
    const one = await drawn()
    const stranger = { ...one.world, owner: { name: 'stranger', id: '4711' } }
    const answer = await unmoved(one, () => deliver(one.world, 'repository', repositoryEvent(stranger, 'archived')))
    expect([answer.status, answer.body.ignored]).toEqual([202, 'no ledger of this broker is about the owner'])
  })

  it('ends nothing of an owner whose id merely ends alike', async () => {
    const one = await drawn()
    const alike = { ...one.world, owner: { name: 'alike', id: one.world.owner.id.slice(1) } }
    expect((await unmoved(one, () => deliver(one.world, 'workflow_job', jobCompleted(alike)))).status).toBe(202)
  })

  it.each([
    'github.example.com',
    'acme.ghe.com',
    'token.actions.githubusercontent.com',
    'github.com.evil.example',
    'github.com@evil.example',
  ])('ends nothing of the same ids at another GitHub (%s)', async (host) => {
    const one = await drawn()
    const elsewhere = jobCompleted(one.world, {}, { repository: repositoryOf(one.world.owner, host) })
    expect((await unmoved(one, () => deliver(one.world, 'workflow_job', elsewhere))).status).toBe(host.includes('@') ? 422 : 202)
  })
})

describe('other deliveries', () => {
  it('ping is answered, once signed', async () => {
    const { world } = await drawn()
    const message = { zen: 'Keep it logically awesome.', hook_id: 292_430_182, hook: { type: 'Organization', events: ['workflow_job'] } }
    expect((await deliver(world, 'ping', message)).status).toBe(200)
    expect((await deliver(world, 'ping', message, { headers: { 'x-hub-signature-256': undefined } })).status).toBe(401)
  })

  it('of events the broker does not read are ignored', async () => {
    const { world } = await drawn()
    const before = await everything(world)
    for (const event of ['push', 'star', 'an_event_of_tomorrow']) {
      const answer = await deliver(world, event, { action: 'deleted', repository: repositoryOf(world.owner) })
      expect([answer.status, answer.body.ignored]).toEqual([202, 'this event says nothing about leases'])
    }
    expect(await everything(world)).toBe(before)
  })

  it('get 404 that says how to set it up from a broker without a secret, and the secret stays out of every answer and log', async () => {
    const { world } = await drawn()
    const bare = startIsolate({ config: { ...world.isolate.deps.config, webhookSecret: undefined } })
    const answer = await deliver(world, 'workflow_job', jobCompleted(world), { isolate: bare })
    expect([answer.status, answer.body.detail]).toEqual([404, expect.stringContaining('WEBHOOK_SECRET')])
    const wrong = await deliver(world, 'workflow_job', jobCompleted(world), {
      headers: { 'x-hub-signature-256': `sha256=${'a'.repeat(64)}` },
    })
    const secret = String(Reflect.get(env, 'WEBHOOK_SECRET'))
    expect(JSON.stringify([wrong, world.isolate.log])).not.toContain(secret)
  })
})
