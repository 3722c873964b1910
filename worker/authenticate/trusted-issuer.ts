/** An issuer whose tokens may be believed once their signature holds: from the active policy, or from the configuration for authorities. */
import type { Platform } from '../../shared/platforms/platform.ts'
import type { Seconds } from '../../shared/units.ts'
import type { JwkSet } from './key-set-source.ts'

/** Whose signature it must be. */
export interface SigningIssuer {
  /** Its name in the policy or the configuration; what logs may say. */
  readonly name: string
  /** The exact `iss`. */
  readonly url: string
  readonly platform: Pick<Platform, 'algorithms' | 'typRequired' | 'keySetPath'>
  readonly jwks?: JwkSet
}

export interface TrustedIssuer extends SigningIssuer {
  readonly platform: Platform
  /** The `aud` its tokens must carry, byte for byte. */
  readonly audience: string
  readonly maxAge: Seconds
}
