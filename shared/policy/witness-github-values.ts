/**
 * Values for the facts of a run that a policy leaves open: what a reader expects to see, and as many others as are needed.
 * Only attributes that are compared exactly are found here; a fresh value is one that no set of the region names.
 */
import { admits, type Region } from './witness-region.ts'

/** Usual values, the most usual first. */
export const USUAL = {
  file: '/.github/workflows/ci.yml',
  commit: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4',
  texts: new Map<string, readonly string[]>([
    ['ref', ['refs/heads/main', 'refs/heads/feature', 'refs/tags/v1.0.0', 'refs/tags/v2.0.0', 'refs/pull/7/merge']],
    ['repository', ['octo-org/app', 'octo-org/docs']],
    ['head_ref', ['feature', 'patch-1']],
    ['base_ref', ['main', 'develop']],
    ['environment', ['production', 'staging', 'preview']],
  ]),
} as const

/** Values of one attribute: a closed list, or an endless one that begins with the usual. */
type Values = readonly string[] | ((index: number) => string)

const counted =
  (first: string): Values =>
  (index) =>
    String(BigInt(first) + BigInt(index))
const named =
  (first: string): Values =>
  (index) =>
    index === 0 ? first : `${first}-${index}`
const commits: Values = (index) => (index === 0 ? USUAL.commit : index.toString(16).padStart(8, '0') + USUAL.commit.slice(8))

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

const VALUES: ReadonlyMap<string, Values> = new Map<string, Values>([
  ...ALWAYS,
  ['environment_node_id', named('EN_kwDOSJX-184AAAABJcAh1w')],
  ['enterprise', named('octo-ent')],
  ['enterprise_id', counted('4242')],
])

/** Facts of every token that agree with no other, with the value of each that is the most usual. */
export const ALWAYS_THERE: ReadonlyMap<string, string> = new Map(
  ALWAYS.map(([attribute, values]) => [attribute, typeof values === 'function' ? values(0) : (values[0] ?? '')]),
)

/** A value the region has for the attribute; `undefined` when it has none. */
export function exactValue(region: Region, attribute: string): string | undefined {
  const values = VALUES.get(attribute) ?? named('value')
  const rest = region.bounds.get(attribute)?.rest
  if (typeof values !== 'function')
    return values.find((value) => (rest === undefined ? admits(region, attribute, value) : rest.includes(value)))
  if (rest !== undefined) return rest[0]
  // every set names finitely many texts, so one of the first values is free
  for (let index = 0; ; index++) if (admits(region, attribute, values(index))) return values(index)
}
