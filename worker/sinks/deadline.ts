/** A bound on calls that have none of their own. What comes after it is not waited for; whether it happened is then not known. */
import { err, ok, type Result } from '../../shared/result.ts'
import type { NotTaken } from './sink.ts'

const DEADLINE_MS = 10_000

/** What is thrown may quote what was sent, so it goes no further. */
export async function bounded<T>(call: Promise<T>, what: string): Promise<Result<T, NotTaken>> {
  const signal = AbortSignal.timeout(DEADLINE_MS)
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('late')))
  })
  try {
    return ok(await Promise.race([call, late]))
  } catch {
    return err({ why: 'failed', detail: `${what} ${signal.aborted ? 'did not answer in time' : 'could not be reached'}` })
  }
}
