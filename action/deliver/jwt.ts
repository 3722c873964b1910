/** Delivers a token the broker signed: as output `token`, and as JOBPASS_TOKEN. Writes no file. */
import { jwt } from '../../shared/kinds/jwt.ts'
import { deliveryOf, tokenHalf } from './deliver.ts'

export const jwtDelivery = deliveryOf(jwt, tokenHalf(['JOBPASS_TOKEN']))
