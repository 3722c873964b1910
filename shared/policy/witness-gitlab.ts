/**
 * Possible runs on GitLab: finds one inside a region, or says that GitLab could sign none. Facts that must agree are found together (pipeline source,
 * ref, ref_type, project, namespace, pipeline file, environment and what is said of it); the others each on their own.
 * It prefers the usual to the odd: a push to main before anything else the region leaves room for.
 */
import { gitlab, serverOf, usualConfigUri } from '../platforms/gitlab.ts'
import { ANY_TEXT } from './language.ts'
import { search } from './language-search.ts'
import { compilePattern } from './pattern.ts'
import type { Condition } from './policy.ts'
import {
  ALWAYS_THERE,
  configShapes,
  FORK_CONFIG_SHAPES,
  mayBeFork,
  PROJECT_SHAPE,
  REF_SHAPES,
  type RefForm,
  refsOf,
  SOURCES,
  THERE_WITH_ENVIRONMENT,
  USUAL_TEXTS,
  VALUES,
} from './witness-gitlab-facts.ts'
import { gitlabPayload } from './witness-gitlab-payload.ts'
import { findPlace, type Place, type PlaceForms } from './witness-place.ts'
import { admits, type FoundRun, isNeeded, type Region, type RunModel } from './witness-region.ts'
import { copyInto, keptFor, type Seek, type SoughtFacts, startSeek, textValue, tracks } from './witness-search.ts'
import { exactValue } from './witness-values.ts'

/** The namespace of a project is a fact of its path; both are searched for as one. */
export function searchedOnGitlab(condition: Condition): Condition {
  if (condition.attribute !== 'namespace_path') return condition
  const patterns = condition.patterns.map(({ text }) => compilePattern(`${text}/*`, { foldCase: true }))
  return { attribute: 'project_path', patterns }
}

interface Instance {
  readonly forms: PlaceForms<RefForm>
  readonly seek: Seek
}

function instanceOf(issuerUrl: string): Instance {
  const server = serverOf(issuerUrl)
  const shapes = configShapes(server)
  const forms: PlaceForms<RefForm> = {
    repository: 'project_path',
    file: 'ci_config_ref_uri',
    repositoryShape: PROJECT_SHAPE,
    refShape: (form) => REF_SHAPES[form],
    fileShapes: (form) => shapes[form],
    usualFile: (project, ref) => usualConfigUri(issuerUrl, project, ref),
    repositoriesOf: (uri) => {
      const path = uri.slice(0, Math.max(uri.indexOf('//'), 0))
      const starts = [server, path.slice(0, Math.max(path.indexOf('/'), 0))].filter((start) => path.startsWith(`${start}/`))
      return [...new Set(starts.map((start) => path.slice(start.length + 1)))].filter((project) => project.includes('/'))
    },
  }
  return { forms, seek: startSeek(USUAL_TEXTS) }
}

function find(region: Region, instance: Instance): FoundRun | 'none' | 'undecided' {
  const independent = independentFacts(region, instance.seek)
  if (typeof independent === 'string') return independent
  const placed = placeAndSource(region, instance)
  if (typeof placed === 'string') return placed
  copyInto(placed, independent)
  return placed
}

const FOUND_TOGETHER: ReadonlySet<string> = new Set([
  'environment',
  'pipeline_source',
  'ref',
  'ref_type',
  'project_path',
  'namespace_path',
  'ci_config_ref_uri',
])

/** Environment, and every attribute that agrees with no other. */
function independentFacts(region: Region, seek: Seek): SoughtFacts {
  const facts = new Map<string, string>()
  const needsEnvironment = ['environment', ...THERE_WITH_ENVIRONMENT].some((attribute) => isNeeded(region, attribute))
  if (needsEnvironment) {
    const environment = textValue(region, 'environment', { shape: ANY_TEXT, seek })
    if (typeof environment === 'string') return environment
    if (environment.value !== undefined) facts.set('environment', environment.value)
  }
  copyInto(facts, ALWAYS_THERE)
  for (const attribute of stated(region, needsEnvironment)) {
    // a condition on another platform's attribute holds for no run here
    if (gitlab.attribute(attribute) === undefined) return 'none'
    const value = exactValue(region, attribute, VALUES.get(attribute))
    if (value === undefined) return 'none'
    facts.set(attribute, value)
  }
  return facts
}

/** The attributes to be found on their own: those the region needs, or bounds where every run has them, and what comes with an environment. */
function stated({ bounds }: Region, hasEnvironment: boolean): Iterable<string> {
  const found = new Set<string>(hasEnvironment ? THERE_WITH_ENVIRONMENT : [])
  for (const [attribute, { all }] of bounds) {
    if (!FOUND_TOGETHER.has(attribute) && (all.length > 0 || ALWAYS_THERE.has(attribute))) found.add(attribute)
  }
  return found
}

/** The first source, ref and project that go together. */
function placeAndSource(region: Region, instance: Instance): Map<string, string> | 'none' | 'undecided' {
  const placeOf = keptFor((form: RefForm) => (admits(region, 'ref_type', form) ? findPlace(region, form, instance) : 'none'))
  const forkOf = keptFor((form: RefForm) => (admits(region, 'ref_type', form) ? findFork(region, form, instance) : 'none'))
  const left = region.bounds.get('pipeline_source')?.rest
  let failure: 'none' | 'undecided' = 'none'
  for (const { source, form } of SOURCES_ON_REFS) {
    if (left === undefined ? !admits(region, 'pipeline_source', source) : !left.includes(source)) continue
    const own = placeOf(form)
    const place = own === 'none' && mayBeFork(source) ? forkOf(form) : own
    if (typeof place !== 'string') return factsOf(place, source, form)
    if (place === 'undecided') failure = 'undecided'
  }
  return failure
}

const SOURCES_ON_REFS = SOURCES.flatMap((source) => refsOf(source).map((form) => ({ source, form })))

function factsOf({ repository, ref, file }: Place, source: string, form: RefForm): Map<string, string> {
  return new Map([
    ['project_path', repository],
    ['namespace_path', gitlab.ownerOf(repository)],
    ['ref', ref],
    ['ref_type', form],
    ['ci_config_ref_uri', file],
    ['pipeline_source', source],
  ])
}

/** A merge request from a fork: the project is the fork, the pipeline file is that of the other project, at the branch of the fork. */
function findFork(region: Region, form: RefForm, { seek }: Instance): Place | 'none' | 'undecided' {
  const project = textValue(region, 'project_path', { shape: PROJECT_SHAPE, seek })
  if (typeof project === 'string') return project
  const tracked = [{ attribute: 'ci_config_ref_uri' }, { attribute: 'ref', part: 'ref' }]
  const found = search({
    shape: FORK_CONFIG_SHAPES[form],
    all: tracked.flatMap((one) => tracks(region, 'all', one)),
    none: tracked.flatMap((one) => tracks(region, 'none', one)),
  })
  return typeof found === 'string' ? found : { repository: project.value ?? '', ref: found.parts.get('ref') ?? '', file: found.text }
}

export function gitlabRuns(issuerUrl: string): RunModel {
  const instance = instanceOf(issuerUrl)
  return { find: (region) => find(region, instance), payload: gitlabPayload }
}
