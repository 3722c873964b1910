/**
 * What GitHub's documentation says of the facts of one run, as data: which refs an event can have, which of them mark a pull request, how refs,
 * repositories and workflow files are spelt. Only what is documented is here; where it says nothing, everything is taken for possible,
 * so that the plan shows a difference rather than hides one. docs/plan.md lists the same facts in words.
 * Sources: docs.github.com "Events that trigger workflows", "Variables reference", "OpenID Connect reference"; git-check-ref-format(1).
 */
import { EVENT_NAMES } from '../platforms/github.ts'
import {
  character,
  choice,
  literal,
  maybe,
  oneOf,
  type Piece,
  part,
  type Shape,
  sequence,
  shapeOf,
  some,
  times,
  type UnitClass,
} from './language-shape.ts'
import { BRANCH, isLetterOrDigit, REF_NAME, TAG, TEXT_UNIT } from './witness-refs.ts'

/** What the ref of a run is: a branch, a tag, the merge of a pull request, or nothing (a deployment of a bare commit). */
export type RefForm = 'branch' | 'tag' | 'pull' | 'none'

const REF_FORMS = ['branch', 'tag', 'pull', 'none'] as const satisfies readonly RefForm[]

/** Events that run on something else than the default branch. */
const REFS_OF_EVENT: ReadonlyMap<string, readonly RefForm[]> = new Map<string, readonly RefForm[]>([
  ['push', ['branch', 'tag']],
  ['create', ['branch', 'tag']],
  ['workflow_dispatch', ['branch', 'tag']],
  ['release', ['tag']],
  ['pull_request', ['pull']],
  ['pull_request_review', ['pull']],
  ['pull_request_review_comment', ['pull']],
  ['deployment', ['branch', 'tag', 'none']],
  ['deployment_status', ['branch', 'tag', 'none']],
])

/** Events whose ref is always the default branch, or another branch. */
const BRANCH_EVENTS: readonly string[] = [
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'delete',
  'discussion',
  'discussion_comment',
  'fork',
  'gollum',
  'issue_comment',
  'issues',
  'label',
  'merge_group',
  'milestone',
  'project',
  'project_card',
  'project_column',
  'public',
  'pull_request_target',
  'repository_dispatch',
  'schedule',
  'watch',
  'workflow_run',
]

export function refsOf(event: string): readonly RefForm[] {
  return REFS_OF_EVENT.get(event) ?? (BRANCH_EVENTS.includes(event) ? ['branch'] : REF_FORMS)
}

/** Whether the token of a run names the branches of a pull request. */
export function branchesNamed(event: string): 'always' | 'never' | 'maybe' {
  if (event === 'pull_request' || event === 'pull_request_target') return 'always'
  return refsOf(event).includes('pull') || event === 'merge_group' ? 'maybe' : 'never'
}

/** `ref_type` of a ref; of a run without a ref it is not documented. */
export const REF_TYPES: Readonly<Record<RefForm, readonly (string | undefined)[]>> = {
  branch: ['branch'],
  pull: ['branch'],
  tag: ['tag'],
  none: [undefined, 'branch', 'tag'],
}

const USUAL_FIRST = ['push', 'workflow_dispatch', 'release', 'schedule', 'pull_request', 'pull_request_target']

/** Every event, the usual ones first. */
export const EVENTS: readonly string[] = [...new Set([...USUAL_FIRST, ...EVENT_NAMES])]

const OWNER_UNIT: UnitClass = { admits: (unit) => isLetterOrDigit(unit) || unit === 0x2d || unit === 0x5f }
const NAME_UNIT: UnitClass = { admits: (unit) => OWNER_UNIT.admits(unit) || unit === 0x2e }
const DIGIT: UnitClass = { admits: (unit) => unit >= 0x30 && unit <= 0x39 }
const DIGIT_NOT_ZERO: UnitClass = { admits: (unit) => unit >= 0x31 && unit <= 0x39 }
const HEX_DIGIT: UnitClass = { admits: (unit) => DIGIT.admits(unit) || (unit >= 0x61 && unit <= 0x66) }
const FILE_UNIT: UnitClass = { admits: (unit) => TEXT_UNIT.admits(unit) && unit !== 0x2f }

const REF: Readonly<Record<Exclude<RefForm, 'none'>, Piece>> = {
  branch: BRANCH,
  tag: TAG,
  pull: sequence(literal('refs/pull/'), oneOf(DIGIT_NOT_ZERO), maybe(some(oneOf(DIGIT))), literal('/merge')),
}
const COMMIT = times(40, oneOf(HEX_DIGIT))
const REPOSITORY = sequence(some(oneOf(OWNER_UNIT)), literal('/'), some(oneOf(NAME_UNIT)))
const FILE = choice(
  sequence(literal('/.github/workflows/'), some(character(FILE_UNIT)), choice(literal('.yml'), literal('.yaml'))),
  sequence(literal('/dynamic/'), some(character(TEXT_UNIT))),
)

export const REPOSITORY_SHAPE: Shape = shapeOf(REPOSITORY)
export const BRANCH_NAME_SHAPE: Shape = shapeOf(REF_NAME)
export const REF_SHAPES: Readonly<Record<Exclude<RefForm, 'none'>, Shape>> = {
  branch: shapeOf(REF.branch),
  tag: shapeOf(REF.tag),
  pull: shapeOf(REF.pull),
}

const workflowShape = (ref: Piece): Shape => shapeOf(sequence(part('repository', REPOSITORY), FILE, literal('@'), part('ref', ref)))

/** The workflow file of a run: its repository, the file, and the ref of the run; without a ref its commit. */
export const WORKFLOW_SHAPES: Readonly<Record<RefForm, Shape>> = {
  branch: workflowShape(REF.branch),
  tag: workflowShape(REF.tag),
  pull: workflowShape(REF.pull),
  none: shapeOf(sequence(part('repository', REPOSITORY), FILE, literal('@'), part('commit', COMMIT))),
}

/** A called workflow: any repository's, at any ref or commit. */
export const CALLED_WORKFLOW_SHAPE: Shape = shapeOf(sequence(REPOSITORY, FILE, literal('@'), choice(REF.branch, REF.tag, REF.pull, COMMIT)))
