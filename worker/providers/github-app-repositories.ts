/**
 * Which repositories a mint is for, as GitHub is told and as its answer is judged. Ids are sent when every repository has one that is known here:
 * a name can be given to another repository, an id never is. Nothing is looked up, and an id of one GitHub is never sent to another.
 */
import type { Json } from '../../shared/json.ts'
import type { GithubAppConnection, GithubAppScope } from '../../shared/kinds/github-app.ts'
import { isLoopbackHost } from '../../shared/loopback.ts'
import { foldAscii } from '../../shared/platforms/platform.ts'
import { githubApiUrl } from './github-app-call.ts'
import type { Order } from './provider.ts'

type RepositoriesOrder = Pick<Order<GithubAppConnection, GithubAppScope>, 'scope' | 'connection' | 'run'>

/** One repository of the order. */
interface Ordered {
  readonly name: string
  readonly id: number
  /** The policy pins the id, so it alone decides; else name and id must both be those of the run. */
  readonly pinned: boolean
}

export type OrderedRepositories =
  | { readonly by: 'all' }
  | { readonly by: 'name'; readonly names: readonly string[] }
  | { readonly by: 'id'; readonly repositories: readonly Ordered[] }

interface GivenRepository {
  readonly name: string
  readonly id?: number | undefined
}

/** What GitHub says of the repositories of a token. */
interface GivenRepositories {
  readonly repository_selection?: 'all' | 'selected' | undefined
  readonly repositories?: readonly GivenRepository[] | undefined
}

export function orderedRepositories({ scope, connection, run }: RepositoriesOrder): OrderedRepositories {
  if (scope.repositories === 'all') return { by: 'all' }
  const names = scope.repositories
  const pins = new Map(Object.entries(connection.repository_ids ?? {}).map(([name, id]) => [foldAscii(name), id]))
  const own = isSameGithub(run.issuer, githubApiUrl(connection)) ? run : undefined
  const repositories = names.flatMap((name): readonly Ordered[] => {
    const pin = pins.get(foldAscii(name))
    if (pin !== undefined) return [{ name, id: Number(pin), pinned: true }]
    const id = own !== undefined && isNamed(own.repository, `${connection.account}/${name}`) ? Number(own.repositoryId) : Number.NaN
    return Number.isSafeInteger(id) ? [{ name, id, pinned: false }] : []
  })
  return repositories.length === names.length ? { by: 'id', repositories } : { by: 'name', names }
}

/** The members of a mint's body; none for `all`. */
export function repositoryMembers(ordered: OrderedRepositories): { readonly [name: string]: Json } {
  if (ordered.by === 'all') return {}
  if (ordered.by === 'name') return { repositories: ordered.names }
  return { repository_ids: [...new Set(ordered.repositories.map(({ id }) => id))] }
}

/** True when a token reaches a repository that was not ordered. What the answer leaves out is not held against it. */
export function isBeyondRepositories(given: GivenRepositories, ordered: OrderedRepositories): boolean {
  if (ordered.by === 'all') return false
  return given.repository_selection === 'all' || !(given.repositories ?? []).every((repository) => isOrdered(repository, ordered))
}

function isOrdered({ name, id }: GivenRepository, ordered: Exclude<OrderedRepositories, { readonly by: 'all' }>): boolean {
  if (ordered.by === 'name') return ordered.names.some((each) => isNamed(each, name))
  return ordered.repositories.some((each) => {
    if (id === undefined) return isNamed(each.name, name)
    return each.id === id && (each.pinned || isNamed(each.name, name))
  })
}

function isNamed(a: string, b: string): boolean {
  return foldAscii(a) === foldAscii(b)
}

/**
 * Whether an issuer's tokens speak of the repositories of the GitHub at `apiUrl`: github.com, a subdomain of ghe.com, or one Enterprise Server.
 * Any server can be its own issuer and claim any id, so ids of one mean nothing at another. A loopback address stands in for any of them: only a
 * broker on loopback calls one.
 */
function isSameGithub(issuerUrl: string, apiUrl: string): boolean {
  if (!URL.canParse(issuerUrl)) return false
  const [issuer, api] = [new URL(issuerUrl), new URL(apiUrl)]
  if (isLoopbackHost(api.hostname)) return true
  if (api.hostname === 'api.github.com') return issuer.host === 'token.actions.githubusercontent.com'
  if (api.hostname.endsWith('.ghe.com')) return issuer.host === api.host.replace(/^api\./, 'token.actions.')
  return issuer.host === api.host
}
