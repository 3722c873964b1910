/** The registry of deliveries: complete over the kinds, or it does not compile. */
import type { KindName } from '../../shared/kinds/index.ts'
import { cloudflareTokenDelivery } from './cloudflare-token.ts'
import type { Delivery } from './deliver.ts'
import { githubAppDelivery } from './github-app.ts'
import { jwtDelivery } from './jwt.ts'
import { sshCertDelivery } from './ssh-cert.ts'

const deliveries = {
  'cloudflare-token': cloudflareTokenDelivery,
  'github-app': githubAppDelivery,
  jwt: jwtDelivery,
  'ssh-cert': sshCertDelivery,
} as const satisfies Readonly<Record<KindName, Delivery>>

/** How a kind is delivered; `undefined` when this version of the action does not know it. */
export function deliveryFor(kind: string): Delivery | undefined {
  return isKnown(kind) ? deliveries[kind] : undefined
}

function isKnown(kind: string): kind is KindName {
  return Object.hasOwn(deliveries, kind)
}
