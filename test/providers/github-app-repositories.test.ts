/** Repositories by id: which ids a mint sends, which it must not, and that the answer is held against them. */
import { describe, expect, it } from 'vitest'
import type { GithubAppConnection, GithubAppScope } from '../../shared/kinds/github-app.ts'
import type { RunFacts } from '../../shared/platforms/platform.ts'
import { githubAppProvider } from '../../worker/providers/github-app.ts'
import { generateAppKey } from '../fakes/app-key.ts'
import { NOW, orderOf, providerDeps } from '../fakes/provider-order.ts'

const { pkcs1 } = generateAppKey()
const GITHUB_COM = 'https://token.actions.githubusercontent.com'
/** Of the run that every order here is made for: `acme/docs`. */
const OWN_ID = 1217768983

interface Case {
  readonly repositories: GithubAppScope['repositories']
  readonly connection?: Partial<GithubAppConnection>
  readonly run?: Partial<RunFacts>
  /** What GitHub says the token reaches. */
  readonly given?: readonly object[]
}

/** One mint: the body GitHub got, and what came of it. */
async function mint({ repositories, connection = {}, run = {}, given }: Case) {
  const ended: string[] = []
  let body: unknown
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    if (request.method === 'DELETE') {
      ended.push(request.headers.get('authorization') ?? '')
      return new Response(null, { status: 204 })
    }
    body = await request.json()
    const answer = { token: 'ghs_x', expires_at: new Date((NOW + 3600) * 1000).toISOString(), repository_selection: 'selected' }
    return Response.json({ ...answer, ...(given === undefined ? {} : { repositories: given }) }, { status: 201 })
  }
  const order = orderOf(
    { app_id: '12345', account: 'acme', installation_id: '987', private_key: { secret: 'UPSTREAM_KEY' }, ...connection },
    { repositories, permissions: { contents: 'read' } } as const,
  )
  const deps = providerDeps({ UPSTREAM_KEY: pkcs1 }, { fetch })
  const result = await githubAppProvider.mint({ ...order, run: { ...order.run, ...run } }, deps)
  return { body, result, ended }
}

const permissions = { contents: 'read' }

describe('a mint by id', () => {
  it("sends the id of the run's own repository, which its token proved", async () => {
    expect((await mint({ repositories: ['docs'] })).body).toEqual({ repository_ids: [OWN_ID], permissions })
  })

  it('sends the ids the connection pins, as numbers and in the order of the scope', async () => {
    const connection = { repository_ids: { docs: '11', site: '22', unused: '33' } }
    expect((await mint({ repositories: ['site', 'docs'], connection })).body).toEqual({ repository_ids: [22, 11], permissions })
  })

  it("puts the connection's id before the run's: a name registered anew inherits nothing", async () => {
    const connection = { repository_ids: { docs: '11' } }
    expect((await mint({ repositories: ['docs'], connection })).body).toEqual({ repository_ids: [11], permissions })
  })

  it('takes ids from both, and ignores the case of ASCII letters as GitHub does', async () => {
    const connection = { account: 'ACME', repository_ids: { Site: '22' } }
    expect((await mint({ repositories: ['DOCS', 'site', 'docs'], connection })).body).toEqual({ repository_ids: [OWN_ID, 22], permissions })
  })

  it('follows a pinned repository through a rename', async () => {
    const connection = { repository_ids: { docs: '11' } }
    const { result } = await mint({ repositories: ['docs'], connection, given: [{ id: 11, name: 'handbook' }] })
    expect(result).toMatchObject({ ok: true, value: { credential: { token: 'ghs_x' } } })
  })

  it.each([
    ['the ordered repository', [{ id: OWN_ID, name: 'Docs' }]],
    ['an answer without ids', [{ name: 'docs' }]],
    ['an answer without repositories', undefined],
  ])('takes %s', async (_what, given) => {
    expect(await mint({ repositories: ['docs'], ...(given === undefined ? {} : { given }) })).toMatchObject({
      result: { ok: true },
      ended: [],
    })
  })
})

describe('a mint by name', () => {
  it.each<[string, Case]>([
    ['when one repository of several has no known id', { repositories: ['docs', 'site'] }],
    ["when the run's repository has another owner", { repositories: ['docs'], run: { repository: 'evil/docs' } }],
    ["when the run's repository is another", { repositories: ['docs'], run: { repository: 'acme/docs2' } }],
    ['when the names are alike but for a letter that is not ASCII', { repositories: ['kit'], run: { repository: 'acme/\u212ait' } }],
    ['when an id is too large for a number', { repositories: ['docs'], run: { repositoryId: '9007199254740993' } }],
    [
      'when the run is of an Enterprise Server and the App of github.com',
      { repositories: ['docs'], run: { issuer: 'https://ghe.acme.example/_services/token' } },
    ],
    ['when the run is of another platform', { repositories: ['docs'], run: { issuer: 'https://gitlab.com' } }],
    [
      'when the App is of an Enterprise Server and the run of github.com',
      { repositories: ['docs'], connection: { api_url: 'https://ghe.acme.example/api/v3' } },
    ],
    [
      'when the App is of one Enterprise Server and the run of another',
      {
        repositories: ['docs'],
        run: { issuer: 'https://ghe.evil.example/_services/token' },
        connection: { api_url: 'https://ghe.acme.example/api/v3' },
      },
    ],
    [
      'when the App and the run are of two tenants of ghe.com',
      {
        repositories: ['docs'],
        run: { issuer: 'https://token.actions.evil.ghe.com' },
        connection: { api_url: 'https://api.acme.ghe.com' },
      },
    ],
  ])('is made %s', async (_what, asked) => {
    expect((await mint(asked)).body).toEqual({ repositories: asked.repositories, permissions })
  })

  it.each([
    ['github.com', GITHUB_COM, 'https://api.github.com/'],
    ['an enterprise of github.com', `${GITHUB_COM}/acme`, 'https://api.github.com'],
    ['a tenant of ghe.com', 'https://token.actions.acme.ghe.com', 'https://api.acme.ghe.com'],
    ['an Enterprise Server', 'https://ghe.acme.example/_services/token', 'https://ghe.acme.example/api/v3'],
  ])('is not made where issuer and API are of %s', async (_what, issuer, api_url) => {
    expect((await mint({ repositories: ['docs'], run: { issuer }, connection: { api_url } })).body).toEqual({
      repository_ids: [OWN_ID],
      permissions,
    })
  })

  it('is for nothing in particular when the scope says all', async () => {
    expect((await mint({ repositories: 'all', connection: { repository_ids: { docs: '11' } } })).body).toEqual({ permissions })
  })
})

describe('an answer that reaches another repository', () => {
  const pinned = { repository_ids: { docs: '11', site: '22' } }
  it.each<[string, Case]>([
    ['of the right name and another id', { repositories: ['docs'], given: [{ id: 666, name: 'docs' }] }],
    ["of the run's id and another name", { repositories: ['docs'], given: [{ id: OWN_ID, name: 'payroll' }] }],
    [
      'beside the ordered one',
      {
        repositories: ['docs'],
        given: [
          { id: OWN_ID, name: 'docs' },
          { id: 2, name: 'payroll' },
        ],
      },
    ],
    ['of a pinned name and another id', { repositories: ['docs'], connection: pinned, given: [{ id: 666, name: 'docs' }] }],
    ['that is pinned but was not ordered', { repositories: ['docs'], connection: pinned, given: [{ id: 22, name: 'site' }] }],
    ['of another name and no id', { repositories: ['docs'], connection: pinned, given: [{ name: 'payroll' }] }],
  ])('is revoked at once and refused: one %s', async (_what, asked) => {
    const { result, ended } = await mint(asked)
    expect(result).toEqual({ ok: false, error: { code: 'upstream_refused', status: 201, detail: 'wider than ordered; revoked at once' } })
    expect(ended).toEqual(['Bearer ghs_x'])
  })

  it('is refused when its id is no number', async () => {
    expect((await mint({ repositories: ['docs'], given: [{ id: '1217768983', name: 'docs' }] })).result).toMatchObject({
      ok: false,
      error: { detail: 'unexpected shape; revoked at once' },
    })
  })
})
