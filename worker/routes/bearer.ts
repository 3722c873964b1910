/** The token of an `Authorization: Bearer` header (RFC 6750 §2.1); `undefined` when there is none. */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i

export function bearerOf(request: Request): string | undefined {
  return BEARER.exec(request.headers.get('authorization') ?? '')?.[1]
}
