/**
 * `command: publish`: after the merge, the policy of the pushed commit becomes the active one of the broker. It refuses to run for anything that is
 * not merged, and leaves a commit alone that is the newest of its branch no more: the run of the newer one publishes.
 */
import { SCENARIO_FAILED } from '../../shared/policy/scenario.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { tableCell } from '../printable.ts'
import { info, setOutput, warn, writeSummary } from '../runner.ts'
import { realPace } from '../tries.ts'
import { annotateAll, placedBelow } from './check.ts'
import { judgedHead, type Step } from './judged-at.ts'
import type { PolicyFailure } from './policy-failure.ts'
import { publishPolicy } from './publish.ts'

export async function publish(step: Step): Promise<Result<void, PolicyFailure>> {
  const { subject, inputs } = step
  if (subject.target !== undefined) return err({ code: 'not_after_the_merge' })
  const newest = await newestOf(step)
  if (!newest.ok) return newest
  if (newest.value !== subject.head) {
    warn({ title: 'Jobpass: not published', text: `${subject.branch} is at ${newest.value} by now: the run of that commit publishes.` })
    return ok(undefined)
  }
  const judged = await judgedHead(step)
  if (!judged.ok) return judged
  const { findings, loaded } = judged.value
  // what the broker would refuse: errors of the language, and failed scenarios; a lint stops nothing
  const stopping = loaded === undefined ? findings : findings.filter(({ id }) => id === SCENARIO_FAILED)
  if (loaded === undefined || stopping.length > 0) {
    annotateAll(placedBelow(inputs.directory, stopping))
    return err({ code: 'policy_has_errors', side: 'head', revision: subject.head, errors: stopping.length })
  }
  const { compiled, policy } = loaded
  setOutput('policy', policy.digest)
  const broker = inputs.broker ?? ''
  const publication = { broker, digest: policy.digest, compiled, ...(inputs.force === undefined ? {} : { force: inputs.force }) }
  const published = await publishPolicy(publication, realPace)
  if (!published.ok) return published
  const { replaced, complaints } = published.value
  for (const complaint of complaints) warn({ title: 'Jobpass: live, but the broker cannot serve', text: complaint })
  info(`${policy.digest} is active everywhere${replaced === policy.digest ? '; it was already' : ''}.`)
  await writeSummary(publishedSummary({ broker, digest: policy.digest, replaced, commit: subject.head }))
  return ok(undefined)
}

async function newestOf({ subject, github }: Step): Promise<Result<string, PolicyFailure>> {
  if (subject.branch === undefined) return ok(subject.head)
  const newest = await github.branchHead(subject.branch)
  return newest.ok ? newest : err({ code: 'github_unreadable', what: `the branch ${subject.branch}`, ...newest.error })
}

interface Facts {
  readonly broker: string
  readonly digest: string
  readonly replaced: string | undefined
  readonly commit: string
}

function publishedSummary({ broker, digest, replaced, commit }: Facts): string {
  const rows = [
    ['Policy', digest],
    ['Before', replaced ?? 'none'],
    ['Commit', commit],
    ['Broker', broker],
  ].map(([name = '', value = '']) => `| ${name} | ${tableCell(value)} |`)
  return ['### Jobpass: the policy is active everywhere', '', '| | |', '|---|---|', ...rows, ''].join('\n')
}
