import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { explainCommand } from '../../cli/commands/explain.ts'
import { GITHUB, POLICY_YAML, spoilt } from '../shared/policy/policies.ts'
import { testIo } from './io.ts'

const CLAIMS = {
  iss: GITHUB,
  sub: 'repo:acme@65000001/docs@1217768983:environment:production',
  repository: 'acme/docs',
  repository_id: '1217768983',
  repository_owner: 'acme',
  repository_owner_id: '65000001',
  event_name: 'push',
  ref: 'refs/heads/main',
  environment: 'production',
  runner_environment: 'github-hosted',
  workflow_ref: 'acme/docs/.github/workflows/ci.yml@refs/heads/main',
  run_id: '24766983965',
}

let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'jobpass-explain-'))
  await writeFile(join(root, 'p.yaml'), POLICY_YAML)
})

afterEach(async () => {
  await rm(root, { recursive: true, force: true })
})

async function run(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const io = testIo(root)
  const code = await explainCommand(args, io)
  return { code, out: io.out(), errors: io.errors() }
}

async function explain(claims: unknown, grant = 'deploy-docs'): Promise<{ code: number; json: unknown; errors: string }> {
  await writeFile(join(root, 'claims.json'), typeof claims === 'string' ? claims : JSON.stringify(claims))
  const { code, out, errors } = await run('.', '--grant', grant, '--claims', 'claims.json', '--format', 'json')
  return { code, json: out === '' ? undefined : JSON.parse(out), errors }
}

describe('explain', () => {
  test('exits 0 for an ask the policy allows', async () => {
    expect(await explain(CLAIMS)).toMatchObject({ code: 0, json: { outcome: 'allow', rule: 'deploy-docs/0', kind: 'github-app' } })
  })

  test('prints text unless told otherwise', async () => {
    await writeFile(join(root, 'claims.json'), JSON.stringify({ ...CLAIMS, ref: 'refs/heads/feature' }))
    const { code, out } = await run('.', '--grant=deploy-docs', '--claims=claims.json')
    expect(code).toBe(4)
    expect(out).toContain('refuse  "deploy-docs": grant_refused, no_rule\n        deploy-docs/0: ref is "refs/heads/feature"\n')
  })

  test.each([
    [
      'another branch',
      { ...CLAIMS, ref: 'refs/heads/x' },
      { code: 'grant_refused', reasons: [{ attribute: 'ref', seen: 'refs/heads/x' }] },
    ],
    ['a re-registered name', { ...CLAIMS, sub: 'x', repository_id: '9' }, { reasons: [{ attribute: 'repository_id', seen: '9' }] }],
    ['an owner outside the fence', { ...CLAIMS, sub: 'x', repository_owner_id: '9' }, { code: 'owner_outside_fence' }],
    ['another issuer', { ...CLAIMS, iss: `${GITHUB}/evil` }, { code: 'issuer_untrusted' }],
    ['no issuer', { ...CLAIMS, iss: undefined }, { code: 'issuer_untrusted' }],
    [
      'a number for a string',
      { ...CLAIMS, repository_id: 1217768983 },
      { code: 'claim_malformed', reasons: [{ attribute: 'repository_id', seen: '1217768983' }] },
    ],
    ['a list for a string', { ...CLAIMS, ref: ['refs/heads/main'] }, { code: 'claim_malformed' }],
    ['null for a string', { ...CLAIMS, environment: null }, { code: 'claim_malformed' }],
    ['a control character', { ...CLAIMS, environment: 'production\n' }, { code: 'claim_malformed' }],
    [
      'a missing claim',
      { ...CLAIMS, repository_id: undefined },
      { code: 'claim_missing', reasons: [{ attribute: 'repository_id', seen: null }] },
    ],
    ['names that disagree', { ...CLAIMS, repository_owner: 'evil' }, { code: 'claim_malformed' }],
    ['no object', ['x'], { code: 'claim_malformed' }],
    ['nothing', null, { code: 'claim_malformed' }],
  ])('exits 4 for %s', async (_what, claims, expected) => {
    expect(await explain(claims)).toMatchObject({ code: 4, json: { outcome: 'refuse', ...expected } })
  })

  test('exits 4 for an unknown grant and names the nearest', async () => {
    expect(await explain(CLAIMS, 'deploy-doc')).toMatchObject({
      code: 4,
      json: { cause: 'unknown_grant', hint: 'deploy-docs', reasons: [] },
    })
  })

  test('does not judge times, aud and jti, and needs none of them', async () => {
    expect(await explain({ ...CLAIMS, exp: 1, iat: 'long ago', nbf: 9e15, aud: ['x', 'y'], jti: 7 })).toMatchObject({ code: 0 })
  })

  test('reports a rename', async () => {
    const renamed = {
      ...CLAIMS,
      sub: 'x',
      repository: 'acme/handbook',
      workflow_ref: 'acme/handbook/.github/workflows/ci.yml@refs/heads/main',
    }
    expect(await explain(renamed)).toMatchObject({
      code: 0,
      json: { notes: [{ about: 'repository_renamed', token_name: 'acme/handbook' }] },
    })
  })

  test('exits 2 when it could not run', async () => {
    expect(await explain('{"iss":')).toMatchObject({ code: 2, json: undefined })
    expect(await run('.', '--grant', 'x', '--claims', 'none.json')).toMatchObject({ code: 2, out: '' })
    expect(await run('none', '--grant', 'x', '--claims', 'claims.json')).toMatchObject({ code: 2, out: '' })
    expect(await run('.', '--claims', 'claims.json')).toMatchObject({ code: 2, errors: expect.stringContaining('--grant is missing') })
    expect(await run('.', '--grant', 'x', '--claims', 'c', '--format', 'yaml')).toMatchObject({ code: 2 })
    await writeFile(join(root, 'p.yaml'), spoilt('kind: jwt', 'kind: jtw'))
    expect(await explain(CLAIMS)).toMatchObject({ code: 2, errors: expect.stringContaining('p.yaml:15:11: error undefined-name') })
  })
})
