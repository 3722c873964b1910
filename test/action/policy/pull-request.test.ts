import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StepRun } from '../run-step.ts'
import type { Files } from './git-objects.ts'
import {
  type CiEvent,
  changed,
  EXAMPLE,
  makePolicyBundle,
  type PolicyStage,
  pullRequest,
  setPolicyStage,
  TARGET,
  TOKEN,
} from './policy-stage.ts'

let bundle: Awaited<ReturnType<typeof makePolicyBundle>>
let stage: PolicyStage

beforeAll(async () => {
  bundle = await makePolicyBundle()
})
afterAll(() => bundle.remove())
beforeEach(async () => {
  stage = await setPolicyStage(bundle.script)
})
afterEach(() => stage.close())

/** A branch more may call the internal API. */
const WIDER = changed(
  'grants/call-internal-api.yaml',
  '        ref: refs/heads/main\n',
  '        ref: [refs/heads/main, refs/heads/next]\n',
)

const calls = (): readonly string[] => stage.github.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`)
const writes = (): readonly string[] => calls().filter((call) => !call.startsWith('GET '))
const annotations = (run: StepRun) => run.commands.filter(({ name }) => ['error', 'warning', 'notice'].includes(name))

function onPullRequest(
  command: string,
  head: Files,
  inputs: Readonly<Record<string, string>> = {},
  base: Files = EXAMPLE,
): Promise<StepRun> {
  return stage.run(pullRequest(stage.github, { base, head }), { inputs: { command, ...inputs } })
}

describe('check', () => {
  it('finds the example policy clean, from its files at the head of the pull request alone', async () => {
    const run = await onPullRequest('check', EXAMPLE)
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(annotations(run)).toEqual([])
    expect(run.summary).toContain('the policy is clean')
    expect(run.outputs.get('policy')).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(calls().every((call) => call.startsWith('GET /repos/acme/policy/git/'))).toBe(true)
  })

  it('shows each error at its line of the repository, and fails', async () => {
    const head = {
      ...EXAMPLE,
      'policy/broken.yaml': 'workloads:\n  x: { issuer: nowhere, is: { repository: "a/b" }, owner: t, colour: red, shade: dark }\n',
    }
    const run = await onPullRequest('check', head)
    expect(run.exitCode).toBe(1)
    expect(annotations(run)).toEqual(
      expect.arrayContaining([
        {
          name: 'error',
          properties: expect.stringMatching(/^title=unknown-key,file=policy\/broken\.yaml,line=2,col=\d+$/),
          data: expect.stringContaining('colour'),
        },
        {
          name: 'error',
          properties: expect.stringContaining('title=unknown-key,file=policy/broken.yaml,line=2'),
          data: expect.stringContaining('shade'),
        },
      ]),
    )
    expect(run.summary).toMatch(/^### Jobpass: 2 errors, 0 warnings$/m)
  })

  it('shows a failed scenario, and a lint', async () => {
    const lint = {
      'policy/lint.yaml': 'issuers: { local: { platform: github, url: "http://127.0.0.1:1", owners: [{ name: acme, id: "65000001" }] } }\n',
    }
    const run = await onPullRequest('check', {
      ...changed('grants/deploy-web.yaml', '        ref: refs/heads/main\n', '        ref: refs/heads/*\n'),
      ...lint,
    })
    expect(run.exitCode).toBe(1)
    const titles = annotations(run).map(({ name, properties }) => `${name} ${properties.split(',')[0]}`)
    expect(titles).toEqual(expect.arrayContaining(['error title=scenario-failed', 'warning title=loopback-issuer']))
  })

  it('lets no file of a pull request write into the summary or the log', async () => {
    const name = '::error::pwned %0A::set-output @acme/all <img src=x> | `x`'
    const run = await onPullRequest('check', { ...EXAMPLE, 'policy/x.yaml': `${JSON.stringify(`${name}\n::stop-commands::x`)}: 1\n` })
    expect(run.exitCode).toBe(1)
    expect(run.summary).not.toMatch(/<img|@acme|`x`|::/)
    expect(run.commands.map((command) => command.name)).toEqual(['add-mask', 'error', 'error'])
  })
})

describe('plan', () => {
  it('tells who gains access, from the merge base to the head, in the summary and in one comment', async () => {
    const run = await onPullRequest('plan', WIDER)
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    for (const text of [run.summary, stage.github.comments[0]?.body ?? '']) {
      expect(text).toContain('### Widens 1 grant')
      expect(text).toContain('<code>call-internal-api</code> changed')
      expect(text).toContain('refs/heads/next')
    }
    expect(Object.fromEntries(run.outputs)).toMatchObject({ widens: 'true', changes: 'true', policy: expect.stringMatching(/^sha256:/) })
    expect(stage.github.comments).toHaveLength(1)
    expect(calls()).toContain(`GET /repos/acme/policy/compare/${TARGET}...${stage.github.commit(WIDER)}`)
  })

  it('updates its comment in place, and leaves it alone when it says the same', async () => {
    await onPullRequest('plan', WIDER)
    await onPullRequest('plan', WIDER)
    expect(writes()).toEqual(['POST /repos/acme/policy/issues/7/comments'])
    await onPullRequest('plan', EXAMPLE)
    expect(stage.github.comments).toHaveLength(1)
    expect(stage.github.comments[0]?.body).toContain('No effective change')
    expect(writes()).toEqual(['POST /repos/acme/policy/issues/7/comments', 'PATCH /repos/acme/policy/issues/comments/100'])
  })

  it('never touches a comment of anybody else, whatever it begins with', async () => {
    const planted = ['<!-- jobpass-policy-plan: policy -->\nAll is well, merge it', 'Look: <!-- jobpass-policy-plan: policy -->']
    for (const [index, body] of planted.entries()) stage.github.comments.push({ id: index + 1, author: 'mallory', body })
    stage.github.comments.push({ id: 3, author: 'github-actions[bot]', body: 'Another step says:\n<!-- jobpass-policy-plan: policy -->' })
    await onPullRequest('plan', WIDER)
    expect(stage.github.comments.slice(0, 2).map(({ body }) => body)).toEqual(planted)
    expect(stage.github.comments.map(({ author }) => author)).toEqual(['mallory', 'mallory', 'github-actions[bot]', 'github-actions[bot]'])
    expect(writes()).toEqual(['POST /repos/acme/policy/issues/7/comments'])
  })

  it('finds its comment behind hundreds of others', async () => {
    for (let id = 1000; id < 1250; id++) stage.github.comments.push({ id, author: 'hubot', body: 'me too' })
    await onPullRequest('plan', WIDER)
    await onPullRequest('plan', EXAMPLE)
    expect(stage.github.comments).toHaveLength(251)
    expect(stage.github.comments.at(-1)?.body).toContain('No effective change')
  })

  it('keeps one comment for each policy of a repository', async () => {
    const both = (files: Files): Files => ({
      ...files,
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`other/${path}`, text])),
    })
    await onPullRequest('plan', both(WIDER), {}, both(EXAMPLE))
    await onPullRequest('plan', both(WIDER), { directory: './other/policy/' }, both(EXAMPLE))
    expect(stage.github.comments.map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- jobpass-policy-plan: policy -->',
      '<!-- jobpass-policy-plan: other/policy -->',
    ])
  })

  it.each([
    ['POST /issues', 403],
    ['GET /issues', 403],
    ['POST /issues', 404],
  ])('writes the summary alone when %s gets %i, says so, and does not fail', async (call, status) => {
    stage.github.refusals.set(call, status)
    const run = await onPullRequest('plan', WIDER)
    expect(run.exitCode).toBe(0)
    expect(run.summary).toContain('### Widens 1 grant')
    expect(run.summary).toContain('the token of this run may not write one')
    expect(run.stdout).toContain('The token may not comment on this pull request')
    expect(stage.github.comments).toEqual([])
  })

  it('does not comment when it is told not to', async () => {
    const run = await onPullRequest('plan', WIDER, { comment: 'false' })
    expect(calls().filter((call) => call.includes('/issues/'))).toEqual([])
    expect(run.summary).not.toContain('may not write')
  })

  it('says under which name its comments are when it is another than it looks for', async () => {
    stage.github.login = 'acme-policy[bot]'
    const run = await onPullRequest('plan', WIDER)
    expect(annotations(run)).toMatchObject([{ name: 'warning', data: expect.stringContaining('comment-as: acme-policy[bot]') }])
    const told = await onPullRequest('plan', EXAMPLE, { 'comment-as': 'acme-policy[bot]' })
    expect(annotations(told)).toEqual([])
    expect(stage.github.comments).toHaveLength(1)
  })

  it.each<[string, Files, number]>([
    ['none', WIDER, 0],
    ['widen', WIDER, 1],
    ['any', WIDER, 1],
    ['widen', changed('grants/deploy-web.yaml', 'ttl: 5m', 'ttl: 4m'), 0],
    ['any', changed('grants/deploy-web.yaml', 'ttl: 5m', 'ttl: 4m'), 1],
    ['any', { ...EXAMPLE, 'policy/comment.yaml': 'jobpass-x: 1' }, 1],
    ['any', changed('policy.yaml', 'settings:', '# a comment\nsettings:'), 0],
  ])('with fail-on %s', async (failOn, head, exitCode) => {
    expect((await onPullRequest('plan', head, { 'fail-on': failOn })).exitCode).toBe(exitCode)
  })

  it('says in its comment that the access of a policy with errors is not known, and fails', async () => {
    await onPullRequest('plan', WIDER)
    const run = await onPullRequest('plan', { ...EXAMPLE, 'policy/broken.yaml': 'grants: [' })
    expect(run.exitCode).toBe(1)
    expect(stage.github.comments).toHaveLength(1)
    expect(stage.github.comments[0]?.body).toContain('its access is not known')
    expect(stage.github.comments[0]?.body).not.toContain('Widens')
  })

  it('compares the very first policy with none', async () => {
    const run = await onPullRequest('plan', EXAMPLE, {}, { 'README.md': 'soon' })
    expect(run.exitCode).toBe(0)
    expect(run.summary).toMatch(/Widens 2 grants \(2 added\)/)
  })

  it('compares with the base it is told, a branch or a commit', async () => {
    stage.github.branches.set('release/1', stage.github.commit(WIDER))
    const run = await onPullRequest('plan', WIDER, { base: 'release/1' })
    expect(run.summary).toContain('No effective change')
    expect(calls().some((call) => call.includes('/compare/'))).toBe(false)
  })

  it('compares a push with what it replaced, and a merge queue with its base', async () => {
    const [before, after] = [stage.github.commit(EXAMPLE), stage.github.commit(WIDER)]
    const push: CiEvent = { name: 'push', payload: { before, after }, sha: after }
    const queue: CiEvent = { name: 'merge_group', payload: { merge_group: { head_sha: after, base_sha: before } }, sha: TARGET }
    stage.github.mergeBases.set(`${before}...${after}`, before)
    for (const event of [push, queue]) expect((await stage.run(event, { inputs: { command: 'plan' } })).summary).toContain('Widens 1 grant')
    expect(stage.github.comments).toEqual([])
  })

  it('says what it needs where there is nothing to compare with', async () => {
    const sha = stage.github.commit(EXAMPLE)
    for (const payload of [{}, { before: '0'.repeat(40), after: sha }]) {
      const run = await stage.run({ name: 'push', payload, sha }, { inputs: { command: 'plan' } })
      expect(run.exitCode).toBe(1)
      expect(annotations(run)).toMatchObject([{ name: 'error', data: expect.stringContaining('set `base`') }])
    }
  })
})

describe('reading a commit', () => {
  it('reads the head of the pull request and not what lies in the workspace', async () => {
    const workspace = join(stage.job.folder, 'workspace')
    for (const [path, text] of Object.entries(WIDER)) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true })
      writeFileSync(join(workspace, path), text)
    }
    const event = pullRequest(stage.github, { base: EXAMPLE, head: EXAMPLE })
    const run = await stage.run(event, { inputs: { command: 'plan' }, environment: { GITHUB_WORKSPACE: workspace } })
    expect(run.summary).toContain('No effective change')
    const blobs = calls().filter((call) => call.includes('/git/blobs/'))
    expect(new Set(blobs).size).toBe(1)
  })

  it('reads no hidden file, none of another kind, and none outside the folder', async () => {
    const noise = { '.github/x.yaml': '[', 'policy/.hidden/x.yaml': '[', 'policy/README.md': '[', 'other/x.yaml': '[', 'policy.yaml': '[' }
    expect((await onPullRequest('check', { ...EXAMPLE, ...noise })).exitCode).toBe(0)
  })

  it('reads a policy at the root', async () => {
    const atRoot = Object.fromEntries(Object.entries(EXAMPLE).map(([path, text]) => [path.replace('policy/', ''), text]))
    expect((await onPullRequest('check', atRoot, { directory: '.' })).exitCode).toBe(0)
  })

  it.each<[string, Files, string]>([
    ['a link', { ...EXAMPLE, 'policy/link.yaml': '-> ../../etc/passwd' }, 'it is a link'],
    ['a text that is not UTF-8', { ...EXAMPLE, 'policy/latin.yaml': 'latin1: "\u00e9"' }, 'not UTF-8'],
    ['no policy at all', { 'README.md': '' }, 'holds no *.yaml'],
  ])('stops at %s', async (_what, head, said) => {
    const run = await onPullRequest('check', head)
    expect(run.exitCode).toBe(1)
    expect(annotations(run)).toMatchObject([{ name: 'error', data: expect.stringContaining(said) }])
  })

  it('says nothing of a folder that GitHub lists only in part', async () => {
    stage.github.isCut = true
    const run = await onPullRequest('check', EXAMPLE)
    expect(run.exitCode).toBe(1)
    expect(annotations(run)).toMatchObject([{ data: expect.stringContaining('only in part') }])
  })

  it('names the permission when the repository may not be read', async () => {
    stage.github.refusals.set('GET /git/trees', 404)
    const run = await onPullRequest('check', EXAMPLE)
    expect(run.exitCode).toBe(1)
    expect(annotations(run)).toMatchObject([{ data: expect.stringContaining('`contents: read`') }])
  })

  it('tries again when GitHub has a bad moment, and not for ever', async () => {
    stage.github.refusals.set('GET /git/trees', 503)
    expect((await onPullRequest('check', EXAMPLE)).exitCode).toBe(1)
    expect(calls()).toHaveLength(3)
  })

  it('masks the token first and prints it nowhere', async () => {
    const run = await onPullRequest('plan', WIDER)
    expect(run.stdout.split('\n')[0]).toBe(`::add-mask::${TOKEN}`)
    expect(run.readable).not.toContain(TOKEN)
  })
})

describe('inputs', () => {
  it.each([
    [{ command: 'deploy' }, 'check, plan or publish'],
    [{ command: '' }, 'check, plan or publish'],
    [{ command: 'check', directory: '../policy' }, 'a folder such as policy'],
    [{ command: 'check', directory: '/etc' }, 'a folder such as policy'],
    [{ command: 'check', directory: 'a/../../b' }, 'a folder such as policy'],
    [{ command: 'check', directory: 'a -->' }, 'a folder such as policy'],
    [{ command: 'plan', base: 'a..b' }, 'a commit, branch or tag'],
    [{ command: 'plan', base: '-x' }, 'a commit, branch or tag'],
    [{ command: 'plan', 'fail-on': 'sometimes' }, 'none, widen or any'],
    [{ command: 'plan', comment: 'maybe' }, 'true or false'],
    [{ command: 'plan', 'comment-as': 'a b' }, 'a login such as'],
    [{ command: 'publish' }, 'publish needs one'],
    [{ command: 'publish', broker: 'http://broker.example' }, 'the origin of the broker'],
    [{ command: 'check', token: '' }, 'leave it out for the token of the job'],
    [{ command: 'check', token: 'to ken' }, 'leave it out for the token of the job'],
  ])('%j are refused', async (inputs, said) => {
    const run = await onPullRequest('check', EXAMPLE, inputs)
    expect(run.exitCode).toBe(1)
    expect(run.stdout).toContain(said)
    expect(run.stdout).not.toContain('to ken')
    expect(stage.github.requests).toEqual([])
  })
})
