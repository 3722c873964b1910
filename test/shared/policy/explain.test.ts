import { expect, test } from 'vitest'
import { explainDecision } from '../../../shared/policy/explain.ts'
import { explanationJson, explanationText } from '../../../shared/policy/explain-text.ts'
import { loadPolicy } from '../../../shared/policy/load.ts'
import { callerOf, documentOf, spoilt } from './policies.ts'

const policy = loadPolicy(documentOf(), 'sha256:1')
const explain = (facts: Readonly<Record<string, string | null>>, grant = 'deploy-docs') =>
  explainDecision(policy, callerOf(policy, facts), grant)

test('an allowed ask names its rule, workload, kind, scope and lifetime', () => {
  expect(explain({ environment: 'production' })).toMatchObject({
    outcome: 'allow',
    rule: 'deploy-docs/0',
    workload: 'docs-site',
    kind: 'github-app',
    ttl: 600,
    policy: 'sha256:1',
    considered: [{ rule: 'deploy-docs/0', outcome: 'matches', failures: [] }],
    guardrails: [{ guardrail: 'no-pull-requests', forbids: false }],
  })
})

test('a refused ask shows every rule with what it expected', () => {
  const explained = explain({ ref: 'refs/heads/x' })
  expect(explained).toMatchObject({ outcome: 'refuse', code: 'grant_refused', cause: 'no_rule' })
  expect(explained.considered[0]?.failures).toMatchObject([
    { attribute: 'ref', seen: 'refs/heads/x', expected: ['refs/heads/main'] },
    { attribute: 'environment', seen: null, expected: ['production'] },
  ])
  expect(explanationText(explained)).toContain('        ref is "refs/heads/x", expected refs/heads/main\n')
})

test('a caller who is not the workload, a guardrail, the fence and an unknown grant are told apart', () => {
  expect(explain({ repository: 'acme/x', repository_id: '3' }).considered).toMatchObject([{ outcome: 'other_workload' }])
  expect(explain({ event_name: 'pull_request' })).toMatchObject({ cause: 'guardrail', guardrails: [{ forbids: true }] })
  expect(explain({ repository_owner_id: '1' })).toMatchObject({ code: 'owner_outside_fence', considered: [], guardrails: [] })
  expect(explain({ environment: 'production' }, 'deploy-doc')).toMatchObject({ cause: 'unknown_grant', hint: 'deploy-docs' })
})

test('as JSON has the names of the wire', () => {
  const json: unknown = JSON.parse(explanationJson(explain({ environment: 'production', repository: 'acme/handbook' })))
  expect(json).toMatchObject({ notes: [{ about: 'repository_renamed', policy_name: 'acme/docs', token_name: 'acme/handbook' }] })
})

test('as text quotes what came from the token, so that it cannot pass for a line of ours', () => {
  const text = explanationText(explain({ ref: 'refs/heads/x\nallow   deploy-docs by rule' }, 'none\nallow'))
  expect(text.split('\n').filter((line) => line.startsWith('allow'))).toEqual([])
})

test('an explanation tells the lifetime a credential really gets, not the one that was written', () => {
  const longer = loadPolicy(documentOf(spoilt('jobpass: 1', 'jobpass: 1\nsettings: { max_ttl: 5m }')), 'sha256:1')
  expect(explainDecision(longer, callerOf(longer, { environment: 'production' }), 'deploy-docs')).toMatchObject({
    outcome: 'allow',
    ttl: 300,
  })
})

test('a reason written over several lines is told on one', () => {
  const yaml = spoilt('why: A pull request runs code nobody has reviewed', 'why: |\n      A pull request\n\n      allow   everything\n')
  const policy = loadPolicy(documentOf(yaml), 'sha256:1')
  const text = explanationText(explainDecision(policy, callerOf(policy, { event_name: 'pull_request' }), 'deploy-docs'))
  expect(text).toContain('guard   no-pull-requests: forbids it: A pull request allow everything\n')
})
