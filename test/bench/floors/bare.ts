/**
 * The floor an exchange is held against: RS256 verification, one turn of one Durable Object with two rows, an ES256 signature, and nothing else.
 * No routing, no form, no claims, no policy, no audit: what is left when all the product is taken away.
 */
import { DurableObject, env } from 'cloudflare:workers'

interface BareEnv {
  readonly ROWS: { getByName(name: string): { turn(jti: string, entry: string): Promise<boolean> } }
  readonly PUBLIC_KEY: string
}

declare global {
  namespace Cloudflare {
    interface Env extends BareEnv {}
  }
}

export class Rows extends DurableObject<BareEnv> {
  constructor(ctx: DurableObjectState, bindings: BareEnv) {
    super(ctx, bindings)
    ctx.storage.sql.exec(
      'CREATE TABLE IF NOT EXISTS mark (jti TEXT PRIMARY KEY) WITHOUT ROWID; CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, body TEXT)',
    )
  }

  async turn(jti: string, entry: string): Promise<boolean> {
    return this.ctx.storage.transactionSync(() => {
      const fresh = this.ctx.storage.sql.exec('INSERT INTO mark (jti) VALUES (?) ON CONFLICT DO NOTHING', jti).rowsWritten > 0
      if (fresh) this.ctx.storage.sql.exec('INSERT INTO entry (body) VALUES (?)', entry)
      return fresh
    })
  }
}

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const EC = { name: 'ECDSA', namedCurve: 'P-256' }
const base64url = { alphabet: 'base64url', omitPadding: true } as const
const encoder = new TextEncoder()

let keys: { verify: CryptoKey; sign: CryptoKey } | undefined

async function readyKeys(): Promise<{ verify: CryptoKey; sign: CryptoKey }> {
  if (keys !== undefined) return keys
  const verify = await crypto.subtle.importKey('jwk', JSON.parse(env.PUBLIC_KEY), RSA, false, ['verify'])
  const pair = await crypto.subtle.generateKey(EC, false, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('no key pair')
  keys = { verify, sign: pair.privateKey }
  return keys
}

export default {
  async fetch(request: Request): Promise<Response> {
    const token = await request.text()
    const { verify, sign } = await readyKeys()
    const [header = '', payload = '', signature = ''] = token.split('.')
    const isGenuine = await crypto.subtle.verify(
      RSA,
      verify,
      Uint8Array.fromBase64(signature, base64url),
      encoder.encode(`${header}.${payload}`),
    )
    const claims = JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(payload, base64url)))
    if (!isGenuine) return new Response('no', { status: 400 })
    const [fresh, signed] = await Promise.all([
      env.ROWS.getByName('one').turn(claims.jti, payload),
      crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, sign, encoder.encode(`${header}.${payload}`)),
    ])
    return fresh
      ? Response.json({ access_token: `${header}.${payload}.${new Uint8Array(signed).toBase64(base64url)}` })
      : new Response('replayed', { status: 400 })
  },
}
