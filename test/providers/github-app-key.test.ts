/** The App's key and its JWT, held against Node's own cryptography. */
import { generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { appJwt, importAppKey } from '../../worker/providers/github-app-key.ts'
import { generateAppKey } from '../fakes/app-key.ts'
import { NOW, providerDeps } from '../fakes/provider-order.ts'

const key = generateAppKey()

describe("the App's own JWT", () => {
  it.each([
    ['PKCS#1, as GitHub hands it out', key.pkcs1],
    ['PKCS#8', key.pkcs8],
    ['PKCS#1 with line ends written as \\n', key.pkcs1.replaceAll('\n', '\\n')],
    ['PKCS#1 with Windows line ends', key.pkcs1.replaceAll('\n', '\r\n')],
    ['PKCS#1 with white space around it', `\n  ${key.pkcs1}\n\n`],
  ])('is signed with a key in %s', async (_what, pem) => {
    const jwt = await appJwt('12345', 'UPSTREAM_KEY', providerDeps({ UPSTREAM_KEY: pem }))
    if (!jwt.ok) throw new Error(jwt.error.detail)
    const { payload, protectedHeader } = await jwtVerify(jwt.value, key.publicKey, {
      algorithms: ['RS256'],
      currentDate: new Date(NOW * 1000),
    })
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(payload).toEqual({ iss: '12345', iat: NOW - 60, exp: NOW + 540 })
  })

  it.each([2048, 3072, 4096])('takes a key of %i bits: the DER lengths differ', async (bits) => {
    const { pkcs1, publicKey } = generateAppKey(bits)
    const jwt = await appJwt('1', 'UPSTREAM_KEY', providerDeps({ UPSTREAM_KEY: pkcs1 }))
    if (!jwt.ok) throw new Error(jwt.error.detail)
    await expect(jwtVerify(jwt.value, publicKey, { currentDate: new Date(NOW * 1000) })).resolves.toBeDefined()
  })

  it('is not made without the secret', async () => {
    expect(await appJwt('1', 'UPSTREAM_KEY', providerDeps({}))).toEqual({
      ok: false,
      error: { code: 'upstream_unavailable', detail: 'secret UPSTREAM_KEY is not set' },
    })
  })
})

describe('a secret that is no usable key', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  it.each([
    ['a short RSA key', generateAppKey(1024).pkcs1],
    ['an EC key', ec.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['an encrypted key', rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()],
    ['an encrypted PKCS#1 key', rsa.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString()],
    ['a public key', key.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['a key cut short', key.pkcs1.replace(/[\s\S]{200}(?=-----END)/, '')],
    ['PKCS#1 called PKCS#8', key.pkcs1.replaceAll('RSA PRIVATE', 'PRIVATE')],
    ['two keys', key.pkcs1 + key.pkcs1],
    ['text', 'hunter2'],
  ])('is refused and not quoted: %s', async (_what, pem) => {
    expect(await importAppKey(pem)).toBeUndefined()
    expect(await appJwt('1', 'UPSTREAM_KEY', providerDeps({ UPSTREAM_KEY: pem }))).toEqual({
      ok: false,
      error: { code: 'upstream_unavailable', detail: 'secret UPSTREAM_KEY is not an RSA private key of 2048 bits or more' },
    })
  })
})
