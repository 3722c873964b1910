/** Judges a policy written in the records a test is about: the version of the language goes without saying. */
import { judgePolicyFiles } from '../../../shared/policy/judge-files.ts'
import { sha256Hex } from './policies.ts'

export function judged(yaml: string): ReturnType<typeof judgePolicyFiles> {
  return judgePolicyFiles([{ name: 'policy.yaml', text: `jobpass: 1\n${yaml}` }], { sha256Hex, today: '2026-11-25' })
}
