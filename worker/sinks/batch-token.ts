/**
 * The token that goes with what is posted: the broker's own signature, for one receiver and one body, so that the receiver needs no secret of the broker's and the broker
 * none of the receiver's. It authorises nothing.
 */
import { createHash } from 'node:crypto'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import { type Deps, nowSeconds, randomId } from '../deps.ts'
import { signJws } from '../keys/jws.ts'
import type { Batch, NotTaken } from './sink.ts'

const TOKEN_LIFE: Seconds = 300
const CLOCK_SKEW: Seconds = 30

/** The subject of the token. A workload's is `workload:<name>`, so neither passes for the other. */
const SUBJECT = 'ledger'

/** RFC 9068, with what the token is for: the ledger, the numbers, the SHA-256 of the body. */
export async function batchToken(
  { ledger, first, last }: Pick<Batch, 'ledger' | 'first' | 'last'>,
  { url, text }: { url: string; text: string },
  deps: Deps,
): Promise<Result<string, NotTaken>> {
  const now = nowSeconds(deps)
  const claims = {
    iss: deps.config.origin,
    aud: url,
    sub: SUBJECT,
    client_id: SUBJECT,
    jti: randomId(deps),
    iat: now,
    nbf: now - CLOCK_SKEW,
    exp: now + TOKEN_LIFE,
    batch: { ledger, first, last, sha256: createHash('sha256').update(text).digest('hex') },
  }
  try {
    return ok(await signJws('at+jwt', claims, await deps.keys.signingKey('ES256')))
  } catch {
    return err({ why: 'failed', detail: 'the signing key cannot be had' })
  }
}
