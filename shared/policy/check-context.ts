/** What every part of the check is given: the well-shaped records, the names of all, and the one way to say that a name is not defined. */
import { platforms } from '../platforms/index.ts'
import type { Platform } from '../platforms/platform.ts'
import type { Report, Shaped } from './check-shape.ts'
import { suggestion } from './nearest.ts'
import { type DocumentPath, errorAt } from './problem.ts'
import { entryOf, type PolicyDocument, type SectionName } from './schema.ts'
import { quoted } from './shape-problems.ts'

export interface CheckContext {
  readonly document: PolicyDocument
  readonly report: Report
  /** True when a record has the name, well-shaped or not. */
  readonly isNamed: (section: SectionName, name: string) => boolean
  /** True when the name is defined; otherwise reports that it is not, with the nearest one that is. */
  readonly isDefined: (section: SectionName, name: string, path: DocumentPath) => boolean
  /** The platform of a workload's issuer; all platforms in use when that cannot be told. */
  readonly platformsOf: (workload: string) => readonly Platform[]
  /** The platforms of all issuers. */
  readonly platformsInUse: readonly Platform[]
}

/** Searching the nearest name costs a look at every name: past this many, a broken policy is told without. */
const MAX_SUGGESTIONS = 100

const SINGULAR: Readonly<Record<SectionName, string>> = {
  issuers: 'issuer',
  workloads: 'workload',
  connections: 'connection',
  grants: 'grant',
  guardrails: 'guardrail',
}

export function checkContext({ document, names }: Shaped, report: Report): CheckContext {
  let suggestions = 0
  const inUse = [...new Set(Object.values(document.issuers).map(({ platform }) => platforms[platform]))]
  const platformsInUse = inUse.length > 0 ? inUse : Object.values(platforms)
  return {
    document,
    report,
    platformsInUse,
    isNamed: (section, name) => names[section].has(name),
    isDefined: (section, name, path) => {
      if (names[section].has(name)) return true
      const nearest = suggestions++ < MAX_SUGGESTIONS ? suggestion(name, names[section]) : ''
      report(errorAt(path, 'undefined-name', `no ${SINGULAR[section]} ${quoted(name)} is defined${nearest}`))
      return false
    },
    platformsOf: (workload) => {
      const record = entryOf(document.workloads, workload)
      const issuer = record === undefined ? undefined : entryOf(document.issuers, record.issuer)
      return issuer === undefined ? platformsInUse : [platforms[issuer.platform]]
    },
  }
}
