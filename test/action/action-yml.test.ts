import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { readInputs } from '../../action/inputs.ts'

const manifest = parse(readFileSync(join(import.meta.dirname, '..', '..', 'action.yml'), 'utf8'))

it('declares exactly the inputs that the action reads', () => {
  const read: string[] = []
  readInputs((name) => {
    read.push(name)
    return ''
  })
  expect(Object.keys(manifest.inputs).sort()).toEqual(read.sort())
})

it('declares the outputs of the contract and of every kind', () => {
  expect(Object.keys(manifest.outputs)).toEqual([
    'credential',
    'token',
    'expires-at',
    'lease',
    'kind',
    'policy',
    'ssh-key-path',
    'ssh-certificate-path',
  ])
})

it('runs main and post on node24, and describes everything', () => {
  expect(manifest.runs).toEqual({ using: 'node24', main: 'dist/action/main.js', post: 'dist/action/post.js' })
  for (const part of [...Object.values(manifest.inputs), ...Object.values(manifest.outputs)]) {
    expect(part).toMatchObject({ description: expect.stringMatching(/^\S.{20,}\.$/) })
  }
})

it('gives every input the default that the action has', () => {
  const texts: Record<string, string> = { broker: 'https://jobpass.example.com', grant: 'x' }
  for (const [name, input] of Object.entries<{ default?: string }>(manifest.inputs)) texts[name] ??= input.default ?? ''
  const absent = readInputs((name) => (name === 'broker' || name === 'grant' ? (texts[name] ?? '') : ''))
  expect(readInputs((name) => texts[name] ?? '')).toEqual(absent)
})

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'action.md'), 'utf8')

it('is described whole on its page', () => {
  for (const name of [...Object.keys(manifest.inputs), ...Object.keys(manifest.outputs)]) expect(page).toContain(`\`${name}\``)
})

it('is used on its page with inputs and outputs that exist, and with values the action takes', () => {
  const steps = [...page.matchAll(/```yaml\n(.*?)```/gs)].flatMap(([, text = '']) => {
    const example = parse(text)
    return Array.isArray(example) ? example : example.jobs.deploy.steps
  })
  const uses = steps.filter((step) => step.uses !== undefined)
  expect(uses).toHaveLength(2)
  for (const { with: given } of uses) {
    expect(Object.keys(manifest.inputs)).toEqual(expect.arrayContaining(Object.keys(given)))
    expect(readInputs((name) => given[name] ?? '')).toMatchObject({ ok: true })
  }
  for (const [, output = ''] of page.matchAll(/steps\.jobpass\.outputs\.([a-z-]+)/g))
    expect(Object.keys(manifest.outputs)).toContain(output)
})
