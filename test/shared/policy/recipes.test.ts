/** Every recipe, run: no errors, nothing a pull request would be stopped at, scenarios that pass and leave no rule and no condition untested. */
import { describe, expect, test } from 'vitest'
import { coverageOf } from '../../../shared/policy/coverage.ts'
import { judgePolicyFiles } from '../../../shared/policy/judge-files.ts'
import { readText } from '../../import-graph.ts'
import { sha256Hex } from './policies.ts'

const page = readText('docs/recipes.md')
const [, base = ''] = /^```yaml base\n([\s\S]*?)^```/m.exec(page) ?? []
const recipes = [...page.matchAll(/^## ([^\n]+)\n(?:(?!^## )[\s\S])*?^```yaml recipe\n([\s\S]*?)^```/gm)].map(
  ([, title = '', text = '']) => ({ title, text }),
)

test('there is one for each shape that comes up again and again', () => {
  expect(recipes.map(({ title }) => title)).toEqual([
    'Monorepo',
    'Reusable workflow',
    'Environments',
    'Release tags',
    'Pull-request previews',
    'Many repositories of one team',
    'A job of another CI',
  ])
})

describe.each(recipes)('$title', ({ text }) => {
  const files = [
    { name: 'base.yaml', text: base },
    { name: 'recipe.yaml', text },
  ]
  const judged = judgePolicyFiles(files, { sha256Hex, today: '2026-11-22' })

  test('passes the check', () => {
    expect(judged.findings.filter(({ file, severity }) => severity !== 'info' || file === 'recipe.yaml')).toEqual([])
    expect(judged.loaded?.document.scenarios.length).toBeGreaterThan(2)
  })

  test('has scenarios for every rule, and for every condition', () => {
    const { document, policy } = judged.loaded ?? expect.fail('the recipe is no policy')
    expect(coverageOf(document, policy).problems.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([])
  })
})
