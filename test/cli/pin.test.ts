import { chmod, readdir, readFile, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { pinCommand } from '../../cli/commands/pin.ts'
import { apiOfIssuer, isApiOf } from '../../cli/pinning/api-of-issuer.ts'
import { json, startUpstream } from '../fakes/upstream.ts'
import { testIo } from './io.ts'
import { ISSUER, pin, type Reply, root, TOKEN, workload, write } from './pin-stage.ts'

describe('pin writes the missing ids in place', () => {
  test.each<[string, string, string]>([
    ['a flow mapping', '{ repository: acme/docs }', '{ repository: acme/docs, repository_id: "1217768983" }'],
    [
      'before what follows in it',
      '{ repository: acme/docs, environment: production } # the site',
      '{ repository: acme/docs, repository_id: "1217768983", environment: production } # the site',
    ],
    [
      'a flow mapping over several lines',
      '{\n      repository: "acme/docs", # the site\n    }',
      '{\n      repository: "acme/docs", repository_id: "1217768983", # the site\n    }',
    ],
    [
      'a block mapping, below the comment behind the name',
      '\n      # who\n      repository:   acme/docs   # the site\n      environment: x',
      '\n      # who\n      repository:   acme/docs   # the site\n      repository_id: "1217768983"\n      environment: x',
    ],
    [
      'a list',
      '\n      repository:\n        - acme/docs # one\n        - acme/web # two\n      # then\n      environment: x',
      '\n      repository:\n        - acme/docs # one\n        - acme/web # two\n      repository_id: ["1217768983", "1217768984"]\n      # then\n      environment: x',
    ],
    [
      'a flow list',
      '{ repository: [acme/docs, acme/web] }',
      '{ repository: [acme/docs, acme/web], repository_id: ["1217768983", "1217768984"] }',
    ],
    [
      'a list of one thing twice',
      '{ repository: [acme/docs, "acme/docs"] }',
      '{ repository: [acme/docs, "acme/docs"], repository_id: "1217768983" }',
    ],
    [
      'both of a repository and its owner',
      '{ repository_owner: acme, repository: acme/docs }',
      '{ repository_owner: acme, repository_owner_id: "65000001", repository: acme/docs, repository_id: "1217768983" }',
    ],
    [
      'a text folded over lines',
      '\n      repository: >-\n        acme/docs\n      environment: x',
      '\n      repository: >-\n        acme/docs\n      repository_id: "1217768983"\n      environment: x',
    ],
  ])('in %s', async (_what, before, after) => {
    const { code, text, errors } = await pin({ 'policy.yaml': workload(before) }, {})
    expect({ code, errors, text: await text() }).toEqual({ code: 0, errors: '', text: workload(after) })
  })

  test('and passes over names of GitLab, which it says, with the key to write', async () => {
    const forge = '\n  forge: { platform: gitlab, url: "https://gitlab.com", owners: [{ name: acme/web }] }\n'
    const policy = `jobpass: 1\nissuers:${forge}workloads:\n  shop: { issuer: forge, is: { project_path: acme/web/shop }, owner: team }\n`
    const { code, out, requests, text } = await pin({ 'policy.yaml': policy }, {})
    expect(code).toBe(0)
    expect(requests).toEqual([])
    expect(await text()).toBe(policy)
    expect(out).toMatch(/policy\.yaml:3:\d+: info other-platform: .*platform gitlab\. Write id beside it/)
    expect(out).toMatch(/policy\.yaml:5:\d+: info other-platform: .*Write project_id beside it/)
  })

  test('of the owners of a fence, in the form each is written in', async () => {
    const owners = (first: string, second: string) => ISSUER.replace(/ \[\{.*\}\]/, `\n      - { ${first} }\n      - ${second} # other`)
    const { code, text, out } = await pin({ 'policy.yaml': owners('name: acme', 'name: globex') }, {})
    expect({ code, text: await text() }).toEqual({
      code: 0,
      text: owners('name: acme, id: "65000001"', 'name: globex # other\n        id: "65000002"').replace(
        '"65000002" # other',
        '"65000002"',
      ),
    })
    expect(out).toBe(
      'policy.yaml:7:17: info pinned: id 65000001 was written beside acme\npolicy.yaml:8:15: info pinned: id 65000002 was written beside globex\n',
    )
  })

  test('keeps line ends, a byte-order mark, the mode and a link; and leaves nothing else behind', async () => {
    const policy = `\uFEFF${workload('\n      repository: acme/docs').replaceAll('\n', '\r\n')}`
    await write({ 'real/policy.txt': policy })
    await chmod(join(root(), 'real/policy.txt'), 0o640)
    await symlink('real/policy.txt', join(root(), 'policy.yaml'))
    expect((await pin({}, {})).code).toBe(0)
    expect(await readFile(join(root(), 'real/policy.txt'), 'utf8')).toBe(
      policy.replace('acme/docs\r\n', 'acme/docs\r\n      repository_id: "1217768983"\r\n'),
    )
    expect((await stat(join(root(), 'real/policy.txt'))).mode & 0o777).toBe(0o640)
    expect([await readdir(root()), await readdir(join(root(), 'real'))]).toEqual([['policy.yaml', 'real'], ['policy.txt']])
  })

  test('at the end of a file without a last line end', async () => {
    const policy = `${ISSUER}workloads:\n  site:\n    issuer: github\n    owner: team-docs\n    is:\n      repository: acme/docs`
    const { text } = await pin({ 'policy.yaml': policy }, {})
    expect(await text()).toBe(`${policy}\n      repository_id: "1217768983"`)
  })

  test('once where workloads share an anchor', async () => {
    const other = '  other: { issuer: github, is: *docs, owner: team-docs }\n'
    const { code, text } = await pin({ 'policy.yaml': workload('&docs { repository: acme/docs }', other) }, {})
    expect([code, await text()]).toEqual([0, workload('&docs { repository: acme/docs, repository_id: "1217768983" }', other)])
  })

  test('in every file, with issuers in another one; a second run has nothing to do and asks nothing', async () => {
    const site = 'workloads: { site: { issuer: github, owner: team-docs, is: { repository: acme/docs } } }\n'
    const files = { 'a/policy.yaml': ISSUER, 'b/teams/docs.yml': site }
    expect(await (await pin(files, {})).text('b/teams/docs.yml')).toBe(site.replace('acme/docs', 'acme/docs, repository_id: "1217768983"'))
    expect(await pin({}, {})).toMatchObject({ code: 0, out: '', requests: [] })
  })

  test('and never changes an id that is there, right or wrong', async () => {
    const policy = workload('{ repository: acme/docs, repository_id: "1" }')
    const { code, text, requests } = await pin({ 'policy.yaml': policy }, {})
    expect({ code, requests, text: await text() }).toEqual({ code: 0, requests: [], text: policy })
  })

  test('sends the token, and prints it nowhere', async () => {
    const { out, errors, requests } = await pin({ 'policy.yaml': workload('{ repository: acme/docs }') }, {})
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${TOKEN}`])
    expect(out + errors).not.toContain(TOKEN)
  })

  test('asks for each name once, whatever number of places has it', async () => {
    const many = Array.from(
      { length: 20 },
      (_, index) => `  w${index}: { issuer: github, owner: t, is: { repository: acme/docs } }\n`,
    ).join('')
    expect((await pin({ 'policy.yaml': `${ISSUER}workloads:\n${many}` }, {})).requests).toHaveLength(1)
  })
})

describe('pin leaves as it is, and says so', () => {
  const moved = { location: ':self/repositories/1217768983' }

  test.each<[string, string, Readonly<Record<string, Reply>>, number, string]>([
    ['a pattern', '{ repository: acme/* }', {}, 0, 'info pattern-not-pinned'],
    ['a list with a pattern in it', '{ repository: [acme/docs, acme/docs-*] }', {}, 0, 'info pattern-not-pinned'],
    ['a name nobody has', '{ repository: acme/nothing }', {}, 1, 'error name-not-found: there is no repository "acme/nothing"'],
    ['a list with such a name', '{ repository: [acme/docs, acme/nothing] }', {}, 1, 'error name-not-found'],
    [
      'a renamed repository',
      '{ repository: acme/old }',
      { '/repos/acme/old': [301, {}, moved], '/repositories/1217768983': [200, { id: 1217768983, full_name: 'acme/docs' }] },
      1,
      'warning name-changed: the repository "acme/old" is called "acme/docs" now',
    ],
    [
      'a repository that may not be read',
      '{ repository: acme/docs }',
      { '/repos/acme/docs': [403, { message: 'Resource not accessible' }] },
      1,
      'warning name-not-readable',
    ],
    ['a name that would be another path', '{ repository: acme/.. }', {}, 1, 'error name-not-found: "acme/.." is nothing GitHub could call'],
    ['a name with a query in it', '{ repository: "acme/docs?x=1" }', {}, 1, 'error name-not-found'],
    ['a name that is none', '{ repository: acme }', {}, 1, 'error name-not-found'],
    ['an explicit key', '\n      ? repository\n      : acme/docs', {}, 1, 'warning not-editable: this line is not in a form'],
  ])('%s', async (_what, is, replies, exit, said) => {
    const policy = workload(is)
    const { code, out, text } = await pin({ 'policy.yaml': policy }, replies)
    expect({ code, text: await text() }).toEqual({ code: exit, text: policy })
    expect(out).toContain(said)
    expect(out.trimEnd().split('\n')).toHaveLength(1)
  })

  test('only the place that cannot be resolved', async () => {
    const gone = '  gone: { issuer: github, owner: t, is: { repository: acme/nothing } }\n'
    const { code, text } = await pin({ 'policy.yaml': workload('{ repository: acme/docs }', gone) }, {})
    expect([code, await text()]).toEqual([1, workload('{ repository: acme/docs, repository_id: "1217768983" }', gone)])
  })

  test('conditions of rules, guardrails and scenarios, which are no identities', async () => {
    const policy = `${ISSUER}grants: { x: { allow: [{ workload: w, repository: acme/docs }] } }\nguardrails: { g: { forbid: { repository: acme/docs } } }\n`
    expect(await pin({ 'policy.yaml': policy }, {})).toMatchObject({ code: 0, out: '', requests: [] })
  })

  test('every file when the answers end: a limit, a bad token, an answer that is none, a way out of the API', async () => {
    const policy = workload('{ repository: acme/docs }', '  web: { issuer: github, owner: t, is: { repository: acme/web } }\n')
    const cases: readonly [Reply, string][] = [
      [
        [403, {}, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1800000000' }],
        'takes no more calls until 2027-01-15T08:00:00.000Z',
      ],
      [[429, {}], 'takes no more calls'],
      [[401, { message: 'Bad credentials' }], '401'],
      [[500, {}], '500'],
      [[200, { message: 'hello' }], 'something that is no owner and no repository'],
      [[200, 'x'.repeat(2_000_000)], 'more than'],
      [[301, {}, { location: 'https://elsewhere.example/repositories/1' }], 'not followed'],
      [[302, {}, { location: ':self/user' }], 'not followed'],
      [[301, {}, { location: ':self/repositories/../user' }], 'not followed'],
      [[301, { url: 'http://169.254.169.254/repositories/1' }], 'not followed'],
    ]
    for (const [reply, said] of cases) {
      const { code, out, errors, text, requests } = await pin({ 'policy.yaml': policy }, { '/repos/acme/web': reply })
      expect({ said, code, out, text: await text() }).toEqual({ said, code: 2, out: '', text: policy })
      expect(errors).toContain(said)
      expect(requests).toHaveLength(2)
    }
  })

  test('a policy that cannot be read whole, with its errors', async () => {
    const { code, out, requests } = await pin({ 'policy.yaml': workload('{ repository: acme/docs'), 'b.yaml': ISSUER }, {})
    expect({ code, requests }).toEqual({ code: 1, requests: [] })
    expect(out).toMatch(/^policy\.yaml:\d+:\d+: error yaml-syntax: /m)
  })
})

describe('pin is careful with where it asks', () => {
  test.each([
    [['.', '--api-url', 'http://github.example'], 'https is needed'],
    [['.', '--api-url', 'ftp://127.0.0.1'], 'https is needed'],
    [['.', '--api-url', 'https://me:pw@github.example'], 'without a user name'],
    [['.', '--api-url', 'https://github.example/?x'], 'without query'],
    [['.', '--api-url', 'github.example'], 'is not a URL'],
    [['.', '--verfy'], 'unknown option --verfy'],
    [['nowhere'], 'nowhere'],
  ])('%j cannot run', async (args, said) => {
    const io = testIo(root())
    expect([await pinCommand(args, io), io.out()]).toEqual([2, ''])
    expect(io.errors()).toContain(said)
  })

  test('takes the API of the environment, and a token only of characters that tokens have', async () => {
    await write({ 'policy.yaml': workload('{ repository: acme/docs }') })
    await using github = await startUpstream((_request, response) => json(response, 200, { id: 5, full_name: 'acme/docs' }))
    vi.stubEnv('GITHUB_API_URL', `${github.url}/api/v3/`)
    vi.stubEnv('GITHUB_TOKEN', 'ghs_x\ny')
    const refused = testIo(root())
    expect([await pinCommand(['.'], refused), refused.errors()]).toEqual([2, expect.not.stringContaining('ghs_x')])
    vi.stubEnv('GITHUB_TOKEN', '')
    vi.stubEnv('GH_TOKEN', 'gho_other')
    expect(await pinCommand(['.'], testIo(root()))).toBe(0)
    expect(github.requests).toMatchObject([{ path: '/api/v3/repos/acme/docs', headers: { authorization: 'Bearer gho_other' } }])
  })

  test('asks without a token when there is none, and says so', async () => {
    vi.stubEnv('GITHUB_TOKEN', '')
    const { errors, requests } = await pin({ 'policy.yaml': workload('{ repository: acme/docs }') }, {})
    expect(errors).toContain('no GITHUB_TOKEN')
    expect(requests[0]?.headers.authorization).toBeUndefined()
  })

  test('cannot run when nobody answers', async () => {
    await write({ 'policy.yaml': workload('{ repository: acme/docs }') })
    const io = testIo(root())
    expect(await pinCommand(['.', '--api-url', 'http://127.0.0.1:9'], io)).toBe(2)
    expect(io.errors()).toContain('could not be reached')
  })

  test.each([
    ['https://token.actions.githubusercontent.com', 'https://api.github.com'],
    ['https://token.actions.githubusercontent.com/acme', 'https://api.github.com'],
    ['https://token.actions.acme.ghe.com', 'https://api.acme.ghe.com'],
    ['https://github.acme.example/_services/token', 'https://github.acme.example/api/v3'],
    ['https://token.actions.githubusercontent.com.evil.example', undefined],
    ['https://gitlab.example', undefined],
  ])('names of %s belong to %s', (issuer, api) => {
    expect(apiOfIssuer(issuer)).toBe(api)
  })

  test('asks no server for the names of another', async () => {
    const named = { url: 'https://github.acme.example/api/v3', isNamed: true }
    expect(isApiOf(named, 'https://token.actions.githubusercontent.com')).toBe(false)
    expect(isApiOf(named, 'https://github.acme.example/_services/token')).toBe(true)
    expect(isApiOf(named, 'https://ci.acme.example')).toBe(true)
    expect(isApiOf({ ...named, isNamed: false }, 'https://ci.acme.example')).toBe(false)
    await write({ 'policy.yaml': workload('{ repository: acme/docs }') })
    const io = testIo(root())
    expect(await pinCommand(['.', '--api-url', named.url], io)).toBe(0)
    expect(io.out()).toContain('info other-server: not looked up: this name belongs to https://api.github.com')
  })
})
