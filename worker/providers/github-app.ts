/**
 * The effectful half of `github-app`: an installation token for exactly the ordered repositories and permissions. Both are always sent, because GitHub
 * reads their absence as everything the installation has; an answer that gives more than was ordered is revoked at once and never handed over.
 */
import * as z from 'zod'
import type { GithubAppConnection, Permissions } from '../../shared/kinds/github-app.ts'
import { isPermissionWithin } from '../../shared/kinds/github-app.ts'
import { PERMISSION_LEVELS } from '../../shared/kinds/github-permissions.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Instant } from '../../shared/units.ts'
import { instantOf, isSuccess, refused, refusedBy, unanswered, unexpectedShape, unreadableMint, withdrawn } from './answer.ts'
import { callGithub } from './github-app-call.ts'
import { forgetInstallation, installationId, lookUpInstallation, type Sought } from './github-app-installation.ts'
import { appJwt } from './github-app-key.ts'
import { isBeyondRepositories, type OrderedRepositories, orderedRepositories, repositoryMembers } from './github-app-repositories.ts'
import type { UpstreamAnswer } from './http.ts'
import type { ProviderDeps, Providers, UpstreamRefusal } from './provider.ts'

/** GitHub describes every repository of the answer in full: some 6 KB each, at most 500. */
const MAX_MINT_RESPONSE_BYTES = 4_194_304

const TOKEN = z.string().regex(/^[\x21-\x7e]{1,4096}$/)

/** Its form is GitHub's own affair; only that it fits a header is ours. */
const tokenAnswer = z.looseObject({ token: TOKEN })

const mintAnswer = z.looseObject({
  token: TOKEN,
  expires_at: z.string(),
  permissions: z.record(z.string(), z.enum(PERMISSION_LEVELS)).optional(),
  repository_selection: z.enum(['all', 'selected']).optional(),
  repositories: z.array(z.looseObject({ name: z.string(), id: z.int().optional() })).optional(),
})

const handleShape = z.strictObject({ token: TOKEN })

export const githubAppProvider: Providers['github-app'] = {
  async mint(order, deps) {
    const sought = await authenticated(order.connectionName, order.connection, deps)
    if (!sought.ok) return sought
    const installation = await installationId(sought.value, deps)
    if (!installation.ok) return installation
    const ordered: Ordered = { permissions: order.scope.permissions, repositories: orderedRepositories(order) }
    const answer = await requestMint(ordered, installation.value, sought.value, deps)
    if (!answer.ok) return err(unanswered(answer.error))
    if (answer.value.status === 404) forgetInstallation(sought.value)
    const minted = readMint(answer.value, ordered, deps.now())
    if (minted.ok)
      return ok({ credential: { token: minted.value.token }, expiresAt: minted.value.expiresAt, handle: { token: minted.value.token } })
    const { refusal, leftover } = minted.error
    if (leftover === undefined) return err(refusal)
    return err(withdrawn(refusal, await isEnded(leftover, order.connection, deps), { token: leftover }))
  },

  async probe(connectionName, connection, deps) {
    const sought = await authenticated(connectionName, connection, deps)
    if (!sought.ok) return sought
    const found = await lookUpInstallation(sought.value, deps)
    if (!found.ok) return found
    const { id, repositorySelection } = found.value
    return ok({ summary: `app ${connection.app_id} on ${connection.account}, installation ${id}, repositories: ${repositorySelection}` })
  },

  async revoke(handle, connection, deps) {
    const parsed = handleShape.safeParse(handle)
    if (!parsed.success) return err(refused('handle not readable'))
    const answer = await requestRevoke(parsed.data.token, connection, deps)
    return answer.ok ? readRevoke(answer.value) : answer
  },
}

async function authenticated(
  connectionName: string,
  connection: GithubAppConnection,
  deps: ProviderDeps,
): Promise<Result<Sought, UpstreamRefusal>> {
  const jwt = await appJwt(connection.app_id, connection.private_key.secret, deps)
  return jwt.ok ? ok({ connectionName, connection, appJwt: jwt.value }) : jwt
}

/** What a mint asks for, and what its answer is held against. */
interface Ordered {
  readonly permissions: Permissions
  readonly repositories: OrderedRepositories
}

/** Repositories are left out for `all` alone; permissions never. */
function requestMint({ permissions, repositories }: Ordered, id: string, sought: Sought, deps: ProviderDeps) {
  const path = `/app/installations/${id}/access_tokens`
  const call = {
    method: 'POST',
    path,
    bearer: sought.appJwt,
    body: { ...repositoryMembers(repositories), permissions },
    maxResponseBytes: MAX_MINT_RESPONSE_BYTES,
  } as const
  return callGithub(call, sought.connection, deps)
}

/** A mint that did not give what was ordered, and the token it made all the same. */
interface Rejected {
  readonly refusal: UpstreamRefusal
  readonly leftover?: string
}

interface InstallationToken {
  readonly token: string
  readonly expiresAt: Instant
}

/** Judges the answer to a mint: a token, still alive, that is not wider than the order. */
function readMint(answer: UpstreamAnswer, ordered: Ordered, now: Instant): Result<InstallationToken, Rejected> {
  if (!isSuccess(answer)) return err({ refusal: refused(phraseFor(answer.status), answer.status) })
  const leftover = tokenAnswer.safeParse(answer.body)
  if (!leftover.success) return err({ refusal: unreadableMint(answer.status) })
  const { token } = leftover.data
  const reject = (refusal: UpstreamRefusal) => err({ refusal, leftover: token })
  const parsed = mintAnswer.safeParse(answer.body)
  if (!parsed.success) return reject(unexpectedShape(answer.status))
  const expiresAt = instantOf(parsed.data.expires_at)
  if (expiresAt === undefined) return reject(unexpectedShape(answer.status))
  if (expiresAt <= now) return reject(refused('expired at birth', answer.status))
  if (isWider(parsed.data, ordered)) return reject(refused('wider than ordered', answer.status))
  return ok({ token, expiresAt })
}

function phraseFor(status: number): string {
  if (status === 401) return 'app id or private key not accepted'
  if (status === 403) return 'not permitted; the installation may be suspended'
  if (status === 404) return 'installation not found'
  return status === 422 ? 'repositories or permissions beyond the installation' : 'mint refused'
}

/** GitHub adds `metadata: read` to every token. What the answer leaves out is not held against it. */
function isWider(given: z.infer<typeof mintAnswer>, { permissions, repositories }: Ordered): boolean {
  const limit = { metadata: 'read', ...permissions } as const
  const isWithin = Object.entries(given.permissions ?? {}).every(([name, level]) => isPermissionWithin(limit, name, level))
  return !isWithin || isBeyondRepositories(given, repositories)
}

function requestRevoke(token: string, connection: GithubAppConnection, deps: ProviderDeps) {
  return callGithub({ method: 'DELETE', path: '/installation/token', bearer: token }, connection, deps)
}

/** The token revokes itself, so one that GitHub does not know any more answers 401. */
function readRevoke(answer: UpstreamAnswer): Result<'revoked' | 'already_gone', UpstreamRefusal> {
  if (isSuccess(answer)) return ok('revoked')
  return answer.status === 401 || answer.status === 404 ? ok('already_gone') : refusedBy(answer, 'revoke refused')
}

async function isEnded(token: string, connection: GithubAppConnection, deps: ProviderDeps): Promise<boolean> {
  const answer = await requestRevoke(token, connection, deps)
  return answer.ok && readRevoke(answer.value).ok
}
