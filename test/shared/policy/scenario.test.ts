import { describe, expect, test } from 'vitest'
import { loadPolicy } from '../../../shared/policy/load.ts'
import { failedScenarios, SCENARIO_FAILED } from '../../../shared/policy/scenario.ts'
import { documentOf, POLICY_YAML } from './policies.ts'

const POLICY = POLICY_YAML.slice(0, POLICY_YAML.indexOf('scenarios:'))

/** What the scenario says when it fails; `undefined` when it passes. */
function failure(as: string, expected: string, policy: string = POLICY): string | undefined {
  const document = documentOf(
    `${policy}scenarios:\n  - { name: it, ask: deploy-docs, as: { workload: docs-site${as} }, expect: ${expected} }\n`,
  )
  const failed = failedScenarios(document, loadPolicy(document, 'sha256:0'))
  for (const problem of failed) expect(problem).toMatchObject({ path: ['scenarios', 0], id: SCENARIO_FAILED, severity: 'error' })
  return failed[0]?.message
}

const MAIN = ', ref: refs/heads/main, environment: production'

describe('a scenario', () => {
  test.each([
    [MAIN, 'allow'],
    // what follows from the workload and the platform need not be said
    [', environment: production', 'allow'],
    [', ref: refs/heads/x, environment: production', 'refuse'],
    [', ref: refs/heads/x, environment: production', '{ refuse: ref }'],
    [', ref: refs/heads/x, environment: production', '{ refuse: deploy-docs/0 }'],
    [', ref: refs/heads/main', '{ refuse: environment }'],
    [`${MAIN.replace('production', '""')}`, '{ refuse: environment }'],
    [`${MAIN}, ref_protected: true`, 'allow'],
    [`${MAIN}, event_name: issue_comment`, '{ refuse: event_name }'],
    [`${MAIN}, event_name: pull_request_target`, '{ refuse: no-pull-requests }'],
    [`${MAIN}, runner_environment: self-hosted`, '{ refuse: runner_environment }'],
    // id and name
    [`${MAIN}, repository: acme/handbook`, 'allow'],
    [`${MAIN}, repository_id: "99"`, '{ refuse: repository_id }'],
    // the fence
    [`${MAIN}, repository: evil/docs`, '{ refuse: fence }'],
    [`${MAIN}, repository: evil/docs`, '{ refuse: repository }'],
    [`${MAIN}, repository_owner_id: "1"`, '{ refuse: repository_owner_id }'],
    [`${MAIN}, repository: acme-corp/docs, repository_owner_id: "65000001"`, 'allow'],
  ])('with %s passes when %s', (as, expected) => {
    expect(failure(as, expected)).toBeUndefined()
  })

  test.each([
    [', ref: refs/heads/x, environment: production', 'allow', 'expected allow, but refused: deploy-docs/0: ref is "refs/heads/x"'],
    [MAIN, 'refuse', 'expected a refusal, but allowed: rule deploy-docs/0'],
    [MAIN, '{ refuse: ref }', 'expected a refusal, but allowed: rule deploy-docs/0'],
    // refused, but for another reason
    [', ref: refs/heads/main', '{ refuse: ref }', 'expected "ref" to be a reason, but refused: deploy-docs/0: environment is absent'],
    [`${MAIN}, event_name: pull_request`, '{ refuse: event_name }', undefined],
    [`${MAIN}, repository: evil/docs`, '{ refuse: ref }', 'the owner is outside the fence'],
    [`${MAIN}, repository: evil/docs`, 'allow', 'expected allow, but refused: the owner is outside the fence'],
  ])('with %s that expects %s says what was decided', (as, expected, said) => {
    if (said === undefined) expect(failure(as, expected)).toBeUndefined()
    else expect(failure(as, expected)).toContain(said)
  })

  test('of a suspended workload is refused for that', () => {
    const suspended = POLICY.replace('    owner: team-docs\nconn', '    owner: team-docs\n    suspended: true\nconn')
    expect(failure(MAIN, '{ refuse: suspended }', suspended)).toBeUndefined()
    expect(failure(MAIN, '{ refuse: docs-site }', suspended)).toBeUndefined()
    expect(failure(MAIN, 'allow', suspended)).toContain('this workload is suspended')
  })

  test('of a workload named by a pattern is some repository it matches', () => {
    const pattern = POLICY.replace('{ repository: acme/docs, repository_id: "1217768983" }', '{ repository: "acme/*-site" }')
    expect(failure(MAIN, 'allow', pattern)).toBeUndefined()
    expect(failure(`${MAIN}, repository: acme/other`, '{ refuse: repository }', pattern)).toBeUndefined()
  })

  test('of a workload named by id alone has an owner of the fence', () => {
    const byId = POLICY.replace('{ repository: acme/docs, repository_id: "1217768983" }', '{ repository_id: "1217768983" }')
    expect(failure(MAIN, 'allow', byId)).toBeUndefined()
  })
})
