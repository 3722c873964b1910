/**
 * The secrets of `dev`, from a file in dotenv form: `UPSTREAM_*`, which a policy can name, and `WEBHOOK_SECRET`. Other names in the file are left alone.
 * A value is never printed.
 */
import { parseEnv } from 'node:util'
import { SECRET_NAME } from '../../shared/kinds/kind.ts'

const WEBHOOK_SECRET = 'WEBHOOK_SECRET'

export interface DevSecrets {
  readonly secrets: Readonly<Record<string, string>>
  /** Names that were passed over. */
  readonly ignored: readonly string[]
}

/** In a double-quoted value `\n` is a line break, so a PEM fits on one line. */
export function readSecrets(text: string): DevSecrets {
  const secrets: Record<string, string> = {}
  const ignored: string[] = []
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if ((SECRET_NAME.test(name) || name === WEBHOOK_SECRET) && value !== undefined) secrets[name] = value
    else ignored.push(name)
  }
  return { secrets, ignored }
}
