/**
 * The form of an authority that is a person, proved by Cloudflare Access: which team's assertions, made for which application, and whose addresses. A wildcard has no place
 * here: a role is given to people one by one, so that who left can be found and taken out.
 */
import * as z from 'zod'
import { foldAscii } from '../shared/platforms/platform.ts'

/** People with a role: their assertions come from this team, for this application. */
export interface AccessAuthority {
  /** The `iss` of its assertions: `https://<team>.cloudflareaccess.com`. */
  readonly team: string
  /** The application's audience tag. */
  readonly audience: string
  /** Letter case is folded, as everybody who gives out addresses does. */
  readonly emails: ReadonlySet<string>
}

const AUDIENCE = /^[0-9a-f]{64}$/
const EMAIL = /^[^\s@*]{1,64}@[^\s@*]{1,255}$/

export const accessForm = z.strictObject({
  team: z.url(),
  aud: z.string().regex(AUDIENCE, 'the audience tag of the Access application, 64 hex digits'),
})

type Form = z.infer<typeof accessForm>
type Conditions = Readonly<Record<string, string | boolean | readonly string[]>>

export function accessProblems({ team }: Form, is: Conditions, isAllowedUrl: (url: string) => boolean): string[] {
  const problems = Object.keys(is)
    .filter((name) => name !== 'email')
    .map((name) => `is.${name}: a person is known by email alone`)
  if (is.email === undefined) problems.push('is: email must be stated')
  else if (!emailsOf(is.email).every((email) => EMAIL.test(email))) problems.push('is.email: whole addresses, without a wildcard')
  if (!isAllowedUrl(team) || new URL(team).origin !== team)
    problems.push('access.team: https://<team>.cloudflareaccess.com, without a path')
  return problems
}

export function loadAccess({ team, aud }: Form, is: Conditions): AccessAuthority {
  return { team, audience: aud, emails: new Set(emailsOf(is.email).map(foldAscii)) }
}

function emailsOf(value: Conditions[string] | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' ? value : ['']
}
