/**
 * What a caller of an authority endpoint proves itself with: a Bearer, or the header that Cloudflare Access puts on what it lets through. A browser sends the cookie behind
 * that header on anybody's behalf, so a request that relies on it must show that a page of this very origin, or no page at all, made it.
 */
import { bearerOf } from './bearer.ts'

/** A header that no page of another origin can set without asking first (Fetch, CORS preflight), which the broker never allows. */
const INTENT_HEADER = 'jobpass-intent'
const ASSERTION_HEADER = 'cf-access-jwt-assertion'

export type AuthorityToken = { readonly ok: true; readonly token: string | undefined } | { readonly ok: false; readonly detail: string }

/** A Bearer counts before an assertion: nobody sends one by accident. */
export function authorityTokenOf(request: Request): AuthorityToken {
  const bearer = bearerOf(request)
  const assertion = request.headers.get(ASSERTION_HEADER) ?? undefined
  if (bearer !== undefined || assertion === undefined) return { ok: true, token: bearer }
  if (request.headers.get(INTENT_HEADER) !== '1') return { ok: false, detail: 'With Cloudflare Access, send the header Jobpass-Intent: 1.' }
  return isFromElsewhere(request)
    ? { ok: false, detail: 'The request comes from a page of another origin.' }
    : { ok: true, token: assertion }
}

/** As far as the browser says; what is no browser says nothing. */
function isFromElsewhere({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site') ?? 'same-origin'
  const origin = headers.get('origin') ?? new URL(url).origin
  return site !== 'same-origin' || origin !== new URL(url).origin
}
