/** `unused-workload`: a workload that no rule, no resource server and no scenario names. */
import { kindSettings, textsOf } from '../schema.ts'
import type { Lint } from './lint.ts'

export const unusedWorkload: Lint = {
  id: 'unused-workload',
  severity: 'info',
  why: 'A record that does nothing still has to be read, owned and kept right.',
  fix: 'Remove it, or write the rule it was meant for.',
  find: ({ document: { workloads, grants, connections, scenarios } }) => {
    const used = new Set([
      ...Object.values(grants).flatMap(({ allow }) => allow.map(({ workload }) => workload)),
      ...Object.values(connections).flatMap((connection) => textsOf(kindSettings(connection).resource_servers)),
      ...scenarios.map(({ as }) => as.workload),
    ])
    return Object.keys(workloads)
      .filter((name) => !used.has(name))
      .map((name) => ({ path: ['workloads', name], at: 'key', message: `nothing names the workload ${name}`, edit: 'remove' }))
  },
}
