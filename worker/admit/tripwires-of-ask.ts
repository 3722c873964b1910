/** What may trip when an ask is refused: what the policy says, and which workloads the caller proved to be. Nothing here is told to the caller. */
import type { Policy } from '../../shared/policy/policy.ts'
import type { Workload } from '../authenticate/authenticate.ts'
import type { TripwiresOfAsk } from '../state/ledger-port.ts'

/** @param workloads the workloads to freeze where it is known already who the caller is. */
export function tripwiresOfAsk(
  { workload, policy, grant }: { readonly workload: Workload; readonly policy: Policy; readonly grant: string },
  workloads?: readonly string[],
): { readonly tripwires?: TripwiresOfAsk } {
  const { canaries, refusalsPerMinute, freeze } = policy.tripwires
  const isCanary = canaries.has(grant)
  if (!isCanary && refusalsPerMinute === undefined) return {}
  const { repository, repositoryId } = workload.token.facts.run
  return {
    tripwires: {
      isCanary,
      ...(refusalsPerMinute === undefined ? {} : { refusalsPerMinute }),
      freezes: freeze ? (workloads ?? policy.workloadsOf(workload).map(({ name }) => name)) : [],
      repository,
      repositoryId,
    },
  }
}
