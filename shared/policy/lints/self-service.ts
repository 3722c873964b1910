/**
 * `self-service`: a grant for the repository the policy is kept in: whoever merges there could write rules and draw by them. Where that repository is not
 * known, one whose name says that it holds a policy is taken for it.
 */
import { matches } from '../pattern.ts'
import type { Policy, WorkloadRecord } from '../policy.ts'
import { grantsOf } from '../policy-records.ts'
import type { Lint } from './lint.ts'

const POLICY_NAME = /\/(?:(?:jobpass|access|credentials?|ci)[-_.])?(?:policy|policies)$/i

export const selfService: Lint = {
  id: 'self-service',
  severity: 'warning',
  why: 'Who can change the rules could give themselves a credential and take the rule back, all in one repository.',
  fix: 'Let another repository do the work; the policy repository publishes and nothing else.',
  find: ({ policy, policyRepository }) => {
    const holders = holdersOf(policy, policyRepository)
    return grantsOf(policy).flatMap((grant) =>
      grant.rules.flatMap(({ workload }, index) => {
        if (!holders.has(workload.name)) return []
        const message = `the workload ${workload.name} is the repository this policy is kept in, or looks like it`
        return [{ path: ['grants', grant.name, 'allow', index, 'workload'], message }]
      }),
    )
  },
}

function holdersOf(policy: Policy, policyRepository: string | undefined): ReadonlySet<string> {
  const holds = (workload: WorkloadRecord): boolean =>
    policyRepository === undefined ? looksLikeIt(workload) : isRepository(workload, policyRepository)
  return new Set(
    policy.workloadNames.filter((name) => {
      const workload = policy.workload(name)
      return workload !== undefined && holds(workload)
    }),
  )
}

function looksLikeIt({ is, issuer }: WorkloadRecord): boolean {
  const { repository } = issuer.platform.roles
  return is.some(({ attribute, patterns }) => attribute === repository && patterns.some(({ text }) => POLICY_NAME.test(text)))
}

/** What the workload says of names fits the repository, and it says something. */
function isRepository({ is, issuer: { platform } }: WorkloadRecord, repository: string): boolean {
  const facts = new Map([
    [platform.roles.repository, repository],
    [platform.roles.owner, platform.ownerOf(repository)],
  ])
  const named = is.filter(({ attribute }) => facts.has(attribute))
  return (
    named.length > 0 && named.every(({ attribute, patterns }) => patterns.some((pattern) => matches(pattern, facts.get(attribute) ?? '')))
  )
}
