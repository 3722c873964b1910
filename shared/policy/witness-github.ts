/**
 * Possible runs on GitHub: finds one inside a region, or says that GitHub could sign none. Facts that must agree are found together (event, ref,
 * ref_type, repository, workflow file, the branches of a pull request, environment and its id); the others each on their own.
 * It prefers the usual to the odd: a push to main before anything else the region leaves room for.
 */
import { github } from '../platforms/github.ts'
import { ANY_TEXT } from './language.ts'
import { compilePattern } from './pattern.ts'
import type { Condition } from './policy.ts'
import {
  BRANCH_NAME_SHAPE,
  branchesNamed,
  CALLED_WORKFLOW_SHAPE,
  EVENTS,
  REF_SHAPES,
  REF_TYPES,
  REPOSITORY_SHAPE,
  type RefForm,
  refsOf,
  WORKFLOW_SHAPES,
} from './witness-github-facts.ts'
import { githubPayload } from './witness-github-payload.ts'
import { ALWAYS_THERE, USUAL_TEXTS, usualWorkflow, VALUES } from './witness-github-values.ts'
import { findPlace, type PlaceForms } from './witness-place.ts'
import { admits, type FoundRun, isNeeded, type Region, type RunModel } from './witness-region.ts'
import { copyInto, keptFor, type Seek, type Sought, type SoughtFacts, startSeek, textValue } from './witness-search.ts'
import { exactValue } from './witness-values.ts'

/** The owner of a repository is a fact of its name; both are searched for as one. */
export function searchedOnGithub(condition: Condition): Condition {
  if (condition.attribute !== 'repository_owner') return condition
  const patterns = condition.patterns.map(({ text }) => compilePattern(`${text}/*`, { foldCase: true }))
  return { attribute: 'repository', patterns }
}

function find(region: Region, seek: Seek): FoundRun | 'none' | 'undecided' {
  const independent = independentFacts(region, seek)
  if (typeof independent === 'string') return independent
  const placed = placeAndEvent(region, seek)
  if (typeof placed === 'string') return placed
  const called = calledWorkflow(region, placed.get('workflow_ref') ?? '', seek)
  if (typeof called === 'string') return called
  copyInto(placed, independent)
  if (called.value !== undefined) placed.set('job_workflow_ref', called.value)
  // no rule protects the merge of a pull request
  if (placed.get('ref')?.startsWith('refs/pull/') === true && admits(region, 'ref_protected', 'false')) placed.set('ref_protected', 'false')
  return placed
}

/** Environment, and every attribute that agrees with no other. */
function independentFacts(region: Region, seek: Seek): SoughtFacts {
  const facts = new Map<string, string>()
  const needsEnvironment = isNeeded(region, 'environment') || isNeeded(region, 'environment_node_id')
  const environment = needsEnvironment ? textValue(region, 'environment', { shape: ANY_TEXT, seek }) : { value: undefined }
  if (typeof environment === 'string') return environment
  if (environment.value !== undefined) facts.set('environment', environment.value)
  copyInto(facts, ALWAYS_THERE)
  for (const attribute of stated(region, environment.value !== undefined)) {
    // a condition on another platform's attribute holds for no run here
    if (github.attribute(attribute) === undefined) return 'none'
    const value = exactValue(region, attribute, VALUES.get(attribute))
    if (value === undefined) return 'none'
    facts.set(attribute, value)
  }
  return facts
}

/** The attributes to be found on their own: those the region needs, or bounds where every run has them, and what comes with them. */
function stated({ bounds }: Region, hasEnvironment: boolean): Iterable<string> {
  const found = new Set<string>()
  for (const [attribute, { all }] of bounds) {
    if (!FOUND_TOGETHER.has(attribute) && (all.length > 0 || ALWAYS_THERE.has(attribute))) found.add(attribute)
  }
  if (hasEnvironment) found.add('environment_node_id')
  if (ENTERPRISE.some((attribute) => found.has(attribute))) for (const attribute of ENTERPRISE) found.add(attribute)
  return found
}

/** A token has both or neither. */
const ENTERPRISE: readonly string[] = ['enterprise', 'enterprise_id']

const FOUND_TOGETHER: ReadonlySet<string> = new Set([
  'environment',
  'event_name',
  'ref',
  'ref_type',
  'repository',
  'workflow_ref',
  'job_workflow_ref',
  'head_ref',
  'base_ref',
])

/** The first event, ref and repository that go together. */
function placeAndEvent(region: Region, seek: Seek): Map<string, string> | 'none' | 'undecided' {
  const placeOf = keptFor((form: RefForm) => factsOfPlace(region, form, seek))
  const branches = keptFor((named: ReturnType<typeof branchesNamed>) => pullRequestBranches(region, named, seek))
  const left = region.bounds.get('event_name')?.rest
  let failure: 'none' | 'undecided' = 'none'
  for (const { event, form } of EVENTS_ON_REFS) {
    if (left === undefined ? !admits(region, 'event_name', event) : !left.includes(event)) continue
    const named = branches(branchesNamed(event))
    const place = typeof named === 'string' ? named : placeOf(form)
    if (typeof named !== 'string' && typeof place !== 'string') return placedOn(event, place, named)
    if (place === 'undecided') failure = 'undecided'
  }
  return failure
}

function placedOn(event: string, ...parts: readonly ReadonlyMap<string, string>[]): Map<string, string> {
  const facts = new Map<string, string>()
  for (const part of parts) copyInto(facts, part)
  return facts.set('event_name', event)
}

const EVENTS_ON_REFS = EVENTS.flatMap((event) => refsOf(event).map((form) => ({ event, form })))

function pullRequestBranches(region: Region, named: ReturnType<typeof branchesNamed>, seek: Seek): SoughtFacts {
  const facts = new Map<string, string>()
  for (const attribute of ['head_ref', 'base_ref']) {
    const isSought = named === 'always' || isNeeded(region, attribute)
    if (named === 'never' && isSought) return 'none'
    const found = isSought ? textValue(region, attribute, { shape: BRANCH_NAME_SHAPE, seek }) : { value: undefined }
    if (typeof found === 'string') return found
    if (found.value !== undefined) facts.set(attribute, found.value)
  }
  return facts
}

const PLACES: PlaceForms<RefForm> = {
  repository: 'repository',
  file: 'workflow_ref',
  repositoryShape: REPOSITORY_SHAPE,
  refShape: (form) => (form === 'none' ? undefined : REF_SHAPES[form]),
  fileShapes: (form) => [WORKFLOW_SHAPES[form]],
  usualFile: usualWorkflow,
  repositoriesOf: (file) => [file.split('/', 2).join('/')],
}

/** Repository, ref, its type and the workflow file, for a run on a ref of that form. */
function factsOfPlace(region: Region, form: RefForm, seek: Seek): SoughtFacts {
  const refType = REF_TYPES[form].find((type) => admits(region, 'ref_type', type))
  if (refType === undefined && !(form === 'none' && admits(region, 'ref_type', undefined))) return 'none'
  const place = findPlace(region, form, { forms: PLACES, seek })
  if (typeof place === 'string') return place
  const facts = new Map([
    ['repository', place.repository],
    ['repository_owner', github.ownerOf(place.repository)],
    ['workflow_ref', place.file],
  ])
  if (place.ref !== '') facts.set('ref', place.ref)
  if (refType !== undefined) facts.set('ref_type', refType)
  return facts
}

/** The called workflow: the run's own when nothing else is wanted. */
function calledWorkflow(region: Region, workflow: string, seek: Seek): Sought {
  if (admits(region, 'job_workflow_ref', workflow)) return { value: workflow }
  return textValue(region, 'job_workflow_ref', { shape: CALLED_WORKFLOW_SHAPE, seek })
}

export function githubRuns(): RunModel {
  const seek = startSeek(USUAL_TEXTS)
  return { find: (region) => find(region, seek), payload: githubPayload }
}
