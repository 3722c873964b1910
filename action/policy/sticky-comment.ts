/**
 * The one comment on a pull request: found again by its marker and its author, updated in place. A comment of anybody else is never touched,
 * whatever it says: whoever copies the marker could otherwise have our words under their name, and change them afterwards.
 */
import { ok, type Result } from '../../shared/result.ts'
import type { ApiProblem, Comment, Github } from './github.ts'

export interface Sticky {
  readonly pullRequest: number
  /** One comment for each policy of a repository. */
  readonly directory: string
  /** The login our comments appear under. */
  readonly author: string
  readonly markdown: string
}

export type Kept = { readonly did: 'created' | 'updated' | 'nothing'; readonly author: string }

/** GitHub takes 65 536 characters. */
export const MAX_COMMENT_LENGTH = 65_000

export async function keepComment({ pullRequest, directory, author, markdown }: Sticky, github: Github): Promise<Result<Kept, ApiProblem>> {
  const marker = `<!-- jobpass-policy-plan: ${directory === '' ? '.' : directory} -->`
  const body = `${marker}\n${markdown}`
  const isOurs = (comment: Comment): boolean => comment.author === author && comment.body.split(/\r?\n/)[0] === marker
  const found = await github.findComment(pullRequest, isOurs)
  if (!found.ok) return found
  if (found.value?.body.replaceAll('\r\n', '\n').trimEnd() === body.trimEnd()) return ok({ did: 'nothing', author })
  const written =
    found.value === undefined ? await github.createComment(pullRequest, body) : await github.updateComment(found.value.id, body)
  return written.ok ? ok({ did: found.value === undefined ? 'created' : 'updated', author: written.value.author }) : written
}
