/**
 * What the local issuer takes from a policy: which issuer it stands in for, and the ids the policy pins to names, so that a job
 * that only names its repository carries the id the policy expects. It decides nothing.
 */
import { isLoopbackHost } from '../../shared/loopback.ts'
import { entryOf, type PolicyDocument, textsOf, type WorkloadDocument } from '../../shared/policy/schema.ts'
import type { IssuedAs } from './issuer.ts'

/** `localOrigin` is the `iss` when the policy has no issuer to stand in for. */
export function issuedAs({ issuers, workloads }: Pick<PolicyDocument, 'issuers' | 'workloads'>, localOrigin: string): IssuedAs {
  const list = Object.values(issuers)
  // an issuer with inline keys keeps them, and one on loopback answers for itself
  const stoodInFor = list.find(({ url, jwks }) => jwks === undefined && !isLoopback(url))
  const owners = list.flatMap((issuer) => issuer.owners.map(({ name, id }): [string, string] => [name.toLowerCase(), id]))
  const repositories = Object.values(workloads).flatMap(pinnedRepository)
  return { iss: stoodInFor?.url ?? localOrigin, ids: { owners: new Map(owners), repositories: new Map(repositories) } }
}

/** A workload that names one repository and its one id. */
function pinnedRepository({ is }: WorkloadDocument): [string, string][] {
  const [name, ...otherNames] = textsOf(entryOf(is, 'repository'))
  const [id, ...otherIds] = textsOf(entryOf(is, 'repository_id'))
  const isOne = otherNames.length === 0 && otherIds.length === 0
  return !isOne || name === undefined || id === undefined || name.includes('*') ? [] : [[name.toLowerCase(), id]]
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname)
}
