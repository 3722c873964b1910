/** Private keys of a GitHub App, made anew: in the form GitHub hands out (PKCS#1) and in the one others convert it to (PKCS#8). */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'

export interface AppKey {
  readonly pkcs1: string
  readonly pkcs8: string
  readonly publicKey: KeyObject
}

export function generateAppKey(modulusLength = 2048): AppKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  return {
    pkcs1: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey,
  }
}
