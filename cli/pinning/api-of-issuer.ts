/** Which API a policy's names are looked up in. Ids of one GitHub server say nothing on another, so names are only ever asked of their own. */

import { isLoopbackHost } from '../../shared/loopback.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isSecure } from '../broker.ts'

export const GITHUB_API = 'https://api.github.com'

/** The API of an issuer's server, as GitHub's forms of both go together; `undefined` for an issuer of another form. */
export function apiOfIssuer(issuer: string): string | undefined {
  if (!URL.canParse(issuer)) return undefined
  const { hostname, host, pathname } = new URL(issuer)
  if (hostname === 'token.actions.githubusercontent.com') return GITHUB_API
  const [, tenant] = /^token\.actions\.([a-z0-9-]+)\.ghe\.com$/.exec(hostname) ?? []
  if (tenant !== undefined) return `https://api.${tenant}.ghe.com`
  return pathname.replace(/\/$/, '') === '/_services/token' ? `https://${host}/api/v3` : undefined
}

/** Whether names of an issuer may be asked of this API. One on loopback stands in for all; an issuer of unknown form needs an API named by a person. */
export function isApiOf(api: { readonly url: string; readonly isNamed: boolean }, issuer: string): boolean {
  if (isLoopbackHost(new URL(api.url).hostname)) return true
  const own = apiOfIssuer(issuer)
  return own === undefined ? api.isNamed : own === api.url
}

/** An API's URL without a slash at its end, or why it is not usable. */
export function readApiUrl(text: string, option: string): Result<string, string> {
  if (!URL.canParse(text)) return err(`${option}: ${JSON.stringify(text)} is not a URL such as ${GITHUB_API}`)
  const url = new URL(text)
  if (!isSecure(url)) return err(`${option}: https is needed (http only for a loopback address)`)
  if (url.username !== '' || url.password !== '') return err(`${option}: a URL without a user name`)
  if (url.search !== '' || url.hash !== '') return err(`${option}: a URL without query and fragment`)
  return ok(`${url.origin}${url.pathname}`.replace(/\/+$/, ''))
}
