/**
 * Where an issuer's key set comes from: its own `/.well-known`, over https, without redirects, within five seconds and 256 KiB.
 * The platform's usual path is asked first; an issuer that has nothing there is asked for its discovery document (OpenID Connect Discovery §4), whose
 * `jwks_uri` must be on the issuer's own origin. No address ever comes from a token.
 */
import * as z from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import { cappedText } from '../capped-text.ts'
import { isLoopbackUrl } from '../env.ts'

const DEADLINE_MS = 5_000
const MAX_BYTES = 256 * 1024

const jwkSet = z.looseObject({ keys: z.array(z.record(z.string(), z.json())).max(200) })

export type JwkSet = { readonly keys: readonly { readonly [member: string]: unknown }[] }

const discoveryDocument = z.looseObject({ issuer: z.string(), jwks_uri: z.url() })

export interface KeySetSource {
  readonly issuerUrl: string
  /** Path of the key set below the issuer's URL. */
  readonly path: string
  /** A key set URL that stands in for the issuer, on a loopback broker only. */
  readonly standIn: string | undefined
  readonly loopbackAllowed: boolean
}

/** An empty set is an error here: it is never cached. The error is a phrase of ours for the log. */
export async function fetchKeySet(source: KeySetSource, fetchOut: typeof fetch): Promise<Result<JwkSet, string>> {
  if (source.standIn !== undefined) return fetchSet(source.standIn, source, fetchOut)
  const direct = await fetchSet(source.issuerUrl + source.path, source, fetchOut)
  if (direct.ok || direct.error !== NOT_FOUND) return direct
  const discovered = await fetchJson(`${source.issuerUrl}/.well-known/openid-configuration`, source, fetchOut)
  if (!discovered.ok) return discovered
  const document = discoveryDocument.safeParse(discovered.value)
  if (!document.success || document.data.issuer !== source.issuerUrl) return err('the discovery document is not this issuer’s')
  if (new URL(document.data.jwks_uri).origin !== new URL(source.issuerUrl).origin) return err('jwks_uri is on another origin')
  return fetchSet(document.data.jwks_uri, source, fetchOut)
}

const NOT_FOUND = 'status 404'

async function fetchSet(url: string, source: KeySetSource, fetchOut: typeof fetch): Promise<Result<JwkSet, string>> {
  const json = await fetchJson(url, source, fetchOut)
  if (!json.ok) return json
  const set = jwkSet.safeParse(json.value)
  if (!set.success) return err('not a JWK set')
  return set.data.keys.length === 0 ? err('an empty key set') : ok(set.data)
}

async function fetchJson(url: string, source: KeySetSource, fetchOut: typeof fetch): Promise<Result<unknown, string>> {
  if (!url.startsWith('https://') && !(source.loopbackAllowed && isLoopbackUrl(url))) return err('not https')
  try {
    const response = await fetchOut(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: { accept: 'application/json' },
    })
    if (response.status !== 200) {
      // a body nobody reads would hold one of the few connections an invocation has
      await response.body?.cancel()
      return err(`status ${response.status}`)
    }
    const text = await cappedText(response.body, MAX_BYTES)
    return text === undefined ? err('too large') : ok(JSON.parse(text))
  } catch (failure) {
    return err(failure instanceof SyntaxError ? 'not JSON' : 'unreachable or too slow')
  }
}
