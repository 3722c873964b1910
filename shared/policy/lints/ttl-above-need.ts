/** `ttl-above-need`: a lifetime beyond what a job's use of a credential takes. The purpose is in words, so one measure is laid to all. */
import { formatDuration, type Seconds } from '../../units.ts'
import { lifetimeOf } from '../lifetime.ts'
import { grantsOf } from '../policy-records.ts'
import type { Lint } from './lint.ts'

/** A credential is drawn when it is needed, and can be drawn again. */
const ENOUGH: Seconds = 1800

export const ttlAboveNeed: Lint = {
  id: 'ttl-above-need',
  severity: 'info',
  why: 'A credential that leaks is good for as long as it lives, and hardly a purpose needs one for longer than half an hour.',
  fix: 'Shorten `ttl` to what the step takes; a long job draws a second credential when it needs one.',
  find: ({ policy }) =>
    grantsOf(policy).flatMap((grant) => {
      const lifetime = lifetimeOf(grant, policy.settings)
      if (lifetime <= ENOUGH) return []
      const message = `its credentials live ${formatDuration(lifetime)}: does "${grant.purpose}" take that long?`
      return [{ path: ['grants', grant.name, 'ttl'], message }]
    }),
}
