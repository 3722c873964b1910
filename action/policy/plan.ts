/**
 * `command: plan`: who would gain and who would lose access, as step summary and as the one comment of the pull request. Both sides are read as data.
 * Where the token may not comment, as in a pull request from a fork, the summary alone has it, and says so.
 */
import { openCompiled, policyDigest } from '../../shared/policy/compile.ts'
import { loadPolicy } from '../../shared/policy/load.ts'
import { type Plan, planPolicies, widens } from '../../shared/policy/plan.ts'
import { isFailing } from '../../shared/policy/plan-condition.ts'
import { planMarkdown } from '../../shared/policy/plan-markdown.ts'
import { verdict } from '../../shared/policy/plan-words.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { fail, info, setOutput, warn, writeSummary } from '../runner.ts'
import { judgedAt, judgedHead, loadedOf, type Step, sha256Hex } from './judged-at.ts'
import { type PolicyFailure, policyMessage } from './policy-failure.ts'
import { replayNote } from './replay.ts'
import { keepComment, MAX_COMMENT_LENGTH } from './sticky-comment.ts'

const TITLE = '## Jobpass: what this change does to access'
const MAY_NOT: readonly number[] = [401, 403, 404]

export async function plan(step: Step): Promise<Result<void, PolicyFailure>> {
  const made = await makePlan(step)
  if (!made.ok) {
    // a comment of an earlier commit must not stand as if it were of this one
    await tell(step, `${TITLE}\n\n${policyMessage(made.error, '').text}\n`)
    return made
  }
  const { compiled, plan: found } = made.value
  setOutput('policy', found.head)
  setOutput('widens', String(found.grants.some(widens) || found.issuers.some((change) => change.widens)))
  setOutput('changes', String(found.grants.length + found.issuers.length > 0))
  const { broker } = step.inputs
  const replay = broker === undefined ? '' : `\n${await replayNote(broker, compiled)}`
  const short = `### ${verdict(found)}\n\nThe plan is too long for a comment: the summary of the job has it.\n`
  await tell(step, `${TITLE}\n\n${planMarkdown(found)}${replay}`, `${TITLE}\n\n${short}${replay}`)
  info(`${verdict(found)}.`)
  if (isFailing(found, step.inputs.failOn)) {
    fail({
      title: 'Jobpass: the change needs a second look',
      text: `${verdict(found)}, and this step has \`fail-on: ${step.inputs.failOn}\`.`,
    })
  }
  return ok(undefined)
}

interface Made {
  readonly plan: Plan
  /** The head's canonical JSON. */
  readonly compiled: string
}

async function makePlan(step: Step): Promise<Result<Made, PolicyFailure>> {
  const judged = await judgedHead(step)
  const head = judged.ok ? loadedOf(judged.value, 'head', step.subject.head) : judged
  if (!head.ok) return head
  const base = await basePolicy(step)
  if (!base.ok) return base
  const made = planPolicies(base.value, head.value.policy)
  return made.ok ? ok({ plan: made.value, compiled: head.value.compiled }) : err({ code: 'undecided', grant: made.error.grant })
}

async function basePolicy(step: Step): Promise<Result<Policy, PolicyFailure>> {
  const revision = await baseRevision(step)
  if (!revision.ok) return revision
  const judged = await judgedAt({ revision: revision.value, directory: step.inputs.directory }, step.github)
  if (!judged.ok) return judged
  if (judged.value === undefined) return ok(NO_POLICY)
  const loaded = loadedOf(judged.value, 'base', revision.value)
  return loaded.ok ? ok(loaded.value.policy) : loaded
}

/** Before the first one nobody had any access. */
const NONE = '{"jobpass":1}'
const NO_POLICY = loadPolicy(openCompiled(NONE), policyDigest(NONE, sha256Hex))

/** What `base` says; else where the two sides of a pull request were one; else what a push replaced. */
async function baseRevision({ inputs, subject, github }: Step): Promise<Result<string, PolicyFailure>> {
  if (inputs.base !== undefined) return ok(inputs.base)
  if (subject.target === undefined) return subject.before === undefined ? err({ code: 'nothing_to_compare' }) : ok(subject.before)
  const base = await github.mergeBase(subject.target, subject.head)
  return base.ok ? base : err({ code: 'github_unreadable', what: `the merge base of ${subject.target} and ${subject.head}`, ...base.error })
}

async function tell({ inputs, subject, github }: Step, markdown: string, short = markdown): Promise<void> {
  const { pullRequest, head } = subject
  const commit = `\n<sub>Commit ${head}</sub>\n`
  const note = inputs.comment && pullRequest !== undefined ? await comment(pullRequest) : ''
  await writeSummary(`${markdown}${note}`)

  async function comment(number: number): Promise<string> {
    const body = markdown.length > MAX_COMMENT_LENGTH ? short : markdown
    const sticky = { pullRequest: number, directory: inputs.directory, author: inputs.commentAs, markdown: body + commit }
    const kept = await keepComment(sticky, github)
    if (kept.ok) {
      if (kept.value.author !== inputs.commentAs) warn(otherAuthor(kept.value.author))
      return ''
    }
    if (MAY_NOT.includes(kept.error.status)) {
      info('The token may not comment on this pull request, as is usual for one from a fork: the plan is in the summary of the job.')
      return '\n<sub>Not told in a comment: the token of this run may not write one. That is usual for a pull request from a fork.</sub>\n'
    }
    warn({ title: 'Jobpass: no comment', text: `GitHub answers ${kept.error.status}: the plan is in the summary of the job alone.` })
    return '\n<sub>Not told in a comment: GitHub did not take it.</sub>\n'
  }
}

function otherAuthor(author: string): { readonly title: string; readonly text: string } {
  return {
    title: 'Jobpass: the comment is under another name',
    text: `Comments of this token are by ${author}. Set \`comment-as: ${author}\`, or the next run writes a new comment instead of updating this one.`,
  }
}
