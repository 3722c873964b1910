/** Asks one question for every place, a few at a time, in the order of the places. The first that cannot be answered ends it: nothing is guessed. */
import { ok, type Result } from '../../shared/result.ts'

/** GitHub asks its callers not to make many calls at once. */
const AT_ONCE = 4

export async function askAll<T, A>(all: readonly T[], ask: (one: T) => Promise<Result<A, string>>): Promise<Result<readonly A[], string>> {
  const answers: A[] = []
  for (let next = 0; next < all.length; next += AT_ONCE) {
    for (const answer of await Promise.all(all.slice(next, next + AT_ONCE).map(ask))) {
      if (!answer.ok) return answer
      answers.push(answer.value)
    }
  }
  return ok(answers)
}
