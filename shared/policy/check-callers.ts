/** Judges who may be heard at all: issuers with their fences, and workloads. */

import { LOOPBACK_HOST } from '../loopback.ts'
import { platforms } from '../platforms/index.ts'
import { checkConditions } from './check-conditions.ts'
import type { CheckContext } from './check-context.ts'
import { errorAt } from './problem.ts'
import type { IssuerDocument } from './schema.ts'
import { quoted } from './shape-problems.ts'

const MAX_URL_LENGTH = 255
const HOST = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*'
const PORT = '(?::[1-9][0-9]{0,4})?'
const PATH = "(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)*/?"
const HTTPS_URL = new RegExp(`^https://${HOST}${PORT}${PATH}$`)
const LOOPBACK_URL = new RegExp(`^http://${LOOPBACK_HOST}${PORT}${PATH}$`)
const DOT_SEGMENT = /\/\.{1,2}(?:\/|$)/

/** Members of a JWK that hold private or symmetric key material (RFC 7518 §6). */
const PRIVATE_KEY_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** The event says what happened, not who asks. */
export const NOT_IDENTITY: ReadonlyMap<string, string> = new Map(
  Object.values(platforms).map(({ roles }) => [roles.event, 'it is no identity; state it in the rules']),
)

/** True for an issuer on this very machine, which only a broker on loopback will trust. */
export function isLoopbackIssuer(url: string): boolean {
  return LOOPBACK_URL.test(url)
}

export function checkIssuers({ document, report }: CheckContext): void {
  const byUrl = new Map<string, string>()
  for (const [name, issuer] of Object.entries(document.issuers)) {
    const path = ['issuers', name]
    const problem = urlProblem(issuer.url)
    if (problem !== undefined) report(errorAt([...path, 'url'], 'invalid-url', `${problem}, found ${quoted(issuer.url)}`))
    const other = byUrl.get(issuer.url)
    if (other !== undefined) report(errorAt([...path, 'url'], 'duplicate-name', `the issuer ${quoted(other)} has this url already`))
    byUrl.set(issuer.url, name)
    checkOwners(issuer, { report, name })
    checkInlineKeys(issuer, { report, name })
  }
}

function urlProblem(url: string): string | undefined {
  if (url.length > MAX_URL_LENGTH) return `expected at most ${MAX_URL_LENGTH} characters`
  if ((HTTPS_URL.test(url) || LOOPBACK_URL.test(url)) && !DOT_SEGMENT.test(url)) return undefined
  return 'expected an https URL with a lower-case host and no user, query, fragment, dot segment, //, % or white space'
}

/** What an owner may be called is the platform's to say. */
function checkOwners({ platform, owners }: IssuerDocument, { report, name }: { report: CheckContext['report']; name: string }): void {
  const { form, expected } = platforms[platform].ownerName
  owners.forEach((owner, index) => {
    if (form.test(owner.name)) return
    report(errorAt(['issuers', name, 'owners', index, 'name'], 'wrong-value', `${expected}, found ${quoted(owner.name)}`))
  })
}

function checkInlineKeys(issuer: IssuerDocument, { report, name }: { report: CheckContext['report']; name: string }): void {
  issuer.jwks?.keys.forEach((key, index) => {
    const path = ['issuers', name, 'jwks', 'keys', index]
    const leaked = PRIVATE_KEY_MEMBERS.find((member) => Object.hasOwn(key, member))
    if (leaked !== undefined)
      report(errorAt([...path, leaked], 'wrong-value', 'expected a public key: this member is private, and now public'))
    if (typeof key.kty !== 'string') report(errorAt(path, 'wrong-value', 'expected a JSON Web Key with kty (RFC 7517 §4.1)'))
  })
}

export function checkWorkloads(context: CheckContext): void {
  const { document, report } = context
  for (const [name, workload] of Object.entries(document.workloads)) {
    const path = ['workloads', name]
    context.isDefined('issuers', workload.issuer, [...path, 'issuer'])
    if (Object.keys(workload.is).length === 0) {
      report(errorAt([...path, 'is'], 'empty', 'expected at least one attribute: an empty identity would be everybody'))
    }
    checkConditions(workload.is, { path: [...path, 'is'], platforms: context.platformsOf(name), excluded: NOT_IDENTITY }, report)
  }
}
