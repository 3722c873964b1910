import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkCommand } from '../../cli/commands/check.ts'
import { scaffoldCommand } from '../../cli/commands/scaffold.ts'
import { schemaCommand } from '../../cli/commands/schema.ts'
import { readText } from '../import-graph.ts'
import { POLICY_YAML, spoilt } from '../shared/policy/policies.ts'
import { testIo } from './io.ts'

let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'jobpass-scaffold-'))
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

async function scaffold(policy: string, grant: string): Promise<{ code: number; out: string; errors: string }> {
  await writeFile(join(root, 'p.yaml'), policy)
  const io = testIo(root)
  const code = await scaffoldCommand(['.', '--grant', grant], io)
  return { code, out: io.out(), errors: io.errors() }
}

describe('scaffold', () => {
  test('prints a scenario that is allowed and one that is refused for one fact', async () => {
    expect(await scaffold(POLICY_YAML, 'deploy-docs')).toEqual({
      code: 0,
      errors: '',
      out: `scenarios:
  - name: docs-site on refs/heads/main in environment production gets deploy-docs
    ask: deploy-docs
    as: { workload: docs-site, ref: refs/heads/main, environment: production }
    expect: allow
  - name: docs-site on refs/heads/feature in environment production does not get deploy-docs
    ask: deploy-docs
    as: { workload: docs-site, ref: refs/heads/feature, environment: production }
    expect: { refuse: ref }
`,
    })
  })

  const ALLOW = '      - workload: docs-site\n        ref: refs/heads/main\n  deploy'
  const ruled = (...lines: readonly string[]): string =>
    spoilt(ALLOW, `      - workload: docs-site\n${lines.map((line) => `        ${line}\n`).join('')}  deploy`)

  test.each([
    [['ref: "refs/tags/v*"']],
    [['ref: "refs/heads/**"']],
    [['environment: "prod-*"', 'actor: ["true", dependabot]']],
    [['event_name: [pull_request]', 'base_ref: main']],
    [['event_name: [merge_group, release]', 'repository_visibility: private']],
    [['ref_protected: true']],
    [['job_workflow_ref: acme/ci/.github/workflows/deploy.yml@refs/tags/v1']],
    [['workflow_ref: "acme/docs/.github/workflows/*@refs/heads/main"', 'runner_environment: self-hosted']],
    [['repo_property_tier: "a: #1"', 'sha: "0123456789012345678901234567890123456789"']],
  ])('the pair for a rule of %j passes as it is printed', async (lines) => {
    const policy = ruled(...lines)
    const { code, out } = await scaffold(policy, 'call-api')
    expect(code).toBe(0)
    await writeFile(join(root, 'scenarios.yaml'), out)
    const io = testIo(root)
    await checkCommand(['.'], io)
    expect(io.out()).not.toMatch(/scenario-failed|error/)
    expect(io.out()).not.toContain('the grant call-api needs scenarios')
  })

  test('offers nothing for a grant that is not there, and none that nobody can get', async () => {
    expect(await scaffold(POLICY_YAML, 'deploy')).toMatchObject({ code: 2, out: '', errors: expect.stringContaining('no grant "deploy"') })
    expect(await scaffold(ruled('ref: refs/heads/main', 'ref_type: tag'), 'call-api')).toMatchObject({ code: 2, out: '' })
    expect(await scaffold(spoilt('kind: jwt', 'kind: jtw'), 'call-api')).toMatchObject({
      code: 2,
      out: '',
      errors: expect.stringContaining('undefined-name'),
    })
  })
})

test('schema prints what the documents hold', async () => {
  const io = testIo()
  expect(await schemaCommand([], io)).toBe(0)
  expect(io.out()).toBe(readText('docs/policy.schema.json'))
})
