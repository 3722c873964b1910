/**
 * Possible runs on GitHub: finds one inside a region, or says that GitHub could sign none. Facts that must agree are found together (event, ref,
 * ref_type, repository, workflow file, the branches of a pull request, environment and its id); the others each on their own.
 * It prefers the usual to the odd: a push to main before anything else the region leaves room for.
 */
import { ANY_TEXT, isEmptySet, patternsLeft, shortestTextKept, type TextQuery, type TextSet, together } from './language.ts'
import { type SearchOutcome, search, type Track } from './language-search.ts'
import { hasShape, hasShapeKept, type Shape } from './language-shape.ts'
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
import { ALWAYS_THERE, exactValue, USUAL } from './witness-github-values.ts'
import { admits, type FoundRun, isNeeded, type Region, type RunModel } from './witness-region.ts'

/** A value, its absence where the region allows that, or why there is none. */
type Sought = { readonly value: string | undefined } | 'none' | 'undecided'
/** Questions about texts, answered from memory when they were asked before. */
interface Seek {
  readonly shortest: (query: TextQuery) => SearchOutcome
  readonly fits: (shape: Shape, text: string) => boolean
}
type SoughtFacts = ReadonlyMap<string, string> | 'none' | 'undecided'

/** The owner of a repository is a fact of its name; both are searched for as one. */
function searched(condition: Condition): Condition {
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
    const value = exactValue(region, attribute)
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
  const placeOf = kept((form: RefForm) => findPlace(region, form, seek))
  const branches = kept((named: ReturnType<typeof branchesNamed>) => pullRequestBranches(region, named, seek))
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

/** Without an entry of its own for each fact, which iterating would make: a large plan comes by here a hundred thousand times. */
function copyInto(facts: Map<string, string>, part: ReadonlyMap<string, string>): void {
  part.forEach((value, name) => {
    facts.set(name, value)
  })
}

const EVENTS_ON_REFS = EVENTS.flatMap((event) => refsOf(event).map((form) => ({ event, form })))

function kept<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}

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

/** Repository, ref, its type and the workflow file, for a run on a ref of that form. */
function findPlace(region: Region, form: RefForm, seek: Seek): SoughtFacts {
  const refType = REF_TYPES[form].find((type) => admits(region, 'ref_type', type))
  if (refType === undefined && !(form === 'none' && admits(region, 'ref_type', undefined))) return 'none'
  const place = region.bounds.has('workflow_ref') ? placeByWorkflow(region, form, seek) : placeByParts(region, form, seek)
  if (typeof place === 'string') return place
  const facts = new Map([
    ['repository', place.repository],
    ['repository_owner', place.repository.slice(0, place.repository.indexOf('/'))],
    ['workflow_ref', place.workflow],
  ])
  if (place.ref !== '') facts.set('ref', place.ref)
  if (refType !== undefined) facts.set('ref_type', refType)
  return facts
}

interface Place {
  readonly repository: string
  readonly ref: string
  readonly workflow: string
}

function placeByParts(region: Region, form: RefForm, seek: Seek): Place | 'none' | 'undecided' {
  if (form === 'none' && isNeeded(region, 'ref')) return 'none'
  const ref = form === 'none' ? { value: '' } : textValue(region, 'ref', { shape: REF_SHAPES[form], seek })
  if (typeof ref === 'string') return ref
  const repository = textValue(region, 'repository', { shape: REPOSITORY_SHAPE, seek })
  if (typeof repository === 'string') return repository
  const [name = '', at = ''] = [repository.value, ref.value]
  return { repository: name, ref: at, workflow: `${name}${USUAL.file}@${at === '' ? USUAL.commit : at}` }
}

/** The workflow file holds repository and ref: the three are one text. */
function placeByWorkflow(region: Region, form: RefForm, seek: Seek): Place | 'none' | 'undecided' {
  if (form === 'none' && isNeeded(region, 'ref')) return 'none'
  const rest = region.bounds.get('workflow_ref')?.rest
  if (rest !== undefined)
    return (
      firstPlace(
        rest.flatMap((workflow) => splits(workflow, form)),
        region,
      ) ?? 'none'
    )
  const usual = placeByParts(region, form, seek)
  if (typeof usual === 'string') return usual
  if (admits(region, 'workflow_ref', usual.workflow)) return usual
  const found = search({
    shape: WORKFLOW_SHAPES[form],
    all: TRACKED.flatMap((attribute) => tracks(region, 'all', attribute)),
    none: TRACKED.flatMap((attribute) => tracks(region, 'none', attribute)),
  })
  if (typeof found === 'string') return found
  return { repository: found.parts.get('repository') ?? '', ref: found.parts.get('ref') ?? '', workflow: found.text }
}

const TRACKED = ['workflow_ref', 'repository', 'ref']

function tracks({ bounds }: Region, which: 'all' | 'none', attribute: string): readonly Track[] {
  const { all, none } = bounds.get(attribute) ?? { all: NO_SETS, none: NO_SETS }
  const sets = which === 'all' ? patternsLeft(all, none) : together(none)
  return sets.map((set): Track => (attribute === 'workflow_ref' ? { set: set.automaton() } : { set: set.automaton(), part: attribute }))
}

/** Every way to read a workflow file as one of a run of that form. */
function splits(workflow: string, form: RefForm): readonly Place[] {
  if (!hasShape(WORKFLOW_SHAPES[form], workflow)) return []
  const repository = workflow.split('/', 2).join('/')
  const places: Place[] = []
  for (let at = workflow.indexOf('@'); at >= 0; at = workflow.indexOf('@', at + 1)) {
    const ref = workflow.slice(at + 1)
    if (form === 'none') places.push({ repository, ref: '', workflow })
    else if (hasShape(REF_SHAPES[form], ref)) places.push({ repository, ref, workflow })
  }
  return places
}

function firstPlace(places: readonly Place[], region: Region): Place | undefined {
  return places.find(({ repository, ref }) => admits(region, 'repository', repository) && admits(region, 'ref', ref))
}

/** The called workflow: the run's own when nothing else is wanted. */
function calledWorkflow(region: Region, workflow: string, seek: Seek): Sought {
  if (admits(region, 'job_workflow_ref', workflow)) return { value: workflow }
  return textValue(region, 'job_workflow_ref', { shape: CALLED_WORKFLOW_SHAPE, seek })
}

/** A text of the shape that the region has for the attribute: a usual one, an example of a pattern, else the shortest. */
function textValue(region: Region, attribute: string, { shape, seek }: { readonly shape: Shape; readonly seek: Seek }): Sought {
  const bounds = region.bounds.get(attribute)
  const isFit = (text: string): boolean => admits(region, attribute, text) && seek.fits(shape, text)
  const usual = region.usual.get(attribute)?.find(isFit)
  const candidate = usual ?? (bounds?.rest ?? USUAL.texts.get(attribute) ?? []).find(isFit)
  if (candidate !== undefined) return { value: candidate }
  if (bounds?.rest !== undefined) return 'none'
  const all = patternsLeft(bounds?.all ?? NO_SETS, bounds?.none ?? NO_SETS)
  if (all.some(isEmptySet)) return 'none'
  const example = all.flatMap(({ wildcards }) => wildcards.slice(0, MAX_EXAMPLES).map(({ text }) => exampleOf(text))).find(isFit)
  if (example !== undefined) return { value: example }
  return soughtText(seek.shortest({ all, none: bounds?.none ?? NO_SETS, shape }))
}

const MAX_EXAMPLES = 20

/** A text a pattern matches: every wildcard stands for one letter. */
function exampleOf(pattern: string): string {
  return pattern.replace(/\*\*?/g, 'x')
}

const NO_SETS: readonly TextSet[] = []

function soughtText(outcome: SearchOutcome): Sought {
  return typeof outcome === 'string' ? outcome : { value: outcome.text }
}

export function githubRuns(): RunModel {
  const seek: Seek = { shortest: shortestTextKept(), fits: hasShapeKept() }
  return { searched, find: (region) => find(region, seek), payload: githubPayload }
}
