/** Delivers a Cloudflare API token: as output `token`, and as CLOUDFLARE_API_TOKEN, which wrangler reads. Writes no file. */
import { cloudflareToken } from '../../shared/kinds/cloudflare-token.ts'
import { deliveryOf, tokenHalf } from './deliver.ts'

export const cloudflareTokenDelivery = deliveryOf(cloudflareToken, tokenHalf(['CLOUDFLARE_API_TOKEN']))
