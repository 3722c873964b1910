import { describe, expect, test } from 'vitest'
import { type Plan, planPolicies } from '../../../shared/policy/plan.ts'
import { planJson } from '../../../shared/policy/plan-json.ts'
import { planMarkdown } from '../../../shared/policy/plan-markdown.ts'
import { planText, printable } from '../../../shared/policy/plan-text.ts'
import { GITHUB, policyOf } from './policies.ts'

type Records = Readonly<Record<string, unknown>>

function grant(rules: readonly Records[], more: Records = {}): Records {
  return { purpose: 'Deploy', owner: 'team', connection: 'api', scope: { scopes: ['read'] }, ttl: '10m', allow: rules, ...more }
}

function plan(base: Records, head: Records, more: Records = {}): Plan {
  const side = (grants: Records, issuer: Records): ReturnType<typeof policyOf> =>
    policyOf({
      issuers: { github: { platform: 'github', url: GITHUB, owners: [{ name: 'acme', id: '10' }], ...issuer } },
      workloads: { docs: { issuer: 'github', is: { repository: 'acme/docs', repository_id: '1' }, owner: 't' } },
      connections: { api: { kind: 'jwt', owner: 'team', audience: 'https://api.acme.example' } },
      grants,
    })
  const result = planPolicies(side(base, {}), side(head, more))
  if (!result.ok) throw new Error('undecided')
  return result.value
}

const MAIN = { workload: 'docs', ref: 'refs/heads/main' }
const base = { deploy: grant([MAIN]), gone: grant([MAIN]), quiet: grant([MAIN], { limits: { per_job: 1 } }), same: grant([MAIN]) }
const head = {
  deploy: grant([{ ...MAIN, event_name: ['push', 'issue_comment'] }], { scope: { scopes: ['read', 'write'] }, ttl: '5m' }),
  fresh: grant([{ workload: 'docs', ref: 'refs/heads/dev' }]),
  quiet: grant([MAIN]),
  same: grant([MAIN]),
}

describe('tripwires and limits', () => {
  const wired = (tripwires: object, limits: object = {}) =>
    policyOf({
      issuers: { github: { platform: 'github', url: GITHUB, owners: [{ name: 'acme', id: '10' }] } },
      workloads: { docs: { issuer: 'github', is: { repository: 'acme/docs', repository_id: '1' }, owner: 't', limits } },
      connections: { api: { kind: 'jwt', owner: 'team', audience: 'https://api.acme.example' } },
      grants: { deploy: grant([MAIN]) },
      tripwires,
    })
  const planned = (from: ReturnType<typeof wired>, to: ReturnType<typeof wired>): Plan => {
    const result = planPolicies(from, to)
    if (!result.ok) throw new Error('undecided')
    return result.value
  }
  const strict = wired({ canaries: ['root-key'], refusals_per_minute: 30, freeze: true }, { per_job: 2, per_hour: 10 })
  const loose = wired({ canaries: ['other-key'], refusals_per_minute: 60 }, { per_hour: 20 })

  test('that were loosened are dangers, in every form', () => {
    const plan = planned(strict, loose)
    expect(planText(plan).split('\n')).toEqual([
      'Loosens tripwires, changes 1 grant otherwise',
      expect.any(String),
      '',
      '! no longer a canary: root-key',
      '! refusals in a minute that trip: more than 60, before more than 30',
      '! what trips no longer freezes its workload',
      '',
      '  a canary now: other-key',
      '',
      'deploy: changed',
      '  ~ limits looser: 2 a job over all grants, 10 an hour over all grants for workload docs → 20 an hour over all grants',
      '',
    ])
    expect(planMarkdown(plan)).toContain('- ⚠️ no longer a canary: <code>root-key</code>')
    expect(JSON.parse(planJson(plan))).toMatchObject({
      grants: [{ limits: 'wider' }],
      tripwires: [{ change: 'no longer a canary: root-key', loosens: true }, { loosens: true }, { loosens: true }, { loosens: false }],
    })
  })

  test('that were tightened are told, and are none', () => {
    const text = planText(planned(loose, strict))
    expect(text.split('\n')[0]).toBe('Loosens tripwires, changes 1 grant otherwise')
    expect(planText(planned(wired({}), strict)).split('\n')[0]).toBe('Changes tripwires, changes 1 grant otherwise')
    expect(text).toContain(
      '~ limits tighter: 20 an hour over all grants for workload docs → 2 a job over all grants, 10 an hour over all grants',
    )
  })

  test('that are the same say nothing', () => expect(planned(strict, strict)).toMatchObject({ tripwires: [], grants: [] }))
})

describe('text', () => {
  test('says the verdict and the danger first, then each grant with its proof', () => {
    const text = planText(plan(base, head))
    const lines = text.split('\n')
    expect(lines[0]).toBe('Widens 2 grants, narrows 2 grants, changes 1 grant otherwise (1 added, 1 removed)')
    expect(lines[3]).toMatch(/^! deploy can newly be had by issue_comment on refs\/heads\/main in acme\/docs \(id 1\)/)
    expect(lines[4]).toBe('! deploy gives more than before')
    expect(text).toContain('rule deploy/0 for docs; refused before: deploy/0: event_name is "issue_comment"')
    expect(text).toContain('~ scope wider: scopes read → scopes read, write'.slice(0, 15))
    expect(text).toContain('~ lifetime shorter: 10m → 5m')
    expect(text).toContain('~ limits looser: 1 a job → none')
    expect(text).not.toContain('same')
    expect(lines.filter((line) => /^\w+: /.test(line))).toEqual(['deploy: changed', 'fresh: added', 'gone: removed', 'quiet: changed'])
  })

  test('nothing changed is one sentence', () => {
    expect(planText(plan(base, base)).split('\n')[0]).toBe('No effective change: both policies allow the same')
  })

  test('other keys for an issuer are the first danger', () => {
    const changed = plan(base, base, { jwks: { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }] } })
    expect(planText(changed).split('\n')[0]).toBe('Changes whose tokens are believed')
    expect(planText(changed)).toContain(`! issuer ${GITHUB}: its keys are now written in the policy`)
  })

  test('what cannot be seen is escaped', () => {
    expect(printable('a\u202eb\u0007c\u200bd\ud800e é😀')).toBe('a\\u{202e}b\\u{7}c\\u{200b}d\\u{d800}e é😀')
  })
})

describe('Markdown', () => {
  test('danger stands before counts, counts before lists, tokens are folded', () => {
    const markdown = planMarkdown(plan(base, head))
    const places = ['### Widens', '⚠️', '| widened |', '#### <code>deploy</code>', '<details>'].map((text) => markdown.indexOf(text))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBe(0)
    expect(markdown).toContain('| 2 | 2 | 1 | 1 | 1 |')
  })

  test('no value of a policy can be markup, a mention, a link, or leave its place', () => {
    const hostile = 'x|`@octocat` <img src=x onerror=1>&lt; [a](http://b) __ ~~ #1 </code></pre></details>'
    const markdown = planMarkdown(plan({}, { deploy: grant([{ ...MAIN, environment: hostile }]) }))
    expect(markdown).toContain('x&#124;&#96;&#64;octocat')
    const ours = markdown
      .replaceAll(/<\/?(?:code|details|summary|pre|sub)>/g, '')
      .replaceAll(/&#\d+;/g, '')
      .split('\n')
      .filter((line) => !line.startsWith('|') && !line.startsWith('#'))
    for (const line of ours) expect(line).not.toMatch(/[<>`@|[\]*#&]/)
    expect(markdown.split('<details>').length).toBe(markdown.split('</details>').length)
  })

  test('a very long plan is cut where a comment ends, and says so', () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`g${index}`, grant([MAIN])]))
    const markdown = planMarkdown(plan({ deploy: grant([MAIN]) }, { deploy: grant([MAIN]), ...many }))
    expect(markdown.length).toBeLessThan(65_000)
    expect(markdown).toMatch(/… and \d+ more grants/)
    expect(markdown).toContain('### Widens 400 grants (400 added)')
  })
})
