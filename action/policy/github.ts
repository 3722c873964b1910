/**
 * GitHub's REST API as the policy step needs it: trees, blobs and commits of its own repository, and the comments of one pull request. Beside
 * `subject.ts`, which reads the event, the only file that names `@actions/github`. It reads data and executes none of it; no error of it holds the token.
 */
import { context, getOctokit } from '@actions/github'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Secret } from '../../shared/secret.ts'
import { realPace, withTries } from '../tries.ts'

/** Why a call gave nothing: the status, and GitHub's own short sentence. */
export interface ApiProblem {
  readonly status: number
  readonly detail: string
}

export type Called<T> = Promise<Result<T, ApiProblem>>

export interface TreeEntry {
  readonly path: string
  readonly mode: string
  readonly type: string
  readonly sha: string
}

export interface Comment {
  readonly id: number
  readonly author: string
  readonly body: string
}

export interface Github {
  /** The entries of a tree, by its id, or by a commit, branch or tag. */
  readonly tree: (
    revision: string,
    options: { readonly recursive: boolean },
  ) => Called<{ readonly entries: readonly TreeEntry[]; readonly isCut: boolean }>
  /** The bytes of a file's content. */
  readonly blob: (sha: string) => Called<Uint8Array>
  readonly mergeBase: (base: string, head: string) => Called<string>
  /** The commit a branch points to. */
  readonly branchHead: (branch: string) => Called<string>
  /** The first comment that fits, oldest first. */
  readonly findComment: (issue: number, fits: (comment: Comment) => boolean) => Called<Comment | undefined>
  readonly createComment: (issue: number, body: string) => Called<Comment>
  readonly updateComment: (id: number, body: string) => Called<Comment>
}

const CALL_TIMEOUT_MS = 30_000
const LIMITS = { tries: 3, totalMs: 60_000 }
const PAGE = 100
/** Behind ten thousand comments nobody looks for ours. */
const MAX_PAGES = 100

export function githubOf(token: Secret): Github {
  const { rest } = getOctokit(token.reveal())
  const own = (): { owner: string; repo: string; request: { signal: AbortSignal } } => ({
    ...context.repo,
    request: { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) },
  })
  return {
    tree: (revision, { recursive }) =>
      called(async () => {
        const { data } = await rest.git.getTree({ ...own(), tree_sha: revision, ...(recursive ? { recursive: '1' } : {}) })
        return { entries: data.tree, isCut: data.truncated }
      }),
    blob: (sha) => called(async () => Buffer.from((await rest.git.getBlob({ ...own(), file_sha: sha })).data.content, 'base64')),
    mergeBase: (base, head) =>
      called(
        async () =>
          (await rest.repos.compareCommitsWithBasehead({ ...own(), basehead: `${base}...${head}`, per_page: 1 })).data.merge_base_commit
            .sha,
      ),
    branchHead: (branch) => called(async () => (await rest.git.getRef({ ...own(), ref: `heads/${branch}` })).data.object.sha),
    findComment: (issue, fits) =>
      called(async () => {
        for (let page = 1; page <= MAX_PAGES; page++) {
          const { data } = await rest.issues.listComments({ ...own(), issue_number: issue, per_page: PAGE, page })
          const found = data.map(commentOf).find(fits)
          if (found !== undefined || data.length < PAGE) return found
        }
        return undefined
      }),
    createComment: (issue, body) =>
      calledOnce(async () => commentOf((await rest.issues.createComment({ ...own(), issue_number: issue, body })).data)),
    updateComment: (id, body) => called(async () => commentOf((await rest.issues.updateComment({ ...own(), comment_id: id, body })).data)),
  }
}

function commentOf({ id, body, user }: { id: number; body?: string; user: { login: string } | null }): Comment {
  return { id, body: body ?? '', author: user?.login ?? '' }
}

/** Up to three tries on 429, 5xx and a missing answer: everything here may be done twice. */
function called<T>(act: () => Promise<T>): Called<T> {
  return withTries(LIMITS, realPace, async () => {
    const result = await calledOnce(act)
    if (result.ok || (result.error.status < 500 && result.error.status !== 429)) return { finished: true, result }
    return { finished: false, failure: result.error, retryAfterMs: 0 }
  })
}

async function calledOnce<T>(act: () => Promise<T>): Called<T> {
  try {
    return ok(await act())
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('status' in thrown) || typeof thrown.status !== 'number') throw thrown
    return err({ status: thrown.status, detail: thrown.message.split('\n')[0] ?? '' })
  }
}
