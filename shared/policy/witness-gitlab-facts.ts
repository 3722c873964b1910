/**
 * What GitLab's documentation says of the facts of one run, as data: which refs a pipeline can run on, how projects and pipeline files are spelt, and
 * what a reader expects to see. Where the documentation says nothing, everything is taken for possible, so that the plan shows a difference rather than hides one.
 * Sources: docs.gitlab.com "ID token authentication", "Merge request pipelines", "Naming rules"; git-check-ref-format(1).
 */
import { PIPELINE_SOURCES } from '../platforms/gitlab.ts'
import {
  character,
  literal,
  maybe,
  oneOf,
  type Piece,
  part,
  type Shape,
  sequence,
  shapeOf,
  some,
  type UnitClass,
} from './language-shape.ts'
import { BRANCH, isLetterOrDigit, TAG, TEXT_UNIT } from './witness-refs.ts'
import { commits, counted, mostUsual, named, type Values } from './witness-values.ts'

/** What the ref of a run is. Its `ref_type` has the same name. */
export type RefForm = 'branch' | 'tag'

/** Sources whose ref is the source branch of a merge request or pull request. */
const BRANCH_SOURCES: readonly string[] = ['merge_request_event', 'external_pull_request_event']

export function refsOf(source: string): readonly RefForm[] {
  return BRANCH_SOURCES.includes(source) ? ['branch'] : ['branch', 'tag']
}

/** Whether the project of the claims may be a fork while the pipeline file is that of the project it was forked from. */
export function mayBeFork(source: string): boolean {
  return source === 'merge_request_event' || source === 'parent_pipeline'
}

const USUAL_FIRST = ['push', 'web', 'schedule', 'merge_request_event']

/** Every source, the usual ones first. */
export const SOURCES: readonly string[] = [...new Set([...USUAL_FIRST, ...PIPELINE_SOURCES])]

const FIRST_UNIT: UnitClass = { admits: (unit) => isLetterOrDigit(unit) || unit === 0x5f || unit === 0x2e }
const PATH_UNIT: UnitClass = { admits: (unit) => FIRST_UNIT.admits(unit) || unit === 0x2d }
const SERVER_UNIT: UnitClass = { admits: (unit) => TEXT_UNIT.admits(unit) && unit !== 0x2f && unit !== 0x40 }

const NAME = sequence(oneOf(FIRST_UNIT), maybe(some(oneOf(PATH_UNIT))))
const PROJECT = sequence(NAME, some(sequence(literal('/'), NAME)))
const REF: Readonly<Record<RefForm, Piece>> = { branch: BRANCH, tag: TAG }

export const PROJECT_SHAPE: Shape = shapeOf(PROJECT)
export const REF_SHAPES: Readonly<Record<RefForm, Shape>> = { branch: shapeOf(BRANCH), tag: shapeOf(TAG) }

/** The instance is written as its issuer's URL says; of an issuer with a URL of its own it could be any. */
const ANY_SERVER = some(character(SERVER_UNIT))

const configUri = (server: Piece, project: Piece, ref: Piece): Shape =>
  shapeOf(sequence(server, literal('/'), project, literal('//'), some(character(TEXT_UNIT)), literal('@'), part('ref', ref)))

/** The pipeline file: the instance, its project, a path, the run's ref. The likelier shape first. */
export function configShapes(server: string): Readonly<Record<RefForm, readonly Shape[]>> {
  const shapes = (ref: Piece): readonly Shape[] =>
    [literal(server), ANY_SERVER].map((piece) => configUri(piece, part('repository', PROJECT), ref))
  return { branch: shapes(REF.branch), tag: shapes(REF.tag) }
}

/** The same of any project, for the pipeline of a fork. */
export const FORK_CONFIG_SHAPES: Readonly<Record<RefForm, Shape>> = {
  branch: configUri(ANY_SERVER, PROJECT, REF.branch),
  tag: configUri(ANY_SERVER, PROJECT, REF.tag),
}

export const USUAL_TEXTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ref', ['refs/heads/main', 'refs/heads/feature', 'refs/tags/v1.0.0', 'refs/tags/v2.0.0']],
  ['project_path', ['acme/app', 'acme/docs']],
  ['environment', ['production', 'staging', 'review']],
])

const ALWAYS: readonly (readonly [string, Values])[] = [
  ['project_id', counted('4012345')],
  ['namespace_id', counted('72')],
  ['project_visibility', ['private', 'internal', 'public']],
  ['ref_protected', ['true', 'false']],
  ['runner_environment', ['gitlab-hosted', 'self-hosted']],
  ['runner_id', counted('12270835')],
  ['user_login', named('ada')],
  ['user_id', counted('1234')],
  ['user_access_level', named('maintainer')],
  ['sha', commits],
  ['ci_config_sha', commits],
]

const WITH_ENVIRONMENT: readonly (readonly [string, Values])[] = [
  ['environment_protected', ['true', 'false']],
  ['deployment_tier', ['production', 'staging', 'testing', 'development', 'other']],
  ['environment_action', ['start', 'prepare', 'verify', 'access', 'stop']],
]

export const VALUES: ReadonlyMap<string, Values> = new Map([...ALWAYS, ...WITH_ENVIRONMENT])

/** Facts of every token that agree with no other, with the value of each that is the most usual. */
export const ALWAYS_THERE: ReadonlyMap<string, string> = mostUsual(ALWAYS)
/** Facts of every job with an environment, and of no other. */
export const THERE_WITH_ENVIRONMENT: readonly string[] = WITH_ENVIRONMENT.map(([attribute]) => attribute)
