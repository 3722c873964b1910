/** What a reader expects to see in a run on GitHub: usual texts, and the values of every attribute that agrees with no other. */
import { commits, counted, mostUsual, named, USUAL_COMMIT, type Values } from './witness-values.ts'

/** Usual texts, the most usual first. */
export const USUAL_TEXTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ref', ['refs/heads/main', 'refs/heads/feature', 'refs/tags/v1.0.0', 'refs/tags/v2.0.0', 'refs/pull/7/merge']],
  ['repository', ['octo-org/app', 'octo-org/docs']],
  ['head_ref', ['feature', 'patch-1']],
  ['base_ref', ['main', 'develop']],
  ['environment', ['production', 'staging', 'preview']],
])

/** The workflow file of a run without a ref is named by its commit. */
export function usualWorkflow(repository: string, ref: string): string {
  return `${repository}/.github/workflows/ci.yml@${ref === '' ? USUAL_COMMIT : ref}`
}

const ALWAYS: readonly (readonly [string, Values])[] = [
  ['repository_id', counted('1217768983')],
  ['repository_owner_id', counted('65000001')],
  ['repository_visibility', ['private', 'internal', 'public']],
  ['ref_protected', ['true', 'false']],
  ['runner_environment', ['github-hosted', 'self-hosted']],
  ['run_attempt', counted('1')],
  ['actor', named('octocat')],
  ['actor_id', counted('583231')],
  ['sha', commits],
  ['workflow_sha', commits],
  ['job_workflow_sha', commits],
]

export const VALUES: ReadonlyMap<string, Values> = new Map<string, Values>([
  ...ALWAYS,
  ['environment_node_id', named('EN_kwDOSJX-184AAAABJcAh1w')],
  ['enterprise', named('octo-ent')],
  ['enterprise_id', counted('4242')],
])

/** Facts of every token that agree with no other, with the value of each that is the most usual. */
export const ALWAYS_THERE: ReadonlyMap<string, string> = mostUsual(ALWAYS)
