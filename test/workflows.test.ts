/**
 * What every workflow of this repository keeps to, and every workflow that its documents show to be copied: least permissions, pinned actions,
 * no credential left in the checkout, nobody's text in a shell, no stored secret.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { filesBelow, ROOT, readText } from './import-graph.ts'

const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']))
const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
})
const job = z.looseObject({
  permissions: permissions.optional(),
  'timeout-minutes': z.number().optional(),
  steps: z.array(step).default([]),
})
const workflow = z.looseObject({
  on: z.unknown(),
  permissions: permissions.optional(),
  concurrency: z.looseObject({ group: z.string() }).optional(),
  jobs: z.record(z.string(), job),
})

type Workflow = z.infer<typeof workflow>

const OUR_WORKFLOWS = readdirSync(join(ROOT, '.github/workflows')).map((name) => `.github/workflows/${name}`)

/** A YAML example of a document that uses an action. */
interface Example {
  readonly name: string
  readonly text: string
}

const EXAMPLES: readonly Example[] = ['README.md', 'CONTRIBUTING.md', ...filesBelow('docs', '.md'), ...filesBelow('examples', '.md')]
  .filter((path) => filesBelow('.', '.md').includes(path))
  .flatMap((path) =>
    [...readText(path).matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].map(([, text = ''], index) => ({
      name: `${path}, example ${index + 1}`,
      text,
    })),
  )
  .filter(({ text }) => /\buses:/.test(text))

/** The workflows of the repository that is there to be copied. */
const COPIED: readonly Example[] = ['pull-request.yml', 'publish.yml']
  .map((name) => `examples/policy-repository/.github/workflows/${name}`)
  .map((path) => ({ name: path, text: readText(path) }))

const WHOLE: readonly Example[] = [
  ...COPIED,
  ...OUR_WORKFLOWS.map((path) => ({ name: path, text: readText(path) })),
  ...EXAMPLES.filter(({ text }) => /^jobs:/m.test(text)),
]

const USES = /^\s*(?:-\s+)?uses:\s*(\S+)(.*)$/gm

function usesOf(text: string): readonly { action: string; ref: string; comment: string }[] {
  return [...text.matchAll(USES)].map(([, used = '', rest = '']) => {
    const [action = '', ref = ''] = used.split('@')
    return { action, ref, comment: rest.trim() }
  })
}

function stepsOf({ jobs }: Workflow) {
  return Object.values(jobs).flatMap(({ steps }) => steps)
}

/** Text that a stranger can choose: the title of a pull request, the name of a branch. In a shell line it would be run. */
const STRANGERS_TEXT = /\$\{\{[^}]*(?:github\.(?:event|head_ref|ref_name|actor)|inputs\.|steps\.|vars\.|matrix\.)[^}]*\}\}/

test('there are workflows and examples to look at', () => {
  expect(OUR_WORKFLOWS).toEqual(
    expect.arrayContaining(['.github/workflows/ci.yml', '.github/workflows/deploy.yml', '.github/workflows/example-use.yml']),
  )
  expect(EXAMPLES.map(({ name }) => name.split(',')[0])).toContain('docs/action.md')
})

describe.each(WHOLE)('$name', ({ text }) => {
  const read = workflow.parse(parse(text))

  test('starts with no permission at all, and gives each job its own', () => {
    expect(read.permissions).toEqual({})
    for (const [name, { permissions: own }] of Object.entries(read.jobs)) expect(own, name).toBeDefined()
  })

  test('lets only a job that exchanges a token ask for one', () => {
    for (const [name, { permissions: own, steps }] of Object.entries(read.jobs)) {
      const exchanges = steps.some(
        ({ uses = '', run = '', with: given = {} }) =>
          uses === './' ||
          /\/jobpass@/.test(uses) ||
          (/\/jobpass\/action\/policy@/.test(uses) && given.command === 'publish') ||
          /\bjobpass(?:\/main\.js)? (?:publish|confirm|exchange|ledger export)\b/.test(run),
      )
      expect(own?.['id-token'] ?? 'none', name).toBe(exchanges ? 'write' : 'none')
    }
  })

  test('leaves no credential in a checkout', () => {
    for (const { uses = '', with: given } of stepsOf(read))
      if (uses.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false })
  })

  test('puts no text of others, and no value that could hold any, into a shell line', () => {
    expect(stepsOf(read).filter(({ run = '' }) => STRANGERS_TEXT.test(run))).toEqual([])
  })

  test('never runs with the rights of the base for a pull request of others', () => {
    expect(JSON.stringify(read.on)).not.toMatch(/pull_request_target|workflow_run|issue_comment/)
  })

  test('reads no stored secret', () => {
    expect(text).not.toMatch(/\bsecrets\s*[.[]|secrets:\s*inherit/)
  })
})

describe.each(OUR_WORKFLOWS)('%s', (path) => {
  const read = workflow.parse(parse(readText(path)))

  test('has a name for what runs at once, and an end for each job', () => {
    expect(read.concurrency?.group).toBeTruthy()
    for (const [name, { 'timeout-minutes': minutes }] of Object.entries(read.jobs)) {
      expect(minutes, name).toBeGreaterThan(0)
      expect(minutes, name).toBeLessThanOrEqual(30)
    }
  })

  test('says the release of every pinned commit', () => {
    for (const { action, comment } of usesOf(readText(path))) if (action !== './') expect(comment, action).toMatch(/^# v\d+\.\d+\.\d+$/)
  })
})

describe.each([...OUR_WORKFLOWS.map((path) => ({ name: path, text: readText(path) })), ...COPIED, ...EXAMPLES])('$name', ({ text }) => {
  test('pins every action by its full commit', () => {
    for (const { action, ref } of usesOf(text)) if (action !== './') expect(ref, action).toMatch(/^[0-9a-f]{40}$/)
  })
})

test('one action is one commit everywhere', () => {
  const refs = new Map<string, Set<string>>()
  for (const path of OUR_WORKFLOWS)
    for (const { action, ref } of usesOf(readText(path))) refs.set(action, (refs.get(action) ?? new Set()).add(ref))
  expect([...refs].filter(([, commits]) => commits.size > 1)).toEqual([])
})

test('nothing runs after a job holds a credential but the steps that need it', () => {
  const { jobs } = workflow.parse(parse(readText('.github/workflows/deploy.yml')))
  const steps = jobs.deploy?.steps ?? []
  const exchange = steps.findIndex(({ uses }) => uses === './')
  expect(exchange).toBeGreaterThan(0)
  expect(steps.slice(exchange).filter(({ run = '' }) => /npm (?:ci|install|test)|npm run (?:check|build)/.test(run))).toEqual([])
})
