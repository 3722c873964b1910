/** `review-overdue`: a grant whose date of review has passed. */
import type { Lint } from './lint.ts'

export const reviewOverdue: Lint = {
  id: 'review-overdue',
  severity: 'warning',
  why: 'Access that nobody looks at again outlives its reason.',
  fix: 'Ask the owner whether the grant is still needed as it is, then write the date of the next review, or remove it.',
  find: ({ document, today }) =>
    Object.entries(document.grants).flatMap(([name, { review }]) => {
      // dates of this form sort as they follow each other
      if (review === undefined || review >= today) return []
      return [{ path: ['grants', name, 'review'], message: `the review of ${review} is overdue` }]
    }),
}
