/** What the tests of the policy step need: its bundle, a GitHub, a CI platform, and a job of the policy repository to run it in. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAction } from '../../../build.ts'
import { filesBelow, ROOT } from '../../import-graph.ts'
import { type Job, runStep, type StepOptions, type StepRun, startJob } from '../run-step.ts'
import type { Files } from './git-objects.ts'
import { type GithubOnLoopback, startGithub } from './github-on-loopback.ts'

export interface PolicyStage {
  readonly github: GithubOnLoopback
  readonly job: Job
  /** Runs the step for an event; the command and the other inputs as given. */
  readonly run: (event: CiEvent, options: StepOptions) => Promise<StepRun>
  readonly close: () => Promise<void>
}

export interface CiEvent {
  readonly name: string
  readonly payload: object
  readonly sha: string
  readonly ref?: string
}

export const TOKEN = 'ghs_5Tq0'
export const TARGET = 'b'.repeat(40)

/** Bundles the step once; gives the path of its script. */
export async function makePolicyBundle(): Promise<{ readonly script: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'jobpass-test-policy-dist-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const [name, code] of await buildAction('policy')) writeFileSync(join(folder, name), code)
  return { script: join(folder, 'main.js'), remove: () => rmSync(folder, { recursive: true }) }
}

export async function setPolicyStage(script: string): Promise<PolicyStage> {
  const github = await startGithub()
  const job = startJob()
  const run: PolicyStage['run'] = ({ name, payload, sha, ref = 'refs/heads/main' }, options) => {
    const path = join(job.folder, 'event.json')
    writeFileSync(path, JSON.stringify(payload))
    const environment = {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'acme/policy',
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: path,
      GITHUB_SHA: sha,
      GITHUB_REF: ref,
      ...options.environment,
    }
    return runStep(script, job, { ...options, environment, inputs: { token: TOKEN, directory: 'policy', ...options.inputs } })
  }
  const close = async (): Promise<void> => {
    await github.close()
    job.remove()
  }
  return { github, job, run, close }
}

/** A pull request from a fork, as GitHub describes it; the runner's own commit is the merge of both, and nobody should look at it. */
export function pullRequest(github: GithubOnLoopback, { base, head }: { readonly base: Files; readonly head: Files }): CiEvent {
  const [mergeBase, headCommit] = [github.commit(base), github.commit(head)]
  github.mergeBases.set(`${TARGET}...${headCommit}`, mergeBase)
  const side = (sha: string, name: string) => ({ sha, repo: { full_name: name } })
  const pull = { number: 7, head: side(headCommit, 'stranger/policy'), base: side(TARGET, 'acme/policy') }
  return {
    name: 'pull_request',
    payload: { action: 'synchronize', number: 7, pull_request: pull },
    sha: 'c'.repeat(40),
    ref: 'refs/pull/7/merge',
  }
}

/** The example policy of this repository, below `policy/`. */
export const EXAMPLE: Files = Object.fromEntries(
  filesBelow('examples/policy', '.yaml').map((path) => [path.replace('examples/', ''), readFileSync(join(ROOT, path), 'utf8')]),
)

/** The example with one text of one of its files replaced. */
export function changed(file: string, from: string, to: string): Files {
  const text = EXAMPLE[`policy/${file}`]
  if (text?.includes(from) !== true) throw new Error(`${file} does not hold ${from}`)
  return { ...EXAMPLE, [`policy/${file}`]: text.replace(from, to) }
}
