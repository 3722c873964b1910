/** No secret anywhere: every secret of a broker is planted, everything a broker does is done, and everything it wrote or said is searched. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { API, appKey, makeToken, serveApp } from './app-upstream.ts'
import { type Answer, answerOf, asRole, exchange, makeWorld, roleToken, tokenOf, type World } from './harness.ts'

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
  const world = await makeWorld()
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation((...args) => void printed.push(args.map(String).join(' ')))
  const upstream = serveApp(world.outside)
  const secrets = new Map<string, string>([
    ['the sealing key', env.SEALING_KEY],
    ['the App key', appKey.split('\n')[5] ?? 'none'],
    ['the App key in one line', appKey.replaceAll('\n', '\\n').slice(40, 100)],
  ])
  const answers: Said[] = []
  const keep = (where: string, { text, headers }: Answer): void =>
    void answers.push({ where, text: `${text} ${JSON.stringify([...headers])}` })

  /** An exchange whose token and credential are secrets from then on. */
  const draw = async (where: string, ask: Parameters<typeof exchange>[1] = {}): Promise<Answer> => {
    const token = ask.token ?? (await tokenOf(world, ask.claims))
    secrets.set(`the token of ${where}`, token)
    const signature = token.split('.')[2]
    if (signature !== undefined) secrets.set(`the signature of ${where}`, signature)
    const answer = await exchange(world, { ...ask, token })
    if (answer.status === 200) secrets.set(`the credential of ${where}`, String(answer.body.access_token))
    else keep(where, answer)
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
  keep('a revocation that fails', await revoke(world, { token: String(app.body.access_token) }))
  upstream.end = undefined
  keep('a revocation', await revoke(world, { token: String(app.body.access_token) }))
  keep('a revocation by lease', await revoke(world, { lease_id: String(again.body.lease_id) }, await tokenOf(world)))
  const introspect = { method: 'POST', body: new URLSearchParams({ token: String(jwt.body.access_token) }) }
  keep(
    'introspection',
    await answerOf(
      await world.isolate.fetch('/introspect', { ...introspect, headers: { authorization: `Bearer ${jwt.body.access_token}` } }),
    ),
  )
  for (const path of ['/healthz', '/.well-known/jwks.json', '/.well-known/openid-configuration', '/.well-known/ssh-ca/hosts', '/nowhere'])
    keep(path, await answerOf(await world.isolate.fetch(path)))
  for (const path of ['/policy', '/ledger', '/ledger/checkpoint', '/leases']) {
    const token = await roleToken('auditor')
    secrets.set(`the auditor's token for ${path}`, token)
    keep(path, await answerOf(await world.isolate.fetch(path, { headers: { authorization: `Bearer ${token}` } })))
  }
  keep('an end by an operator', await asRole(world, 'operator', '/leases/revoke', { method: 'POST', body: '{"all":true}' }))

  upstream.end = () => new Response(`cannot end ${again.body.access_token}`, { status: 500 })
  await draw('a last App token', { grant: 'write-docs', form: { ttl: '60' } })
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  await runDurableObjectAlarm(env.LEDGER.getByName(world.ledger))
  vi.useRealTimers()

  const said = [
    ...answers,
    ...(await stored()),
    { where: 'the log', text: JSON.stringify(world.isolate.log) },
    { where: 'the console', text: printed.join('\n') },
    { where: 'the addresses it called', text: JSON.stringify(world.outside.calls) },
  ]
  expect(said.length).toBeGreaterThan(25)
  expect(said.find(({ where }) => where === 'the console')?.text).toContain('end_failed')
  expect(world.outside.calls.filter((call) => call.includes(API)).length).toBeGreaterThan(8)
  const leaks = said.flatMap(({ where, text }) =>
    [...secrets].filter(([, secret]) => text.includes(secret)).map(([name]) => `${name} in ${where}`),
  )
  expect(leaks).toEqual([])
  expect([...secrets.values()].every((secret) => secret.length >= 16)).toBe(true)
})
