/**
 * Everything there is to say about the files of a policy, and the policy itself when they are one: what `check` prints, wherever it runs.
 * Hashing and the date are the caller's: nothing here knows a platform or a clock.
 */
import { once } from '../once.ts'
import { compilePolicy, policyDigest } from './compile.ts'
import { type IgnoredFinding, lintPolicy, sortIgnored } from './lint.ts'
import { loadPolicy } from './load.ts'
import type { Finding } from './merge.ts'
import type { PolicyFile } from './parse.ts'
import type { Policy } from './policy.ts'
import type { Problem } from './problem.ts'
import { inOrder, readPolicyFiles } from './read-files.ts'
import { failedScenarios } from './scenario.ts'
import type { PolicyDocument } from './schema.ts'

export interface Circumstances {
  readonly sha256Hex: (text: string) => string
  /** `2026-11-22`: overdue is what lies before it. */
  readonly today: string
  /** `owner/name` of the repository the policy is kept in, where that is known. */
  readonly policyRepository?: string
}

export interface JudgedFiles {
  /** Errors of the language; or, when there are none, lints and failed scenarios. */
  readonly findings: readonly Finding[]
  /** Lints that a comment silences. */
  readonly ignored: readonly IgnoredFinding[]
  /** Absent when the language has errors. */
  readonly loaded?: LoadedFiles
}

export interface LoadedFiles {
  readonly document: PolicyDocument
  /** The canonical JSON. */
  readonly compiled: string
  readonly policy: Policy
  /** A problem of the document, in its file. */
  readonly place: (problem: Problem) => Finding
}

export function judgePolicyFiles(files: readonly PolicyFile[], { sha256Hex, ...circumstances }: Circumstances): JudgedFiles {
  const read = readPolicyFiles(files)
  if (!read.ok) return { findings: read.findings, ignored: [] }
  const { document, place } = read
  // `check` alone needs neither, and on a large policy they are a tenth of its time
  const compiled = once(() => compilePolicy(document))
  const policy = loadPolicy(
    document,
    once(() => policyDigest(compiled(), sha256Hex)),
  )
  const lints = sortIgnored(lintPolicy({ document, policy, ...circumstances }).map(place), files)
  const failures = failedScenarios(document, policy).map(place)
  const loaded: LoadedFiles = {
    document,
    get compiled() {
      return compiled()
    },
    policy,
    place,
  }
  return { findings: inOrder([...lints.kept, ...failures]), ignored: lints.ignored, loaded }
}
