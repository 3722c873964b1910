/** Every refusal of the contract, reached through `POST /token`: its status, its `error`, what its caller is told, and nothing more. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { type RefusalCode, WIRE_FORMS } from '../../shared/refusal.ts'
import { serveApp } from './app-upstream.ts'
import {
  type Answer,
  answerOf,
  asRole,
  claimsOf,
  exchange,
  formOf,
  github,
  makeWorld,
  seconds,
  startIsolate,
  tokenOf,
  type World,
} from './harness.ts'
import { makeIssuer, sign } from './issuer.ts'
import { grantOf, type Owner, policyOf, withSection } from './policies.ts'

const stranger = await makeIssuer(github.url, github.kid)

interface Case {
  readonly status: number
  readonly error: string
  /** `stranger`: three members and no more · `told`: the code too. */
  readonly body: 'stranger' | 'told'
  readonly change?: (policy: JsonObject, owner: Owner) => JsonObject
  readonly ask: (world: World) => Promise<Answer>
}

const post = async (world: World, init: RequestInit): Promise<Answer> =>
  answerOf(await world.isolate.fetch('/token', { method: 'POST', ...init }))

const malformed = { status: 400, error: 'invalid_request' }
const unavailable = { status: 503, error: 'temporarily_unavailable', body: 'told' } as const
const claim = (claims: JsonObject): Case => ({ ...malformed, body: 'told', ask: (world) => exchange(world, { claims }) })

const cases: Readonly<Record<RefusalCode, Case>> = {
  request_malformed: { ...malformed, body: 'stranger', ask: (world) => exchange(world, { form: { subject_token: undefined } }) },
  media_type_unsupported: {
    error: 'invalid_request',
    status: 415,
    body: 'stranger',
    ask: (world) => post(world, { body: '{"grant_type":"x"}', headers: { 'content-type': 'application/json' } }),
  },
  request_too_large: {
    error: 'invalid_request',
    status: 413,
    body: 'stranger',
    ask: (world) => exchange(world, { form: { reason: 'x'.repeat(70_000) } }),
  },
  grant_type_unsupported: {
    error: 'unsupported_grant_type',
    status: 400,
    body: 'stranger',
    ask: (world) => exchange(world, { form: { grant_type: 'client_credentials' } }),
  },
  too_many_requests: {
    error: 'temporarily_unavailable',
    status: 429,
    body: 'stranger',
    ask: (world) =>
      exchange(world, { isolate: startIsolate({ rateLimit: async () => false }), headers: { 'cf-connecting-ip': '192.0.2.7' } }),
  },
  token_malformed: { ...malformed, body: 'stranger', ask: async (world) => exchange(world, { token: `${await tokenOf(world)}=` }) },
  issuer_untrusted: { ...malformed, body: 'stranger', ask: (world) => exchange(world, { claims: { iss: `${github.url}/enterprise` } }) },
  key_unknown: {
    ...malformed,
    body: 'stranger',
    ask: async (world) => exchange(world, { token: await sign(github, claimsOf(world), { kid: 'unknown' }) }),
  },
  signature_wrong: {
    ...malformed,
    body: 'stranger',
    ask: async (world) => exchange(world, { token: await sign(stranger, claimsOf(world)) }),
  },
  audience_wrong: claim({ aud: 'https://elsewhere.example' }),
  token_expired: claim({ iat: seconds() - 400, exp: seconds() - 100 }),
  token_early: claim({ nbf: seconds() + 100 }),
  token_too_old: claim({ iat: seconds() - 1000, exp: seconds() + 1000 }),
  claim_missing: { ...malformed, body: 'told', ask: async (world) => exchange(world, { token: await without(world, 'run_id') }) },
  claim_malformed: claim({ repository_id: 7 }),
  owner_outside_fence: claim({ repository_owner_id: '4711', sub: 'repo:acme:ref' }),
  token_replayed: {
    ...malformed,
    body: 'told',
    ask: async (world) => {
      const token = await tokenOf(world)
      await exchange(world, { token })
      return exchange(world, { token })
    },
  },
  grant_refused: {
    error: 'invalid_target',
    status: 400,
    body: 'told',
    ask: (world) => exchange(world, { claims: { ref: 'refs/heads/feature' } }),
  },
  scope_exceeded: {
    error: 'invalid_scope',
    status: 400,
    body: 'told',
    ask: (world) => exchange(world, { form: { authorization_details: '[{"type":"jwt","scopes":["admin"]}]' } }),
  },
  details_malformed: {
    error: 'invalid_authorization_details',
    status: 400,
    body: 'told',
    ask: (world) => exchange(world, { form: { authorization_details: '[{}]' } }),
  },
  limit_reached: {
    error: 'temporarily_unavailable',
    status: 429,
    body: 'told',
    change: (policy) => withSection(policy, 'grants', { 'call-api': grantOf('api', { scopes: ['read'] }, { limits: { per_job: 1 } }) }),
    ask: async (world) => {
      await exchange(world)
      return exchange(world)
    },
  },
  frozen: {
    ...unavailable,
    ask: async (world) => {
      const body = JSON.stringify({ target: 'grant', name: 'call-api', reason: 'drill' })
      await asRole(world, 'operator', '/freezes', { method: 'PUT', body })
      const answer = await exchange(world)
      await asRole(world, 'operator', '/freezes', { method: 'DELETE', body: JSON.stringify({ target: 'grant', name: 'call-api' }) })
      return answer
    },
  },
  upstream_refused: {
    error: 'invalid_target',
    status: 400,
    body: 'told',
    ask: async (world) => {
      serveApp(world.outside).mint = () => Response.json({ message: 'secret words of the upstream' }, { status: 422 })
      return exchange(world, { grant: 'write-docs' })
    },
  },
  keys_unavailable: {
    ...unavailable,
    change: (policy, owner) => ({ ...policy, issuers: policyOf(owner).issuers ?? {} }),
    ask: (world) => exchange(world),
  },
  upstream_unavailable: {
    ...unavailable,
    ask: async (world) => {
      serveApp(world.outside).mint = () => new Response('secret words of the upstream', { status: 502 })
      return exchange(world, { grant: 'write-docs' })
    },
  },
  ledger_unavailable: {
    ...unavailable,
    ask: async (world) => {
      await exchange(world)
      await runInDurableObject(env.LEDGER.getByName(world.ledger), (_ledger, state) => void state.storage.sql.exec('DROP TABLE entry'))
      return exchange(world)
    },
  },
  policy_missing: {
    ...unavailable,
    body: 'stranger',
    ask: (world) => exchange(world, { isolate: startIsolate({ policyStore: () => env.POLICY_STORE.getByName('never published to') }) }),
  },
}

async function without(world: World, name: string): Promise<string> {
  const { [name]: _, ...claims } = claimsOf(world)
  return sign(github, claims)
}

describe('a refusal on the wire', () => {
  it('has a test for every code there is', () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(WIRE_FORMS).sort())
  })

  it.each(Object.entries(cases))('%s has its status, its error and its members', async (code, { status, error, body, change, ask }) => {
    const world = await makeWorld(change)
    const answer = await ask(world)
    expect({ status: answer.status, error: answer.body.error, code: answer.body.code }).toEqual({
      status,
      error,
      code: body === 'told' ? code : undefined,
    })
    const members = ['error', 'error_description', 'decision_id', ...(body === 'told' ? ['code'] : [])]
    expect(
      Object.keys(answer.body)
        .filter((name) => name !== 'reasons' && name !== 'hint')
        .sort(),
    ).toEqual(members.sort())
    expect('reasons' in answer.body).toBe(code === 'grant_refused')
    expect(answer.body.decision_id).toMatch(/^[0-9a-f]{32}$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    if (status === 429 || status === 503) expect(answer.headers.get('retry-after')).toMatch(/^[1-9][0-9]*$/)
    expect(answer.text).not.toContain('secret words')
  })

  it('says one and the same sentence for everything that can be wrong before the signature holds', async () => {
    const world = await makeWorld()
    const codes = ['token_malformed', 'issuer_untrusted', 'key_unknown', 'signature_wrong'] as const
    const answers: Answer[] = []
    for (const code of codes) answers.push(await cases[code].ask(world))
    const without = answers.map(({ body: { decision_id: _, ...rest }, headers }) => ({ ...rest, length: headers.get('content-length') }))
    expect(new Set(without.map((body) => JSON.stringify(body))).size).toBe(1)
    const logged = world.isolate.log.filter(({ event }) => event === 'exchange').map(({ code }) => code)
    expect(logged).toEqual(codes)
  })

  it('tells the caller its own attribute, and the log the decision id that the caller can quote', async () => {
    const world = await makeWorld()
    const answer = await exchange(world, { claims: { ref: 'refs/heads/feature' } })
    expect(answer.body.reasons).toEqual([{ rule: 'call-api/0', attribute: 'ref', seen: 'refs/heads/feature' }])
    expect(world.isolate.log.at(-1)).toMatchObject({ decision: answer.body.decision_id, code: 'grant_refused', issuer: 'github' })
  })

  it('tells an unknown grant from a refused one only inside the fence', async () => {
    const world = await makeWorld()
    const inside = await exchange(world, { grant: 'call-apo' })
    expect(inside.body).toMatchObject({ code: 'grant_refused', reasons: [], hint: 'call-api' })
    const outsider = { repository_owner_id: '4711', sub: 'x' }
    const unknown = await exchange(world, { grant: 'call-apo', claims: outsider })
    const known = await exchange(world, { grant: 'call-api', claims: outsider })
    expect({ ...unknown.body, decision_id: '' }).toEqual({ ...known.body, decision_id: '' })
  })
})

describe('the form of a token request', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
  })

  it.each([
    ['no content type', undefined],
    ['multipart', 'multipart/form-data; boundary=x'],
    ['text', 'text/plain'],
    ['a type that only begins alike', 'application/x-www-form-urlencodedx'],
  ])('refuses %s with 415', async (_name, type) => {
    const body = new TextEncoder().encode(formOf(await tokenOf(world), 'call-api').toString())
    const answer = await post(world, { body, ...(type === undefined ? {} : { headers: { 'content-type': type } }) })
    expect([answer.status, answer.body.error]).toEqual([415, 'invalid_request'])
  })

  it('takes a charset behind the content type', async () => {
    const body = formOf(await tokenOf(world), 'call-api').toString()
    const answer = await post(world, { body, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } })
    expect(answer.status).toBe(200)
  })

  it('stops reading a body that never says how long it is', async () => {
    let chunks = 0
    const endless = new ReadableStream({
      pull(controller) {
        chunks += 1
        controller.enqueue(new TextEncoder().encode(`a${chunks}=${'x'.repeat(8192)}&`))
      },
    })
    const answer = await post(world, { body: endless, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect(answer.status).toBe(413)
    expect(chunks).toBeLessThan(32)
  })

  it.each(['grant_type', 'subject_token', 'subject_token_type', 'audience', 'ttl', 'reason', 'authorization_details'])(
    'refuses %s sent twice',
    async (name) => {
      const form = formOf(await tokenOf(world), 'call-api', { ttl: '60', reason: 'x', authorization_details: '[{"scopes":["read"]}]' })
      form.append(name, form.get(name) ?? '')
      const answer = await post(world, { body: form })
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request'])
      expect(answer.body.error_description).toContain(name)
    },
  )

  it('counts an empty parameter as absent and ignores an unknown one', async () => {
    const answer = await exchange(world, {
      form: {
        ttl: '',
        reason: '',
        authorization_details: '',
        public_key: '',
        requested_token_type: '',
        resource: 'https://x',
        scope: 'all',
        actor_token: '',
      },
    })
    expect([answer.status, answer.body.expires_in]).toEqual([200, expect.toBeOneOf([599, 600])])
    const missing = await exchange(world, { form: { audience: '' } })
    expect(missing.body).toMatchObject({ error: 'invalid_request', code: 'request_malformed' })
  })

  it.each(['0', '-1', '1.5', '1e3', ' 60', '0x10', 'NaN', 'Infinity', '9007199254740993', '9'.repeat(400), '６０'])(
    'refuses ttl %s',
    async (ttl) => {
      const answer = await exchange(world, { form: { ttl } })
      expect([answer.status, answer.body.code]).toEqual([400, 'request_malformed'])
    },
  )

  it('clamps a longer ttl and says so, and keeps a shorter one', async () => {
    expect((await exchange(world, { form: { ttl: '9007199254740991' } })).body.expires_in).toBeOneOf([599, 600])
    expect((await exchange(world, { form: { ttl: '60' } })).body.expires_in).toBeOneOf([59, 60])
  })

  it.each([
    ['text', 'read'],
    ['an object', '{"scopes":["read"]}'],
    ['two objects', '[{"scopes":["read"]},{"scopes":["read"]}]'],
    ['a number', '[1]'],
    ['null', '[null]'],
    ['a type that is a number', '[{"type":1,"scopes":["read"]}]'],
    ['another kind', '[{"type":"ssh-cert","principals":["root"]}]'],
    ['an empty list', '[{"scopes":[]}]'],
    ['an unknown member', '[{"scope":["read"]}]'],
    ['a member named twice', '[{"scopes":["read"],"scopes":["write"]}]'],
    ['a prototype', '[{"__proto__":{"scopes":["read"]}}]'],
    ['claims', '[{"claims":{"team":"docs"}}]'],
    ['deep nesting', '['.repeat(5000) + ']'.repeat(5000)],
  ])('refuses authorization_details that are %s', async (_name, details) => {
    const answer = await exchange(world, { form: { authorization_details: details } })
    expect([answer.status, answer.body.code]).toEqual([400, 'details_malformed'])
  })

  it.each([
    ['requested_token_type', { requested_token_type: 'urn:ietf:params:oauth:token-type:saml2' }],
    ['reason of 257 characters', { reason: 'x'.repeat(257) }],
    ['reason with a line break', { reason: 'a\nb' }],
  ])('refuses a wrong %s', async (_name, form) => {
    const answer = await exchange(world, { form })
    expect([answer.status, answer.body.code]).toEqual([400, 'request_malformed'])
  })

  it('refuses a subject_token_type it does not know before looking at the token', async () => {
    const answer = await exchange(world, { form: { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' } })
    expect(Object.keys(answer.body).sort()).toEqual(['decision_id', 'error', 'error_description'])
    expect((await exchange(world, { form: { subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' } })).status).toBe(200)
  })

  it.each([
    ['missing', undefined],
    ['text', 'hello'],
    ['an RSA key of 2048 bits', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ=='],
    ['of 20 000 characters', `ssh-ed25519 ${'A'.repeat(20_000)}`],
  ])('refuses a public_key that is %s', async (_name, key) => {
    const answer = await exchange(world, { grant: 'deploy-hosts', form: { public_key: key } })
    expect([answer.status, answer.body.code]).toEqual([400, 'request_malformed'])
  })
})
