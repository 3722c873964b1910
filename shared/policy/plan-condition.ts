/** Which change of access stops a pull request: `--fail-on` of `plan`, `fail-on` of the action. */
import { type Plan, widens } from './plan.ts'

export const FAIL_ON = ['none', 'widen', 'any'] as const

export type FailOn = (typeof FAIL_ON)[number]

/** `widen`: somebody can newly get a grant, it gives more or for longer, or tokens are believed that were not before. `any`: anything changed. */
export function isFailing({ grants, issuers }: Plan, failOn: FailOn): boolean {
  if (failOn === 'widen') return grants.some(widens) || issuers.some((change) => change.widens)
  return failOn === 'any' && grants.length + issuers.length > 0
}
