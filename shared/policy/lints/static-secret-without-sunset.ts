/** `static-secret-without-sunset`: a connection that rests on a stored secret and names no day by which it ends. `rotation` is that day. */
import { connectionsOf } from '../policy-records.ts'
import { entryOf } from '../schema.ts'
import type { Lint } from './lint.ts'

export const staticSecretWithoutSunset: Lint = {
  id: 'static-secret-without-sunset',
  severity: 'info',
  why: 'A stored secret without an end is never replaced, and nobody can say how old it is.',
  fix: 'Write `rotation` with `every` and `last`; move to a kind without a stored secret where there is one.',
  find: ({ document, policy }) =>
    connectionsOf(policy).flatMap(({ name, kind, settings }) => {
      const rotation = entryOf(document.connections, name)?.rotation
      const [secret] = kind.secretNames(settings)
      if (secret === undefined || rotation?.last !== undefined) return []
      const missing = rotation === undefined ? 'rotation is not written' : 'rotation does not say when it last was'
      return [{ path: ['connections', name], at: 'key', message: `it rests on the stored secret ${secret}, and ${missing}` }]
    }),
}
