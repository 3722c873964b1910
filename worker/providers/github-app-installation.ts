/**
 * Which installation of the App a connection means: the id its policy gives, else the one GitHub names for the account.
 * A looked-up id is remembered by the isolate for an hour, by connection and account, so that only the first exchange pays a second call.
 */
import * as z from 'zod'
import type { GithubAppConnection } from '../../shared/kinds/github-app.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import { isSuccess, refused, unexpectedShape } from './answer.ts'
import { callGithub, githubApiUrl } from './github-app-call.ts'
import type { HttpDeps, UpstreamAnswer } from './http.ts'
import { isolateCache } from './isolate-cache.ts'
import type { UpstreamRefusal } from './provider.ts'

export interface Installation {
  readonly id: string
  /** `all` or `selected`, as GitHub says it; for people only. */
  readonly repositorySelection: string
}

const MAX_REMEMBERED = 256
const MAX_AGE: Seconds = 3600
const remembered = isolateCache<string>(MAX_REMEMBERED, MAX_AGE)

const installationAnswer = z.looseObject({
  id: z.int().positive(),
  app_id: z.int().positive().optional(),
  account: z.looseObject({ login: z.string().optional() }).nullish(),
  repository_selection: z.enum(['all', 'selected']).optional(),
  suspended_at: z.string().nullish(),
})

/** Where an installation is looked for: the connection, and the name the isolate remembers it under. */
export interface Sought {
  readonly connectionName: string
  readonly connection: GithubAppConnection
  readonly appJwt: string
}

/** The id to mint with. At most two calls, and none when the policy gives the id or the isolate remembers it. */
export async function installationId(sought: Sought, deps: HttpDeps): Promise<Result<string, UpstreamRefusal>> {
  const { installation_id } = sought.connection
  if (installation_id !== undefined) return ok(installation_id)
  const key = keyOf(sought)
  const known = remembered.get(key, deps.now())
  if (known !== undefined) return ok(known.value)
  const found = await lookUpInstallation(sought, deps)
  if (!found.ok) return found
  remembered.set(key, found.value.id, deps.now())
  return ok(found.value.id)
}

/** After GitHub no longer knew the id: the App was installed anew, and the next exchange must look again. */
export function forgetInstallation(sought: Sought): void {
  remembered.delete(keyOf(sought))
}

/** Asks GitHub, always: by id when the policy gives it, else as an organisation, then as a user. */
export async function lookUpInstallation(sought: Sought, deps: HttpDeps): Promise<Result<Installation, UpstreamRefusal>> {
  const { installation_id, account } = sought.connection
  const paths =
    installation_id === undefined
      ? [`/orgs/${account}/installation`, `/users/${account}/installation`]
      : [`/app/installations/${installation_id}`]
  for (const path of paths) {
    const answer = await callGithub({ method: 'GET', path, bearer: sought.appJwt }, sought.connection, deps)
    if (!answer.ok) return answer
    if (answer.value.status !== 404) return readInstallation(answer.value, sought.connection)
  }
  return err(refused('app not installed on the account', 404))
}

/** Refuses an installation of another App or on another account, and one that is suspended. */
function readInstallation(answer: UpstreamAnswer, connection: GithubAppConnection): Result<Installation, UpstreamRefusal> {
  if (answer.status === 401) return err(refused('app id or private key not accepted', answer.status))
  if (!isSuccess(answer)) return err(refused('installation look-up refused', answer.status))
  const parsed = installationAnswer.safeParse(answer.body)
  if (!parsed.success) return err(unexpectedShape(answer.status))
  const { id, app_id, account, repository_selection, suspended_at } = parsed.data
  if (app_id !== undefined && String(app_id) !== connection.app_id) return err(refused('installation of another app', answer.status))
  const login = account?.login
  if (login !== undefined && login.toLowerCase() !== connection.account.toLowerCase()) {
    return err(refused('installation on another account', answer.status))
  }
  if (typeof suspended_at === 'string') return err(refused('installation suspended', answer.status))
  return ok({ id: String(id), repositorySelection: repository_selection ?? 'unknown' })
}

function keyOf({ connectionName, connection }: Sought): string {
  return [connectionName, githubApiUrl(connection), connection.app_id, connection.account].join(' ')
}
