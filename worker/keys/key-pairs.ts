/**
 * Key pairs of the broker: made extractable so that they can be sealed, brought back non-extractable so that they can only be used.
 * Private bytes pass through here on their way to a seal or from one; they are never kept.
 */
import { Buffer } from 'node:buffer'
import { calculateJwkThumbprint } from 'jose'
import type { Ed25519Key, ImportedKey, SigningAlgorithm, SigningKey } from './keys.ts'

/** A public signing key for the key set (RFC 7517 §4): every member a string. */
export type PublicJwk = EcPublicJwk | RsaPublicJwk

interface PublicJwkMembers {
  /** RFC 7638 thumbprint. */
  readonly kid: string
  readonly use: 'sig'
}

interface EcPublicJwk extends PublicJwkMembers {
  readonly kty: 'EC'
  readonly alg: 'ES256'
  readonly crv: 'P-256'
  readonly x: string
  readonly y: string
}

interface RsaPublicJwk extends PublicJwkMembers {
  readonly kty: 'RSA'
  readonly alg: 'RS256'
  readonly n: string
  readonly e: string
}

export interface NewSigningKey {
  readonly publicJwk: PublicJwk
  readonly pkcs8: Uint8Array<ArrayBuffer>
}

export interface NewEd25519Key {
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly pkcs8: Uint8Array<ArrayBuffer>
}

type Generated = Awaited<ReturnType<typeof crypto.subtle.generateKey>>

type KeyPair = Extract<Generated, { readonly privateKey: unknown }>

const EC_PARAMETERS = { name: 'ECDSA', namedCurve: 'P-256' }
const RSA_PARAMETERS = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const RSA_MODULUS_BITS = 2048
const ED25519 = { name: 'Ed25519' }

export async function makeSigningKey(algorithm: SigningAlgorithm): Promise<NewSigningKey> {
  return algorithm === 'ES256' ? makeEcKey() : makeRsaKey()
}

async function makeEcKey(): Promise<NewSigningKey> {
  const pair = await pairOf(crypto.subtle.generateKey(EC_PARAMETERS, true, ['sign', 'verify']))
  const { x = '', y = '' } = await exportJwk(pair.publicKey)
  const members = { kty: 'EC', crv: 'P-256', x, y } as const
  const kid = await calculateJwkThumbprint(members, 'sha256')
  return { publicJwk: { ...members, kid, alg: 'ES256', use: 'sig' }, pkcs8: await exportPkcs8(pair.privateKey) }
}

async function makeRsaKey(): Promise<NewSigningKey> {
  const parameters = { ...RSA_PARAMETERS, modulusLength: RSA_MODULUS_BITS, publicExponent: new Uint8Array([1, 0, 1]) }
  const pair = await pairOf(crypto.subtle.generateKey(parameters, true, ['sign', 'verify']))
  const { n = '', e = '' } = await exportJwk(pair.publicKey)
  const members = { kty: 'RSA', n, e } as const
  const kid = await calculateJwkThumbprint(members, 'sha256')
  return { publicJwk: { ...members, kid, alg: 'RS256', use: 'sig' }, pkcs8: await exportPkcs8(pair.privateKey) }
}

export async function importSigningKey(algorithm: SigningAlgorithm, kid: string, pkcs8: Uint8Array<ArrayBuffer>): Promise<SigningKey> {
  const parameters = algorithm === 'ES256' ? EC_PARAMETERS : RSA_PARAMETERS
  return { kid, algorithm, privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, parameters, false, ['sign']) }
}

export async function makeEd25519Key(): Promise<NewEd25519Key> {
  const pair = await pairOf(crypto.subtle.generateKey(ED25519, true, ['sign', 'verify']))
  const { x = '' } = await exportJwk(pair.publicKey)
  return { publicKey: new Uint8Array(Buffer.from(x, 'base64url')), pkcs8: await exportPkcs8(pair.privateKey) }
}

export async function importEd25519Key(publicKey: Uint8Array, pkcs8: Uint8Array<ArrayBuffer>): Promise<Ed25519Key> {
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, ED25519, false, ['sign'])
  return {
    publicKey,
    sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(ED25519, privateKey, new Uint8Array(bytes))),
  }
}

async function pairOf(generated: Promise<Generated>): Promise<KeyPair> {
  const pair = await generated
  if (!('privateKey' in pair)) throw new Error('the platform made a single key where a pair was asked for')
  return pair
}

async function exportJwk(key: ImportedKey) {
  const exported = await crypto.subtle.exportKey('jwk', key)
  if (exported instanceof ArrayBuffer) throw new Error('the platform exported bytes where a JWK was asked for')
  return exported
}

async function exportPkcs8(key: ImportedKey): Promise<Uint8Array<ArrayBuffer>> {
  const exported = await crypto.subtle.exportKey('pkcs8', key)
  if (!(exported instanceof ArrayBuffer)) throw new Error('the platform exported a JWK where bytes were asked for')
  return new Uint8Array(exported)
}
