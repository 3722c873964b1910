/** A JWT the broker signed itself, recognised by its own keys: for introspection. Says who it was made for; whether its lease still lives is the ledger's to say. */
import { compactVerify, createLocalJWKSet } from 'jose'
import * as z from 'zod'
import { parseStrictJson } from '../../shared/strict-json.ts'
import { type Deps, nowSeconds } from '../deps.ts'

const ownClaims = z.looseObject({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  client_id: z.string(),
  jti: z.string(),
  iat: z.int(),
  exp: z.int(),
  scope: z.string().optional(),
})

export type OwnClaims = z.infer<typeof ownClaims>

const jwkMember = z.looseObject({ kty: z.string() })

/** `undefined` for anything that is not a valid, unexpired JWT of this broker. Rejects when the keys cannot be had. */
export async function readOwnToken(compact: string, deps: Pick<Deps, 'keys' | 'config' | 'nowMs'>): Promise<OwnClaims | undefined> {
  const keys = z.array(jwkMember).parse(await deps.keys.publicKeys())
  const payload = await verifiedPayload(compact, keys)
  const json = payload === undefined ? undefined : parseStrictJson(new TextDecoder().decode(payload))
  const claims = json?.ok === true ? ownClaims.safeParse(json.value) : undefined
  if (claims?.success !== true) return undefined
  return claims.data.iss === deps.config.origin && claims.data.exp > nowSeconds(deps) ? claims.data : undefined
}

async function verifiedPayload(compact: string, keys: z.infer<typeof jwkMember>[]): Promise<Uint8Array | undefined> {
  try {
    const { payload } = await compactVerify(compact, createLocalJWKSet({ keys }), { algorithms: ['ES256', 'RS256'] })
    return payload
  } catch {
    return undefined
  }
}
