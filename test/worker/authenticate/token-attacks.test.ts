/** Tokens that are not what they claim, one attack a row. Each must be refused for its own reason, which only the log may say before the signature holds. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { type Answer, claimsOf, entriesOf, exchange, github, makeWorld, seconds, tokenOf, type World } from '../harness.ts'
import { makeIssuer, sign, signText, signWithLibrary } from '../issuer.ts'
import { DOCS, GITHUB, withSection } from '../policies.ts'

let world: World

beforeAll(async () => {
  world = await makeWorld()
})

const UNPROVEN = ['token_malformed', 'issuer_untrusted', 'key_unknown', 'signature_wrong']

/** Asks with the token, and returns the code that the log has of it. */
async function codeOf(token: string): Promise<string | undefined> {
  const answer = await exchange(world, { token })
  const logged = world.isolate.log.at(-1)?.code
  if (answer.status === 200) return 'accepted'
  expect(answer.status).toBe(400)
  if (logged === undefined || UNPROVEN.includes(logged)) {
    expect(Object.keys(answer.body).sort()).toEqual(['decision_id', 'error', 'error_description'])
  } else {
    expect(answer.body.code).toBe(logged)
  }
  return logged
}

const encode = (text: string): string => Buffer.from(text).toString('base64url')
const parts = (token: string): [string, string, string] => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return [header, payload, signature]
}

const json = (changes: JsonObject = {}): string => JSON.stringify(claimsOf(world, changes))
const header = (changes: JsonObject = {}): string => JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: github.kid, ...changes })

/** The base64url text whose last character has its unused bits set. */
function withTrailingBits(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return part.slice(0, -1) + (alphabet[alphabet.indexOf(part.at(-1) ?? 'A') + 1] ?? 'B')
}

/** Claims padded so that the payload part has bits to spare. */
async function tokenWithSpareBits(which: 0 | 1): Promise<[string, string, string]> {
  for (const padding of ['', 'x', 'xx']) {
    const token = await sign(github, claimsOf(world, { workflow: `ci${padding}` }), { x5t: padding })
    const split = parts(token)
    if (split[which].length % 4 !== 0) return split
  }
  throw new Error('no padding leaves spare bits')
}

describe('a token that an honest library signed', () => {
  it('is accepted, so that every refusal below has its own reason', async () => {
    expect(await codeOf(await signWithLibrary(github, claimsOf(world)))).toBe('accepted')
    expect(await codeOf(await tokenOf(world))).toBe('accepted')
  })
})

describe('the compact form', () => {
  const attacks: readonly [string, () => Promise<string>][] = [
    ['empty text between dots', async () => '..'],
    [
      'two parts',
      async () =>
        parts(await tokenOf(world))
          .slice(0, 2)
          .join('.'),
    ],
    ['four parts', async () => `${await tokenOf(world)}.x`],
    [
      'an empty signature',
      async () =>
        `${parts(await tokenOf(world))
          .slice(0, 2)
          .join('.')}.`,
    ],
    ['padding on the signature', async () => `${await tokenOf(world)}==`],
    ['padding on the header', async () => (await tokenOf(world)).replace('.', '=.')],
    ['a line break at the end', async () => `${await tokenOf(world)}\n`],
    ['a space in front', async () => ` ${await tokenOf(world)}`],
    ['a space in the signature', async () => (await tokenOf(world)).replace(/.{10}$/, (end) => ` ${end}`)],
    ['the other base64 alphabet', async () => (await tokenOf(world)).replaceAll('-', '+').replaceAll('_', '/').replace(/$/, '+')],
    ['spare bits in the header', async () => (([h, p, s]) => [withTrailingBits(h), p, s].join('.'))(await tokenWithSpareBits(0))],
    ['spare bits in the payload', async () => (([h, p, s]) => [h, withTrailingBits(p), s].join('.'))(await tokenWithSpareBits(1))],
    ['spare bits in the signature', async () => (([h, p, s]) => [h, p, withTrailingBits(s)].join('.'))(parts(await tokenOf(world)))],
    ['more than 16 KiB', async () => sign(github, claimsOf(world, { workflow: 'x'.repeat(16_384) }))],
    ['the JSON serialisation', async () => JSON.stringify({ payload: 'x', signatures: [] })],
    ['an encrypted token', async () => 'eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d'],
  ]

  it.each(attacks)('refuses %s', async (_name, build) => {
    expect(await codeOf(await build())).toBe('token_malformed')
  })
})

describe('the header', () => {
  const attacks: readonly [string, () => Promise<string>][] = [
    ['alg none without a signature', async () => `${encode(header({ alg: 'none' }))}.${encode(json())}.${encode('x')}`],
    ['alg HS256 over the public key', async () => signedByHmac()],
    ...['none', 'None', 'HS256', 'ES256', 'PS256', 'RS384', 'RS512', 'rs256', 'EdDSA', ''].map((alg): [string, () => Promise<string>] => [
      `alg "${alg}" with a genuine signature`,
      () => signText(github, json(), header({ alg })),
    ]),
    ['alg that is a number', () => signText(github, json(), header({ alg: 256 }))],
    ['no alg', () => signText(github, json(), JSON.stringify({ kid: github.kid, typ: 'JWT' }))],
    ...['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc'].map((name): [string, () => Promise<string>] => [
      `the parameter ${name}`,
      () => signText(github, json(), header({ [name]: name === 'b64' ? false : [] })),
    ]),
    ['no kid', () => signText(github, json(), JSON.stringify({ alg: 'RS256', typ: 'JWT' }))],
    ...['', 'a b', '../keys', 'a/b', 'x'.repeat(129), 'k\u0000', 'ключ'].map((kid): [string, () => Promise<string>] => [
      `the kid ${JSON.stringify(kid.slice(0, 20))}`,
      () => signText(github, json(), header({ kid })),
    ]),
    ['a kid that is a list', () => signText(github, json(), header({ kid: [github.kid] }))],
    ['a typ that is a number', () => signText(github, json(), header({ typ: 1 }))],
    ['no typ', () => signText(github, json(), JSON.stringify({ alg: 'RS256', kid: github.kid }))],
    ['typ at+jwt', () => signText(github, json(), header({ typ: 'at+jwt' }))],
    ['alg named twice', () => signText(github, json(), `{"alg":"none","alg":"RS256","typ":"JWT","kid":"${github.kid}"}`)],
    [
      'kid named twice, once in escapes',
      () => signText(github, json(), `{"alg":"RS256","typ":"JWT","kid":"x","\\u006bid":"${github.kid}"}`),
    ],
    ['a byte order mark', () => signText(github, json(), `\uFEFF${header()}`)],
    ['a list', () => signText(github, json(), `[${header()}]`)],
    ['no JSON', () => signText(github, json(), 'hello')],
  ]

  it.each(attacks)('refuses %s', async (_name, build) => {
    expect(await codeOf(await build())).toBe('token_malformed')
  })

  it('takes x5t, which GitHub sends', async () => {
    expect(await codeOf(await signText(github, json(), header({ x5t: 'ykNaY4qM_ta4k2TgZOCEYLkcYlA' })))).toBe('accepted')
  })

  async function signedByHmac(): Promise<string> {
    const key = await crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode(JSON.stringify(github.jwk)),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    )
    const input = `${encode(header({ alg: 'HS256' }))}.${encode(json())}`
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(input)))
    return `${input}.${Buffer.from(mac).toString('base64url')}`
  }
})

describe('the payload', () => {
  const attacks: readonly [string, () => Promise<string>][] = [
    ['a claim named twice', () => signText(github, json().replace('{', '{"repository_id":"1",'), header())],
    ['a claim named twice, once in escapes', () => signText(github, json().replace('{', '{"reposit\\u006fry":"evil/docs",'), header())],
    ['a member named twice inside a claim', () => signText(github, json().replace('{', '{"extra":{"a":1,"a":2},'), header())],
    ['a byte order mark', () => signText(github, `\uFEFF${json()}`, header())],
    ['bytes that are no UTF-8', () => signText(github, new Uint8Array([...Buffer.from(json().slice(0, -2)), 0xff, 0x22, 0x7d]), header())],
    ['a list', () => signText(github, `[${json()}]`, header())],
    ['null', () => signText(github, 'null', header())],
    ['a comment', () => signText(github, `/**/${json()}`, header())],
    ['depth without end', () => signText(github, json().replace('{', `{"extra":${'['.repeat(1000)}${']'.repeat(1000)},`), header())],
    ['iss that is a list', () => sign(github, claimsOf(world, { iss: [GITHUB] }))],
    ['iss of 256 characters', () => sign(github, claimsOf(world, { iss: `https://${'a'.repeat(248)}` }))],
    ['an empty iss', () => sign(github, claimsOf(world, { iss: '' }))],
  ]

  it.each(attacks)('refuses %s', async (_name, build) => {
    expect(await codeOf(await build())).toBe('token_malformed')
  })

  it.each([
    `${GITHUB}/`,
    `${GITHUB}.evil.example`,
    `${GITHUB}/acme`,
    `${GITHUB}#`,
    `${GITHUB}?x`,
    GITHUB.toUpperCase(),
    GITHUB.replace('https', 'http'),
    ` ${GITHUB}`,
    'https://token.actions.githubusercontent.com:443',
    '__proto__',
    'constructor',
  ])('does not take the issuer %s for the one it trusts', async (iss) => {
    expect(await codeOf(await sign(github, claimsOf(world, { iss })))).toBe('issuer_untrusted')
    expect(world.outside.calls.filter((call) => !call.includes('ci.authorities.example'))).toEqual([])
  })

  it('refuses a payload that was changed under a genuine signature', async () => {
    const [head, , signature] = parts(await tokenOf(world))
    expect(await codeOf(`${head}.${encode(json({ repository_id: '1' }))}.${signature}`)).toBe('signature_wrong')
  })

  it('refuses the key of an authority for the tokens of a workload, and the key of another issuer', async () => {
    const other = await makeIssuer(GITHUB, github.kid)
    expect(await codeOf(await sign(other, claimsOf(world)))).toBe('signature_wrong')
  })
})

describe('registered claims', () => {
  const now = seconds
  const rows: readonly [string, () => JsonObject, string][] = [
    ['aud in a list', () => ({ aud: ['https://jobpass.example.com'] }), 'audience_wrong'],
    ['aud with a slash at the end', () => ({ aud: 'https://jobpass.example.com/' }), 'audience_wrong'],
    ['aud in capitals', () => ({ aud: 'https://JOBPASS.example.com' }), 'audience_wrong'],
    ['aud null', () => ({ aud: null }), 'audience_wrong'],
    ['exp as text', () => ({ exp: String(now() + 100) }), 'claim_malformed'],
    ['exp with a fraction', () => ({ exp: now() + 100.5 }), 'claim_malformed'],
    ['exp null', () => ({ exp: null }), 'claim_malformed'],
    ['iat as text', () => ({ iat: String(now()) }), 'claim_malformed'],
    ['iat negative', () => ({ iat: -1 }), 'claim_malformed'],
    ['iat true', () => ({ iat: true }), 'claim_malformed'],
    ['nbf in a list', () => ({ nbf: [now()] }), 'claim_malformed'],
    ['nbf beyond safe integers', () => ({ nbf: 2 ** 53 }), 'claim_malformed'],
    ['exp equal to iat', () => ({ exp: now() }), 'claim_malformed'],
    ['exp before iat', () => ({ iat: now(), exp: now() - 10 }), 'claim_malformed'],
    ['a life of 22 001 seconds', () => ({ iat: now() - 10, exp: now() - 10 + 22_001 }), 'claim_malformed'],
    ['an empty jti', () => ({ jti: '' }), 'claim_missing'],
    ['a jti that is a number', () => ({ jti: 7 }), 'claim_malformed'],
    ['a jti of 1 025 characters', () => ({ jti: 'x'.repeat(1025) }), 'claim_malformed'],
    ['a jti with a control character', () => ({ jti: 'a\u0000b' }), 'claim_malformed'],
    ['an empty sub', () => ({ sub: '' }), 'claim_missing'],
    ['a sub that is a number', () => ({ sub: 7 }), 'claim_malformed'],
    ['a sub with a line break', () => ({ sub: 'repo:a/b\n' }), 'claim_malformed'],
    ['exp 31 seconds ago', () => ({ iat: now() - 200, exp: now() - 31 }), 'token_expired'],
    ['nbf in 35 seconds', () => ({ nbf: now() + 35 }), 'token_early'],
    ['iat in 35 seconds', () => ({ iat: now() + 35 }), 'token_early'],
    ['iat 331 seconds ago', () => ({ iat: now() - 331, exp: now() + 300 }), 'token_too_old'],
    ['iat of hours ago in a token that still lives', () => ({ iat: now() - 18_000, exp: now() + 3600 }), 'token_too_old'],
  ]

  it.each(rows)('refuses %s', async (_name, changes, code) => {
    expect(await codeOf(await tokenOf(world, changes()))).toBe(code)
  })

  it.each(['1e999', '-0.5', '1e400', '99999999999999999999'])('refuses the number %s as a time', async (number) => {
    const text = json({ exp: 'EXP' }).replace('"EXP"', number)
    expect(await codeOf(await signText(github, text, header()))).toBe('claim_malformed')
  })

  it.each(['aud', 'exp', 'iat', 'nbf', 'jti', 'sub'])('refuses a token without %s', async (name) => {
    const { [name]: _, ...claims } = claimsOf(world)
    expect(await codeOf(await sign(github, claims))).toBe('claim_missing')
  })

  it('tells a wrong aud what it must be, and nothing of the policy', async () => {
    const answer: Answer = await exchange(world, { claims: { aud: 'https://x' } })
    expect(answer.body.error_description).toBe("The token's aud must be exactly https://jobpass.example.com.")
    expect(answer.text).not.toContain(world.owner.name)
  })
})

describe('the profile of GitHub', () => {
  const rows: readonly [string, (owner: string) => JsonObject, string][] = [
    ['an owner that is not that of the repository', () => ({ repository_owner: 'evil' }), 'claim_malformed'],
    ['a repository without an owner', () => ({ repository: 'docs' }), 'claim_malformed'],
    ['a repository in two slashes', (owner) => ({ repository: `${owner}/docs/x` }), 'claim_malformed'],
    ['a workflow of another repository', () => ({ workflow_ref: 'evil/docs/.github/workflows/ci.yml@refs/heads/main' }), 'claim_malformed'],
    [
      'a workflow of a repository that only begins alike',
      (owner) => ({ workflow_ref: `${owner}/docs-evil/.github/workflows/ci.yml@x` }),
      'claim_malformed',
    ],
    ['another owner id in sub', (owner) => ({ sub: `repo:${owner}@1/docs@${DOCS.id}:ref:refs/heads/main` }), 'claim_malformed'],
    ['another repository id in sub', (owner) => ({ sub: `repo:${owner}@${world.owner.id}/docs@1:ref:refs/heads/main` }), 'claim_malformed'],
    ['a repository id with a zero in front', () => ({ repository_id: '01217768983' }), 'claim_malformed'],
    ['a repository id that is a number', () => ({ repository_id: 1217768983 }), 'claim_malformed'],
    ['a line break in ref', () => ({ ref: 'refs/heads/main\n' }), 'claim_malformed'],
    ['an escape character in environment', () => ({ environment: 'prod\u001b[0m' }), 'claim_malformed'],
    ['a zero byte in actor', () => ({ actor: 'octo\u0000cat' }), 'claim_malformed'],
    ['a delete character in workflow', () => ({ workflow: 'ci\u007f' }), 'claim_malformed'],
    ['a C1 control in workflow', () => ({ workflow: 'ci\u0085' }), 'claim_malformed'],
    ['ref_protected as a boolean', () => ({ ref_protected: true }), 'claim_malformed'],
    ['event_name in a list', () => ({ event_name: ['push'] }), 'claim_malformed'],
    ['ref null', () => ({ ref: null }), 'claim_malformed'],
    ['an environment of 1 025 characters', () => ({ environment: 'x'.repeat(1025) }), 'claim_malformed'],
    ['an empty event_name', () => ({ event_name: '' }), 'claim_missing'],
    ['an empty run_id', () => ({ run_id: '' }), 'claim_missing'],
  ]

  it.each(rows)('refuses %s', async (_name, changes, code) => {
    expect(await codeOf(await tokenOf(world, changes(world.owner.name)))).toBe(code)
  })

  it.each(['ref', 'repository', 'repository_id', 'repository_owner', 'repository_owner_id', 'event_name', 'workflow_ref', 'run_id'])(
    'refuses a token without %s',
    async (name) => {
      const { [name]: _, ...claims } = claimsOf(world)
      expect(await codeOf(await sign(github, claims))).toBe('claim_missing')
    },
  )

  it('takes the older form of sub, and letter case as GitHub does', async () => {
    const owner = world.owner.name
    expect(await codeOf(await tokenOf(world, { sub: `repo:${owner}/docs:ref:refs/heads/main` }))).toBe('accepted')
    const upper = { repository: `${owner.toUpperCase()}/Docs`, repository_owner: owner.toUpperCase() }
    expect(await codeOf(await tokenOf(world, upper))).toBe('accepted')
  })

  it('follows a rename under the pinned ids and writes it down', async () => {
    const renamed = {
      repository: 'acme-new/manual',
      repository_owner: 'acme-new',
      workflow_ref: 'acme-new/manual/.github/workflows/ci.yml@refs/heads/main',
    }
    expect(await codeOf(await tokenOf(world, { ...renamed, sub: 'repo:acme-new/manual' }))).toBe('accepted')
    expect((await entriesOf(world.ledger)).at(-1)).toMatchObject({
      ask: {
        notes: [
          { about: 'owner_renamed', policy_name: world.owner.name, token_name: 'acme-new' },
          { about: 'repository_renamed', policy_name: `${world.owner.name}/docs`, token_name: 'acme-new/manual' },
        ],
      },
    })
  })

  it('refuses a repository that took over the name', async () => {
    const answer = await exchange(world, { claims: { repository_id: '4711', sub: 'repo:x' } })
    expect(answer.body).toMatchObject({ code: 'grant_refused', reasons: [{ attribute: 'repository_id', seen: '4711' }] })
  })

  it('keeps claims it does not know for the record and reports their names', async () => {
    const reports = (): unknown[] =>
      world.isolate.log.filter(({ outcome }) => outcome === 'unknown_claims').map(({ unknownClaims }) => unknownClaims)
    for (let time = 0; time < 2; time++) {
      expect(await codeOf(await tokenOf(world, { new_claim: { a: 1 }, other: [1] }))).toBe('accepted')
      expect((await entriesOf(world.ledger)).at(-1)).toMatchObject({ ask: { unknown_claims: ['new_claim', 'other'] } })
    }
    expect(reports()).toEqual([['new_claim', 'other']])
  })
})

describe('issuers by configuration', () => {
  const others = [
    'https://token.actions.githubusercontent.com/acme',
    'https://token.actions.acme.ghe.com',
    'https://ghes.acme.example/_services/token',
  ]

  it.each(others)('trusts %s with its own keys and its own fence, and keeps its own ledger', async (url) => {
    const issuer = await makeIssuer(url, 'other-1')
    const owned = await makeWorld((policy) => {
      const record = { platform: 'github', url, owners: [{ name: 'corp', id: '5' }], jwks: { keys: [issuer.jwk] } }
      return withSection(withSection(policy, 'issuers', { other: record }), 'workloads', {
        docs: { issuer: 'other', is: { repository: 'corp/docs', repository_id: DOCS.id }, owner: 'team-docs' },
      })
    })
    const claims = { ...claimsOf({ ...owned, owner: { name: 'corp', id: '5' } }), iss: url }
    const answer = await exchange(owned, { token: await sign(issuer, claims) })
    expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.any(String)])
    expect(await entriesOf(`v1:${url}:5`)).toHaveLength(1)
    // the same claims under the key of github.com, and github.com's owner under the other issuer's key
    expect((await exchange(owned, { token: await sign(github, claims) })).status).toBe(400)
    expect(owned.isolate.log.at(-1)?.code).toBe('key_unknown')
    const foreign = { ...claimsOf(owned), iss: url }
    expect((await exchange(owned, { token: await sign(issuer, foreign) })).body.code).toBe('owner_outside_fence')
  })
})
