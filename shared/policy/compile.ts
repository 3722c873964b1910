/**
 * The compiled form of a policy: its canonical JSON (RFC 8785), and the digest that is its name everywhere.
 * The same records give the same text however they were split over files, and in whatever order; comments and formatting are gone.
 */
import { canonicalJson, isJsonObject } from '../json.ts'
import type { PolicyDigest } from './policy.ts'
import { LANGUAGE_VERSION, type PolicyDocument } from './schema.ts'

/** Sections nobody wrote are left out. Scenarios, the one list across files, are ordered by their own canonical text. */
export function compilePolicy(document: PolicyDocument): string {
  const { scenarios, ...sections } = document
  const written = Object.entries(sections).filter(([name, records]) => name === 'jobpass' || Object.keys(records).length > 0)
  const members = written.map(([name, records]): [string, string] => [name, canonicalJson(records)])
  // the default order of sort is that of UTF-16 code units
  if (scenarios.length > 0) members.push(['scenarios', `[${scenarios.map(canonicalJson).sort().join(',')}]`])
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`
}

/** `sha256:` and the SHA-256 of the compiled text in lower-case hex. Hashing is the caller's: nothing here knows a platform. */
export function policyDigest(compiled: string, sha256Hex: (text: string) => string): PolicyDigest {
  return `sha256:${sha256Hex(compiled)}`
}

/**
 * A compiled policy as a document again, without checking it a second time: only for a text whose digest is that of a policy `checkDocument`
 * has accepted. Any other text is a fault.
 */
export function openCompiled(compiled: string): PolicyDocument {
  const top: unknown = JSON.parse(compiled)
  if (!isCompiled(top)) throw new TypeError('this is no compiled policy')
  return {
    jobpass: LANGUAGE_VERSION,
    settings: top.settings ?? {},
    issuers: top.issuers ?? {},
    workloads: top.workloads ?? {},
    connections: top.connections ?? {},
    grants: top.grants ?? {},
    guardrails: top.guardrails ?? {},
    tripwires: top.tripwires ?? {},
    scenarios: top.scenarios ?? [],
  }
}

/** INVARIANT: the digest stands for the check; here only the top is looked at. */
function isCompiled(value: unknown): value is Partial<PolicyDocument> {
  return isJsonObject(value) && value.jobpass === LANGUAGE_VERSION
}
