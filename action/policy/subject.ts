/** What the run is about: which commit's policy is looked at, what it is compared with, and on which pull request it is told. Read from the event alone. */
import { context } from '@actions/github'
import * as z from 'zod'

export interface Subject {
  /** The commit whose policy is looked at: of a pull request its head, and never the merge that the runner checks out. */
  readonly head: string
  /** The other side of a pull request or of a merge queue: the plan begins where both were one. */
  readonly target?: string
  /** What a push replaced. */
  readonly before?: string
  readonly pullRequest?: number
  /** A push to a branch: the commit may be the newest no more. */
  readonly branch?: string
}

const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
const pullRequestEvent = z.looseObject({
  pull_request: z.looseObject({ number: z.int(), head: z.looseObject({ sha }), base: z.looseObject({ sha }) }),
})
const mergeGroupEvent = z.looseObject({ merge_group: z.looseObject({ head_sha: sha, base_sha: sha }) })
const pushEvent = z.looseObject({ before: sha.refine((id) => /[^0]/.test(id)), after: sha })

/** An event of another sort is about the commit of the run, and compared with nothing. */
export function subjectOf({
  payload,
  sha: commit,
  ref,
  eventName,
}: Pick<typeof context, 'payload' | 'sha' | 'ref' | 'eventName'> = context): Subject {
  const pull = pullRequestEvent.safeParse(payload)
  if (pull.success) {
    const { number, head, base } = pull.data.pull_request
    return { head: head.sha, target: base.sha, pullRequest: number }
  }
  const group = mergeGroupEvent.safeParse(payload)
  if (group.success) return { head: group.data.merge_group.head_sha, target: group.data.merge_group.base_sha }
  const push = pushEvent.safeParse(payload)
  const [, branch] = /^refs\/heads\/(.+)$/.exec(ref) ?? []
  return {
    head: commit,
    ...(eventName === 'push' && push.success ? { before: push.data.before } : {}),
    ...(eventName === 'push' && branch !== undefined ? { branch } : {}),
  }
}
