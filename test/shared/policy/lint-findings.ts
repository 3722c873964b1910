/** What the lints find in some files that hold a policy without errors. */
import { judgePolicyFiles } from '../../../shared/policy/judge-files.ts'
import { LINTS } from '../../../shared/policy/lint.ts'
import type { Finding } from '../../../shared/policy/merge.ts'
import type { PolicyFile } from '../../../shared/policy/parse.ts'
import { sha256Hex } from './policies.ts'

export function lintFindings(files: readonly PolicyFile[], today: string, policyRepository?: string): readonly Finding[] {
  const judged = judgePolicyFiles(files, { sha256Hex, today, ...(policyRepository === undefined ? {} : { policyRepository }) })
  if (judged.loaded === undefined) throw new Error(judged.findings.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  const ids = [...LINTS.map(({ id }) => id), 'ignore']
  return judged.findings.filter(({ id }) => ids.includes(id))
}
