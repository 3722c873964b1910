import { describe, expect, test } from 'vitest'
import { checkFence, decide } from '../../../shared/policy/decide.ts'
import type { Policy } from '../../../shared/policy/policy.ts'
import { ask, DOCS, type Facts, outcome, onePolicy as policy } from './one-grant.ts'
import { callerOf } from './policies.ts'

const RENAMED: Facts = { repository: 'acme/handbook' }

describe('the fence', () => {
  const [issuer] = policy().issuers.values()
  const fence = (id: string, name: string): string => (issuer === undefined ? '' : checkFence(issuer, { id, name }))

  test('is passed by id, whatever the letter case of the name', () => {
    expect(fence('65000001', 'acme')).toBe('inside')
    expect(fence('65000001', 'ACME')).toBe('inside')
    expect(fence('65000001', 'acme-corp')).toBe('renamed')
  })

  test('is not passed by name', () => {
    for (const id of ['', '1', '650000011', '65000001 ', '065000001']) expect(fence(id, 'acme')).toBe('outside')
  })

  test('lets nobody outside it hear anything, not even whether the grant is there', () => {
    for (const grant of ['deploy', 'deplo', 'none']) {
      const decision = ask(policy(), { repository_owner_id: '1' }, grant)
      expect(decision).toEqual({ outcome: 'refuse', grant, cause: 'unknown_grant', reasons: [] })
    }
  })

  test('of the policy decides, not that of the caller’s issuer', () => {
    const caller = callerOf(policy())
    const forged = { ...caller, issuer: { ...caller.issuer, owners: [{ name: 'evil', id: '666' }] }, owner: { name: 'evil', id: '666' } }
    expect(decide(policy(), forged, 'deploy').outcome).toBe('refuse')
    expect(decide(policy(), { ...caller, issuer: { ...caller.issuer, url: 'https://evil.example' } }, 'deploy').outcome).toBe('refuse')
  })
})

describe('conditions', () => {
  test.each([
    [{ ref: 'refs/heads/main' }, {}, 'allow'],
    [{ ref: 'refs/heads/main' }, { ref: 'refs/heads/Main' }, 'no_rule ref'],
    [{ ref: 'refs/heads/main' }, { ref: '' }, 'no_rule ref'],
    [{ ref: 'refs/heads/main' }, { ref: null }, 'no_rule ref'],
    [{ ref: 'refs/**' }, { ref: '' }, 'no_rule ref'],
    [{ ref: ['refs/heads/a', 'refs/heads/main'] }, {}, 'allow'],
    [{ ref: 'refs/heads/main', environment: 'production' }, {}, 'no_rule environment'],
    [{ ref: 'refs/heads/main', environment: 'production' }, { environment: 'production' }, 'allow'],
    [{ ref: 'refs/heads/main', environment: 'production' }, { ref: 'refs/heads/x', environment: 'staging' }, 'no_rule ref environment'],
    [{ ref_protected: true }, { ref_protected: 'true' }, 'allow'],
    [{ ref_protected: true }, { ref_protected: 'false' }, 'no_rule ref_protected'],
    // what holds unless it is stated
    [{ ref: 'refs/heads/main' }, { event_name: 'workflow_dispatch' }, 'allow'],
    [{ ref: 'refs/heads/main' }, { event_name: 'pull_request_target' }, 'no_rule event_name'],
    [{ ref: 'refs/heads/main' }, { event_name: 'workflow_run' }, 'no_rule event_name'],
    [{ ref: 'refs/heads/main' }, { event_name: 'issue_comment' }, 'no_rule event_name'],
    [{ ref: 'refs/heads/main' }, { event_name: null }, 'no_rule event_name'],
    [{ ref: 'refs/heads/main', event_name: 'workflow_run' }, { event_name: 'workflow_run' }, 'allow'],
    [{ ref: 'refs/heads/main', event_name: 'workflow_run' }, {}, 'no_rule event_name'],
    [{ ref: 'refs/heads/main' }, { runner_environment: 'self-hosted' }, 'no_rule runner_environment'],
    [{ ref: 'refs/heads/main' }, { runner_environment: null }, 'no_rule runner_environment'],
    [{ ref: 'refs/heads/main', runner_environment: ['self-hosted', 'github-hosted'] }, { runner_environment: 'self-hosted' }, 'allow'],
    // caller and called workflow are two
    [
      { job_workflow_ref: 'acme/shared/.github/workflows/d.yml@refs/heads/main' },
      { workflow_ref: 'acme/shared/.github/workflows/d.yml@refs/heads/main' },
      'no_rule job_workflow_ref',
    ],
    // a name in a rule is a name: only the workload follows renames
    [{ repository: 'acme/docs' }, RENAMED, 'no_rule repository'],
  ])('%j against %j: %s', (rule, facts, expected) => {
    expect(outcome(ask(policy({ rule }), facts))).toBe(expected)
  })

  test('of a workload replace the defaults as those of a rule do', () => {
    const selfHosted = policy({ is: { ...DOCS, runner_environment: 'self-hosted' } })
    expect(outcome(ask(selfHosted, { runner_environment: 'self-hosted' }))).toBe('allow')
    expect(outcome(ask(selfHosted))).toBe('no_rule runner_environment')
  })

  test('say when only the letter case differs, and what a default accepts', () => {
    expect(ask(policy(), { ref: 'refs/heads/MAIN' })).toMatchObject({
      reasons: [{ attribute: 'ref', seen: 'refs/heads/MAIN', hint: 'only the letter case differs' }],
    })
    expect(ask(policy({ rule: { environment: 'prod-*' } }), { environment: 'Prod-eu' })).toMatchObject({
      reasons: [{ hint: 'only the letter case differs' }],
    })
    expect(ask(policy(), { event_name: 'issues' })).toMatchObject({
      reasons: [{ hint: expect.stringContaining('push, workflow_dispatch, schedule, release') }],
    })
    expect(ask(policy(), { ref: '' })).toMatchObject({ reasons: [{ seen: null }] })
  })
})

describe('rules', () => {
  const WEB = { issuer: 'github', is: { repository: 'acme/web', repository_id: '2' }, owner: 't' }
  const grant = (allow: readonly object[]): object => ({
    purpose: 'p',
    owner: 't',
    connection: 'api',
    scope: { scopes: ['a'] },
    ttl: '10m',
    allow,
  })
  const several = (allow: readonly object[]): Policy =>
    policy({ more: { workloads: { docs: { issuer: 'github', is: DOCS, owner: 't' }, web: WEB }, grants: { deploy: grant(allow) } } })

  test('authorise one at a time: the first that matches', () => {
    const both = several([
      { workload: 'web', ref: 'refs/heads/main' },
      { workload: 'docs', ref: 'refs/heads/*' },
      { workload: 'docs', ref: 'refs/heads/main' },
    ])
    expect(ask(both)).toMatchObject({ outcome: 'allow', rule: { name: 'deploy/1', workload: { name: 'docs' } } })
  })

  test('are never added together', () => {
    const halves = several([
      { workload: 'docs', ref: 'refs/heads/main', environment: 'production' },
      { workload: 'docs', ref: 'refs/heads/x', environment: 'staging' },
    ])
    expect(outcome(ask(halves, { environment: 'staging' }))).toBe('no_rule environment ref')
  })

  test('of other workloads are told by the caller’s own facts alone', () => {
    const decision = ask(several([{ workload: 'web', ref: 'refs/heads/main' }]))
    expect(decision).toMatchObject({
      cause: 'no_rule',
      reasons: [
        { rule: 'deploy/0', attribute: 'repository', seen: 'acme/docs' },
        { attribute: 'repository_id', seen: '1217768983' },
      ],
    })
    expect(JSON.stringify(decision)).not.toMatch(/acme\/web|"2"|refs/)
  })
})

describe('a suspended workload', () => {
  const STOPPED = { workload: { suspended: true } }

  test('is refused before anything else is judged', () => {
    expect(ask(policy(STOPPED))).toMatchObject({ cause: 'suspended', reasons: [{ rule: 'docs', attribute: 'suspended' }] })
    expect(outcome(ask(policy(STOPPED), { ref: 'refs/heads/x' }))).toBe('suspended suspended')
    const guarded = policy({ ...STOPPED, more: { guardrails: { g: { why: 'w', grants: 'all', forbid: { ref: 'refs/heads/main' } } } } })
    expect(outcome(ask(guarded))).toBe('suspended suspended')
  })

  test('is nobody else', () => {
    expect(outcome(ask(policy(STOPPED), { repository: 'acme/other', repository_id: '3' }))).toBe('no_rule repository repository_id')
  })

  test('stops the rules that name it and no other', () => {
    const workloads = {
      docs: { issuer: 'github', is: DOCS, owner: 't', suspended: true },
      same: { issuer: 'github', is: { repository_id: '1217768983' }, owner: 't' },
    }
    const allow = [
      { workload: 'docs', ref: 'refs/heads/main' },
      { workload: 'same', ref: 'refs/heads/main' },
    ]
    const grants = { deploy: { purpose: 'p', owner: 't', connection: 'api', scope: { scopes: ['a'] }, ttl: '10m', allow } }
    expect(ask(policy({ more: { workloads, grants } }))).toMatchObject({ outcome: 'allow', rule: { name: 'deploy/1' } })
    expect(outcome(ask(policy({ more: { workloads, grants } }), { ref: 'refs/heads/x' }))).toBe('suspended suspended')
  })
})

describe('a guardrail', () => {
  const guard = (grants: unknown, forbid: object): Policy =>
    policy({
      rule: { ref: 'refs/**', event_name: ['push', 'pull_request'] },
      more: { guardrails: { g: { why: 'because', grants, forbid } } },
    })

  test.each([
    ['all', { event_name: 'pull_request' }, { event_name: 'pull_request' }, 'guardrail event_name'],
    ['all', { event_name: 'pull_request' }, {}, 'allow'],
    [{ name: 'deploy' }, { ref: 'refs/heads/*' }, {}, 'guardrail ref'],
    [{ kind: ['jwt'] }, { ref: 'refs/heads/*' }, {}, 'guardrail ref'],
    [{ kind: ['ssh-cert'] }, { ref: 'refs/heads/*' }, {}, 'allow'],
    [{ connection: 'api' }, { ref: 'refs/heads/*' }, {}, 'guardrail ref'],
    // any of name, kind and connection
    [{ kind: ['ssh-cert'], connection: ['api'] }, { ref: 'refs/heads/*' }, {}, 'guardrail ref'],
    // all attributes must hold; a missing one does not
    ['all', { ref: 'refs/heads/main', environment: 'x' }, {}, 'allow'],
    ['all', { ref: 'refs/heads/main', environment: 'x' }, { environment: 'x' }, 'guardrail ref environment'],
    ['all', { environment: 'x' }, { environment: '' }, 'allow'],
  ])('on %j forbidding %j against %j: %s', (grants, forbid, facts, expected) => {
    expect(outcome(ask(guard(grants, forbid), facts))).toBe(expected)
  })

  test('wins over a rule that matches, and says why', () => {
    expect(ask(guard('all', { ref: 'refs/heads/main' }))).toEqual({
      outcome: 'refuse',
      grant: 'deploy',
      cause: 'guardrail',
      reasons: [{ rule: 'g', attribute: 'ref', seen: 'refs/heads/main', hint: 'because' }],
    })
  })
})

describe('an unknown grant', () => {
  const named = (...names: string[]): Policy => {
    const grant = {
      purpose: 'p',
      owner: 't',
      connection: 'api',
      scope: { scopes: ['a'] },
      ttl: '10m',
      allow: [{ workload: 'docs', ref: 'refs/heads/main' }],
    }
    const other = { ...grant, allow: [{ workload: 'web', ref: 'refs/heads/main' }] }
    const workloads = {
      docs: { issuer: 'github', is: DOCS, owner: 't' },
      web: { issuer: 'github', is: { repository: 'acme/web', repository_id: '2' }, owner: 't' },
    }
    return policy({ more: { workloads, grants: { ...Object.fromEntries(names.map((name) => [name, grant])), 'deploi-web': other } } })
  }

  test('has no reasons, and hints at the nearest name the caller could get', () => {
    expect(ask(named('deploy-docs', 'deploy-web'), {}, 'deploi-web')).toMatchObject({ cause: 'no_rule' })
    expect(ask(named('deploy-docs', 'deploy-web'), {}, 'deploi-wb')).toEqual({
      outcome: 'refuse',
      grant: 'deploi-wb',
      cause: 'unknown_grant',
      reasons: [],
      hint: 'deploy-web',
    })
    expect(ask(named('zebra'), {}, 'deploi-wb')).toMatchObject({ hint: 'zebra' })
  })

  test('hints at nothing the caller could not get', () => {
    expect(ask(named('deploy-web'), { ref: 'refs/heads/x' }, 'deploi-wb')).not.toHaveProperty('hint')
    expect(ask(named('deploy-web'), { repository: 'acme/other', repository_id: '9' }, 'deploi-wb')).not.toHaveProperty('hint')
  })

  test('hints however the workload is named: by id, by name in any case, by pattern, by owner', () => {
    for (const is of [
      { repository_id: '1217768983' },
      { repository: 'ACME/Docs' },
      { repository: 'acme/*' },
      { repository_owner: 'acme' },
    ]) {
      expect(ask(policy({ is }), {}, 'deplo')).toMatchObject({ hint: 'deploy' })
    }
  })

  test('is no member that every object inherits', () => {
    for (const name of ['constructor', '__proto__', 'toString', ''])
      expect(ask(policy(), {}, name)).toMatchObject({ cause: 'unknown_grant' })
  })

  test('among very many finds slips of the pen, soon', () => {
    const many = named(...Array.from({ length: 3_000 }, (_, index) => `deploy-${index}`))
    const started = performance.now()
    expect(ask(many, {}, 'deplyo-1234')).toMatchObject({ hint: 'deploy-1234' })
    expect(ask(many, {}, 'somethingelse')).not.toHaveProperty('hint')
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

test('a decision does not grow with the number of grants', () => {
  const grant = {
    purpose: 'p',
    owner: 't',
    connection: 'api',
    scope: { scopes: ['a'] },
    ttl: '10m',
    allow: [{ workload: 'docs', ref: 'refs/heads/main' }],
  }
  const time = (count: number): number => {
    const big = policy({ more: { grants: Object.fromEntries(Array.from({ length: count }, (_, index) => [`g-${index}`, grant])) } })
    const caller = callerOf(big)
    for (let run = 0; run < 5_000; run++) decide(big, caller, `g-${count - 1}`)
    const started = performance.now()
    for (let run = 0; run < 20_000; run++) decide(big, caller, `g-${count - 1}`)
    return performance.now() - started
  }
  const [few, many] = [time(1), time(20_000)]
  expect(many).toBeLessThan(few * 10 + 200)
})
