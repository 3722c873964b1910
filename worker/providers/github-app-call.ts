/** One call to GitHub's REST API: the address, and the headers it demands. */
import type { Json } from '../../shared/json.ts'
import type { GithubAppConnection } from '../../shared/kinds/github-app.ts'
import type { Result } from '../../shared/result.ts'
import { type HttpDeps, send, type UpstreamAnswer } from './http.ts'
import type { UpstreamRefusal } from './provider.ts'

const DEFAULT_API_URL = 'https://api.github.com'
const API_VERSION = '2022-11-28'
/** GitHub refuses calls without one, and the platform sends none of its own. */
const USER_AGENT = 'jobpass'

export interface GithubCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  /** The App's own JWT, or an installation token. */
  readonly bearer: string
  readonly body?: Json
  readonly maxResponseBytes?: number
}

export function githubApiUrl(connection: GithubAppConnection): string {
  return (connection.api_url ?? DEFAULT_API_URL).replace(/\/$/, '')
}

export function callGithub(
  call: GithubCall,
  connection: GithubAppConnection,
  deps: HttpDeps,
): Promise<Result<UpstreamAnswer, UpstreamRefusal>> {
  const { path, bearer, ...rest } = call
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${bearer}`,
    'user-agent': USER_AGENT,
    'x-github-api-version': API_VERSION,
  }
  return send({ ...rest, url: `${githubApiUrl(connection)}${path}`, headers }, deps)
}
