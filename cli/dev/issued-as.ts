/**
 * What the local issuer takes from a policy: which issuer it stands in for, of which platform each is, and the ids the policy pins to names, so that a job
 * that only names its repository carries the id the policy expects. It decides nothing.
 */
import { isLoopbackHost } from '../../shared/loopback.ts'
import { platforms } from '../../shared/platforms/index.ts'
import type { PlatformName } from '../../shared/platforms/platform.ts'
import { entryOf, type IssuerDocument, type PolicyDocument, textsOf, type WorkloadDocument } from '../../shared/policy/schema.ts'
import type { KnownIds } from './known-ids.ts'

/** Whose jobs an issuer's tokens are. */
export interface JobsOfIssuer {
  readonly platform: PlatformName
  readonly ids: KnownIds
}

export interface IssuedAs {
  /** The `iss` of tokens, unless the job names one. */
  readonly iss: string
  /** By `iss`. One the policy does not name has jobs of GitHub. */
  readonly jobsOf: (iss: string) => JobsOfIssuer
}

/** `localOrigin` is the `iss` when the policy has no issuer to stand in for. */
export function issuedAs({ issuers, workloads }: Pick<PolicyDocument, 'issuers' | 'workloads'>, localOrigin: string): IssuedAs {
  const list = Object.values(issuers)
  // an issuer with inline keys keeps them, and one on loopback answers for itself
  const stoodInFor = list.find(({ url, jwks }) => jwks === undefined && !isLoopback(url))
  const known = (named: readonly IssuerDocument[], platform: PlatformName): JobsOfIssuer => {
    const owners = named.flatMap((issuer) => issuer.owners.map(({ name, id }): [string, string] => [name.toLowerCase(), id]))
    const own = Object.values(workloads).filter(({ issuer }) => named.some((one) => one === entryOf(issuers, issuer)))
    const repositories = own.flatMap((workload) => pinnedRepository(workload, platform))
    return { platform, ids: { owners: new Map(owners), repositories: new Map(repositories) } }
  }
  const byUrl = new Map(list.map((issuer) => [issuer.url, known([issuer], issuer.platform)]))
  const others = known(
    list.filter(({ platform }) => platform === 'github'),
    'github',
  )
  return { iss: stoodInFor?.url ?? localOrigin, jobsOf: (iss) => byUrl.get(iss) ?? others }
}

/** A workload that names one repository and its one id. */
function pinnedRepository({ is }: WorkloadDocument, platform: PlatformName): [string, string][] {
  const { repository, repositoryId } = platforms[platform].roles
  const [name, ...otherNames] = textsOf(entryOf(is, repository))
  const [id, ...otherIds] = textsOf(entryOf(is, repositoryId))
  const isOne = otherNames.length === 0 && otherIds.length === 0
  return !isOne || name === undefined || id === undefined || name.includes('*') ? [] : [[name.toLowerCase(), id]]
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname)
}
