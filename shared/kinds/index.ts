/** The registry of credential kinds: the one list that names them all. */
import { cloudflareToken } from './cloudflare-token.ts'
import { githubApp } from './github-app.ts'
import { jwt } from './jwt.ts'
import type { AnyKind } from './kind.ts'
import { sshCert } from './ssh-cert.ts'

export const kinds = {
  'cloudflare-token': cloudflareToken,
  'github-app': githubApp,
  jwt,
  'ssh-cert': sshCert,
} as const satisfies Readonly<Record<string, AnyKind>>

export type Kinds = typeof kinds

export type KindName = keyof Kinds

export const KIND_NAMES = ['cloudflare-token', 'github-app', 'jwt', 'ssh-cert'] as const satisfies readonly KindName[]

export function isKindName(name: string): name is KindName {
  return Object.hasOwn(kinds, name)
}

/** The kind of a name read from a policy. */
export function kindOf(name: KindName): AnyKind {
  return kinds[name]
}
