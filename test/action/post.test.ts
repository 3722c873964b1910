import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusal } from './broker-on-loopback.ts'
import { type Bundles, makeBundles, type Stage, setStage, TOKENS } from './stage.ts'

let bundles: Bundles
let stage: Stage

beforeAll(async () => {
  bundles = await makeBundles()
})
afterAll(() => bundles.remove())
beforeEach(async () => {
  stage = await setStage(bundles)
})
afterEach(() => stage.close())

describe('giving back', () => {
  it('ends the lease with its id and a fresh ID token of the run', async () => {
    const run = await stage.main()
    const lease = run.outputs.get('lease') ?? ''
    const post = await stage.post(run)
    expect(post).toMatchObject({ exitCode: 0, stderr: '' })
    expect([stage.broker.returned, stage.broker.live.size]).toEqual([[lease], 0])
    const revocation = stage.broker.exchanges[1]
    expect([revocation?.path, Object.fromEntries(revocation?.form ?? [])]).toEqual(['/revoke', { lease_id: lease }])
    expect(new Set(stage.ci.tokens).size).toBe(2)
    expect(post.stdout).toContain(`Gave lease ${lease} back.`)
    for (const token of stage.ci.tokens) expect(post.readable).not.toContain(token)
  })

  it('does not happen when the step says so', async () => {
    const run = await stage.main({ inputs: { revoke: 'false' } })
    expect(run.summary).not.toContain('when the job ends')
    const post = await stage.post(run)
    expect([post.exitCode, post.stdout, stage.broker.returned, stage.broker.live.size]).toEqual([0, '', [], 1])
  })

  it('happens for a credential that could not be delivered', async () => {
    const run = await stage.main({ inputs: { grant: 'deploy-web' }, without: ['RUNNER_TEMP'] })
    await stage.post(run)
    expect([run.exitCode, stage.broker.live.size]).toEqual([1, 0])
  })

  it('is tried again when the broker cannot just now, each time with a fresh token', async () => {
    const run = await stage.main()
    stage.broker.failures.push(refusal({ error: 'temporarily_unavailable' }, 503, { 'retry-after': '0' }))
    const post = await stage.post(run)
    expect([post.exitCode, stage.broker.live.size, new Set(stage.ci.tokens).size]).toEqual([0, 0, 3])
  })

  it.each([
    ['refused', refusal({ error: 'invalid_request', code: 'token_too_old' })],
    ['sent elsewhere', { status: 302, body: '', headers: { location: 'https://evil.example/x' } }],
    ['answered with garbage', { status: 404, body: '<html>' }],
  ])('that is %s warns, names the lease and does not fail the job', async (_, reply) => {
    const run = await stage.main()
    stage.broker.failures.push(reply)
    const post = await stage.post(run)
    expect([post.exitCode, stage.broker.exchanges.length]).toEqual([0, 2])
    const warnings = post.commands.filter(({ name }) => name !== 'add-mask')
    expect(warnings.map(({ name, properties }) => [name, properties])).toEqual([['warning', 'title=Jobpass: a lease was not given back']])
    expect(warnings[0]?.data).toContain(run.outputs.get('lease'))
  })

  it('warns when the broker is gone, and the files are removed all the same', async () => {
    const run = await stage.main({ inputs: { grant: 'deploy-web', env: 'true' } })
    await stage.broker.close()
    const post = await stage.post(run)
    expect(post.exitCode).toBe(0)
    expect(post.commands.at(-1)?.data).toContain('ECONNREFUSED')
    expect([readdirSync(stage.job.runnerTemp), post.exported.get('GIT_SSH_COMMAND')]).toEqual([[], ''])
  })

  it('warns when the job may no longer have an ID token', async () => {
    const run = await stage.main()
    const post = await stage.post(run, { without: ['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] })
    expect([post.exitCode, post.commands[0]?.name]).toEqual([0, 'warning'])
  })

  it('has nothing to do after a step that got nothing', async () => {
    const run = await stage.main({ inputs: { grant: 'unknown-grant' } })
    const post = await stage.post(run)
    expect([run.exitCode, post.exitCode, post.stdout, stage.broker.exchanges.length]).toEqual([1, 0, '', 1])
  })
})

describe('the environment', () => {
  it('is set back to exactly what was found: the same value, or empty where there was none', async () => {
    const found = 'found with = signs\nand "lines"'
    const run = await stage.main({ inputs: { grant: 'deploy-docs', env: 'true' }, environment: { GH_TOKEN: found } })
    expect(Object.fromEntries(run.exported)).toEqual({ GITHUB_TOKEN: TOKENS.githubApp, GH_TOKEN: TOKENS.githubApp })
    const post = await stage.post(run, { environment: Object.fromEntries(run.exported) })
    expect(Object.fromEntries(post.exported)).toEqual({ GITHUB_TOKEN: '', GH_TOKEN: found })
    expect(post.stdout).not.toContain('found with')
  })

  it('is unwound in turn by two steps that export the same name', async () => {
    const first = await stage.main({ inputs: { env: 'true' }, environment: { JOBPASS_TOKEN: 'before' } })
    const second = await stage.main({ inputs: { env: 'true' }, environment: Object.fromEntries(first.exported) })
    const lastPost = await stage.post(second)
    const firstPost = await stage.post(first)
    expect([lastPost.exported.get('JOBPASS_TOKEN'), firstPost.exported.get('JOBPASS_TOKEN')]).toEqual([TOKENS.jwt, 'before'])
  })

  it('is emptied, with a warning, when what was found is not known any more', async () => {
    const run = await stage.main({ inputs: { env: 'true' }, environment: { JOBPASS_TOKEN: 'before' } })
    rmSync(run.state.get('directory') ?? '', { recursive: true })
    const post = await stage.post(run)
    expect([post.exitCode, post.exported.get('JOBPASS_TOKEN'), post.commands[0]?.properties]).toEqual([
      0,
      '',
      'title=Jobpass: the environment was emptied',
    ])
    expect(stage.broker.live.size).toBe(0)
  })

  it('cannot be set by a step that tampers with the file: no other name is ever restored', async () => {
    const run = await stage.main({ inputs: { env: 'true' } })
    writeFileSync(join(run.state.get('directory') ?? '', 'environment.json'), '{"PATH":"/evil","JOBPASS_TOKEN":"x"}')
    const post = await stage.post(run)
    expect([...post.exported.keys()]).toEqual(['JOBPASS_TOKEN'])
  })
})

describe('the files', () => {
  it('are gone after the job', async () => {
    const run = await stage.main({ inputs: { grant: 'deploy-web', env: 'true' } })
    expect(existsSync(run.outputs.get('ssh-key-path') ?? '')).toBe(true)
    await stage.post(run)
    expect(readdirSync(stage.job.runnerTemp)).toEqual([])
  })

  it('are removed without following a link that was put in their place', async () => {
    const run = await stage.main({ inputs: { grant: 'deploy-web' } })
    const directory = run.state.get('directory') ?? ''
    const elsewhere = join(stage.job.folder, 'elsewhere')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'kept'), '')
    rmSync(directory, { recursive: true })
    symlinkSync(elsewhere, directory)
    await stage.post(run)
    expect([existsSync(directory), readdirSync(elsewhere)]).toEqual([false, ['kept']])
  })

  it.each(['/etc', '..', 'jobpass-x/../../other', ''])('are looked for nowhere else: %j is left alone', async (path) => {
    const other = join(stage.job.folder, 'other')
    mkdirSync(other)
    const run = await stage.main()
    const state = new Map([...run.state, ['directory', path === '' ? other : join(stage.job.runnerTemp, path)]])
    const post = await stage.post(run, { state })
    expect([post.exitCode, post.commands[0]?.name, existsSync(other), stage.broker.live.size]).toEqual([0, 'warning', true, 0])
  })
})
