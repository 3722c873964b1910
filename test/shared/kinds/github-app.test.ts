/** The pure half of `github-app`: the closed catalogue, that empty never means all, and that an ask can only lose access. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type GithubAppAsked, type GithubAppScope, githubApp } from '../../../shared/kinds/github-app.ts'
import { GITHUB_PERMISSIONS, isWithinLevel, PERMISSION_LEVELS } from '../../../shared/kinds/github-permissions.ts'
import { expectComparison, expectNarrowing, expectPageExample } from './laws.ts'

const scope: GithubAppScope = { repositories: ['docs', 'site'], permissions: { contents: 'write', pages: 'write', metadata: 'read' } }
const connection = { app_id: '12345', account: 'acme', private_key: { secret: 'UPSTREAM_GITHUB_APP_KEY' } }

const openapi = z.looseObject({
  components: z.looseObject({
    schemas: z.looseObject({
      'app-permissions': z.looseObject({ properties: z.record(z.string(), z.looseObject({ enum: z.array(z.string()) })) }),
    }),
  }),
})

describe('the catalogue of permissions', () => {
  it("is, name by name and level by level, the one of GitHub's published description", () => {
    const slice = openapi.parse(JSON.parse(readFileSync(new URL('../../vectors/github-openapi-slice.json', import.meta.url), 'utf8')))
    const published = Object.entries(slice.components.schemas['app-permissions'].properties).map(([name, { enum: levels }]) => [
      name,
      levels,
    ])
    expect(GITHUB_PERMISSIONS).toEqual(Object.fromEntries(published))
    expect(Object.keys(GITHUB_PERMISSIONS)).toHaveLength(55)
  })

  it('orders its levels read, write, admin', () => {
    expect(isWithinLevel('read', 'write')).toBe(true)
    expect(isWithinLevel('admin', 'write')).toBe(false)
    expect(isWithinLevel('write', 'write')).toBe(true)
  })
})

describe('a connection', () => {
  it.each([
    ['with the account alone', connection],
    ['with a pinned installation', { ...connection, installation_id: '987' }],
    ['to a GitHub Enterprise Server', { ...connection, api_url: 'https://ghe.acme.example/api/v3' }],
    ['with the ids of repositories', { ...connection, repository_ids: { docs: '1217768983', 'site.js': '7' } }],
    ['to loopback', { ...connection, api_url: 'http://127.0.0.1:9999' }],
  ])('is taken %s', (_what, given) => {
    expect(githubApp.connection.parse(given)).toEqual(given)
  })

  it.each([
    ['an unquoted app id', { ...connection, app_id: 12345 }],
    ['an app id that is no id', { ...connection, app_id: '0123' }],
    ['an account with a slash', { ...connection, account: 'acme/docs' }],
    ['a key written into the policy', { ...connection, private_key: '-----BEGIN RSA PRIVATE KEY-----' }],
    ["the broker's own secret", { ...connection, private_key: { secret: 'SEALING_KEY' } }],
    ['http to a host', { ...connection, api_url: 'http://api.github.com' }],
    ['an address with a user', { ...connection, api_url: 'https://user@api.github.com' }],
    ['an address with a query', { ...connection, api_url: 'https://api.github.com/?a=b' }],
    ['an address with dot segments', { ...connection, api_url: 'https://api.github.com/../x' }],
    ['an unknown member', { ...connection, webhook: 'x' }],
    ['no ids of repositories', { ...connection, repository_ids: {} }],
    ['an id that is a number', { ...connection, repository_ids: { docs: 7 } }],
    ['an id that is none', { ...connection, repository_ids: { docs: '007' } }],
    ['an id no number can hold', { ...connection, repository_ids: { docs: '9007199254740993' } }],
    ['the id of a repository with its owner', { ...connection, repository_ids: { 'acme/docs': '7' } }],
    ['the id of a wildcard', { ...connection, repository_ids: { '*': '7' } }],
    ['one id for two repositories', { ...connection, repository_ids: { docs: '7', site: '7' } }],
    ['two ids for one repository', { ...connection, repository_ids: { docs: '7', Docs: '8' } }],
  ])('is refused with %s', (_what, given) => {
    expect(githubApp.connection.safeParse(given).success).toBe(false)
  })

  it('names its one secret', () => {
    expect(githubApp.secretNames(connection)).toEqual(['UPSTREAM_GITHUB_APP_KEY'])
  })
})

describe('a scope', () => {
  it.each([
    ['named repositories', scope],
    ['all repositories, said so', { repositories: 'all', permissions: { contents: 'read' } }],
    ['the one level workflows has', { repositories: ['docs'], permissions: { workflows: 'write' } }],
  ])('takes %s', (_what, given) => {
    expect(githubApp.scope.parse(given)).toEqual(given)
  })

  it.each([
    ['no repositories', { permissions: { contents: 'read' } }],
    ['no permissions', { repositories: ['docs'] }],
    ['an empty list of repositories', { repositories: [], permissions: { contents: 'read' } }],
    ['an empty object of permissions', { repositories: ['docs'], permissions: {} }],
    ['a misspelt permission', { repositories: ['docs'], permissions: { content: 'read' } }],
    ['a permission that is a member of every object', { repositories: ['docs'], permissions: { constructor: 'read' } }],
    ['a level that does not exist for the name', { repositories: ['docs'], permissions: { workflows: 'read' } }],
    ['a level nobody has', { repositories: ['docs'], permissions: { contents: 'none' } }],
    ['admin where there is only write', { repositories: ['docs'], permissions: { contents: 'admin' } }],
    ['a repository with its owner', { repositories: ['acme/docs'], permissions: { contents: 'read' } }],
    ['a wildcard', { repositories: ['*'], permissions: { contents: 'read' } }],
    ['a parent folder', { repositories: ['..'], permissions: { contents: 'read' } }],
    ['another word than all', { repositories: 'every', permissions: { contents: 'read' } }],
    ['a repository twice', { repositories: ['docs', 'docs'], permissions: { contents: 'read' } }],
    [
      'more repositories than GitHub takes',
      { repositories: Array.from({ length: 501 }, (_, i) => `r${i}`), permissions: { contents: 'read' } },
    ],
    ['null', null],
    ['an unknown member', { ...scope, repository_ids: [1] }],
  ])('refuses %s', (_what, given) => {
    expect(githubApp.scope.safeParse(given).success).toBe(false)
  })

  it('is summarised in one line', () => {
    expect(githubApp.summary(scope)).toBe('contents: write, pages: write, metadata: read on docs, site')
    expect(githubApp.summary({ repositories: 'all', permissions: { contents: 'read' } })).toBe('contents: read on all repositories')
  })
})

describe('an ask', () => {
  it.each([
    ['nothing', {}],
    ['empty repositories', { repositories: [] }],
    ['empty permissions', { permissions: {} }],
    ['empty permissions beside repositories', { repositories: ['docs'], permissions: {} }],
    ['null', { permissions: null }],
    ['an unknown member', { permissions: { contents: 'read' }, ttl: '1m' }],
  ])('is malformed with %s', (_what, given) => {
    expect(githubApp.asked.safeParse(given).success).toBe(false)
  })

  it("keeps the grant's own value for what it leaves out", () => {
    expect(githubApp.narrow(scope, { permissions: { contents: 'read' } })).toEqual({
      ok: true,
      value: { repositories: ['docs', 'site'], permissions: { contents: 'read' } },
    })
    expect(githubApp.narrow(scope, { repositories: ['site'] })).toEqual({
      ok: true,
      value: { repositories: ['site'], permissions: scope.permissions },
    })
  })

  it.each<[string, GithubAppAsked, { field: string; asked: string }]>([
    ['a repository outside the scope', { repositories: ['docs', 'payroll'] }, { field: 'repositories', asked: 'payroll' }],
    ['a repository in another case', { repositories: ['Docs'] }, { field: 'repositories', asked: 'Docs' }],
    ['all repositories', { repositories: 'all' }, { field: 'repositories', asked: 'all' }],
    [
      'a permission outside the scope',
      { permissions: { contents: 'read', issues: 'read' } },
      { field: 'permissions.issues', asked: 'read' },
    ],
    ['a higher level', { permissions: { metadata: 'write' } }, { field: 'permissions.metadata', asked: 'write' }],
  ])('is refused with %s, never trimmed', (_what, asked, error) => {
    expect(githubApp.narrow(scope, asked)).toEqual({ ok: false, error })
  })

  it('narrows all repositories to named ones', () => {
    const all: GithubAppScope = { repositories: 'all', permissions: { contents: 'read' } }
    expect(githubApp.narrow(all, { repositories: ['docs'] })).toEqual({ ok: true, value: { ...all, repositories: ['docs'] } })
    expect(githubApp.narrow(all, { repositories: 'all' })).toEqual({ ok: true, value: all })
  })
})

const repositories = fc.oneof(fc.constant('all' as const), fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }))
const permissions = fc.dictionary(
  fc.constantFrom('contents', 'pages', 'repository_projects', 'issues'),
  fc.constantFrom(...PERMISSION_LEVELS),
  {
    minKeys: 1,
    noNullPrototype: true,
  },
)
const anyScope: fc.Arbitrary<GithubAppScope> = fc.record({ repositories, permissions }, { noNullPrototype: true })
const anyAsk: fc.Arbitrary<GithubAppAsked> = fc.record({ repositories, permissions }, { requiredKeys: [], noNullPrototype: true })

/** Everything a scope allows, one line each: what `all` adds is a repository nobody named. */
function powers({ repositories: where, permissions: what }: GithubAppScope): ReadonlySet<string> {
  const names = where === 'all' ? ['a', 'b', 'c', 'd', 'unnamed'] : where
  const levels = Object.entries(what).flatMap(([name, level]) =>
    PERMISSION_LEVELS.filter((each) => isWithinLevel(each, level)).map((each) => `${name}:${each}`),
  )
  return new Set(names.flatMap((name) => levels.map((level) => `${name} ${level}`)))
}

describe('the law of narrowing', () => {
  it('never gives more than the scope, never more than the ask, and refuses only what goes beyond', () => {
    expectNarrowing(githubApp.narrow, powers, { scopes: anyScope, asks: anyAsk })
  })

  it('compares scopes as their powers compare', () => {
    expectComparison(githubApp.compare, powers, anyScope)
  })
})

describe('the page of the kind', () => {
  it('shows a connection and a scope that are taken', () => {
    expectPageExample(githubApp)
  })
})
