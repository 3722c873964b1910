/**
 * No secret anywhere: every secret of a broker is planted, everything a broker does is done, and everything it wrote or said is searched. Every answer of every
 * route is heard by itself; a route that nothing here asks for fails the test.
 */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { makeApp } from '../../worker/app.ts'
import { API, appKey, makeToken, serveApp } from './app-upstream.ts'
import {
  type Answer,
  activeDigest,
  answerOf,
  asRole,
  exchange,
  type Isolate,
  makeWorld,
  ORIGIN,
  roleToken,
  rowsOf,
  tokenOf,
  type World,
} from './harness.ts'

interface Said {
  readonly where: string
  readonly text: string
}

/** Everything that is stored, as text. */
async function stored(): Promise<Said[]> {
  const names = [...(await env.POLICY_STORE.getByName('policy').ledgers())]
  const stubs = [
    ...names.map((name) => [`ledger ${name}`, env.LEDGER.getByName(name)] as const),
    ['policy store', env.POLICY_STORE.getByName('policy')] as const,
    ['keyring', env.KEYRING.getByName('keyring')] as const,
  ]
  const dumps = stubs.map(async ([where, stub]) => ({
    where,
    text: await runInDurableObject(stub, (_instance, { storage: { sql } }) => {
      const tables = sql
        .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
        .toArray()
      return JSON.stringify(tables.map(({ name }) => [name, sql.exec(`SELECT * FROM "${name}"`).toArray()]))
    }),
  }))
  return Promise.all(dumps)
}

/** Hears every answer of an isolate, headers and all. Of an exchange that succeeded everything but the credential itself. */
function overheard(isolate: Isolate): { isolate: Isolate; answers: Said[]; asked: { method: string; path: string }[] } {
  const answers: Said[] = []
  const asked: { method: string; path: string }[] = []
  const fetch: Isolate['fetch'] = async (path, init) => {
    const response = await isolate.fetch(path, init)
    const { pathname } = new URL(path, ORIGIN)
    const method = init?.method ?? 'GET'
    const { status, headers, body, text } = await answerOf(response.clone())
    const { access_token: _handedOver, ...rest } = body
    const isIssued = pathname === '/token' && status === 200
    answers.push({
      where: `${method} ${path} ${status}`,
      text: `${isIssued ? JSON.stringify(rest) : text} ${JSON.stringify([...headers])}`,
    })
    asked.push({ method, path: pathname })
    return response
  }
  return { isolate: { ...isolate, fetch }, answers, asked }
}

/** Endpoints of the route table that nobody asked for. */
function unasked(isolate: Isolate, asked: readonly { readonly method: string; readonly path: string }[]): readonly string[] {
  const routes = makeApp(isolate.deps).routes.filter(({ method }) => method !== 'ALL')
  expect(routes.length).toBeGreaterThan(15)
  return routes
    .filter(({ method, path }) => {
      const pattern = new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/:\w+/g, '[^/]+')}$`)
      return !asked.some((one) => one.method === method && pattern.test(one.path))
    })
    .map(({ method, path }) => `${method} ${path}`)
}

const revoke = async (world: World, form: Readonly<Record<string, string>>, bearer?: string): Promise<Answer> =>
  answerOf(
    await world.isolate.fetch('/revoke', {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
    }),
  )

it('is in no log line, no entry, no row, and no answer but the one that must hold it', async () => {
  const printed: string[] = []
  const plain = await makeWorld()
  const { isolate, answers, asked } = overheard(plain.isolate)
  const world: World = { ...plain, isolate }
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation((...args) => void printed.push(args.map(String).join(' ')))
  const upstream = serveApp(world.outside)
  const secrets = new Map<string, string>([
    ['the sealing key', env.SEALING_KEY],
    ['the webhook secret', String(Reflect.get(env, 'WEBHOOK_SECRET'))],
    ['the App key', appKey.split('\n')[5] ?? 'none'],
    ['the App key in one line', appKey.replaceAll('\n', '\\n').slice(40, 100)],
  ])
  /** An exchange whose token and credential are secrets from then on. */
  const draw = async (where: string, ask: Parameters<typeof exchange>[1] = {}): Promise<Answer> => {
    const token = ask.token ?? (await tokenOf(world, ask.claims))
    secrets.set(`the token of ${where}`, token)
    const signature = token.split('.')[2]
    if (signature !== undefined) secrets.set(`the signature of ${where}`, signature)
    const answer = await exchange(world, { ...ask, token })
    if (answer.status === 200) secrets.set(`the credential of ${where}`, String(answer.body.access_token))
    return answer
  }

  const app = await draw('an App token', { grant: 'write-docs', form: { reason: 'release' } })
  const jwt = await draw('a JWT')
  const again = await draw('another App token', { grant: 'write-docs' })
  await draw('a refused ask', { claims: { ref: 'refs/heads/other' } })
  await draw('an unknown grant', { grant: 'nobody' })
  await draw('a wrong audience', { claims: { aud: 'https://x' } })
  await draw('a malformed claim', { claims: { repository_id: 'x' } })
  await draw('an outsider', { claims: { repository_owner_id: '4711', sub: 'x' } })
  await draw('a broken signature', { token: `${(await tokenOf(world)).slice(0, -8)}AAAAAAAA` })
  await draw('no token at all', { token: 'plain-secret-instead-of-a-token' })
  const replayed = await tokenOf(world)
  await draw('a token', { token: replayed })
  await draw('a replay', { token: replayed })
  upstream.mint = () => Response.json({ message: 'ghs_leftover_in_an_error' }, { status: 422 })
  secrets.set('a token in an upstream error', 'ghs_leftover_in_an_error')
  await draw('a refusing upstream', { grant: 'write-docs' })
  upstream.mint = (request) => makeToken(upstream, request, { permissions: { administration: 'write' } })
  await draw('an upstream that gives too much', { grant: 'write-docs' })
  upstream.mint = () => Promise.reject(new TypeError(`failed: Bearer ${app.body.access_token}`))
  await draw('a breaking upstream', { grant: 'write-docs' })
  upstream.mint = async (request) => {
    await runInDurableObject(
      env.LEDGER.getByName(world.ledger),
      (_ledger, state) => void state.storage.sql.exec("DELETE FROM lease WHERE state = 'minting'"),
    )
    return makeToken(upstream, request)
  }
  await draw('a settlement that fails', { grant: 'write-docs' })
  upstream.mint = undefined

  upstream.end = () => Response.json({ message: `cannot end ${app.body.access_token}` }, { status: 500 })
  await revoke(world, { token: String(app.body.access_token) })
  await asRole(world, 'operator', '/leases/revoke', { method: 'POST', body: '{"grant":"write-docs"}' })
  upstream.end = undefined
  for (const { id, handle } of await rowsOf(world.ledger, 'lease'))
    if (typeof handle === 'string') secrets.set(`the sealed handle of ${id}`, handle)
  expect([...secrets.keys()].filter((name) => name.startsWith('the sealed handle')).length).toBeGreaterThan(1)
  await askAuthorities(world, secrets)
  await revoke(world, { token: String(app.body.access_token) })
  await revoke(world, { lease_id: String(again.body.lease_id) }, await tokenOf(world))
  const introspect = { method: 'POST', body: new URLSearchParams({ token: String(jwt.body.access_token) }) }
  await isolate.fetch('/introspect', { ...introspect, headers: { authorization: `Bearer ${jwt.body.access_token}` } })
  const wellKnown = ['jwks.json', 'openid-configuration', 'oauth-authorization-server', 'ssh-ca/hosts', 'ssh-ca/nobody']
  for (const path of ['/healthz', ...wellKnown.map((name) => `/.well-known/${name}`), '/nowhere']) await isolate.fetch(path)
  const stream = { accept: 'application/x-ndjson' }
  await asRole(world, 'operator', '/leases/revoke', { method: 'POST', headers: stream, body: '{"all":true}' })

  upstream.end = () => new Response(`cannot end ${again.body.access_token}`, { status: 500 })
  await draw('a last App token', { grant: 'write-docs', form: { ttl: '60' } })
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  await runDurableObjectAlarm(env.LEDGER.getByName(world.ledger))
  vi.useRealTimers()

  expect(unasked(isolate, asked)).toEqual([])
  const isSealed = ([name]: readonly [string, string]): boolean => name.startsWith('the sealed handle')
  const said = [
    ...answers,
    // a sealed handle may lie in its row, and nowhere else
    ...(await stored()),
    { where: 'the log', text: JSON.stringify(isolate.log) },
    { where: 'the console', text: printed.join('\n') },
    { where: 'the addresses it called', text: JSON.stringify(world.outside.calls) },
  ]
  expect(said.length).toBeGreaterThan(25)
  expect(said.find(({ where }) => where === 'the console')?.text).toContain('end_failed')
  expect(world.outside.calls.filter((call) => call.includes(API)).length).toBeGreaterThan(8)
  const leaks = said.flatMap(({ where, text }) =>
    [...secrets]
      .filter((secret) => text.includes(secret[1]) && !(isSealed(secret) && where.startsWith('ledger v1:')))
      .map(([name]) => `${name} in ${where}`),
  )
  expect(leaks).toEqual([])
  expect([...secrets.values()].every((secret) => secret.length >= 16)).toBe(true)
})

/** Every authority endpoint, by its role and by one that may not, with bodies it takes and bodies it does not. */
async function askAuthorities(world: World, secrets: Map<string, string>): Promise<void> {
  const { isolate, policy } = world
  const freeze = '{"target":"grant","name":"nobody-has-it","reason":"drill"}'
  const ifMatch = { 'if-match': `"${await activeDigest()}"` }
  const calls: readonly [method: string, path: string, init?: RequestInit][] = [
    ...[
      '/policy',
      '/ledger',
      '/ledger/checkpoint',
      '/ledger/sinks',
      '/metrics',
      '/keys',
      '/policy/history',
      '/proposals',
      '/inventory',
      '/inventory?days=x',
      '/leases',
      '/leases?grant=write-docs',
      '/freezes',
    ].map((path): [string, string] => ['GET', path]),
    ['PUT', '/freezes', { body: freeze }],
    ['DELETE', '/freezes', { body: '{"target":"grant","name":"nobody-has-it"}' }],
    ['DELETE', '/freezes', { body: '{"target":"grant","name":"never-was"}' }],
    ['POST', '/leases/revoke', { body: '{"all":true,"dry_run":true}' }],
    ['POST', '/leases/revoke', { body: '{"issuer":"nobody"}' }],
    ['POST', '/keys/rotate', { body: '{"key":"signing:ES256","reason":"drill","at_once":true}' }],
    ['POST', '/keys/rotate', { body: '{"key":"@checkpoint"}' }],
    ['POST', '/keys/revoke', { body: '{"kid":"nobody-has-it","reason":"drill"}' }],
    ['POST', '/keys/reseal'],
    ['POST', '/break-glass', { body: '{"envelope":"x"}' }],
    ['POST', '/proposals/0fe82516694e87136d6139260784d048/confirm'],
    ['POST', '/webhooks/github', { body: '{"action":"completed"}', headers: { 'x-github-event': 'workflow_job' } }],
    ['POST', '/policy/plan', { body: JSON.stringify(policy) }],
    ['POST', '/policy/plan', { body: '{"jobpass":2}' }],
    ['PUT', '/policy', { headers: ifMatch, body: JSON.stringify(policy) }],
    ['PUT', '/policy', { headers: ifMatch, body: '{"jobpass":1,"connections":{"x":{"kind":"jwt","token":"UPSTREAM_APP_KEY"}}}' }],
  ]
  for (const [method, path, init] of calls) {
    for (const role of ['publisher', 'operator', 'auditor'] as const) {
      const token = await roleToken(role)
      secrets.set(`the ${role}'s token for ${method} ${path} ${secrets.size}`, token)
      const headers = { ...Object(init?.headers), authorization: `Bearer ${token}` }
      await isolate.fetch(path, { ...init, method, headers })
    }
  }
}
