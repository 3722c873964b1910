/**
 * The policy step: check, plan or publish. It reads the policy of a commit as data and executes nothing of it, so it may be run for any pull request;
 * check and plan need no secret and no broker.
 */
import type { Result } from '../../shared/result.ts'
import { fail, mask, readInput } from '../runner.ts'
import { runStep } from '../step.ts'
import { check } from './check.ts'
import { githubOf } from './github.ts'
import type { Step } from './judged-at.ts'
import { plan } from './plan.ts'
import { type PolicyFailure, policyMessage } from './policy-failure.ts'
import { type PolicyInputs, readPolicyInputs } from './policy-inputs.ts'
import { publish } from './publish-head.ts'
import { subjectOf } from './subject.ts'

const COMMANDS: Readonly<Record<PolicyInputs['command'], (step: Step) => Promise<Result<void, PolicyFailure>>>> = { check, plan, publish }

await runStep(main, fail)

async function main(): Promise<void> {
  const inputs = readPolicyInputs(readInput)
  const outcome = inputs.ok ? await run(inputs.value) : inputs
  if (!outcome.ok) fail(policyMessage(outcome.error, readInput('broker')))
}

function run(inputs: PolicyInputs): Promise<Result<void, PolicyFailure>> {
  mask(inputs.token.reveal())
  return COMMANDS[inputs.command]({ inputs, subject: subjectOf(), github: githubOf(inputs.token) })
}
