/** The provider of `github-app` against an upstream on loopback that lies, forgets and breaks. The honest one is in `test/interop`. */
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { GithubAppScope } from '../../shared/kinds/github-app.ts'
import { githubAppProvider } from '../../worker/providers/github-app.ts'
import type { ProviderDeps } from '../../worker/providers/provider.ts'
import { generateAppKey } from '../fakes/app-key.ts'
import { NOW, orderOf, providerDeps } from '../fakes/provider-order.ts'
import { type Answer, json, type RecordedRequest, startUpstream } from '../fakes/upstream.ts'

const { pkcs1 } = generateAppKey()
const TOKEN = 'ghs_12345_eyJhbGciOiJSUzI1NiJ9.planted-token.c2lnbmF0dXJl'
const SCOPE: GithubAppScope = { repositories: ['docs', 'site'], permissions: { contents: 'write', pages: 'read' } }
const inAnHour = new Date((NOW + 3600) * 1000).toISOString()
const good = {
  token: TOKEN,
  expires_at: inAnHour,
  permissions: { contents: 'write', pages: 'read', metadata: 'read' },
  repository_selection: 'selected',
  repositories: [
    { id: 1, name: 'docs' },
    { id: 2, name: 'Site' },
  ],
}

const deps: ProviderDeps = providerDeps({ UPSTREAM_KEY: pkcs1 })

function connectionTo(url: string, changes: object = {}) {
  return { app_id: '12345', account: 'acme', installation_id: '987', private_key: { secret: 'UPSTREAM_KEY' }, api_url: url, ...changes }
}

/** One mint at an upstream whose mint endpoint answers so; revoking works there unless said otherwise. */
async function mintAt(mint: Answer, scope: GithubAppScope = SCOPE, revokeStatus = 204) {
  await using upstream = await startUpstream((request, response) => {
    if (request.method === 'DELETE') response.writeHead(revokeStatus).end()
    else mint(request, response)
  })
  const result = await githubAppProvider.mint(orderOf(connectionTo(upstream.url), scope), deps)
  if (!result.ok) for (const secret of [TOKEN, pkcs1, pkcs1.slice(40, 100), 'eyJ']) expect(JSON.stringify(result)).not.toContain(secret)
  return { result, requests: upstream.requests }
}

const answering =
  (body: unknown, status = 201): Answer =>
  (_request, response) =>
    json(response, status, body)

const revokes = (requests: readonly RecordedRequest[]) => requests.filter(({ method }) => method === 'DELETE')

describe('a mint', () => {
  it('is one call that names repositories and permissions, and gives the token with what upstream said of its end', async () => {
    const { result, requests } = await mintAt(answering(good))
    expect(result).toEqual({ ok: true, value: { credential: { token: TOKEN }, expiresAt: NOW + 3600, handle: { token: TOKEN } } })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/app/installations/987/access_tokens' })
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual(SCOPE)
    expect(requests[0]?.headers).toMatchObject({
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'user-agent': 'jobpass',
      'content-type': 'application/json',
    })
  })

  it('leaves repositories out for all of them only, and permissions never', async () => {
    const scope: GithubAppScope = { repositories: 'all', permissions: { issues: 'read' } }
    const { result, requests } = await mintAt(
      answering({ token: TOKEN, expires_at: inAnHour, permissions: { issues: 'read' }, repository_selection: 'all' }),
      scope,
    )
    expect(result.ok).toBe(true)
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ permissions: { issues: 'read' } })
  })

  it('is not tried without the key', async () => {
    await using upstream = await startUpstream(answering(good))
    expect(await githubAppProvider.mint(orderOf(connectionTo(upstream.url), SCOPE), providerDeps({}))).toEqual({
      ok: false,
      error: { code: 'upstream_unavailable', detail: 'secret UPSTREAM_KEY is not set' },
    })
    expect(upstream.requests).toEqual([])
  })

  it.each([
    [401, 'app id or private key not accepted'],
    [403, 'not permitted; the installation may be suspended'],
    [404, 'installation not found'],
    [422, 'repositories or permissions beyond the installation'],
    [418, 'mint refused'],
  ])('refused with %i says what is probably wrong and nothing upstream said', async (status, detail) => {
    const { result, requests } = await mintAt(answering({ message: TOKEN }, status))
    expect(result).toEqual({ ok: false, error: { code: 'upstream_refused', status, detail } })
    expect(requests).toHaveLength(1)
  })

  it('is not retried when the upstream fails', async () => {
    const { result, requests } = await mintAt(answering({ message: TOKEN }, 502))
    expect(result).toEqual({ ok: false, error: { code: 'upstream_unavailable', status: 502, detail: 'server error', mayHaveActed: true } })
    expect(requests).toHaveLength(1)
  })
})

describe('an answer that is not what was ordered', () => {
  it.each([
    ['a permission nobody asked for', { ...good, permissions: { ...good.permissions, issues: 'read' } }],
    ['a higher level', { ...good, permissions: { contents: 'write', pages: 'write' } }],
    ['metadata to write', { ...good, permissions: { metadata: 'write' } }],
    ['all repositories', { ...good, repository_selection: 'all' }],
    ['another repository', { ...good, repositories: [{ id: 3, name: 'payroll' }] }],
  ])('is revoked at once and refused as wider: %s', async (_what, body) => {
    const { result, requests } = await mintAt(answering(body))
    expect(result).toEqual({ ok: false, error: { code: 'upstream_refused', status: 201, detail: 'wider than ordered; revoked at once' } })
    expect(revokes(requests)).toMatchObject([{ path: '/installation/token', headers: { authorization: `Bearer ${TOKEN}` } }])
  })

  it.each([
    ['no end', { ...good, expires_at: undefined }],
    ['an end that is no time', { ...good, expires_at: 'tomorrow' }],
    ['an end on the 99th', { ...good, expires_at: '2026-11-99T00:00:00Z' }],
    ['a level that does not exist', { ...good, permissions: { contents: 'owner' } }],
    ['repositories that are none', { ...good, repositories: 'docs' }],
  ])('is revoked at once and refused as unexpected: %s', async (_what, body) => {
    const { result, requests } = await mintAt(answering(body))
    expect(result).toEqual({ ok: false, error: { code: 'upstream_unavailable', status: 201, detail: 'unexpected shape; revoked at once' } })
    expect(revokes(requests)).toHaveLength(1)
  })

  it('is refused when it had expired before it came', async () => {
    const { result } = await mintAt(answering({ ...good, expires_at: new Date(NOW * 1000).toISOString() }))
    expect(result).toMatchObject({ ok: false, error: { detail: 'expired at birth; revoked at once' } })
  })

  it('says so when it could not be revoked', async () => {
    const { result } = await mintAt(answering({ ...good, repository_selection: 'all' }), SCOPE, 500)
    expect(result).toMatchObject({ ok: false, error: { detail: 'wider than ordered; could not be revoked' } })
    expect(!result.ok && 'leftover' in result.error && result.error.leftover?.()).toEqual({ token: TOKEN })
  })

  it.each([
    ['no token', { ...good, token: undefined }],
    ['an empty token', { ...good, token: '' }],
    ['a token with a line break', { ...good, token: 'ghs_a\r\nx-evil: 1' }],
    ['a token that is a number', { ...good, token: 7 }],
    ['a list', [good]],
    ['null', null],
    ['no body', undefined],
  ])('without a token is refused as unexpected: %s', async (_what, body) => {
    const { result, requests } = await mintAt(answering(body))
    expect(result).toMatchObject({ ok: false, error: { code: 'upstream_unavailable', status: 201, detail: 'unexpected shape' } })
    expect(revokes(requests)).toEqual([])
  })

  it('cannot be a redirect', async () => {
    await using elsewhere = await startUpstream(answering(good))
    const { result } = await mintAt((_request, response: ServerResponse) => void response.writeHead(302, { location: elsewhere.url }).end())
    expect(result).toEqual({ ok: false, error: { code: 'upstream_unavailable', status: 302, detail: 'redirect' } })
    expect(elsewhere.requests).toEqual([])
  })
})

describe('the installation of an account', () => {
  const installation = { id: 555, app_id: 12345, account: { login: 'Acme' }, repository_selection: 'selected', suspended_at: null }

  function github(organisation: unknown, user: unknown, mints: Answer = answering(good)): Answer {
    return (request, response) => {
      if (request.method === 'POST') return mints(request, response)
      const found = request.path === '/orgs/acme/installation' ? organisation : user
      return json(response, found === undefined ? 404 : 200, found ?? { message: 'Not Found' })
    }
  }

  const paths = (requests: readonly RecordedRequest[]) => requests.map(({ method, path }) => `${method} ${path}`)

  it('is looked up once, as an organisation and then as a user, and remembered', async () => {
    await using upstream = await startUpstream(github(undefined, installation))
    const order = orderOf(connectionTo(upstream.url, { installation_id: undefined }), SCOPE)
    expect(await githubAppProvider.mint(order, deps)).toMatchObject({ ok: true })
    expect(await githubAppProvider.mint(order, deps)).toMatchObject({ ok: true })
    expect(paths(upstream.requests)).toEqual([
      'GET /orgs/acme/installation',
      'GET /users/acme/installation',
      'POST /app/installations/555/access_tokens',
      'POST /app/installations/555/access_tokens',
    ])
  })

  it('is looked up again an hour later, and after GitHub forgot it', async () => {
    let gone = false
    const mints: Answer = (_request, response) => (gone ? json(response, 404, {}) : json(response, 201, good))
    await using upstream = await startUpstream(github(installation, undefined, mints))
    const order = orderOf(connectionTo(upstream.url, { installation_id: undefined }), SCOPE)
    const lookUps = () => paths(upstream.requests).filter((line) => line.startsWith('GET')).length
    await githubAppProvider.mint(order, deps)
    await githubAppProvider.mint(order, { ...deps, now: () => NOW + 3601 })
    expect(lookUps()).toBe(2)
    gone = true
    expect(await githubAppProvider.mint(order, { ...deps, now: () => NOW + 3601 })).toMatchObject({
      error: { detail: 'installation not found' },
    })
    gone = false
    expect(await githubAppProvider.mint(order, { ...deps, now: () => NOW + 3601 })).toMatchObject({ error: { detail: /expired at birth/ } })
    expect(lookUps()).toBe(3)
  })

  it.each([
    ['of another account', { ...installation, account: { login: 'evilcorp' } }, 'installation on another account'],
    ['of another app', { ...installation, app_id: 1 }, 'installation of another app'],
    ['that is suspended', { ...installation, suspended_at: '2026-11-01T00:00:00Z' }, 'installation suspended'],
    ['that does not exist', undefined, 'app not installed on the account'],
  ])('is refused and not remembered when it is one %s', async (_what, found, detail) => {
    await using upstream = await startUpstream(github(found, undefined))
    const order = orderOf(connectionTo(upstream.url, { installation_id: undefined }), SCOPE)
    for (const _attempt of [1, 2]) {
      expect(await githubAppProvider.mint(order, deps)).toMatchObject({ ok: false, error: { code: 'upstream_refused', detail } })
    }
    expect(upstream.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('is what a probe looks at, always anew and without minting', async () => {
    await using upstream = await startUpstream((_request, response) => json(response, 200, { ...installation, id: 987 }))
    for (const _attempt of [1, 2]) {
      expect(await githubAppProvider.probe('acme', connectionTo(upstream.url), deps)).toEqual({
        ok: true,
        value: { summary: 'app 12345 on acme, installation 987, repositories: selected' },
      })
    }
    expect(paths(upstream.requests)).toEqual(['GET /app/installations/987', 'GET /app/installations/987'])
  })
})

describe('revoking', () => {
  async function revokeAt(status: number, handle = { token: TOKEN }) {
    await using upstream = await startUpstream((_request, response) => void response.writeHead(status).end())
    const result = await githubAppProvider.revoke(handle, connectionTo(upstream.url), deps)
    expect(JSON.stringify(result)).not.toContain(TOKEN)
    return { result, requests: upstream.requests }
  }

  it('is done with the token itself and needs no key of the App', async () => {
    await using upstream = await startUpstream((_request, response) => void response.writeHead(204).end())
    expect(await githubAppProvider.revoke({ token: TOKEN }, connectionTo(upstream.url), providerDeps({}))).toEqual({
      ok: true,
      value: 'revoked',
    })
    expect(upstream.requests).toMatchObject([
      { method: 'DELETE', path: '/installation/token', headers: { authorization: `Bearer ${TOKEN}` } },
    ])
  })

  it.each([401, 404])('finds it already gone with %i', async (status) => {
    expect((await revokeAt(status)).result).toEqual({ ok: true, value: 'already_gone' })
  })

  it('is refused or unavailable otherwise, so that it is tried again', async () => {
    expect((await revokeAt(403)).result).toEqual({ ok: false, error: { code: 'upstream_refused', status: 403, detail: 'revoke refused' } })
    expect((await revokeAt(503)).result).toMatchObject({ ok: false, error: { code: 'upstream_unavailable', status: 503 } })
  })

  it('does nothing with a handle it cannot read', async () => {
    const { result, requests } = await revokeAt(204, { token: '' })
    expect(result).toMatchObject({ ok: false, error: { detail: 'handle not readable' } })
    expect(requests).toEqual([])
  })
})
