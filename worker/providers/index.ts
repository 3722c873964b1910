/** The registry of providers: one for each kind, complete by construction. */
import type { JsonObject } from '../../shared/json.ts'
import type { KindName } from '../../shared/kinds/index.ts'
import type { Result } from '../../shared/result.ts'
import { cloudflareTokenProvider } from './cloudflare-token.ts'
import { githubAppProvider } from './github-app.ts'
import { jwtProvider } from './jwt.ts'
import type { Minted, MintRefusal, Order, Probe, ProviderDeps, Providers, UpstreamRefusal } from './provider.ts'
import { sshCertProvider } from './ssh-cert.ts'

const providers: Providers = {
  'cloudflare-token': cloudflareTokenProvider,
  'github-app': githubAppProvider,
  jwt: jwtProvider,
  'ssh-cert': sshCertProvider,
}

/** A provider where only its kind's name is known; connections and scopes were parsed by that very kind. */
export interface AnyProvider {
  mint(order: Order<unknown, unknown>, deps: ProviderDeps): Promise<Result<Minted<unknown>, MintRefusal>>
  probe(connectionName: string, connection: unknown, deps: ProviderDeps): Promise<Result<Probe, UpstreamRefusal>>
  revoke?(handle: JsonObject, connection: unknown, deps: ProviderDeps): Promise<Result<'revoked' | 'already_gone', UpstreamRefusal>>
}

export function providerOf(name: KindName): AnyProvider {
  return providers[name]
}
