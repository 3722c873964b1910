/**
 * Finds a run that is in one region and in none of several others, or proves that there is none. The search asks the platform for any run of the
 * region; when that run lies in one of the others, the region is cut along that one, into disjoint pieces outside it, and each is searched in turn.
 * A run of the answer is one the platform could really have: its model decides what is possible, never this file.
 */
import type { PlatformName } from '../platforms/platform.ts'
import type { Condition, Issuer } from './policy.ts'
import { githubRuns, searchedOnGithub } from './witness-github.ts'
import { gitlabRuns, searchedOnGitlab } from './witness-gitlab.ts'
import { type AttributeTest, type FoundRun, holdsFor, type Region, type RunModel, within, without } from './witness-region.ts'

const RUN_MODELS: Readonly<Record<PlatformName, (issuerUrl: string) => RunModel>> = { github: githubRuns, gitlab: gitlabRuns }

/** The models of issuers' runs, each made once. A model remembers what it was asked, so it lives no longer than one plan. */
export function runModels(): (issuer: Issuer) => RunModel {
  const made = new Map<string, RunModel>()
  return ({ platform, url }) => {
    const key = `${platform.name} ${url}`
    const known = made.get(key)
    if (known !== undefined) return known
    const model = RUN_MODELS[platform.name](url)
    made.set(key, model)
    return model
  }
}

/**
 * A condition as it is searched for: one on a fact that another determines becomes one on that other.
 * INVARIANT: what one platform determines so is no attribute of another, so the order does not matter.
 */
export function searchedFor(condition: Condition): Condition {
  return searchedOnGitlab(searchedOnGithub(condition))
}

/** What a witness must not be in: all tests of an area hold for the runs of it. */
export interface Area {
  readonly tests: readonly AttributeTest[]
}

export interface Outside {
  readonly run: FoundRun
  /** The piece of the region the run was found in: nowhere in it does any area hold that was cut off. */
  readonly region: Region
}

/** Pieces searched for one question before it is given up as undecided. */
const MAX_PIECES = 20_000

export function findOutside(region: Region, areas: readonly Area[], model: RunModel): Outside | 'none' | 'undecided' {
  const pieces: Region[] = [region]
  let searched = 0
  for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
    if (++searched > MAX_PIECES) return 'undecided'
    const run = model.find(piece)
    if (run === 'undecided') return 'undecided'
    if (run === 'none') continue
    const open = openTests(piece, areas, run)
    if (open === undefined) return { run, region: piece }
    pieces.push(...piecesOutside(piece, open).reverse())
  }
  return 'none'
}

/** Of the areas the run lies in, the one that covers most of the region: its tests that do not hold everywhere in it. */
function openTests({ holding }: Region, areas: readonly Area[], run: FoundRun): readonly AttributeTest[] | undefined {
  let best: readonly AttributeTest[] | undefined
  for (const { tests } of areas) {
    if (!tests.every((test) => holdsFor(test, run))) continue
    const open = tests.filter(({ key }) => !holding.has(key))
    if (best === undefined || open.length < best.length) best = open
    if (open.length === 0) break
  }
  return best
}

/** Disjoint pieces: the first test fails; it holds and the second fails; and so on. */
function piecesOutside(region: Region, tests: readonly AttributeTest[]): Region[] {
  let holding = region
  return tests.map((test) => {
    const piece = without(holding, test)
    holding = within(holding, [test])
    return piece
  })
}
