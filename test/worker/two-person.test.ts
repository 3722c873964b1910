/** Two people for what loosens: a thaw, and a publication that gives somebody something new. The first proposes, another confirms; every way around it is tried. */
import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { checkDocument } from '../../shared/policy/check-document.ts'
import { compilePolicy, policyDigest } from '../../shared/policy/compile.ts'
import type { Role, TwoPersonAct } from '../../worker/env.ts'
import {
  type Answer,
  activeDigest,
  answerOf,
  entriesOf,
  exchange,
  type Isolate,
  makeWorld,
  roleToken,
  startIsolate,
  type World,
} from './harness.ts'
import { grantOf, withSection } from './policies.ts'

const ANNA = { actor: 'anna', actor_id: '101' }
const BERT = { actor: 'bert', actor_id: '102' }
const CARL = { actor: 'carl', actor_id: '103' }

function twoPerson(...acts: TwoPersonAct[]): Isolate {
  const { config } = startIsolate().deps
  return startIsolate({ config: { ...config, twoPerson: new Set(acts), maxGrantsRemoved: 100 } })
}

interface Call {
  readonly as: JsonObject
  readonly role?: Role
  readonly isolate?: Isolate
}

async function call(
  path: string,
  init: RequestInit,
  { as, role = 'publisher', isolate = twoPerson('thaw', 'widen') }: Call,
): Promise<Answer> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${await roleToken(role, as)}`)
  return answerOf(await isolate.fetch(path, { ...init, headers }))
}

async function put(policy: JsonObject, by: Call, query = ''): Promise<Answer> {
  return call(`/policy${query}`, { method: 'PUT', headers: { 'if-match': `"${await activeDigest()}"` }, body: JSON.stringify(policy) }, by)
}

function digestOf(policy: JsonObject): string {
  const checked = checkDocument(policy)
  if (!checked.ok) throw new Error('the policy of the test has errors')
  return policyDigest(compilePolicy(checked.document), (text) => createHash('sha256').update(text).digest('hex'))
}

const confirm = (answer: Answer, by: Call): Promise<Answer> =>
  call(`/proposals/${String(answer.body.proposal)}/confirm`, { method: 'POST' }, by)

const wider = (world: World, ref = 'refs/heads/next'): JsonObject =>
  withSection(world.policy, 'grants', {
    'call-api': grantOf('api', { scopes: ['read', 'write'] }, { allow: [{ workload: 'docs', ref: ['refs/heads/main', ref] }] }),
  })

const freeze = (name: string, by: Call): Promise<Answer> =>
  call('/freezes', { method: 'PUT', body: JSON.stringify({ target: 'grant', name, reason: 'drill' }) }, { role: 'operator', ...by })
const thaw = (name: string, by: Call): Promise<Answer> =>
  call('/freezes', { method: 'DELETE', body: JSON.stringify({ target: 'grant', name }) }, { role: 'operator', ...by })

afterEach(() => vi.useRealTimers())

describe('a publication that widens', () => {
  it('changes nothing until another person confirms, then is in force everywhere; both are on record', async () => {
    const world = await makeWorld()
    const before = await activeDigest()
    const proposed = await put(wider(world), { as: ANNA })
    expect(proposed.status).toBe(202)
    expect(proposed.body).toMatchObject({ act: 'publish', replaces: before, because: 'Widens 1 grant' })
    expect(await activeDigest()).toBe(before)
    const listed = await call('/proposals', {}, { as: BERT })
    expect(listed.body.proposals).toMatchObject([{ proposal: proposed.body.proposal, policy: proposed.body.policy }])
    const confirmed = await confirm(proposed, { as: BERT })
    expect([confirmed.status, confirmed.body.policy, await activeDigest()]).toEqual([200, proposed.body.policy, proposed.body.policy])
    expect((await exchange(world, { claims: { ref: 'refs/heads/next' } })).status).toBe(200)
    const entries = (await entriesOf('v1:authorities')).slice(-5).map(({ type, action, proposal }) => [type, action ?? proposal])
    const id = proposed.body.proposal
    expect(entries).toEqual([
      ['authority_used', 'publish'],
      ['proposed', id],
      ['authority_used', 'read_proposals'],
      ['authority_used', 'confirm'],
      ['published', id],
    ])
    expect((await entriesOf('v1:authorities')).at(-1)).toMatchObject({
      by: 'acme-admin/publisher@refs/heads/main (anna, id 101)',
      confirmed_by: 'acme-admin/publisher@refs/heads/main (bert, id 102)',
    })
    const [publication] = JSON.parse((await call('/policy/history', {}, { as: ANNA, role: 'auditor' })).text).publications
    expect(publication).toMatchObject({ policy: proposed.body.policy, confirmed_by: expect.stringContaining('bert') })
    expect((await call('/proposals', {}, { as: BERT })).body.proposals).toEqual([])
  })

  it.each<[string, (world: World) => JsonObject]>([
    ['a new grant', (world) => withSection(world.policy, 'grants', { fresh: grantOf('api', { scopes: ['x'] }) })],
    [
      'a wider scope',
      (world) => withSection(world.policy, 'grants', { 'call-api': grantOf('api', { scopes: ['read', 'write', 'admin'] }) }),
    ],
    [
      'a longer ttl',
      (world) => withSection(world.policy, 'grants', { 'call-api': grantOf('api', { scopes: ['read', 'write'] }, { ttl: '11m' }) }),
    ],
    ['older tokens', (world) => ({ ...world.policy, settings: { token_max_age: '1h' } })],
    ['a guardrail that is gone', ({ policy: { guardrails: _, ...rest } }) => rest],
  ])('is one with %s', async (_name, change) => {
    const guardrail = { why: 'tests', grants: 'all', forbid: { ref: 'refs/heads/main', environment: 'x' } }
    const world = await makeWorld((policy) => withSection(policy, 'guardrails', { no: guardrail }))
    expect((await put(change(world), { as: ANNA })).status).toBe(202)
  })

  it.each<[string, (world: World) => JsonObject]>([
    ['takes a grant away', ({ policy }) => ({ ...policy, grants: { 'call-api': JSON.parse(JSON.stringify(policy.grants))['call-api'] } })],
    [
      'shortens a ttl',
      (world) => withSection(world.policy, 'grants', { 'call-api': grantOf('api', { scopes: ['read', 'write'] }, { ttl: '1m' }) }),
    ],
    ['is the active one', ({ policy }) => policy],
  ])('is not one that %s: one person does it', async (_name, change) => {
    const world = await makeWorld()
    expect((await put(change(world), { as: ANNA })).status).toBe(200)
  })

  it('needs nobody else where the configuration does not ask for it', async () => {
    const world = await makeWorld()
    for (const isolate of [twoPerson(), twoPerson('thaw')]) {
      expect((await put(wider(world, `refs/heads/${Math.random()}`), { as: ANNA, isolate })).status).toBe(200)
    }
  })

  it('is also the active policy again, when that was replaced by a narrower one while it was being uploaded', async () => {
    const world = await makeWorld()
    const active = await activeDigest()
    const narrower = withSection(world.policy, 'grants', { 'call-api': grantOf('api', { scopes: ['read'] }, { ttl: '1m' }) })
    const store = env.POLICY_STORE.getByName('policy')
    let narrowed = ''
    const { deps } = twoPerson('thaw', 'widen')
    const meanwhile = async (...piece: Parameters<typeof store.upload>) => {
      if (narrowed === '') narrowed = String((await put(narrower, { as: CARL })).body.policy)
      return store.upload(...piece)
    }
    const slow = () => new Proxy(store, { get: (target, name) => (name === 'upload' ? meanwhile : Reflect.get(target, name)) })
    const isolate = startIsolate({ config: deps.config, policyStore: slow })
    // the digest of what will be published meanwhile can be known: it is reviewed in the open
    const digest = digestOf(narrower)
    const init = { method: 'PUT', headers: { 'if-match': `"${digest}"` }, body: JSON.stringify(world.policy) }
    const answer = await call('/policy', init, { as: ANNA, isolate })
    expect([narrowed, await activeDigest()]).toEqual([digest, digest])
    expect([answer.status, answer.body.active]).toEqual([412, digest])
    expect(active).not.toBe(digest)
  })

  it('is also a forced one, and a rollback', async () => {
    const world = await makeWorld()
    const first = await activeDigest()
    expect((await put({ jobpass: 1 }, { as: ANNA }, '?force=drill')).status).toBe(202)
    expect((await put({ jobpass: 1 }, { as: ANNA })).status).toBe(200)
    const back = await call(
      `/policy?digest=${first}`,
      { method: 'PUT', headers: { 'if-match': `"${await activeDigest()}"` } },
      { as: ANNA },
    )
    expect([back.status, back.body.policy]).toEqual([202, first])
    expect((await confirm(back, { as: BERT })).status).toBe(200)
    expect((await exchange(world)).status).toBe(200)
  })
})

describe('the second person', () => {
  it.each<[string, Call, number]>([
    ['the one who proposed', { as: ANNA }, 403],
    ['the one who proposed, under another login', { as: { ...ANNA, actor: 'anna-2' } }, 403],
    ['the one who proposed, from another run of another branch', { as: { ...ANNA, run_id: '7', ref: 'refs/heads/other' } }, 403],
    ['an App that the first can start', { as: { actor: 'github-actions[bot]', actor_id: '41898282' } }, 403],
    ['a re-run of a run of somebody else', { as: { ...BERT, run_attempt: '2' } }, 403],
    ['a schedule', { as: { ...BERT, event_name: 'schedule' } }, 403],
    ['nobody', { as: { actor: 'bert', actor_id: '' } }, 403],
    ['nobody with a login', { as: { actor: '', actor_id: '102' } }, 403],
    ['an operator', { as: BERT, role: 'operator' }, 403],
    ['an auditor', { as: BERT, role: 'auditor' }, 403],
  ])('is not %s', async (_name, by, status) => {
    const world = await makeWorld()
    const before = await activeDigest()
    const proposed = await put(wider(world), { as: ANNA })
    expect((await confirm(proposed, by)).status).toBe(status)
    expect(await activeDigest()).toBe(before)
    expect((await confirm(proposed, { as: BERT })).status).toBe(200)
  })

  it.each<[string, JsonObject]>([
    ['a re-run', { ...ANNA, run_attempt: '2' }],
    ['an App', { actor: 'app[bot]', actor_id: '5' }],
    ['a schedule', { ...ANNA, event_name: 'schedule' }],
  ])('is no use when the first is %s: it could be the same', async (_name, as) => {
    const world = await makeWorld()
    const answer = await put(wider(world), { as })
    expect([answer.status, answer.body.title]).toEqual([403, 'This takes two people'])
    expect((await call('/proposals', {}, { as: BERT })).body.proposals).toEqual([])
  })

  it('may take a quarter of an hour and no longer', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const world = await makeWorld()
    const proposed = await put(wider(world), { as: ANNA })
    const before = await activeDigest()
    vi.setSystemTime(Date.now() + 15 * 60_000)
    expect((await confirm(proposed, { as: BERT })).status).toBe(404)
    expect(await activeDigest()).toBe(before)
    const again = await put(wider(world), { as: ANNA })
    expect(again.body.proposal).not.toBe(proposed.body.proposal)
    vi.setSystemTime(Date.now() + 14 * 60_000)
    expect((await confirm(again, { as: BERT })).status).toBe(200)
  })

  it('confirms only what was in force when it was proposed', async () => {
    const world = await makeWorld()
    const proposed = await put(wider(world), { as: ANNA })
    const narrower = withSection(world.policy, 'grants', { 'call-api': grantOf('api', { scopes: ['read'] }) })
    expect((await put(narrower, { as: CARL })).status).toBe(200)
    expect((await confirm(proposed, { as: BERT })).status).toBe(409)
    // back to the very policy it was proposed against: what happened in between still counts
    expect((await put(world.policy, { as: CARL, isolate: twoPerson() })).status).toBe(200)
    expect((await confirm(proposed, { as: BERT })).status).toBe(409)
    const other = await put(wider(world), { as: ANNA })
    await freeze('nobody-has-it', { as: CARL })
    expect((await confirm(other, { as: BERT })).status).toBe(409)
    await thaw('nobody-has-it', { as: CARL, isolate: twoPerson() })
  })

  it('is one, when many confirm at once, and the proposal is used up', async () => {
    const world = await makeWorld()
    const proposed = await put(wider(world), { as: ANNA })
    const people = Array.from({ length: 8 }, (_, n) => ({ actor: `p${n}`, actor_id: String(200 + n) }))
    const answers = await Promise.all(people.map((as) => confirm(proposed, { as })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 404)])
    const history = JSON.parse((await call('/policy/history?limit=2', {}, { as: ANNA, role: 'auditor' })).text).publications
    expect(history.map(({ policy }: { policy: string }) => policy === proposed.body.policy)).toEqual([true, false])
    expect((await put(world.policy, { as: ANNA })).status).toBe(200)
    for (const as of [...people, BERT]) expect((await confirm(proposed, { as })).status).toBe(404)
    expect((await exchange(world, { claims: { ref: 'refs/heads/next' } })).body.code).toBe('grant_refused')
  })

  it('may ask again while it holds, as after an answer that got lost', async () => {
    const world = await makeWorld()
    const proposed = await put(wider(world), { as: ANNA })
    expect([(await confirm(proposed, { as: BERT })).status, (await confirm(proposed, { as: BERT })).status]).toEqual([200, 200])
    expect((await confirm(proposed, { as: CARL })).status).toBe(404)
  })

  it('confirms after a restart of everything', async () => {
    const world = await makeWorld()
    const proposed = await put(wider(world), { as: ANNA })
    await evictDurableObject(env.POLICY_STORE.getByName('policy'))
    expect((await confirm(proposed, { as: ANNA })).status).toBe(403)
    await evictDurableObject(env.POLICY_STORE.getByName('policy'))
    expect((await confirm(proposed, { as: BERT })).status).toBe(200)
  })

  it('confirms what this broker still accepts', async () => {
    const world = await makeWorld()
    const proposed = await put(wider(world), { as: ANNA })
    const { config } = twoPerson('widen').deps
    const [publisher] = config.authorities.publisher
    if (publisher === undefined) throw new Error('no publisher')
    const is = [{ attribute: 'repository', patterns: [{ text: `${world.owner.name}/docs`, foldCase: true }] }]
    const operator = [{ ...publisher, issuerUrl: 'https://token.actions.githubusercontent.com', is }]
    const isolate = startIsolate({ config: { ...config, authorities: { ...config.authorities, operator } } })
    expect((await confirm(proposed, { as: BERT, isolate })).status).toBe(422)
  })

  it('confirms one of two proposals for the same policy, and the other is worth nothing then', async () => {
    const world = await makeWorld()
    const [one, same, two] = [
      await put(wider(world), { as: ANNA }),
      await put(wider(world), { as: ANNA }),
      await put(wider(world, 'refs/heads/x'), { as: ANNA }),
    ]
    expect(same.body.proposal).toBe(one.body.proposal)
    expect(two.body.proposal).not.toBe(one.body.proposal)
    expect((await confirm(two, { as: BERT })).status).toBe(200)
    expect((await confirm(one, { as: BERT })).status).toBe(409)
  })

  it.each(['x', '0'.repeat(32), '%2e%2e', "'; DROP TABLE proposal; --"])('confirms nothing by the name %s', async (id) => {
    await makeWorld()
    expect((await call(`/proposals/${encodeURIComponent(id)}/confirm`, { method: 'POST' }, { as: BERT })).status).toBe(404)
  })
})

describe('a thaw', () => {
  it('takes two, while freezing takes one and is in force at once', async () => {
    const world = await makeWorld()
    expect((await freeze('call-api', { as: ANNA })).status).toBe(200)
    expect((await exchange(world)).body.code).toBe('frozen')
    const proposed = await thaw('call-api', { as: ANNA })
    expect([proposed.status, proposed.body]).toEqual([202, expect.objectContaining({ act: 'thaw', target: 'grant', name: 'call-api' })])
    expect((await exchange(world)).body.code).toBe('frozen')
    expect((await confirm(proposed, { as: ANNA, role: 'operator' })).status).toBe(403)
    expect((await confirm(proposed, { as: BERT })).status).toBe(403)
    expect((await confirm(proposed, { as: BERT, role: 'operator' })).status).toBe(200)
    expect((await exchange(world)).status).toBe(200)
    expect((await entriesOf('v1:authorities')).at(-1)).toMatchObject({ type: 'thawed', name: 'call-api', proposal: proposed.body.proposal })
  })

  it('of something that is not frozen is proposed to nobody', async () => {
    await makeWorld()
    expect((await thaw('nobody-has-it', { as: ANNA })).status).toBe(404)
  })

  it('does not undo a freeze that came after it was proposed', async () => {
    await makeWorld()
    await freeze('call-api', { as: ANNA })
    const proposed = await thaw('call-api', { as: ANNA })
    await freeze('call-api', { as: CARL })
    expect((await confirm(proposed, { as: BERT, role: 'operator' })).status).toBe(409)
    expect((await thaw('call-api', { as: CARL, isolate: twoPerson('widen') })).status).toBe(200)
  })
})
