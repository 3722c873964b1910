/** The settings of a policy with their defaults: what holds when nobody wrote anything. */
import { parseDuration, type Seconds } from '../units.ts'
import type { Settings } from './policy.ts'
import type { SettingsDocument } from './schema.ts'

const DEFAULT_MAX_TTL: Seconds = 3600
const DEFAULT_TOKEN_MAX_AGE: Seconds = 300

/** No grant may live longer. */
export function maxTtl(settings: SettingsDocument): Seconds {
  return (settings.max_ttl === undefined ? undefined : parseDuration(settings.max_ttl)) ?? DEFAULT_MAX_TTL
}

export function readSettings(settings: SettingsDocument): Settings {
  const age = settings.token_max_age === undefined ? undefined : parseDuration(settings.token_max_age)
  return { explain: settings.explain ?? 'attributes', maxTtl: maxTtl(settings), tokenMaxAge: age ?? DEFAULT_TOKEN_MAX_AGE }
}
