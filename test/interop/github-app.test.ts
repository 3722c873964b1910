/**
 * `github-app` against two judges that know nothing of Jobpass: GitHub's published OpenAPI description, served by Prism, and `@octokit/auth-app`,
 * GitHub's own client, whose requests ours must equal.
 */
import { createAppAuth } from '@octokit/auth-app'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { GithubAppScope } from '../../shared/kinds/github-app.ts'
import { githubAppProvider } from '../../worker/providers/github-app.ts'
import type { ProviderDeps } from '../../worker/providers/provider.ts'
import { generateAppKey } from '../fakes/app-key.ts'
import { loopbackFetch, orderOf, providerDeps } from '../fakes/provider-order.ts'
import { json, type RecordedRequest, startUpstream } from '../fakes/upstream.ts'
import { type PublishedGithub, startPublishedGithub } from './published-github.ts'

const { pkcs1 } = generateAppKey()

describe("GitHub's published description", () => {
  let github: PublishedGithub
  beforeAll(async () => {
    github = await startPublishedGithub()
    return () => github[Symbol.asyncDispose]()
  })

  /** The example's token expired in 2016 and is for octocat/Hello-World. */
  const MINTED_AT = Date.UTC(2016, 6, 11, 21, 14, 10) / 1000
  const SCOPE: GithubAppScope = { repositories: ['Hello-World'], permissions: { issues: 'write', contents: 'read' } }
  const connection = () => ({ app_id: '1', account: 'github', private_key: { secret: 'UPSTREAM_KEY' }, api_url: github.url })

  /** Prism chooses answers by `Prefer`, and knows no media type but the plain one the description lists. */
  function prefer(preference: string | undefined): ProviderDeps {
    return providerDeps(
      { UPSTREAM_KEY: pkcs1 },
      {
        now: () => MINTED_AT,
        fetch: (input, init) => {
          const headers = new Headers(init?.headers)
          headers.set('accept', 'application/json')
          if (preference !== undefined && init?.method !== 'GET') headers.set('prefer', preference)
          return loopbackFetch(input, { ...init, headers })
        },
      },
    )
  }

  it('takes our mint and its example answer is one we can read', async () => {
    expect(await githubAppProvider.mint(orderOf({ ...connection(), installation_id: '1' }, SCOPE), prefer(undefined))).toEqual({
      ok: true,
      value: {
        credential: { token: 'ghs_16C7e42F292c6912E7710c838347Ae178B4a' },
        expiresAt: MINTED_AT + 3600,
        handle: { token: 'ghs_16C7e42F292c6912E7710c838347Ae178B4a' },
      },
    })
  })

  it('takes our mint by id, and its example answer holds the repository of that id', async () => {
    const pinned = (id: string) => ({ ...connection(), installation_id: '1', repository_ids: { 'hello-world': id } })
    expect(await githubAppProvider.mint(orderOf(pinned('1296269'), SCOPE), prefer(undefined))).toMatchObject({ ok: true })
    expect(await githubAppProvider.mint(orderOf(pinned('1296270'), SCOPE), prefer(undefined))).toMatchObject({
      ok: false,
      error: { detail: 'wider than ordered; revoked at once' },
    })
  })

  it('takes our look-up of an installation by account and its answer leads to a mint', async () => {
    expect(await githubAppProvider.mint(orderOf(connection(), SCOPE), prefer(undefined))).toMatchObject({ ok: true })
  })

  it('takes a mint for all repositories', async () => {
    const order = orderOf({ ...connection(), installation_id: '1' }, { ...SCOPE, repositories: 'all' as const })
    expect(await githubAppProvider.mint(order, prefer(undefined))).toMatchObject({ ok: true })
  })

  it('refuses what no policy can say, which shows that it judges our bodies', async () => {
    const scope: GithubAppScope = { ...SCOPE, permissions: { ...SCOPE.permissions, workflows: 'read' } }
    expect(await githubAppProvider.mint(orderOf({ ...connection(), installation_id: '1' }, scope), prefer(undefined))).toMatchObject({
      ok: false,
      error: { code: 'upstream_refused', status: 422 },
    })
  })

  it.each([401, 403, 404, 422])('lets a mint fail with %i, which we read as a refusal', async (status) => {
    expect(await githubAppProvider.mint(orderOf({ ...connection(), installation_id: '1' }, SCOPE), prefer(`code=${status}`))).toMatchObject(
      {
        ok: false,
        error: { code: 'upstream_refused', status },
      },
    )
  })

  it('takes our revoke', async () => {
    expect(await githubAppProvider.revoke({ token: 'ghs_x' }, connection(), prefer(undefined))).toEqual({ ok: true, value: 'revoked' })
  })

  it.each([
    ['by account', 'github', undefined],
    ['by id', 'octocat', '1'],
  ])('takes our probe %s', async (_what, account, id) => {
    const given = { ...connection(), account, ...(id === undefined ? {} : { installation_id: id }) }
    expect(await githubAppProvider.probe('acme', given, prefer(undefined))).toMatchObject({ ok: true })
  })
})

describe("GitHub's own client", () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  const answer = {
    token: 'ghs_x',
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    permissions: { contents: 'read' },
    repository_selection: 'selected',
  }

  /** What reaches `https://api.github.com` while `act` runs. */
  async function requestOf(act: (to: typeof fetch) => Promise<unknown>): Promise<RecordedRequest> {
    await using upstream = await startUpstream((_request, response) => json(response, 201, answer))
    const fetchThere: typeof fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      expect(url.origin).toBe('https://api.github.com')
      return loopbackFetch(`${upstream.url}${url.pathname}${url.search}`, init)
    }
    await act(fetchThere)
    expect(upstream.requests).toHaveLength(1)
    const [request] = upstream.requests
    if (request === undefined) throw new Error('nothing was sent')
    return request
  }

  type Ids = Readonly<Record<string, string>>

  function ours(scope: GithubAppScope, ids?: Ids) {
    const given = { app_id: '12345', account: 'acme', installation_id: '987', private_key: { secret: 'UPSTREAM_KEY' } }
    const connection = { ...given, ...(ids === undefined ? {} : { repository_ids: ids }) }
    const now = () => Math.floor(Date.now() / 1000)
    return requestOf((fetch) => githubAppProvider.mint(orderOf(connection, scope), providerDeps({ UPSTREAM_KEY: pkcs1 }, { fetch, now })))
  }

  function theirs(scope: GithubAppScope, ids?: Ids) {
    return requestOf((fetch) => {
      vi.stubGlobal('fetch', fetch)
      const auth = createAppAuth({ appId: '12345', privateKey: pkcs1 })
      const names = scope.repositories === 'all' ? {} : { repositoryNames: [...scope.repositories] }
      const repositories = ids === undefined ? names : { repositoryIds: Object.values(ids).map(Number) }
      return auth({ type: 'installation', installationId: 987, refresh: true, permissions: { ...scope.permissions }, ...repositories })
    })
  }

  const bearerOf = ({ headers }: RecordedRequest) => headers.authorization?.replace(/^bearer /i, '') ?? ''

  it.each<[string, GithubAppScope, Ids?]>([
    ['repositories by id', { repositories: ['docs', 'site'], permissions: { contents: 'read' } }, { docs: '1217768983', site: '7' }],
    ['named repositories', { repositories: ['docs', 'site'], permissions: { contents: 'read', pages: 'write' } }],
    ['all repositories', { repositories: 'all', permissions: { contents: 'read' } }],
  ])('sends the same mint for %s', async (_what, scope, ids) => {
    const [our, their] = [await ours(scope, ids), await theirs(scope, ids)]
    expect([our.method, our.path]).toEqual([their.method, their.path])
    expect(JSON.parse(our.body)).toEqual(JSON.parse(their.body))
    // the client still writes the version GitHub no longer wants in a media type: X-GitHub-Api-Version took its place
    expect(our.headers.accept).toBe(their.headers.accept?.replace('.v3', ''))
    expect(our.headers['content-type']).toBe(their.headers['content-type']?.replace(/;.*$/, ''))
  })

  it('proves the App in the same way', async () => {
    const scope: GithubAppScope = { repositories: 'all', permissions: { contents: 'read' } }
    const [our, their] = [bearerOf(await ours(scope)), bearerOf(await theirs(scope))]
    expect(decodeProtectedHeader(our)).toEqual(decodeProtectedHeader(their))
    const [a, b] = [decodeJwt(our), decodeJwt(their)]
    expect(Object.keys(a).sort()).toEqual(Object.keys(b).sort())
    expect(a.iss).toBe(String(b.iss))
    const life = ({ iat = 0, exp = 0 }: typeof a) => exp - iat
    expect(life(a)).toBeLessThanOrEqual(Math.max(life(b), 600))
  })
})
