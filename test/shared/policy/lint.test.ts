import { describe, expect, test } from 'vitest'
import { judgePolicyFiles } from '../../../shared/policy/judge-files.ts'
import { LINTS } from '../../../shared/policy/lint.ts'
import { lintFindings } from './lint-findings.ts'
import { GITHUB, POLICY_YAML, sha256Hex, spoilt } from './policies.ts'

const TODAY = '2026-11-22'

/** What all lints but those about tests and tidiness say of one file. */
const QUIET: readonly string[] = ['grant-without-scenarios']

function lint(text: string): readonly string[] {
  const findings = lintFindings([{ name: 'p.yaml', text }], TODAY).filter(({ id }) => !QUIET.includes(id))
  return findings.map(({ line, column, severity, id, message }) => `${line}:${column} ${severity} ${id} ${message}`)
}

function found(text: string, id: string, repository?: string): readonly string[] {
  const findings = lintFindings([{ name: 'p.yaml', text }], TODAY, repository).filter((finding) => finding.id === id)
  return findings.map(({ line, message }) => `${line} ${message}`)
}

const loopback = (comment: string): string => spoilt(`url: ${GITHUB}`, `url: http://127.0.0.1:8788${comment}`)

test('every lint has an id of its own, a why and a fix', () => {
  expect(new Set(LINTS.map(({ id }) => id)).size).toBe(LINTS.length)
  for (const { id, why, fix } of LINTS) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect([why, fix].every((text) => text.endsWith('.'))).toBe(true)
  }
})

test('a loopback issuer is a warning', () => {
  expect(lint(loopback(''))).toEqual([expect.stringContaining('5:10 warning loopback-issuer the issuer github is a loopback http URL')])
  expect(lint(POLICY_YAML)).toEqual([])
})

describe('a comment that ignores', () => {
  test('silences the finding of its line, and its reason is kept', () => {
    const text = loopback(' # jobpass-ignore: loopback-issuer only dev reads this')
    expect(lint(text)).toEqual([])
    const { ignored } = judgePolicyFiles([{ name: 'p.yaml', text }], { sha256Hex, today: TODAY })
    expect(ignored).toMatchObject([{ id: 'loopback-issuer', line: 5, severity: 'warning', reason: 'only dev reads this' }])
  })

  test('needs a reason', () => {
    expect(lint(loopback(' # jobpass-ignore: loopback-issuer'))).toEqual([
      expect.stringContaining('5:10 warning loopback-issuer'),
      expect.stringContaining('5:32 error ignore expected a reason'),
    ])
  })

  test('names a lint, never an error or a scenario', () => {
    for (const id of ['loopback', 'scenario-failed', 'unknown-key', 'untested-rule', '']) {
      expect(lint(spoilt('kind: jwt', `kind: jwt # jobpass-ignore: ${id} because`))).toEqual([
        expect.stringContaining('15:15 warning ignore expected the id of a lint'),
      ])
    }
  })

  test('that silences nothing is said to', () => {
    expect(lint(spoilt('kind: jwt', 'kind: jwt # jobpass-ignore: loopback-issuer because'))).toEqual([
      expect.stringContaining('15:15 info ignore nothing on this line'),
    ])
  })

  test('on another line silences nothing', () => {
    expect(
      lint(spoilt(`    url: ${GITHUB}`, '    # jobpass-ignore: loopback-issuer because\n    url: http://127.0.0.1:8788')),
    ).toHaveLength(2)
  })
})

const ALLOW = '      - workload: docs-site\n        ref: refs/heads/main\n        environment: production\n'
const RULE_LINE = 43

/** The policy whose production rule is another. */
const ruled = (rule: string, ...more: readonly string[]): string =>
  spoilt(ALLOW, `      - workload: docs-site\n${[rule, ...more].map((line) => `        ${line}\n`).join('')}`)

describe('id-not-pinned', () => {
  const named = (is: string): readonly string[] =>
    found(spoilt('{ repository: acme/docs, repository_id: "1217768983" }', is), 'id-not-pinned')

  test('finds a name, also among patterns, and nothing that could not be pinned', () => {
    expect(named('{ repository: acme/docs }')).toEqual(['11 "acme/docs" is a name without its id (repository_id)'])
    expect(named('{ repository: ["acme/web-*", acme/docs] }')).toHaveLength(1)
    expect(named('{ repository: "acme/web-*" }')).toEqual([])
    expect(named('{ repository_id: "1" }')).toEqual([])
    expect(named('{ repository_owner: acme }')).toEqual([])
  })
})

describe('dangerous-event', () => {
  const of = (...rule: readonly [string, ...string[]]): readonly string[] => found(ruled(...rule), 'dangerous-event')

  test('shows a run that gets through', () => {
    expect(of('ref: refs/heads/main', 'event_name: [push, workflow_run]')).toEqual([
      '45 workflow_run reaches this grant, for example workflow_run on refs/heads/main of acme/docs',
    ])
  })

  test('is not there for what a guardrail stops, for what cannot be, and for events that need write access', () => {
    expect(of('ref: refs/heads/main', 'event_name: pull_request_target')).toEqual([])
    expect(of('ref: "refs/tags/v*"', 'event_name: [push, issue_comment]')).toEqual([])
    expect(of('ref: refs/heads/main', 'event_name: [repository_dispatch, deployment]')).toEqual([])
  })

  test('carries its run as a token that explain takes', () => {
    const files = [{ name: 'p.yaml', text: ruled('ref: refs/heads/main', 'event_name: [push, watch]') }]
    expect(lintFindings(files, TODAY).find(({ id }) => id === 'dangerous-event')?.example).toMatchObject({
      event_name: 'watch',
      ref: 'refs/heads/main',
    })
  })
})

describe('branch-pattern-on-production', () => {
  const of = (...rule: readonly [string, ...string[]]): readonly string[] => found(ruled(...rule), 'branch-pattern-on-production')

  test('finds patterns that fit branches, wherever they begin', () => {
    for (const ref of ['refs/heads/*', 'refs/heads/release/**', '**/main', 'refs/**']) {
      expect(of(`ref: "${ref}"`, 'environment: production')).toEqual([expect.stringContaining(JSON.stringify(ref))])
    }
    expect(of('ref: [refs/heads/main, "refs/heads/r*"]', 'environment: "production-*"')).toHaveLength(1)
  })

  test('passes over full names, tags, protected branches, and connections that serve no production', () => {
    expect(of('ref: refs/heads/main', 'environment: production')).toEqual([])
    expect(of('ref: "refs/tags/v*"', 'environment: production')).toEqual([])
    expect(of('ref: "refs/heads/*"', 'environment: production', 'ref_protected: true')).toEqual([])
    expect(of('ref: "refs/heads/*"', 'environment: staging')).toEqual([])
    expect(of('ref: "refs/heads/*"', 'environment: reproduction')).toEqual([])
  })
})

describe('environment-not-pinned', () => {
  const scoped = (scope: string): readonly string[] =>
    found(ruled('ref: refs/heads/main').replace('permissions: { contents: write }', scope), 'environment-not-pinned')

  test('is about scopes that write', () => {
    expect(scoped('permissions: { contents: write }')).toHaveLength(1)
    expect(scoped('permissions: { contents: read, repository_projects: admin }')).toHaveLength(1)
    expect(scoped('permissions: { contents: read, issues: read }')).toEqual([])
  })

  test('takes the environment of the workload too', () => {
    const text = ruled('ref: refs/heads/main').replace(
      'repository_id: "1217768983" }',
      'repository_id: "1217768983", environment: production }',
    )
    expect(found(text, 'environment-not-pinned')).toEqual([])
  })
})

describe('ttl-above-maximum', () => {
  test('says what it is clamped to, and why', () => {
    expect(found(POLICY_YAML.replaceAll('ttl: 10m', 'ttl: 61m'), 'ttl-above-maximum')).toEqual([
      '31 61m is clamped to 1h, because max_ttl is 1h',
      '41 61m is clamped to 1h, because max_ttl is 1h',
    ])
    const raised = spoilt('jobpass: 1', 'jobpass: 1\nsettings: { max_ttl: 30d }').replaceAll('ttl: 10m', 'ttl: 13h')
    expect(found(raised, 'ttl-above-maximum')).toEqual([
      '32 13h is clamped to 12h, because a jwt credential lives at most 12h',
      '42 13h is clamped to 1h, because a github-app credential lives at most 1h',
    ])
  })
})

describe('overdue', () => {
  test('is what lies before today, not today itself', () => {
    for (const [review, count] of [
      ['2026-11-21', 1],
      ['2026-11-22', 0],
      ['2026-11-23', 0],
    ] as const) {
      expect(found(spoilt('review: 2027-05-01', `review: ${review}`), 'review-overdue')).toHaveLength(count)
    }
    for (const [every, count] of [
      ['51d', 1],
      ['52d', 0],
      ['900000000d', 0],
    ] as const) {
      expect(found(spoilt('every: 90d', `every: ${every}`), 'rotation-overdue')).toHaveLength(count)
    }
  })
})

describe('self-service', () => {
  const of = (repository: string, policyRepository?: string): readonly string[] =>
    found(spoilt('repository: acme/docs', `repository: ${repository}`), 'self-service', policyRepository)

  test('knows the repository it is told, and else one by its name', () => {
    expect(of('acme/docs', 'Acme/Docs')).toHaveLength(2)
    expect(of('"acme/do*"', 'acme/docs')).toHaveLength(2)
    expect(of('acme/access-policy', 'acme/other')).toEqual([])
    expect(of('acme/access-policy')).toHaveLength(2)
    expect(of('acme/privacy-policy')).toEqual([])
  })

  test('claims nothing of a workload that states no name', () => {
    expect(found(spoilt('repository: acme/docs, ', ''), 'self-service', 'acme/docs')).toEqual([])
  })
})

describe('what is proved of rules', () => {
  test('a rule that contradicts itself, its workload, the fence or what GitHub can sign is unreachable', () => {
    const dead = [
      ['ref: refs/heads/main', 'repository: acme/other'],
      ['ref: refs/heads/main', 'repository_owner_id: "7"'],
      ['ref: refs/pull/7/merge', 'environment: production'],
      ['ref: refs/heads/main', 'head_ref: feature'],
      ['ref: refs/heads/main', 'ref_type: tag'],
    ] as const
    // a repository under another name of the same owner is a rename, which a pinned id follows
    expect(found(ruled(...dead[0]), 'unreachable-rule')).toEqual([])
    for (const rule of dead.slice(1))
      expect(found(ruled(rule[0], rule[1]), 'unreachable-rule')).toEqual([`${RULE_LINE} no run can meet all of its conditions`])
  })

  test('a rule that guardrails stop altogether is told as unreachable and nothing else', () => {
    const text = ruled('ref: refs/heads/main', 'event_name: pull_request_target')
    expect(found(text, 'unreachable-rule')).toEqual([`${RULE_LINE} every run that meets it is stopped by no-pull-requests`])
    expect(found(text, 'guardrail-reachable')).toEqual([])
  })

  test('a rule that a guardrail stops in part is told with a run', () => {
    expect(found(ruled('environment: production', 'event_name: [push, pull_request]'), 'guardrail-reachable')).toEqual([
      expect.stringMatching(
        /^43 the guardrail no-pull-requests has to stop pull_request on refs\/pull\/[1-9][0-9]*\/merge of acme\/docs in environment production/,
      ),
    ])
  })

  test('a rule that several earlier ones cover together is shadowed, one that says more than they is not', () => {
    const rules = (last: string): string =>
      spoilt(ALLOW, `${ALLOW}${ALLOW.replace('refs/heads/main', '"refs/heads/v*"')}${ALLOW.replace('refs/heads/main', last)}`)
    expect(found(rules('[refs/heads/main, refs/heads/v1]'), 'shadowed-rule')).toEqual([
      '49 the rules before it let in everybody whom it lets in',
    ])
    expect(found(rules('[refs/heads/main, refs/heads/w1]'), 'shadowed-rule')).toEqual([])
  })

  test('a rule like an earlier one, for another pinned workload, is not shadowed; for the same one in other words it is', () => {
    const both = spoilt(ALLOW, `${ALLOW}${ALLOW.replace('docs-site', 'web')}`)
    const second = (is: string): string =>
      both.replace('connections:\n', `  web:\n    issuer: github\n    is: ${is}\n    owner: t\nconnections:\n`)
    expect(found(second('{ repository: acme/web, repository_id: "7" }'), 'shadowed-rule')).toEqual([])
    expect(found(second('{ repository: acme/docs, repository_id: ["7", "1217768983"] }'), 'shadowed-rule')).toEqual([])
    expect(found(second('{ repository: acme/docs, repository_id: "1217768983" }'), 'shadowed-rule')).toHaveLength(1)
  })

  test('the rules of a suspended workload prove nothing', () => {
    const text = spoilt(ALLOW, `${ALLOW}${ALLOW}`).replace('    owner: team-docs\nconn', '    owner: team-docs\n    suspended: true\nconn')
    expect(found(text, 'shadowed-rule')).toEqual([])
    expect(found(text, 'unreachable-rule')).toEqual([])
  })
})

describe('an edit', () => {
  const mended = (text: string, id: string): string | undefined => {
    const edit = lintFindings([{ name: 'p.yaml', text }], TODAY).find((finding) => finding.id === id)?.edit
    return edit && text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length)
  }

  test('sets the value and keeps all around it', () => {
    const text = spoilt('ttl: 10m', 'ttl: 2h # long')
    expect(mended(text, 'ttl-above-maximum')).toBe(text.replace('ttl: 2h # long', 'ttl: 1h # long'))
  })

  test('removes a record and nothing else', () => {
    const record = '  spare:\n    kind: ssh-cert\n    owner: team-platform\n    ca: ed25519 # kept\n'
    expect(mended(spoilt('connections:\n', `connections:\n${record}`), 'unused-connection')).toBe(POLICY_YAML)
    expect(mended(spoilt('grants:\n', `${record}grants:\n`), 'unused-connection')).toBe(POLICY_YAML)
  })

  test('is not offered where it would leave an empty mapping or stand in a flow one', () => {
    const alone = spoilt('    connection: acme-api', '    connection: acme-api').replace(/^scenarios:[\s\S]*/m, '')
    const files = [
      { name: 'a.yaml', text: alone },
      { name: 'b.yaml', text: 'connections:\n  spare: { kind: ssh-cert, owner: t, ca: ed25519 }\n' },
    ]
    const inFlow = [
      { name: 'a.yaml', text: alone },
      {
        name: 'b.yaml',
        text: 'connections: { x: { kind: ssh-cert, owner: t, ca: ed25519 }, y: { kind: ssh-cert, owner: t, ca: ed25519 } }\n',
      },
    ]
    for (const set of [files, inFlow]) {
      const findings = lintFindings(set, TODAY).filter(({ id }) => id === 'unused-connection')
      expect(findings.length).toBeGreaterThan(0)
      expect(findings.filter(({ edit }) => edit !== undefined)).toEqual([])
    }
  })
})
