/** Right-sizing in cases a person can follow: what was allowed, what was asked, and what would have done. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { checkDocument } from '../../../shared/policy/check-document.ts'
import { loadPolicy } from '../../../shared/policy/load.ts'
import type { AskEntry } from '../../../shared/policy/replay.ts'
import { allowedAsks, type RightSize, rightSizes } from '../../../shared/policy/right-size.ts'
import { FACTS, GITHUB } from './policies.ts'

const OWNER = '65000001'

interface Written {
  readonly allow?: readonly JsonObject[]
  readonly connection?: string
  readonly scope?: JsonObject
}

function documentOf({ allow = [{ workload: 'docs', ref: 'refs/heads/*' }], connection = 'api', scope = { scopes: ['read'] } }: Written) {
  const checked = checkDocument({
    jobpass: 1,
    issuers: { github: { platform: 'github', url: GITHUB, owners: [{ name: 'acme', id: OWNER }] } },
    workloads: { docs: { issuer: 'github', is: { repository: 'acme/docs', repository_id: '1217768983' }, owner: 'team' } },
    connections: {
      api: { kind: 'jwt', owner: 'team', audience: 'https://api.example' },
      hosts: { kind: 'ssh-cert', owner: 'team', ca: 'ed25519' },
      app: { kind: 'github-app', owner: 'team', app_id: '1', account: 'acme', private_key: { secret: 'UPSTREAM_KEY' } },
    },
    grants: { g: { purpose: 'p', owner: 'team', connection, scope, ttl: '10m', allow } },
  })
  if (!checked.ok) throw new Error(checked.problems[0].message)
  return checked.document
}

interface Asked {
  readonly facts?: Readonly<Record<string, string>>
  readonly asked?: JsonObject
  readonly type?: string
}

const entryOf = ({ facts = {}, asked, type = 'issued' }: Asked): AskEntry => ({
  ledger: `v1:${GITHUB}:${OWNER}`,
  at: '2026-11-01T00:00:00.000Z',
  grant: 'g',
  decision: 'd',
  type,
  ask: { attributes: { ...FACTS, ...facts }, ...(asked === undefined ? {} : { asked }) },
})

function sized(written: Written, ...asks: Asked[]): RightSize | undefined {
  const document = documentOf(written)
  const policy = loadPolicy(document, 'sha256:')
  const found = rightSizes(allowedAsks(asks.map(entryOf), policy), document, policy)
  expect(found.length).toBeLessThanOrEqual(1)
  return found[0]
}

const ref = (...names: string[]): Asked[] => names.map((name) => ({ facts: { ref: `refs/heads/${name}` } }))
const changes = (suggestion: RightSize | undefined) => suggestion?.conditions.map(({ attribute, to }) => [attribute, to])

describe('conditions', () => {
  test('a pattern of which one value was used becomes that value', () => {
    expect(sized({}, ...ref('main', 'main'))).toMatchObject({
      asks: 2,
      unusedRules: [],
      conditions: [{ rule: 'g/0', attribute: 'ref', from: ['refs/heads/*'], to: ['refs/heads/main'] }],
    })
  })

  test.each<[string, Written, Asked[], unknown]>([
    ['a pattern of which many were used stays', {}, ref('a', 'b', 'c', 'd', 'e', 'f'), undefined],
    ['a few values are written out, in order', {}, ref('b', 'a'), [['ref', ['refs/heads/a', 'refs/heads/b']]]],
    [
      'of a list what was needed stays, in its own words',
      { allow: [{ workload: 'docs', ref: ['refs/heads/main', 'refs/tags/v*', 'refs/heads/old'] }] },
      ref('main'),
      [['ref', ['refs/heads/main']]],
    ],
    ['what is as narrow as it was used stays', { allow: [{ workload: 'docs', ref: 'refs/heads/main' }] }, ref('main'), undefined],
    [
      'a value that would read as a pattern is not written',
      { allow: [{ workload: 'docs', ref: 'refs/heads/main', environment: 'p*' }] },
      [{ facts: { environment: 'prod*' } }],
      undefined,
    ],
    [
      'a branch and an environment that all runs share are stated',
      { allow: [{ workload: 'docs', actor: 'octocat' }] },
      [{ facts: { actor: 'octocat', environment: 'production' } }],
      [
        ['ref', ['refs/heads/main']],
        ['environment', ['production']],
      ],
    ],
    [
      'an environment that one run had not is not stated',
      { allow: [{ workload: 'docs', ref: 'refs/heads/main' }] },
      [{ facts: { environment: 'production' } }, {}],
      undefined,
    ],
    [
      'a default is not written out',
      { allow: [{ workload: 'docs', ref: 'refs/heads/main' }] },
      [{ facts: { event_name: 'push' } }],
      undefined,
    ],
    ['what was refused teaches nothing', {}, [{ type: 'refused', facts: { ref: 'refs/heads/x' } }], undefined],
    ['nor what the policy refuses now', {}, [{ facts: { ref: 'refs/tags/v1' } }], undefined],
    ['nor an ask of another owner', {}, [{ facts: { repository_id: '7' } }], undefined],
  ])('%s', (_name, written, asks, expected) => expect(changes(sized(written, ...asks))).toEqual(expected))

  test('a rule that allowed nothing while others did is named', () => {
    const allow = [
      { workload: 'docs', ref: 'refs/heads/main' },
      { workload: 'docs', ref: 'refs/tags/v1' },
    ]
    expect(sized({ allow }, ...ref('main'))).toMatchObject({ unusedRules: ['g/1'], conditions: [] })
  })
})

const APP: Written = {
  allow: [{ workload: 'docs', ref: 'refs/heads/main' }],
  connection: 'app',
  scope: { repositories: ['a', 'b', 'c'], permissions: { contents: 'write', pages: 'write' } },
}
const scope = (suggestion: RightSize | undefined) => suggestion?.scope?.scope

describe('scope', () => {
  test.each<[string, Written, JsonObject[], unknown]>([
    [
      'repositories nobody asked for go, and a level nobody needed',
      APP,
      [
        { repositories: ['a'], permissions: { contents: 'read' } },
        { repositories: ['c'], permissions: { contents: 'read' } },
      ],
      { repositories: ['a', 'c'], permissions: { contents: 'read' } },
    ],
    [
      'all becomes those that were asked for',
      { ...APP, scope: { repositories: 'all', permissions: { contents: 'write' } } },
      [{ repositories: ['b'] }, { repositories: ['a', 'b'] }],
      { repositories: ['b', 'a'], permissions: { contents: 'write' } },
    ],
    [
      'what one ask left to the grant stays whole',
      APP,
      [{ repositories: ['a'] }, { permissions: { contents: 'write' } }],
      { repositories: ['a', 'b', 'c'], permissions: { contents: 'write' } },
    ],
    [
      'of a certificate, accounts and extensions',
      { ...APP, connection: 'hosts', scope: { principals: ['deploy', 'root'], extensions: ['permit-pty', 'permit-user-rc'] } },
      [{ principals: ['deploy'], extensions: ['permit-pty'] }],
      { principals: ['deploy'], extensions: ['permit-pty'] },
    ],
    [
      'of a JWT, scopes',
      { ...APP, connection: 'api', scope: { scopes: ['read', 'write'], claims: { tier: 'x' } } },
      [{ scopes: ['read'] }],
      { scopes: ['read'], claims: { tier: 'x' } },
    ],
  ])('%s', (name, written, asked, expected) => {
    const found = scope(sized(written, ...asked.map((one) => ({ asked: one }))))
    // repositories were left to the grant by one ask, and permissions by the other
    expect(found).toEqual(name.startsWith('what one ask') ? undefined : expected)
  })

  test('stays when one ask took all of it', () => {
    expect(sized(APP, { asked: { repositories: ['a'] } }, {})).toBeUndefined()
  })

  test('stays when an ask was of another scope than the present one', () => {
    expect(sized(APP, { asked: { repositories: ['gone'] } })).toBeUndefined()
  })

  test('is told in one line, before and after', () => {
    expect(sized(APP, { asked: { repositories: ['a'], permissions: { pages: 'write' } } })?.scope).toEqual({
      from: 'contents: write, pages: write on a, b, c',
      to: 'pages: write on a',
      scope: { repositories: ['a'], permissions: { pages: 'write' } },
    })
  })

  test('of many asks that all differ is left as it is, in bounded time', () => {
    const repositories = Array.from({ length: 500 }, (_, index) => `r${index}`)
    const asks = repositories.map((name) => ({ asked: { repositories: [name] } }))
    const start = performance.now()
    expect(sized({ ...APP, scope: { repositories, permissions: { contents: 'write' } } }, ...asks)).toBeUndefined()
    expect(sized({ ...APP, scope: { repositories, permissions: { contents: 'write' } } }, ...asks.slice(0, 99))?.scope).toBeDefined()
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})
