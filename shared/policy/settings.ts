/** The settings of a policy with their defaults: what holds when nobody wrote anything. */
import { parseDuration, type Seconds } from '../units.ts'
import type { Settings } from './policy.ts'
import type { SettingsDocument } from './schema.ts'

const DEFAULT_MAX_TTL: Seconds = 3600
const DEFAULT_TOKEN_MAX_AGE: Seconds = 300

export function readSettings({ explain, max_ttl: maxTtl, token_max_age: maxAge }: SettingsDocument): Settings {
  return {
    explain: explain ?? 'attributes',
    maxTtl: secondsOf(maxTtl) ?? DEFAULT_MAX_TTL,
    tokenMaxAge: secondsOf(maxAge) ?? DEFAULT_TOKEN_MAX_AGE,
  }
}

function secondsOf(duration: string | undefined): Seconds | undefined {
  return duration === undefined ? undefined : parseDuration(duration)
}
