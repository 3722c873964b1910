/** `rotation-overdue`: a root secret older than its connection says it may become. */
import { parseDuration } from '../../units.ts'
import type { Lint } from './lint.ts'

export const rotationOverdue: Lint = {
  id: 'rotation-overdue',
  severity: 'warning',
  why: 'The older a root secret is, the more people, backups and logs have seen it.',
  fix: 'Replace the root secret at its upstream and in the broker, then write the day as `rotation.last`.',
  find: ({ document, today }) =>
    Object.entries(document.connections).flatMap(([name, { rotation }]) => {
      const due = rotation?.last === undefined ? undefined : dueDate(rotation.last, rotation.every)
      if (due === undefined || due >= today) return []
      return [{ path: ['connections', name, 'rotation'], message: `the root secret was due for rotation on ${due}` }]
    }),
}

const LAST_INSTANT_MS = 8.64e15

/** The day the rotation is due; `undefined` when that is beyond all calendars. */
export function dueDate(last: string, every: string): string | undefined {
  const dueMs = Date.parse(`${last}T00:00:00Z`) + (parseDuration(every) ?? 0) * 1000
  return dueMs > LAST_INSTANT_MS ? undefined : new Date(dueMs).toISOString().slice(0, 10)
}
