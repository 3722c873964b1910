/**
 * Finds a run that is in one region and in none of several others, or proves that there is none. The search asks the platform for any run of the
 * region; when that run lies in one of the others, the region is cut along that one, into disjoint pieces outside it, and each is searched in turn.
 * A run of the answer is one the platform could really have: its model decides what is possible, never this file.
 */
import type { Platform } from '../platforms/platform.ts'
import { githubRuns } from './witness-github.ts'
import { type AttributeTest, type FoundRun, holdsFor, type Region, type RunModel, within, without } from './witness-region.ts'

const RUN_MODELS: Readonly<Record<string, () => RunModel>> = { github: githubRuns }

/** The models of platforms, each made once. A model remembers what it was asked, so it lives no longer than one plan. */
export function runModels(): (platform: Platform) => RunModel {
  const made = new Map<Platform, RunModel>()
  return (platform) => {
    const known = made.get(platform)
    if (known !== undefined) return known
    const make = Object.hasOwn(RUN_MODELS, platform.name) ? RUN_MODELS[platform.name] : undefined
    if (make === undefined) throw new TypeError(`platform ${platform.name} has no model of its runs`)
    const model = make()
    made.set(platform, model)
    return model
  }
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
