/** `github-app` inside workerd: keys are read, the App's JWT is signed and the outbound door works on the platform it was built for. */
import { describe, expect, it } from 'vitest'
import { githubAppProvider } from '../../../worker/providers/github-app.ts'
import { send } from '../../../worker/providers/http.ts'
import { NOW, orderOf, providerDeps } from '../../fakes/provider-order.ts'

const SCOPE = { repositories: ['docs'], permissions: { contents: 'read' } } as const
const connection = { app_id: '12345', account: 'acme', installation_id: '987', private_key: { secret: 'UPSTREAM_KEY' } }

/** A PKCS#1 key is the octet string inside the PKCS#8 one: 26 bytes in, for a modulus of 2048 bits. */
async function generatePkcs1() {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('an RSA key has two halves')
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', pair.privateKey)
  if (!(pkcs8 instanceof ArrayBuffer)) throw new Error('PKCS#8 is bytes')
  const base64 = new Uint8Array(pkcs8).slice(26).toBase64()
  return { pem: `-----BEGIN RSA PRIVATE KEY-----\n${base64}\n-----END RSA PRIVATE KEY-----\n`, publicKey: pair.publicKey }
}

describe('in workerd', () => {
  it('a PKCS#1 key signs the JWT a mint carries', async () => {
    const { pem, publicKey } = await generatePkcs1()
    let bearer = ''
    const answer = { token: 'ghs_x', expires_at: new Date((NOW + 3600) * 1000).toISOString(), permissions: { contents: 'read' } }
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init)
      bearer = request.headers.get('authorization') ?? ''
      return Response.json(answer, { status: 201 })
    }
    const deps = providerDeps({ UPSTREAM_KEY: pem }, { fetch })
    expect(await githubAppProvider.mint(orderOf(connection, SCOPE), deps)).toMatchObject({ ok: true, value: { expiresAt: NOW + 3600 } })
    const [header = '', payload = '', signature = ''] = bearer.replace('Bearer ', '').split('.')
    const signed = new TextEncoder().encode(`${header}.${payload}`)
    const proof = Uint8Array.fromBase64(signature, { alphabet: 'base64url' })
    expect(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', publicKey, proof, signed)).toBe(true)
  })

  it('a redirect is not followed and a body too large is not read', async () => {
    const deps = (response: Response) => providerDeps({}, { fetch: () => Promise.resolve(response) })
    const call = { method: 'GET', url: 'https://api.github.com/app', headers: {}, maxResponseBytes: 10 } as const
    expect(await send(call, deps(Response.redirect('https://elsewhere.example/', 302)))).toMatchObject({ error: { detail: 'redirect' } })
    expect(await send(call, deps(Response.json('x'.repeat(11))))).toMatchObject({ error: { detail: 'too large' } })
  })

  it("the platform's own fetch is called as it wants to be called", async () => {
    // the test pool answers every address with 599
    const call = { method: 'POST', url: 'https://api.github.com/app', headers: { 'user-agent': 'jobpass' }, body: {} } as const
    expect(await send(call, providerDeps({}, { fetch: globalThis.fetch }))).toMatchObject({
      error: { status: 599, detail: 'server error' },
    })
  })
})
