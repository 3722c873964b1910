/** The pure half of `jwt`: what a policy may write, and that an ask can only lose scopes. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JwtScope, jwt, RESERVED_CLAIMS } from '../../../shared/kinds/jwt.ts'

const accepts = (value: unknown): boolean => jwt.scope.safeParse(value).success

describe('the scope of a jwt grant', () => {
  it.each([
    ['scopes alone', { scopes: ['deploy', 'read:org', 'https://api.example/x'] }],
    ['claims alone', { claims: { team: 'docs', 'https://acme.example/tier': 'gold' } }],
    ['both', { scopes: ['deploy'], claims: { team: 'docs' } }],
  ])('takes %s', (_what, scope) => {
    expect(jwt.scope.parse(scope)).toEqual(scope)
  })

  it.each([
    ['nothing', {}],
    ['an empty list of scopes', { scopes: [] }],
    ['an empty object of claims', { claims: {} }],
    ['an empty list beside claims', { scopes: [], claims: { team: 'docs' } }],
    ['a scope with a space', { scopes: ['read write'] }],
    ['a scope with a tab', { scopes: ['read\twrite'] }],
    ['an empty scope', { scopes: [''] }],
    ['a scope with a quote', { scopes: ['"read"'] }],
    ['a claim that is not a string', { claims: { level: 3 } }],
    ['a claim without a name', { claims: { '': 'x' } }],
    ['null', null],
    ['null scopes', { scopes: null, claims: { team: 'docs' } }],
    ['an unknown member', { scopes: ['read'], audience: 'x' }],
  ])('refuses %s', (_what, scope) => {
    expect(accepts(scope)).toBe(false)
  })

  it.each(RESERVED_CLAIMS)('refuses the claim %s', (name) => {
    expect(accepts({ scopes: ['read'], claims: { [name]: 'x' } })).toBe(false)
  })

  it('reserves the registered names of RFC 7519 and all the broker sets itself', () => {
    expect(RESERVED_CLAIMS).toEqual(
      expect.arrayContaining(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'client_id', 'scope', 'ci', 'cnf', 'act', 'active']),
    )
  })
})

describe('the connection of a jwt grant', () => {
  it('signs with ES256 unless it says otherwise', () => {
    expect(jwt.connection.parse({ audience: 'https://deploy.example' })).toEqual({ audience: 'https://deploy.example', algorithm: 'ES256' })
    expect(jwt.connection.parse({ audience: 'x', algorithm: 'RS256', resource_servers: ['deploy-api'] })).toEqual({
      audience: 'x',
      algorithm: 'RS256',
      resource_servers: ['deploy-api'],
    })
  })

  it.each([
    ['no audience', {}],
    ['an empty audience', { audience: '' }],
    ['another algorithm', { audience: 'x', algorithm: 'HS256' }],
    ['no algorithm at all', { audience: 'x', algorithm: 'none' }],
    ['an empty list of resource servers', { audience: 'x', resource_servers: [] }],
    ['an unknown member', { audience: 'x', issuer: 'https://evil.example' }],
  ])('refuses %s', (_what, connection) => {
    expect(jwt.connection.safeParse(connection).success).toBe(false)
  })
})

describe('what a caller may ask of a jwt grant', () => {
  it.each([
    ['nothing', {}],
    ['an empty list', { scopes: [] }],
    ['claims', { claims: { team: 'docs' } }],
    ['claims beside scopes', { scopes: ['read'], claims: { team: 'docs' } }],
    ['a scope that is not a string', { scopes: [1] }],
  ])('does not take %s', (_what, asked) => {
    expect(jwt.asked.safeParse(asked).success).toBe(false)
  })

  it('keeps the claims and the order of the scope when scopes are dropped', () => {
    const scope = { scopes: ['a', 'b', 'c'], claims: { team: 'docs' } }
    expect(jwt.narrow(scope, { scopes: ['c', 'a'] })).toEqual({ ok: true, value: { scopes: ['a', 'c'], claims: { team: 'docs' } } })
  })

  it('names the first scope that is too much', () => {
    expect(jwt.narrow({ scopes: ['read'] }, { scopes: ['read', 'write'] })).toEqual({
      ok: false,
      error: { field: 'scopes', asked: 'write' },
    })
  })

  it('gives no scope where the grant has only claims', () => {
    expect(jwt.narrow({ claims: { team: 'docs' } }, { scopes: ['read'] })).toEqual({ ok: false, error: { field: 'scopes', asked: 'read' } })
  })
})

const scopeNames = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 6 })
const claims = fc.dictionary(fc.constantFrom('team', 'tier'), fc.constantFrom('x', 'y'), { minKeys: 1 })
const scopes: fc.Arbitrary<JwtScope> = fc.oneof(
  fc.record({ scopes: scopeNames }),
  fc.record({ claims }),
  fc.record({ scopes: scopeNames, claims }),
)

describe('the law of narrowing, for jwt', () => {
  it('is never wider than the scope, never wider than the ask, and never empty', () => {
    fc.assert(
      fc.property(scopes, scopeNames, (scope, asked) => {
        const narrowed = jwt.narrow(scope, { scopes: asked })
        const isInside = asked.every((name) => scope.scopes?.includes(name))
        expect(narrowed.ok).toBe(isInside)
        if (!narrowed.ok) return
        expect(['same', 'narrower']).toContain(jwt.compare(scope, narrowed.value))
        expect(new Set(narrowed.value.scopes)).toEqual(new Set(asked))
        expect(accepts(narrowed.value)).toBe(true)
        expect(narrowed.value.claims).toEqual(scope.claims)
      }),
    )
  })

  it('asking for the same again changes nothing', () => {
    fc.assert(
      fc.property(scopes, scopeNames, (scope, asked) => {
        const once = jwt.narrow(scope, { scopes: asked })
        if (once.ok) expect(jwt.narrow(once.value, { scopes: asked })).toEqual(once)
      }),
    )
  })
})

describe('the comparison of two jwt scopes', () => {
  it.each([
    ['same', { scopes: ['a', 'b'] }, { scopes: ['b', 'a', 'a'] }],
    ['wider', { scopes: ['a'] }, { scopes: ['a', 'b'] }],
    ['narrower', { scopes: ['a', 'b'] }, { scopes: ['b'] }],
    ['other', { scopes: ['a'] }, { scopes: ['b'] }],
    ['other', { scopes: ['a'], claims: { tier: 'x' } }, { scopes: ['a'], claims: { tier: 'y' } }],
    ['other', { scopes: ['a'] }, { scopes: ['a'], claims: { tier: 'y' } }],
    ['wider', { claims: { tier: 'x' } }, { scopes: ['a'], claims: { tier: 'x' } }],
  ] as const)('is %s from %j to %j', (expected, base, head) => {
    expect(jwt.compare(base, head)).toBe(expected)
  })

  it('is turned round when its sides are', () => {
    const turned = { same: 'same', other: 'other', wider: 'narrower', narrower: 'wider' }
    fc.assert(fc.property(scopes, scopes, (a, b) => jwt.compare(b, a) === turned[jwt.compare(a, b)]))
  })
})

it('the answer carries the token itself, and the token is what is masked', () => {
  expect(jwt.encode({ token: 'eyJ' })).toBe('eyJ')
  expect(jwt.secrets).toEqual(['token'])
  expect(jwt.summary({ scopes: ['a', 'b'], claims: { team: 'docs' } })).toBe('scopes a, b · claims team=docs')
})
