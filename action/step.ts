/**
 * The outermost frame of main and of post: runs one of them and turns what it did not expect into a message. A fault prints its name alone,
 * because its text may hold anything.
 */
import { useProxyOfEnvironment } from './http.ts'
import type { Message } from './runner.ts'

/** Runs `step`; a thrown fault is told through `report`. */
export async function runStep(step: () => Promise<void>, report: (message: Message) => void): Promise<void> {
  try {
    useProxyOfEnvironment(process.env)
    await step()
  } catch (thrown) {
    report({
      title: 'Jobpass: a fault of the action',
      text: `${nameOf(thrown)}: this is a bug of the action; please report it with its version.`,
    })
  }
}

/** A name, and the system's code when there is one: `Error ENOSPC`. */
export function nameOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown'
  return 'code' in thrown && typeof thrown.code === 'string' ? `${thrown.name} ${thrown.code}` : thrown.name
}
